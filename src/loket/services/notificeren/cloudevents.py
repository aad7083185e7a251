"""What happened as a CloudEvent (CloudEvents 1.0, NL GOV profile): taken, berichten and more.

The types are those of the registers in production (Open VTB, Open Klant). Their data held the title
of a task and the recipient of a message; ours tell only what does not say who or what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.codec import decode
from loket.kernel import tenant
from loket.ledger.database import rows
from loket.registers.notificaties import cloudevent
from loket.services.notificeren.bericht import outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from loket.ledger.dispatch import Happened

Json = dict[str, Any]

MEDIA: Final = cloudevent.MEDIA

_SHOWN = """
SELECT e.position, e.nieuw, (
    SELECT b.nieuw FROM ledger_event b WHERE b.key = e.key AND b.position < e.position
    ORDER BY b.position DESC LIMIT 1)
FROM ledger_event e WHERE e.position = ANY(%s)
"""


@dataclass(frozen=True)
class Made:
    """A type of CloudEvent, what it is about, and its data; `whole` as its source sent it."""

    type: str
    subject: str
    data: Mapping[str, Any]
    whole: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Shown:
    """What stood there after an event and before it; nothing where that is gone, or forgotten."""

    now: Json
    before: Json


def made_of(events: Iterable[Happened], base: str) -> dict[int, Made]:
    """Return the CloudEvents of what happened, where there is one for it, by their position."""
    told = [event for event in events if (event.register, event.resource) in _MAKERS]
    if not told:
        return {}
    shown = {
        position: Shown(_read(now), _read(before))
        for position, now, before in rows(_SHOWN, ([event.position for event in told],), anew=True)
    }
    made = {
        event.position: _MAKERS[event.register, event.resource](event, shown[event.position], base)
        for event in told
    }
    return {position: each for position, each in made.items() if each is not None}


def envelope(event: Happened, made: Made) -> Json:
    """Return the whole CloudEvent."""
    if made.whole is not None:
        return dict(made.whole)
    return {
        "specversion": "1.0",
        "id": str(event.id),
        "source": own_source(),
        "type": made.type,
        "subject": made.subject,
        "time": event.moment.isoformat(),
        "dataref": None,
        "datacontenttype": "application/json",
        "data": dict(made.data),
    }


def own_source() -> str:
    """Return what we are called as a source of CloudEvents."""
    return f"urn:nld:loket:{tenant.current().name}"


def wanted(filters: Any, made: Made | None) -> bool:
    """Tell whether a subscriber chose a type of which this is a part."""
    return made is not None and any(each["typeSubstring"] in made.type for each in filters or ())


def _read(text: str | None) -> Json:
    shown: Json = decode(text.encode()) if text else {}
    return shown


def _taak(event: Happened, shown: Shown, base: str) -> Made | None:
    del base
    now, before = shown.now, shown.before
    if not now or event.actie == "destroy":
        return None
    what = "geregistreerd" if event.actie == "create" else _change(now, before)
    if not what:
        return None
    data = {name: now[name] for name in ("taakSoort", "status", "einddatumHandelingsTermijn")}
    return Made(f"nl.overheid.taken.externetaak-{what}", str(event.key), data)


def _change(now: Json, before: Json) -> str:
    """Return what became of a task: its new status, or that somebody was reminded of it."""
    status = str(now.get("status"))
    if status != before.get("status"):
        return {"niet_uitgevoerd": "verlopen", "open": ""}.get(status, status)
    return "herinnerd" if now.get("herinnerdOp") and not before.get("herinnerdOp") else ""


def _bericht(event: Happened, shown: Shown, base: str) -> Made | None:
    del base
    now = shown.now
    if not now:
        return None
    told = now.get("gepubliceerdOp") and not shown.before.get("gepubliceerdOp")
    what = "gepubliceerd" if told else "geregistreerd" if event.actie == "create" else ""
    data = {"publicatiedatum": now["publicatiedatum"]}
    return Made(f"nl.overheid.berichten.bericht-{what}", str(event.key), data) if what else None


def _verzoek(event: Happened, shown: Shown, base: str) -> Made | None:
    """Tell that a verzoek came, and that it was dealt with; these types are ours."""
    del base
    now = shown.now
    if not now or event.actie == "destroy":
        return None
    dealt = now["verwerkStatus"] == "verwerkt" != shown.before.get("verwerkStatus")
    what = "verwerkt" if dealt else "geregistreerd" if event.actie == "create" else ""
    data = {name: now[name] for name in ("verzoekTypeUrn", "versie", "verwerkStatus")}
    return Made(f"nl.overheid.verzoeken.verzoek-{what}", str(event.key), data) if what else None


def _onderwerp(event: Happened, shown: Shown, base: str) -> Made | None:
    """Tell that a contact was, or is no longer, about a zaak; by the UUID of the zaak."""
    what = {"create": "gekoppeld", "destroy": "ontkoppeld"}.get(event.actie)
    there = shown.now if event.actie == "create" else shown.before
    about = there.get("onderwerpobjectidentificator") or {}
    kind = (about.get("codeObjecttype"), about.get("codeSoortObjectId"))
    if what is None or kind != ("zaak", "uuid") or not there.get("klantcontact"):
        return None
    zaak = about["objectId"]
    data = {
        "zaak": f"urn:uuid:{zaak}",
        "linkTo": outside(there["url"], base),
        "linkObjectType": "Onderwerpobject",
    }
    return Made(f"nl.overheid.zaken.zaak-{what}", zaak, data)


def _received(event: Happened, shown: Shown, base: str) -> Made | None:
    """Hand on what somebody else told, as he told it."""
    del event, base
    told = cloudevent.whole(shown.now)
    return Made(told["type"], told.get("subject", ""), {}, told) if told else None


_MAKERS: Final[dict[tuple[str, str], Callable[[Happened, Shown, str], Made | None]]] = {
    ("taken", "externetaken"): _taak,
    ("berichten", "berichten"): _bericht,
    ("verzoeken", "verzoeken"): _verzoek,
    ("klantinteracties", "onderwerpobjecten"): _onderwerp,
    ("notificaties", "cloudevents"): _received,
}
