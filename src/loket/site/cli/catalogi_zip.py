"""`loket catalogi export` and `loket catalogi import zip`: a catalogus that travels as a ZIP."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - typer reads the annotations
from pathlib import Path  # noqa: TC003 - idem
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from django.conf import settings
from rich.progress import Progress

from loket.kernel.actor import Actor
from loket.kernel.problems import Problem
from loket.registers.catalogi.uitwisselen.archief import ArchiveError, Contents, read
from loket.registers.catalogi.uitwisselen.exporteren import export, find
from loket.registers.catalogi.uitwisselen.importeren import (
    MADE,
    SKIPPED,
    ImportRefusedError,
    Wishes,
    carry_out,
)
from loket.site.cli.saying import USAGE, AsJson, TenantName, chosen, err, fail, out, tell

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from loket.registers.catalogi.uitwisselen.importeren import Line


def add_to(catalogi: typer.Typer, importing: typer.Typer) -> None:
    """Give both verbs their place."""
    catalogi.command("export")(export_zip)
    importing.command("zip")(import_zip)


def export_zip(
    catalogus: Annotated[str, typer.Argument(help="De catalogus: domein, domein/rsin of uuid.")],
    file: Annotated[Path, typer.Argument(help="De ZIP die gemaakt wordt.")],
    *,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Schrijf een catalogus met al haar typen, in alle versies, naar een ZIP."""
    with chosen(tenant):
        made = export(_found(catalogus), settings.PUBLIC_URL)
    try:
        file.write_bytes(made)
    except OSError as problem:
        fail(f"{file}: {problem.strerror}", USAGE)
    tell([{"bestand": str(file), "bytes": len(made)}], as_json=as_json)


def import_zip(
    file: Annotated[Path, typer.Argument(help="De ZIP van een catalogus, of van een zaaktype.")],
    *,
    catalogus: Annotated[
        str, typer.Option(help="De catalogus waarin alles komt, in plaats van die in de ZIP.")
    ] = "",
    nieuwe_versies: Annotated[
        bool, typer.Option("--nieuwe-versies", help="Maak van wat al bestaat een nieuwe versie.")
    ] = False,
    begin: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="De begindatum van die nieuwe versies."),
    ] = None,
    publiceer: Annotated[
        bool, typer.Option("--publiceer", help="Publiceer wat in de ZIP gepubliceerd is.")
    ] = False,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Lees een catalogus in als concept: alles of niets; nog eens inlezen verandert niets."""
    contents = _read(file)
    with chosen(tenant), Progress(console=err, transient=True) as progress:
        bar = progress.add_task("inlezen", total=contents.count)
        into = _found(catalogus) if catalogus else None
        day = begin.date() if begin else None
        wishes = Wishes(into, nieuwe_versies or day is not None, day, publiceer)
        actor = Actor.system("loket catalogi import zip")
        try:
            lines = carry_out(
                contents, actor, wishes, lambda done, _: progress.update(bar, completed=done)
            )
        except ImportRefusedError as problem:
            progress.stop()
            _tell(problem.lines, as_json=as_json)
            fail(f"{file.name}: {problem}. Er is niets ingelezen.")
        except Problem as problem:
            progress.stop()
            fail(f"{file.name}: {problem.detail} Er is niets ingelezen.")
    _tell(lines, as_json=as_json)
    if not as_json:
        _sum_up(lines)


def _read(file: Path) -> Contents:
    try:
        return read(file)
    except ArchiveError as problem:
        fail(f"{file.name}: {problem} Er is niets ingelezen.")
    except OSError as problem:
        fail(f"{file}: {problem.strerror}", USAGE)


def _found(name: str) -> UUID:
    found = find(name)
    if len(found) != 1:
        _say_which(name, found)
    return found[0][0]


def _say_which(name: str, found: Sequence[tuple[UUID, str]]) -> NoReturn:
    known = ", ".join(label for _, label in (found or find("")))
    said = f"Er zijn meer catalogi {name}" if found else f"Er is geen catalogus {name}"
    fail(f"{said}. Kies uit: {known or 'er is er nog geen'}.", USAGE)


def _tell(lines: Sequence[Line], *, as_json: bool) -> None:
    rows = [
        {
            "plaats": line.place,
            "soort": line.kind,
            "wat": line.key,
            "uitkomst": line.outcome,
            "toelichting": line.reason,
        }
        for line in lines
    ]
    tell(rows, as_json=as_json)


def _sum_up(lines: Sequence[Line]) -> None:
    made = sum(line.outcome == MADE for line in lines)
    skipped = sum(line.outcome == SKIPPED for line in lines)
    out.print(f"\n{made} gemaakt, {skipped} overgeslagen.")
    if made:
        out.print("Nieuwe typen zijn concept, tenzij u --publiceer koos.")
