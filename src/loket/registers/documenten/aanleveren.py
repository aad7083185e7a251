"""PUT of a bestandsdeel: one part of a large file comes in, as a form with a file."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from loket.grammar.authorisation import demand_type
from loket.grammar.blobs import Stored
from loket.grammar.bodies import FORM, MULTIPART
from loket.grammar.change import Change, demand_fresh, held
from loket.grammar.files import Unavailable, storage
from loket.grammar.resource import Command
from loket.grammar.spool import Spool
from loket.grammar.writing import adjust
from loket.kernel.problems import Fault, Invalid, NotFound
from loket.ledger.database import atomic, fetch
from loket.registers.documenten.bestandsdeel import BestandsDeel, bestandsdelen
from loket.registers.documenten.register import BIJWERKEN, DOCUMENTEN, GEFORCEERD_BIJWERKEN
from loket.registers.documenten.vergrendelen import fits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

_SCOPES = (BIJWERKEN, GEFORCEERD_BIJWERKEN)
_ANSWER = {
    "type": "object",
    "required": ["url", "volgnummer", "omvang", "voltooid", "lock"],
    "properties": {
        "url": {"type": "string", "format": "uri"},
        "volgnummer": {"type": "integer", "minimum": 1},
        "omvang": {"type": "integer", "minimum": 0},
        "inhoud": {"type": "string", "deprecated": True},
        "voltooid": {"type": "boolean"},
        "lock": {"type": "string"},
    },
}


def lever_aan(actor: Actor, call: Call) -> dict[str, Any]:
    """Take one part in; it may be given again, as long as the upload goes on."""
    part = fetch(BestandsDeel, call.key)
    if part is None:
        raise NotFound
    demand_type(bestandsdelen, part, actor, _SCOPES)
    body = call.body if isinstance(call.body, dict) else {}
    spool = _demand(part, body)
    with _kept(part, spool) as stored, atomic():
        demand_fresh(actor)
        now_held = held(bestandsdelen, part.pk, actor)
        _demand(now_held, body)
        change = Change(bestandsdelen, actor, "update", call, now_held, now_held)
        adjust(bestandsdelen, now_held, change, inhoud=stored.plain())
    return {
        "url": bestandsdelen.address(part, call.base),
        "volgnummer": part.volgnummer,
        "omvang": part.omvang,
        "voltooid": True,
        "lock": body["lock"],
    }


def _demand(part: Any, body: dict[str, Any]) -> Spool:
    """Hold a form to the lock of the document and the size of the part; Invalid."""
    given, raw = body.get("lock"), body.get("inhoud")
    faults = [
        Fault(name, "required", "Dit veld is vereist.")
        for name in ("lock", "inhoud")
        if body.get(name) in (None, "")
    ]
    if faults:
        raise Invalid(faults)
    if not fits(given, part.informatieobject.lock):
        raise Invalid([Fault("nonFieldErrors", "incorrect-lock-id", "Dit is niet het lock.")])
    spool = raw if isinstance(raw, Spool) else _as_file(str(raw))
    if spool.size != part.omvang:
        reason = f"Dit deel hoort {part.omvang} bytes groot te zijn, niet {spool.size}."
        raise Invalid([Fault("nonFieldErrors", "file-size", reason)])
    return spool


def _as_file(text: str) -> Spool:
    spool = Spool()
    spool.write(text.encode())
    return spool


@contextmanager
def _kept(part: Any, spool: Spool) -> Iterator[Stored]:
    """Keep a part under a key of its own; it is scanned as part of the whole."""
    key = f"{part.informatieobject_id}/{part.pk}"
    storage().put(key, spool.chunks())
    try:
        yield Stored(key=key, size=spool.size, sha256=spool.sha256)
    except BaseException:
        if part.inhoud is None:
            with suppress(Unavailable):
                storage().remove(key)
        raise


Command(
    DOCUMENTEN,
    "bestandsdelen/{uuid}",
    lever_aan,
    _SCOPES,
    "Lever een deel van een groot bestand aan.",
    method="PUT",
    media=(MULTIPART, FORM),
    request={
        "type": "object",
        "required": ["inhoud", "lock"],
        "properties": {
            "inhoud": {"type": "string", "format": "binary", "description": "Het deel zelf."},
            "lock": {"type": "string", "minLength": 1, "description": "Het lock."},
        },
    },
    response=_ANSWER,
    of=bestandsdelen,
)
