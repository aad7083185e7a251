"""Locking and unlocking a document; unlocking also ends an upload in parts (drc-009)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.authorisation import demand_type
from loket.grammar.change import Change, demand_fresh, held
from loket.grammar.removing import drop
from loket.grammar.resource import Command
from loket.grammar.writing import adjust
from loket.kernel.problems import Conflict, Fault, Invalid, NotFound
from loket.ledger.database import atomic, fetch
from loket.registers.documenten.bestandsdeel import bestandsdelen
from loket.registers.documenten.eio_regels import controlegetal_klopt, formaat_klopt, new_lock
from loket.registers.documenten.enkelvoudiginformatieobject import (
    EnkelvoudigInformatieObject,
    enkelvoudiginformatieobjecten,
)
from loket.registers.documenten.register import DOCUMENTEN, GEFORCEERD_UNLOCK, LOCK
from loket.registers.documenten.samenvoegen import joined

if TYPE_CHECKING:
    from loket.grammar.blobs import Stored
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

_NFE: Final = "nonFieldErrors"
_PATH: Final = "enkelvoudiginformatieobjecten/{uuid}"
_LOCK: Final = {"type": "string", "description": "Het nummer van de vergrendeling."}


def refused(code: str, reason: str, name: str = _NFE) -> Invalid:
    """Return the problem of one fault."""
    return Invalid([Fault(name, code, reason)])


def fits(given: Any, lock: str) -> bool:
    """Compare locks without telling how much of them is right."""
    return bool(lock) and secrets.compare_digest(str(given).encode(), lock.encode())


def lock(actor: Actor, call: Call) -> dict[str, str]:
    """Lock a document, and tell with which number."""
    with atomic():
        change = _begun(actor, call, (LOCK,))
        if change.record.lock:
            raise refused("existing-lock", "Het document is al vergrendeld.")
        number = new_lock()
        adjust(enkelvoudiginformatieobjecten, change.record, change, lock=number)
    return {"lock": number}


def unlock(actor: Actor, call: Call) -> None:
    """Unlock a document; an upload in parts is joined, or thrown away when it is forced."""
    given = call.body.get("lock") if isinstance(call.body, dict) else None
    document = fetch(EnkelvoudigInformatieObject, call.key)
    if document is None:
        raise NotFound
    _demand(actor, document)
    forced = _demand_lock(document, given, actor)
    with joined(document, throw_away=forced) as (parts, stored), atomic():
        change = _begun(actor, call, (LOCK, GEFORCEERD_UNLOCK))
        _demand_lock(change.record, given, actor)
        _end(change, parts, stored)


def _demand(actor: Actor, document: Any) -> None:
    scopes = (LOCK, GEFORCEERD_UNLOCK)
    demand_type(enkelvoudiginformatieobjecten, document, actor, scopes)


def _begun(actor: Actor, call: Call, scopes: tuple[str, ...]) -> Change:
    demand_fresh(actor)
    if call.key is None:
        raise NotFound
    document = held(enkelvoudiginformatieobjecten, call.key, actor)
    demand_type(enkelvoudiginformatieobjecten, document, actor, scopes)
    return Change(enkelvoudiginformatieobjecten, actor, "partial_update", call, document, document)


def _demand_lock(document: Any, given: Any, actor: Actor) -> bool:
    """Refuse another lock than that of the document; tell whether it is done by force."""
    if given in (None, ""):
        change = Change(enkelvoudiginformatieobjecten, actor, "partial_update", None, document)  # type: ignore[arg-type]
        if change.may(GEFORCEERD_UNLOCK):
            return True
        raise refused("missing-lock-id", "Geef het lock van het document.")
    if not fits(given, document.lock):
        raise refused("incorrect-lock-id", "Dit is niet het lock.")
    return False


def _end(change: Change, joined_parts: list[Any], stored: Stored | None) -> None:
    """Take the lock away, and with it the parts of an upload."""
    document = change.record
    parts = list(document.delen.order_by("volgnummer"))
    if [(each.pk, each.inhoud) for each in parts] != joined_parts and stored is not None:
        raise Conflict("Er kwam intussen nog een bestandsdeel binnen; probeer het opnieuw.")
    values: dict[str, Any] = {"lock": ""}
    if parts:
        values |= {"inhoud": stored.plain()} if stored else {"bestandsomvang": None}
    for part in parts:
        drop(bestandsdelen, part, change)
    if values.get("inhoud"):
        document.inhoud = values["inhoud"]
        _demand_content(change)
        document.inhoud = None
    adjust(enkelvoudiginformatieobjecten, document, change, **values)


def _demand_content(change: Change) -> None:
    """Ask of what came in parts what is asked of any file."""
    faults = [
        fault
        for rule in (formaat_klopt, controlegetal_klopt)
        for fault in rule.faults(change.record, change)
    ]
    if faults:
        raise Invalid(faults)


Command(
    DOCUMENTEN,
    f"{_PATH}/lock",
    lock,
    (LOCK,),
    "Vergrendel een document.",
    response={"type": "object", "required": ["lock"], "properties": {"lock": _LOCK}},
    of=enkelvoudiginformatieobjecten,
)
Command(
    DOCUMENTEN,
    f"{_PATH}/unlock",
    unlock,
    (LOCK, GEFORCEERD_UNLOCK),
    "Ontgrendel een document; de delen van een upload worden samengevoegd.",
    request={"type": "object", "properties": {"lock": {**_LOCK, "maxLength": 100}}},
    bare=True,
    success=204,
    of=enkelvoudiginformatieobjecten,
)
