"""A zaak as another organisation tells of it, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from loket.connectors.asking import Onbereikbaar

Told = dict[str, Any]

MOST = 500
"""How many zaken of one organisation are read."""


@dataclass(frozen=True, slots=True)
class Nummers:
    """Whose zaken: the BSN of a citizen, or the numbers of a company."""

    bsn: str = field(default="", repr=False)
    kvk: str = ""
    vestiging: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """As whom we come at a ZGW register: a client id and its secret."""

    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ZaakElders:
    """A zaak at another organisation; what it does not tell is empty."""

    uuid: UUID
    zaaknummer: str
    omschrijving: str
    registratiedatum: date
    status: str | None
    afgerond: date | None
    resultaat: str | None


def text(told: Any, *path: str) -> str:
    """Return a text inside what was told, or nothing."""
    for name in path:
        told = told.get(name) if isinstance(told, dict) else None
    return told.strip() if isinstance(told, str) else ""


def day(told: Any, name: str) -> date | None:
    """Return a day, or None."""
    raw = text(told, name)
    return date.fromisoformat(raw) if raw else None


def made(told: Any, read: Any) -> list[ZaakElders]:
    """Return what a list holds; Onbereikbaar when it is not what it should be."""
    try:
        return [read(each) for each in told["results"]]
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Onbereikbaar(f"The answer is no list of zaken: {type(problem).__name__}.") from None


def zaak(told: Told, **shown: Any) -> ZaakElders:
    """Return a zaak, given what is told in another way."""
    return ZaakElders(
        uuid=UUID(told["uuid"]),
        registratiedatum=date.fromisoformat(told["registratiedatum"]),
        **shown,
    )
