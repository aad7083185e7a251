"""What every command that moves in has in common: its options, its bars, and what it tells."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from loket.connectors.zgw import Access, Patience, Source, SourceProblem, TokenAccess
from loket.grammar.files import Unavailable
from loket.services.verhuizing.moving import Move
from loket.services.verhuizing.options import Options, Stopped
from loket.services.verhuizing.report import remarks, report
from loket.site.cli.saying import FAILED, USAGE, chosen, err, fail, out, tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loket.services.verhuizing.plan import Main
    from loket.services.verhuizing.report import Report

REMARKS = 20
"""How many remarks a screen gets; the report holds them all."""

Origin = Annotated[str, typer.Option("--from", help="Het adres van de installatie.")]
Root = Annotated[str, typer.Option(help="Het adres van deze API, als het elders staat.")]
Only = Annotated[
    list[str] | None, typer.Option(help="Alleen deze API; mag vaker. Anders allemaal.")
]
Purpose = Annotated[
    str, typer.Option(help="De doelbinding waarmee de bron BSN's toont, als die dat vraagt.")
]
Recheck = Annotated[
    bool, typer.Option("--recheck", help="Bekijk ook wat er al is, tot in de onderdelen.")
]
Update = Annotated[bool, typer.Option("--update", help="Neem over wat bij de bron veranderde.")]
Strict = Annotated[
    bool, typer.Option("--strict", help="Weiger wat de regels van Loket zouden weigeren.")
]
Stop = Annotated[bool, typer.Option("--stop", help="Stop bij het eerste dat geweigerd wordt.")]
Threads = Annotated[
    int, typer.Option(help="Hoeveel verzoeken tegelijk de bron krijgt.", min=1, max=32)
]
Timeout = Annotated[float, typer.Option(help="Hoeveel seconden één antwoord mag duren.", min=0.1)]
ReportFile = Annotated[
    Path | None, typer.Option("--report", help="Schrijf het hele verslag hierin, als JSON.")
]


@dataclass(frozen=True)
class Journey:
    """One move: from where, as whom, what, how, and into which municipality."""

    roots: Mapping[str, str]
    access: Access | TokenAccess
    plan: Sequence[Main]
    options: Options
    timeout: float
    tenant: str


def carry_out(journey: Journey, report_file: Path | None, *, as_json: bool) -> None:
    """Move, show how far it is, tell what it came to, and end with the exit code for that."""
    source = Source(journey.access, Patience(journey.timeout), connections=journey.options.threads)
    try:
        with chosen(journey.tenant):
            made = _moved(source, journey)
            _tell(made, report_file, as_json=as_json)
    except (SourceProblem, Unavailable) as problem:
        fail(f"{problem}\nWat is overgenomen, blijft; opnieuw beginnen gaat verder waar het was.")
    finally:
        source.close()
    raise typer.Exit(0 if made.goed else FAILED)


def demand_address(origin: str) -> None:
    """Refuse what cannot be asked over HTTP."""
    if not origin.startswith(("http://", "https://")):
        fail("--from is een adres dat met http:// of https:// begint.", USAGE)


def demand_known(only: list[str] | None, apis: Sequence[str]) -> None:
    """Refuse the name of an API that is none of these."""
    unknown = sorted(set(only or ()) - set(apis))
    if unknown:
        fail(f"--only kent {', '.join(apis)}; niet {', '.join(unknown)}.", USAGE)


def _moved(source: Source, journey: Journey) -> Report:
    logging.getLogger("httpx").setLevel(logging.WARNING)  # else a line for every request
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as progress:
        move = Move(source, journey.roots, journey.options, Bars(progress), journey.plan)
        try:
            move.carry_out()
        except Stopped as problem:
            err.print(f"[red]✗[/] Gestopt: {problem}", highlight=False, soft_wrap=True)
        return report(move)


class Bars:
    """A bar for each kind of main record."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[str, Any] = {}

    def at(self, what: str, number: int, total: int | None) -> None:
        """Move the bar, and make it when it is not there yet."""
        if what not in self._bars:
            self._bars[what] = self._progress.add_task(what, total=total)
        self._progress.update(self._bars[what], completed=number, total=total)


def _tell(made: Report, file: Path | None, *, as_json: bool) -> None:
    if file is not None:
        whole = json.dumps(made.whole(), default=str, ensure_ascii=False, indent=2)
        file.write_text(whole + "\n", encoding="utf-8")
    if as_json:
        typer.echo(json.dumps(made.whole(), default=str, ensure_ascii=False))
        return
    tell(made.lines(), as_json=False)
    for title, found in _lists(made):
        if found:
            out.print(f"\n{title}")
            for each in found[:REMARKS]:
                out.print(f"  {each}", highlight=False, soft_wrap=True)
            if len(found) > REMARKS:
                out.print(f"  … en nog {len(found) - REMARKS}; --report schrijft ze allemaal.")
    if made.zonder_bsn:
        out.print(
            f"\n{made.zonder_bsn} keer gaf de bron geen BSN waar er een kan staan. "
            "Toont zij die deze client wel (--source-purpose)?",
            highlight=False,
        )
    good = "Alles is er, en gelijk aan de bron."
    out.print(f"\n{good if made.goed else 'Niet alles is overgenomen of gelijk; zie hierboven.'}")


def _lists(made: Report) -> list[tuple[str, list[str]]]:
    said = [f"{each['url']} ({each['toestand']}): {each['reden']}" for each in remarks()]
    fields = [f"{name}: {number}×" for name, number in made.niet_overgenomen_velden.items()]
    return [
        ("Geweigerd, of met een opmerking:", said),
        ("Velden van de bron waarvoor hier geen plaats is:", fields),
        ("Kent de bron niet:", made.ontbreekt_bij_bron),
        ("Veranderd bij de bron sinds de overname (--update neemt het over):", made.gewijzigd),
        ("Verdwenen bij de bron; hier nog wel:", made.verdwenen),
        ("Hier anders dan overgenomen:", made.anders),
    ]
