"""The metadata file of an import: a CSV with a row for each document (as Open Zaak has it)."""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.conf import settings

from loket.grammar.spool import CHUNK, Spool
from loket.kernel.problems import Fault, Invalid, Malformed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS: Final = (
    "uuid", "identificatie", "bronorganisatie", "creatiedatum", "titel",
    "vertrouwelijkheidaanduiding", "auteur", "status", "formaat", "taal", "bestandsnaam",
    "bestandsomvang", "bestandspad", "link", "beschrijving", "ontvangstdatum", "verzenddatum",
    "indicatieGebruiksrecht", "verschijningsvorm", "ondertekening.soort", "ondertekening.datum",
    "integriteit.algoritme", "integriteit.waarde", "integriteit.datum", "informatieobjecttype",
    "zaakUuid", "trefwoorden",
)  # fmt: skip
_NOT_IN_BODY: Final = frozenset({"uuid", "bestandspad", "zaakUuid", "trefwoorden"})
_FLAGS: Final = {"true": True, "false": False, "1": True, "0": False}


def rows_of(spool: Spool) -> Iterator[list[str]]:
    """Yield the rows of a metadata file; Invalid when it is not one."""
    reader = csv.reader(_lines(spool), strict=True)
    try:
        if tuple(next(reader, ())) != COLUMNS:
            reason = f"De eerste regel hoort te zijn: {','.join(COLUMNS)}"
            raise Invalid([Fault("nonFieldErrors", "invalid-header", reason)])
        for nr, row in enumerate(reader, start=2):
            if row and len(row) != len(COLUMNS):
                reason = f"Regel {nr} heeft {len(row)} kolommen in plaats van {len(COLUMNS)}."
                raise Invalid([Fault("nonFieldErrors", "invalid-row", reason)])
            if row:
                yield row
    except (csv.Error, UnicodeDecodeError) as problem:
        raise Malformed(f"Dit is geen CSV in UTF-8: {problem}.") from None


def _lines(spool: Spool) -> Iterator[str]:
    pending = ""
    for text in codecs.iterdecode(spool.chunks(), "utf-8-sig"):
        *whole, pending = (pending + text.replace("\x00", "")).split("\n")
        for line in whole:
            yield f"{line}\n"
    if pending:
        yield pending


def body_of(row: list[str]) -> dict[str, Any]:
    """Return the body of a document from a row, without its file."""
    given = dict(zip(COLUMNS, (each.strip() for each in row), strict=True))
    body: dict[str, Any] = {}
    for name, value in given.items():
        outer, _, inner = name.partition(".")
        if value and name not in _NOT_IN_BODY:
            if inner:
                body.setdefault(outer, {})[inner] = value
            else:
                body[name] = value
    flag = given["indicatieGebruiksrecht"].lower()
    if flag:
        body["indicatieGebruiksrecht"] = _FLAGS.get(flag, flag)
    body["trefwoorden"] = [word.strip() for word in given["trefwoorden"].split(",") if word.strip()]
    if not given["bestandspad"]:
        body.pop("bestandsomvang", None)
    elif given["bestandsomvang"] and given["bestandsomvang"].isdigit():
        body["bestandsomvang"] = int(given["bestandsomvang"])
    return body


def key_of(row: list[str], column: str) -> UUID | None:
    """Return the UUID in a column, or None; Invalid."""
    value = row[COLUMNS.index(column)].strip()
    try:
        return UUID(value) if value else None
    except ValueError:
        raise Invalid([Fault(column, "invalid", "Dit is geen geldige UUID.")]) from None


def file_of(row: list[str]) -> Spool | None:
    """Return the file that a row names in the import folder, or None; Invalid."""
    named = row[COLUMNS.index("bestandspad")].strip()
    if not named:
        return None
    path = _inside(named)
    if path is None or not path.is_file():
        raise Invalid([Fault("bestandspad", "not-found", "Dit bestand is er niet.")])
    spool = Spool()
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK):
            spool.write(chunk)
    return spool


def _inside(named: str) -> Path | None:
    """Return a path within the import folder, also past links; None when it leads elsewhere."""
    folder: Path = settings.IMPORT_DIR.resolve()
    path = (folder / named.lstrip("/")).resolve()
    return path if path.is_relative_to(folder) else None
