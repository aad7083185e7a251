"""Who comes to MijnServices: a citizen or a company, never an employee or a machine."""

from __future__ import annotations

from dataclasses import replace

from loket.kernel.actor import Actor, Kind
from loket.kernel.problems import Forbidden

KLANTEN = (Kind.BURGER, Kind.BEDRIJF)
NAAM = "MijnServices"
"""How the event log calls the house when it records something for a citizen or company."""


def demand_klant(actor: Actor) -> None:
    """Refuse whoever is no citizen or company with a number: there is nothing of his own here."""
    known = actor.number if actor.kind is Kind.BURGER else actor.kvk
    if actor.kind not in KLANTEN or not known:
        raise Forbidden("Dit is er alleen voor burgers en bedrijven zelf.")


def demand_zelf(actor: Actor) -> None:
    """Refuse who acts for a citizen by a machtiging: it is for a matter, not for the person.

    For a company somebody always acts; what he may is told by the provider.
    """
    demand_klant(actor)
    if actor.kind is Kind.BURGER and actor.user:
        raise Forbidden("Dit kan alleen wie het zelf is, niet een gemachtigde.")


def namens(actor: Actor) -> Actor:
    """Return the house, that records what a citizen or company does with what is his own.

    What he may is decided before: by reading it as himself. The log names his pseudonym or number,
    and, where somebody acts for him, who that was.
    """
    demand_klant(actor)
    who = actor.user or actor.id
    return replace(Actor.system(NAAM), user=who, user_label=actor.user_label)
