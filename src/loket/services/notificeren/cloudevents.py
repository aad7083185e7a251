"""What happened as a CloudEvent (CloudEvents 1.0, NL GOV profile): taken, berichten and more.

The types are those of the registers in production (Open VTB, Open Klant). Their data held the title
of a task and the recipient of a message; ours tell only what does not say who or what it is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.codec import decode
from loket.kernel import tenant
from loket.ledger.database import one
from loket.services.notificeren.bericht import outside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from loket.ledger.dispatch import Happened

Json = dict[str, Any]

MEDIA: Final = "application/cloudevents+json"

_BEFORE = """
SELECT nieuw FROM ledger_event WHERE key = %s AND position < %s ORDER BY position DESC LIMIT 1
"""


@dataclass(frozen=True)
class Made:
    """A type of CloudEvent, what it is about, and its data."""

    type: str
    subject: str
    data: Mapping[str, Any]


def made_of(event: Happened, base: str) -> Made | None:
    """Return the CloudEvent of what happened, if there is one for it."""
    make = _MAKERS.get((event.register, event.resource))
    return make(event, base) if make else None


def envelope(event: Happened, made: Made) -> Json:
    """Return the whole CloudEvent."""
    return {
        "specversion": "1.0",
        "id": str(event.id),
        "source": f"urn:nld:loket:{tenant.current().name}",
        "type": made.type,
        "subject": made.subject,
        "time": event.moment.isoformat(),
        "dataref": None,
        "datacontenttype": "application/json",
        "data": dict(made.data),
    }


def wanted(filters: Any, made: Made | None) -> bool:
    """Tell whether a subscriber chose a type of which this is a part."""
    return made is not None and any(each["typeSubstring"] in made.type for each in filters or ())


def _now(event: Happened) -> Json:
    """Return what stood there after an event; nothing when that was removed, or forgotten since."""
    (text,) = one("SELECT nieuw FROM ledger_event WHERE position = %s", (event.position,))
    shown: Json = decode(text.encode()) if text else {}
    return shown


def _before(event: Happened) -> Json:
    row = one(_BEFORE, (event.key, event.position))
    shown: Json = decode(row[0].encode()) if row and row[0] else {}
    return shown


def _taak(event: Happened, base: str) -> Made | None:
    del base
    now, before = _now(event), _before(event)
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


def _bericht(event: Happened, base: str) -> Made | None:
    del base
    now = _now(event)
    if event.actie != "create" or not now:
        return None
    data = {"publicatiedatum": now["publicatiedatum"]}
    return Made("nl.overheid.berichten.bericht-geregistreerd", str(event.key), data)


def _verzoek(event: Happened, base: str) -> Made | None:
    """Tell that a verzoek came, and that it was dealt with; these types are ours."""
    del base
    now = _now(event)
    if not now or event.actie == "destroy":
        return None
    dealt = now["verwerkStatus"] == "verwerkt" != _before(event).get("verwerkStatus")
    what = "verwerkt" if dealt else "geregistreerd" if event.actie == "create" else ""
    data = {name: now[name] for name in ("verzoekTypeUrn", "versie", "verwerkStatus")}
    return Made(f"nl.overheid.verzoeken.verzoek-{what}", str(event.key), data) if what else None


def _onderwerp(event: Happened, base: str) -> Made | None:
    """Tell that a contact was, or is no longer, about a zaak; by the UUID of the zaak."""
    what = {"create": "gekoppeld", "destroy": "ontkoppeld"}.get(event.actie)
    shown = _now(event) if event.actie == "create" else _before(event)
    about = shown.get("onderwerpobjectidentificator") or {}
    kind = (about.get("codeObjecttype"), about.get("codeSoortObjectId"))
    if what is None or kind != ("zaak", "uuid") or not shown.get("klantcontact"):
        return None
    zaak = about["objectId"]
    data = {
        "zaak": f"urn:uuid:{zaak}",
        "linkTo": outside(shown["url"], base),
        "linkObjectType": "Onderwerpobject",
    }
    return Made(f"nl.overheid.zaken.zaak-{what}", zaak, data)


_MAKERS: Final[dict[tuple[str, str], Callable[[Happened, str], Made | None]]] = {
    ("taken", "externetaken"): _taak,
    ("berichten", "berichten"): _bericht,
    ("verzoeken", "verzoeken"): _verzoek,
    ("klantinteracties", "onderwerpobjecten"): _onderwerp,
}
