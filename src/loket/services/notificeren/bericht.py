"""The message that a subscriber gets of what happened, and who wants it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Self

from loket.grammar.addresses import resource_named
from loket.grammar.codec import decode
from loket.ledger.database import one
from loket.ledger.events import BASE
from loket.registers.notificaties.kanaal import kenmerk, van

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loket.ledger.dispatch import Happened

RECEIVED = ("notificaties", "notificaties")
"""Register and resource of what others told us."""

_ADDRESSES = ("hoofdObject", "resourceUrl")

Json = dict[str, Any]

_van = cache(van)  # the registers are declared when the house starts, and stay as they are
_kenmerk = lru_cache(maxsize=1024)(kenmerk)


def kanaal_of(event: Happened) -> str:
    """Return the kanaal of an event; nothing when nobody is told of it."""
    if (event.register, event.resource) == RECEIVED:
        return str(_received(event).get("kanaal", ""))
    return _van(event.register, event.main_resource, event.resource)


def kenmerken_of(event: Happened) -> dict[str, str]:
    """Return the kenmerken of an event, as they stand in a message."""
    if (event.register, event.resource) == RECEIVED:
        told = _received(event).get("kenmerken") or {}
        return {name: str(value) for name, value in told.items()}
    return {_kenmerk(name): str(value) for name, value in event.kenmerken.items()}


def message(event: Happened, base: str) -> Json:
    """Return the notification; `base` is the address of the house outside."""
    if (event.register, event.resource) == RECEIVED:
        told = _received(event)
        addresses = {name: outside(told[name], base) for name in _ADDRESSES if name in told}
        return {**told, **addresses}
    return {
        "kanaal": kanaal_of(event),
        "hoofdObject": outside(event.main_url, base),
        "resource": _name(event.register, event.resource),
        "resourceUrl": outside(event.url, base),
        "actie": "update" if event.actie == "partial_update" else event.actie,
        "aanmaakdatum": event.moment.isoformat(),
        "kenmerken": {name: outside(value, base) for name, value in kenmerken_of(event).items()},
    }


@cache
def _name(register: str, resource: str) -> str:
    """Return how a message calls a resource: by its record."""
    found = resource_named(register, resource)
    return found.record.__name__.lower() if found else resource


def outside(address: str, base: str) -> str:
    """Return an address of the house as others know it."""
    house = BASE.removesuffix("/")
    return base + address.removeprefix(house) if address.startswith(house) else address


@dataclass(frozen=True)
class Wishes:
    """Of which kanalen subscribers hear, with the kenmerken that each of them chose by.

    Made once for many events: `by` has for each kanaal the subscribers with their conditions.
    """

    by: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]]
    base: str
    found: dict[str, set[str]] = field(default_factory=dict)
    """What was found before, for the kenmerken of many events are the same."""

    @classmethod
    def of(cls, chosen: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], base: str) -> Self:
        """Read what each subscriber chose."""
        by: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
        for key, kanalen in chosen:
            for each in kanalen:
                by.setdefault(each["naam"], []).append((key, _conditions(each["filters"] or {})))
        return cls(by, base)

    def keys(self, event: Happened) -> set[str]:
        """Return who wants an event; `base` is the address of the house outside."""
        kanaal = kanaal_of(event)
        if kanaal not in self.by:
            return set()
        if (event.register, event.resource) == RECEIVED:
            return self._chosen(kanaal, kenmerken_of(event))
        same = f"{kanaal} {event.kenmerken}"
        if same not in self.found:
            self.found[same] = self._chosen(kanaal, kenmerken_of(event))
        return self.found[same]

    def _chosen(self, kanaal: str, kenmerken: Mapping[str, str]) -> set[str]:
        told = {name: outside(value, self.base) for name, value in kenmerken.items()}
        return {
            key
            for key, conditions in self.by[kanaal]
            if all(told.get(name) == value for name, value in conditions.items())
        }


def _conditions(filters: Mapping[str, Any]) -> dict[str, str]:
    """Return the kenmerken that are chosen by; an asterisk chooses nothing."""
    return {kenmerk(name): str(value) for name, value in filters.items() if value not in ("", "*")}


def _received(event: Happened) -> Json:
    (text,) = one("SELECT nieuw FROM ledger_event WHERE position = %s", (event.position,))
    shown: Json = decode(text.encode()) if text else {}
    return {name: value for name, value in shown.items() if name not in ("url", "uuid")}
