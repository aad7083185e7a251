"""Publishing at the Notificaties API of somebody else: a family of the ledger, as subscribers are.

What came from such a service never goes back to it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.connectors.notificaties.extern import Rejected, Remote
from loket.grammar.codec import decode
from loket.kernel import tenant
from loket.ledger.database import rows
from loket.ledger.dispatch import Family, subscribe_family
from loket.registers.notificaties.kanaal import kenmerk
from loket.services.notificeren import bericht, cloudevents, diensten, sleutels
from loket.services.notificeren.diensten import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from loket.connectors.notificaties.extern import Access
    from loket.ledger.dispatch import Happened
    from loket.services.notificeren.diensten import Dienst

DESCRIBED: Final = "/notificaties/api/v1/"
"""Where the kanalen of the house are described, after its address."""

_KANALEN: Final = """
SELECT naam, filters::text, documentatie_link FROM notificaties_kanaal WHERE naam = ANY(%s)
"""


@dataclass(frozen=True)
class Kanaal:
    """A kanaal of ours: by which kenmerken it tells, and where it is described."""

    naam: str
    filters: Sequence[str]
    described: str


@dataclass(frozen=True)
class Doorgeven:
    """Hands events to the services of others; `base()` is the address of the house outside."""

    remote: Remote
    base: Callable[[], str]
    known: dict[tuple[str, str, str], frozenset[str]] = field(default_factory=dict)
    """The kenmerken of each kanaal that is there, by tenant, root and name."""

    def wanting(self, events: Sequence[Happened]) -> list[list[str]]:
        """Return for each event the keys of the services that it has to be published at."""
        found = diensten.publishing()
        if not found:
            return [[] for _ in events]
        sources = diensten.origins(events)
        asked = any(each.cloudevents for each in found)
        told = cloudevents.made_of(events, self.base()) if asked else {}
        return [
            [
                str(each.key)
                for each in found
                if each.key != sources.get(event.position)
                and (
                    _takes(each, bericht.kanaal_of(event))
                    or (each.cloudevents and event.position in told)
                )
            ]
            for event in events
        ]

    def calls(self, key: str, events: Sequence[Happened]) -> list[Callable[[], str]]:
        """Return the calls by which events are published at one of them."""
        dienst = diensten.by_key(UUID(key))
        if dienst is None or not (dienst.actief and dienst.publiceert):
            return [_nobody for _ in events]
        if dienst.ondertekend:
            signing = replace(dienst.access, signer=sleutels.ondertekenaar())
            dienst = replace(dienst, access=signing)
        base = self.base()
        messages = {
            event.position: bericht.message(event, base)
            for event in events
            if _takes(dienst, bericht.kanaal_of(event))
        }
        kanalen = _kanalen({str(each["kanaal"]) for each in messages.values()}, base)
        made = cloudevents.made_of(events, base) if dienst.cloudevents else {}
        told = []
        for event in events:
            about, message = made.get(event.position), messages.get(event.position)
            whole = cloudevents.envelope(event, about) if about is not None else None
            kanaal = kanalen[message["kanaal"]] if message else None
            told.append(_Told(self, dienst, str(event.id), kanaal, message, whole).call)
        return told

    def publish(
        self, access: Access, kanaal: Kanaal, message: Mapping[str, Any], identity: str
    ) -> str:
        """Publish a notification, on a kanaal that is made when it is missing; Failed."""
        place = (tenant.current().name, access.root, kanaal.naam)
        known = self.known.get(place)
        if known is None:
            known = self.known[place] = self._prepared(access, kanaal)
        kenmerken = message.get("kenmerken") or {}
        chosen = {name: value for name, value in kenmerken.items() if kenmerk(name) in known}
        try:
            return self.remote.publish(access, {**message, "kenmerken": chosen}, identity)
        except Rejected:
            self.known.pop(place, None)  # the kanaal may be another one by now
            raise

    def _prepared(self, access: Access, kanaal: Kanaal) -> frozenset[str]:
        """Return the kenmerken that a kanaal has there; it is made when it is missing."""
        there = self.remote.kanaal(access, kanaal.naam)
        if there is None:
            self.remote.make_kanaal(access, kanaal.naam, kanaal.filters, kanaal.described)
            there = list(kanaal.filters)
        return frozenset(kenmerk(each) for each in there)


@dataclass(frozen=True)
class _Told:
    """What one of them is told of one event, in each form that is set."""

    by: Doorgeven
    dienst: Dienst
    identity: str
    kanaal: Kanaal | None
    message: Mapping[str, Any] | None
    event: Mapping[str, Any] | None

    def call(self) -> str:
        """Call; return what was answered."""
        access, said = self.dienst.access, []
        if self.kanaal is not None and self.message is not None:
            said.append(self.by.publish(access, self.kanaal, self.message, self.identity))
        if self.event is not None:
            said.append(self.by.remote.publish_event(access, self.event))
        return ", ".join(said) or "deze dienst krijgt dit niet meer"


def _nobody() -> str:
    return "de dienst is niet meer in gebruik"


def _takes(dienst: Dienst, kanaal: str) -> bool:
    """Tell whether what happens on a kanaal goes to a service; without a kanaal nothing does."""
    return bool(kanaal) and (not dienst.kanalen or kanaal in dienst.kanalen)


def _kanalen(namen: set[str], base: str) -> dict[str, Kanaal]:
    """Return the kanalen with these names, as we have them."""
    found = rows(_KANALEN, (sorted(namen),)) if namen else []
    own = {
        naam: Kanaal(naam, decode(filters.encode()), where or f"{base}{DESCRIBED}")
        for naam, filters, where in found
    }
    return {naam: own.get(naam) or Kanaal(naam, (), f"{base}{DESCRIBED}") for naam in namen}


def connect(base: Callable[[], str], remote: Remote | None = None) -> None:
    """Make the services of others known to the ledger."""
    family = Doorgeven(remote or Remote(), base)
    subscribe_family(Family(NAME, family.wanting, family.calls))
