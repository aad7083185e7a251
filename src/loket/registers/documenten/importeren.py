"""The bulk import of documents: its commands (as Open Zaak has them); the worker does the work."""

from __future__ import annotations

import csv
import io
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from loket.grammar import codec
from loket.grammar.blobs import Download
from loket.grammar.bodies import CSV
from loket.grammar.resource import Command
from loket.grammar.spool import Spool
from loket.kernel.problems import Conflict, Fault, Forbidden, Invalid, NotFound
from loket.ledger.database import Jsonb, UniqueViolation, atomic, fetch, one, rows
from loket.registers.documenten.import_model import Import
from loket.registers.documenten.importregels import COLUMNS, rows_of
from loket.registers.documenten.register import AANMAKEN, DOCUMENTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

BATCH: Final = 500
_COUNTED: Final = (
    "SELECT count(*), count(*) FILTER (WHERE uitkomst <> ''), "
    "count(*) FILTER (WHERE uitkomst = 'gelukt'), count(*) FILTER (WHERE uitkomst = 'mislukt') "
    "FROM documenten_importregel WHERE van_id = %s"
)
_NAMES: Final = ("total", "processed", "processedSuccessfully", "processedInvalid")


def begin(actor: Actor, call: Call) -> dict[str, str]:
    """Begin an import; the metadata file is sent next."""
    _demand(actor)
    made = Import(base=call.base, door=actor.label or actor.id)
    made.save(force_insert=True)
    root = f"{call.base}{DOCUMENTEN.root}/import/{made.pk}"
    return {f"{name}Url": f"{root}/{name}" for name in ("upload", "status", "report")}


def upload(actor: Actor, call: Call) -> dict[str, Any]:
    """Take the metadata file, and set the import going; one at a time."""
    found = _found(actor, call)
    if not isinstance(call.body, Spool):
        raise Invalid([Fault("nonFieldErrors", "required", "Stuur het metadatabestand mee.")])
    try:
        with atomic():
            held = fetch(Import, found.pk, lock=True)
            if held.stand != Import.Stand.PENDING:
                raise Conflict("Deze import heeft zijn metadatabestand al.")
            _keep(held, rows_of(call.body))
            one(
                "UPDATE documenten_import SET stand = %s WHERE id = %s",
                (Import.Stand.ACTIVE.value, held.pk),
            )
    except UniqueViolation:
        reason = "Er loopt al een import; er kan er een tegelijk lopen."
        raise Invalid([Fault("nonFieldErrors", "active-import", reason)]) from None
    return _status(found.pk)


def _keep(held: Any, found: Iterator[list[str]]) -> None:
    nr = 0
    while batch := list(islice(found, BATCH)):
        one(
            "INSERT INTO documenten_importregel (van_id, nr, regel, uitkomst, opmerking) "
            "SELECT %s, %s + r.nr, r.regel, '', '' "
            "FROM jsonb_array_elements(%s) WITH ORDINALITY AS r(regel, nr)",
            (held.pk, nr, Jsonb(batch)),
        )
        nr += len(batch)


def status(actor: Actor, call: Call) -> dict[str, Any]:
    """Tell how far an import is."""
    return _status(_found(actor, call).pk)


def _status(key: Any) -> dict[str, Any]:
    counted = dict(zip(_NAMES, one(_COUNTED, (key,)), strict=True))
    return {**counted, "status": fetch(Import, key).stand}


def report(actor: Actor, call: Call) -> Download:
    """Return a CSV with what came of each row."""
    found = _found(actor, call)
    if found.stand != Import.Stand.FINISHED:
        raise NotFound("De import is nog niet klaar.")
    spool = Spool()
    _write(spool, [*COLUMNS, "opmerking", "resultaat"])
    seen = 0
    while batch := rows(
        "SELECT nr, regel::text, opmerking, uitkomst FROM documenten_importregel "
        "WHERE van_id = %s AND nr > %s ORDER BY nr LIMIT %s",
        (found.pk, seen, BATCH),
    ):
        for nr, regel, opmerking, uitkomst in batch:
            _write(spool, [*map(_harmless, codec.decode(regel)), opmerking, uitkomst])
            seen = nr
    return Download(
        name=f"import-{found.pk}.csv", size=spool.size, tag=spool.sha256, read=spool.part, kind=CSV
    )


def _harmless(value: str) -> str:
    """Keep a spreadsheet from taking a value for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _write(spool: Spool, row: list[str]) -> None:
    line = io.StringIO()
    csv.writer(line).writerow(row)
    spool.write(line.getvalue().encode())


def remove(actor: Actor, call: Call) -> None:
    """Forget an import that is not under way; its documents stay."""
    found = _found(actor, call)
    with atomic():
        held = fetch(Import, found.pk, lock=True)
        if held is None:
            raise NotFound
        if held.stand == Import.Stand.ACTIVE:
            raise Conflict("Deze import loopt nog.")
        held.delete()


def _demand(actor: Actor) -> None:
    if not actor.everything:
        raise Forbidden("Importeren kan alleen een applicatie met alle autorisaties.")


def _found(actor: Actor, call: Call) -> Any:
    _demand(actor)
    found = fetch(Import, call.key)
    if found is None:
        raise NotFound
    return found


_URI: Final = {"type": "string", "format": "uri"}
_STATUS: Final = {
    "type": "object",
    "required": [*_NAMES, "status"],
    "properties": {
        **{name: {"type": "integer", "minimum": 0} for name in _NAMES},
        "status": {"type": "string", "enum": Import.Stand.values},
    },
}
_URLS: Final = {
    "type": "object",
    "required": ["uploadUrl", "statusUrl", "reportUrl"],
    "properties": {"uploadUrl": _URI, "statusUrl": _URI, "reportUrl": _URI},
}


def _command(path: str, run: Any, summary: str, **options: Any) -> None:
    Command(DOCUMENTEN, f"import/{path}", run, (AANMAKEN,), summary, **options)


_command("create", begin, "Begin een import.", response=_URLS, success=201)
_command(
    "{uuid}/upload",
    upload,
    "Stuur het metadatabestand van een import; daarmee begint het werk.",
    media=(CSV,),
    request={"type": "string", "format": "byte"},
    response=_STATUS,
)
_command("{uuid}/status", status, "Vraag hoe ver een import is.", method="GET", response=_STATUS)
_command(
    "{uuid}/report",
    report,
    "Vraag wat er van elke regel van een import kwam.",
    method="GET",
    response={"type": "string"},
    produces=CSV,
)
_command("{uuid}/delete", remove, "Vergeet een import.", method="DELETE", success=204)
