"""`loket documenten`: whether rows and files of documents still belong together."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.progress import Progress

from loket.registers.documenten import nalopen
from loket.site.cli.saying import FAILED, AsJson, TenantName, chosen, err, out, tell

documenten = typer.Typer(help="Documenten en hun bestanden.", no_args_is_help=True)


@documenten.callback()
def _documenten() -> None:
    """Keep `check` a verb of its own."""


@documenten.command()
def check(
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Verwijder bestanden zonder document.")
    ] = False,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Vind documenten zonder bestand en bestanden zonder document; de uitkomst is dan 1."""
    with chosen(tenant), Progress(console=err, disable=as_json, transient=True) as progress:
        task = progress.add_task("Documenten nalopen", total=nalopen.expected())
        found = nalopen.check(repair=repair, seen=lambda nr: progress.advance(task, nr))
    if as_json:
        tell([asdict(found)], as_json=True)
    else:
        _say(found)
    raise typer.Exit(0 if found.clean else FAILED)


def _say(found: nalopen.Findings) -> None:
    out.print(f"{found.rows} bestanden van documenten en {found.files} bestanden nagelopen.")
    parts = (
        ("Zonder bestand", found.missing),
        ("Met een bestand van een andere grootte", found.differing),
        ("Bestand zonder document", [{"sleutel": key} for key in found.orphans]),
    )
    for title, rows in parts:
        if rows:
            out.print(f"\n{title}:")
            tell(rows, as_json=False)
    if found.removed:
        out.print(f"\n{found.removed} bestanden verwijderd.")
