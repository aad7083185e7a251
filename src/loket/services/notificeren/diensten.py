"""The Notificaties API's of others, as they are set, and which of them an event came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.connectors.notificaties.extern import Access
from loket.grammar.codec import decode
from loket.kernel.actor import Actor, Kind
from loket.ledger.database import one, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.ledger.dispatch import Happened

NAME: Final = "dienst"
"""What such a service is called in the ledger: `dienst:<key>`."""

_AS_ACTOR: Final = "notificatiedienst:"
_SELECT: Final = """
SELECT id, naam, api_root, client_id, geheim, actief, publiceert, kanalen::text, cloudevents,
    ontvangt::text, ontvangt_typen::text, abonnement, callback_geheim, ondertekend, sleutels
FROM beheer_notificatiedienst
"""
_ALL = f"{_SELECT} WHERE actief AND publiceert"
_ONE = f"{_SELECT} WHERE id = %s"
_BY_NAME = "SELECT id FROM beheer_notificatiedienst WHERE naam = %s OR id::text = %s"
_ACTORS = """
SELECT position, actor_id FROM ledger_event
WHERE position = ANY(%s) AND actor_kind = 'system' AND actor_id LIKE %s
"""


@dataclass(frozen=True)
class Dienst:
    """A Notificaties API of somebody else: where it is, what goes there, what comes from there."""

    key: UUID
    naam: str
    access: Access
    actief: bool
    publiceert: bool
    kanalen: tuple[str, ...]
    cloudevents: bool
    ontvangt: tuple[str, ...]
    ontvangt_typen: tuple[str, ...]
    abonnement: str
    callback_digest: str
    ondertekend: bool = False
    sleutels: str = ""

    @property
    def actor(self) -> Actor:
        """As whom it acts here: what came from it can be known by that in the ledger."""
        return Actor(Kind.SYSTEM, f"{_AS_ACTOR}{self.key}", self.naam, everything=True)


def publishing() -> list[Dienst]:
    """Return those that something may have to be published at."""
    return [_read(row) for row in rows(_ALL)]


def by_key(key: UUID) -> Dienst | None:
    """Return one of them."""
    row = one(_ONE, (key,))
    return _read(row) if row else None


def named(naam: str) -> Dienst | None:
    """Return the one with a name, or a key."""
    row = one(_BY_NAME, (naam, naam.lower()))
    return by_key(row[0]) if row else None


def origins(events: Sequence[Happened]) -> dict[int, UUID]:
    """Return from which of them events came, by their position; what began elsewhere is not in it.

    Only what the register of notifications received can come from there.
    """
    told = [event.position for event in events if event.register == "notificaties"]
    found = rows(_ACTORS, (told, f"{_AS_ACTOR}%")) if told else []
    return {position: UUID(who.removeprefix(_AS_ACTOR)) for position, who in found}


def _read(row: Any) -> Dienst:
    key, naam, root, client_id, secret, actief, publiceert, kanalen, cloudevents, *rest = row
    ontvangt, typen, abonnement, digest, ondertekend, sleutels = rest
    return Dienst(
        key, naam, Access(root, client_id, secret), actief, publiceert, _listed(kanalen),
        cloudevents, _listed(ontvangt), _listed(typen), abonnement, digest, ondertekend, sleutels,
    )  # fmt: skip


def _listed(text: str) -> tuple[str, ...]:
    return tuple(decode(text.encode()))
