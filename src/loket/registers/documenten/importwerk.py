"""The work of an import: a row at a time, each in one transaction with its outcome."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from loket.grammar import codec
from loket.grammar.addresses import resource_named
from loket.grammar.files import Unavailable
from loket.grammar.resource import Call
from loket.grammar.writing import prepared
from loket.kernel.actor import Actor
from loket.kernel.problems import Invalid, NotFound, Problem
from loket.ledger.database import Away, atomic, one
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.documenten.import_model import Import
from loket.registers.documenten.importregels import body_of, file_of, key_of
from loket.registers.documenten.registreren import linked

if TYPE_CHECKING:
    from uuid import UUID

log = logging.getLogger(__name__)

AT_ONCE: Final = 25
NEXT: Final = (
    "SELECT r.id, r.regel::text, i.base, i.door FROM documenten_importregel r "
    "JOIN documenten_import i ON i.id = r.van_id "
    "WHERE i.stand = 'active' AND r.uitkomst = '' ORDER BY r.nr LIMIT 1"
)
_DONE: Final = (
    "UPDATE documenten_import i SET stand = %s WHERE stand = %s AND NOT EXISTS "
    "(SELECT FROM documenten_importregel r WHERE r.van_id = i.id AND r.uitkomst = '')"
)


class _Taken(Exception):
    """Another worker did this row in the meantime."""


def work_off() -> bool:
    """Do some rows of the import that is under way; tell whether there were any."""
    done = 0
    while done < AT_ONCE and (row := one(NEXT)) is not None:
        try:
            do_row(*row)
        except Unavailable as problem:
            log.warning("an import waits: %s", problem)
            return False
        done += 1
    if done or one("SELECT 1 FROM documenten_import WHERE stand = 'active'"):
        one(_DONE, (Import.Stand.FINISHED.value, Import.Stand.ACTIVE.value))
    return done > 0


def do_row(key: int, row: str, base: str, by: str) -> None:
    """Make the document of a row; what is wrong with it becomes its outcome."""
    try:
        _make(key, codec.decode(row), base, by)
    except (Unavailable, Away):
        raise
    except _Taken:
        return
    except Exception as problem:  # noqa: BLE001 - the other rows go on
        with suppress(_Taken):
            _mark(key, "mislukt", _told(key, problem), None)


def _told(key: int, problem: Exception) -> str:
    """Return what the report says of what went wrong with a row."""
    if isinstance(problem, Invalid):
        return "; ".join(f"{each.name}: {each.reason} ({each.code})" for each in problem.faults)
    if isinstance(problem, Problem):
        return problem.detail
    log.error("row %s of an import failed", key, exc_info=problem)
    return "Er ging bij ons iets mis."


def _make(key: int, row: list[str], base: str, by: str) -> None:
    actor = Actor.system(f"import door {by}"[:100])
    zaak = key_of(row, "zaakUuid")
    call = Call(base=base, key=key_of(row, "uuid"))
    body = body_of(row)
    file = file_of(row)
    if file is not None:
        body["inhoud"] = file
    ready = prepared(enkelvoudiginformatieobjecten, actor, body, call)
    with ready as document, atomic():
        made = enkelvoudiginformatieobjecten.create(actor, document, call).record
        if zaak is not None:
            linked(actor, made, {"zaak": _zaak_at(base, zaak)}, Call(base=base))
        _mark(key, "gelukt", "", made.pk)


def _zaak_at(base: str, key: UUID) -> str:
    zaken = resource_named("zaken", "zaken")
    if zaken is None:
        raise NotFound("Deze gemeente heeft geen zaken.")
    return f"{base}{zaken.root}/{zaken.path}/{key}"


def _mark(key: int, uitkomst: str, opmerking: str, document: Any) -> None:
    """Note the outcome of a row that has none yet."""
    row = one(
        "UPDATE documenten_importregel SET uitkomst = %s, opmerking = %s, document = %s "
        "WHERE id = %s AND uitkomst = '' RETURNING id",
        (uitkomst, opmerking[:2000], document, key),
    )
    if row is None:
        raise _Taken
