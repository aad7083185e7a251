"""The message that a subscriber gets of what happened, and whether he wants it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.addresses import resource_named
from loket.grammar.codec import decode
from loket.ledger.database import one
from loket.ledger.events import BASE
from loket.registers.notificaties.kanaal import kenmerk, van

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loket.ledger.dispatch import Happened

RECEIVED = ("notificaties", "notificaties")
"""Register and resource of what others told us."""

Json = dict[str, Any]


def kanaal_of(event: Happened) -> str:
    """Return the kanaal of an event; nothing when nobody is told of it."""
    if (event.register, event.resource) == RECEIVED:
        return str(_received(event).get("kanaal", ""))
    return van(event.register, event.main_resource, event.resource)


def kenmerken_of(event: Happened) -> dict[str, str]:
    """Return the kenmerken of an event, as they stand in a message."""
    if (event.register, event.resource) == RECEIVED:
        told = _received(event).get("kenmerken") or {}
        return {name: str(value) for name, value in told.items()}
    return {kenmerk(name): str(value) for name, value in event.kenmerken.items()}


def message(event: Happened, base: str) -> Json:
    """Return the notification; `base` is the address of the house outside."""
    if (event.register, event.resource) == RECEIVED:
        return _received(event)
    main_url, url = one(
        "SELECT main_url, url FROM ledger_event WHERE position = %s", (event.position,)
    )
    found = resource_named(event.register, event.resource)
    name = found.record.__name__.lower() if found else event.resource
    return {
        "kanaal": kanaal_of(event),
        "hoofdObject": outside(main_url, base),
        "resource": name,
        "resourceUrl": outside(url, base),
        "actie": "update" if event.actie == "partial_update" else event.actie,
        "aanmaakdatum": event.moment.isoformat(),
        "kenmerken": {name: outside(value, base) for name, value in kenmerken_of(event).items()},
    }


def outside(address: str, base: str) -> str:
    """Return an address of the house as others know it."""
    house = BASE.removesuffix("/")
    return base + address.removeprefix(house) if address.startswith(house) else address


def wants(chosen: Iterable[Mapping[str, Any]], event: Happened, base: str) -> bool:
    """Tell whether one of the kanalen of a subscriber is that of an event, with its filters."""
    kanaal = kanaal_of(event)
    if not kanaal:
        return False
    told = {name: outside(value, base) for name, value in kenmerken_of(event).items()}
    return any(
        each["naam"] == kanaal
        and all(
            told.get(kenmerk(name)) == str(value)
            for name, value in (each["filters"] or {}).items()
            if value not in ("", "*")
        )
        for each in chosen
    )


def _received(event: Happened) -> Json:
    (text,) = one("SELECT nieuw FROM ledger_event WHERE position = %s", (event.position,))
    shown: Json = decode(text.encode()) if text else {}
    return {name: value for name, value in shown.items() if name not in ("url", "uuid")}
