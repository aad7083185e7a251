"""`loket archief`: what is due for destruction or transfer, and a zaak as MDTO."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime  # noqa: TC003 - typer reads the annotations
from pathlib import Path  # noqa: TC003 - idem
from typing import Annotated, Any

import typer
from rich.progress import Progress

from loket.grammar.files import Unavailable
from loket.kernel.actor import Actor
from loket.kernel.problems import Problem
from loket.registers.zaken.zaak import Zaak
from loket.services.archivering import aan_de_beurt
from loket.services.archivering.overbrengen import exporteer
from loket.site import files
from loket.site.cli.saying import USAGE, AsJson, TenantName, chosen, err, fail, out, tell

archief = typer.Typer(help="Vernietigen en overbrengen.", no_args_is_help=True)

_ACTOR = Actor.system("loket archief")


@archief.command()
def overzicht(
    *,
    dag: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="De dag; weggelaten: vandaag.")
    ] = None,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Toon welke zaken vernietigd of overgebracht moeten worden, per zaaktype."""
    with chosen(tenant):
        groepen = aan_de_beurt.overzicht(_ACTOR, dag.date() if dag else None)
    if not groepen and not as_json:
        out.print("Er is niets aan de beurt.")
        return
    tell([_row(asdict(each)) for each in groepen], as_json=as_json)


def _row(groep: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in groep.items() if name != "zaaktype_id"}


@archief.command()
def mdto(
    zaaknummer: Annotated[str, typer.Argument(help="De identificatie van de zaak.")],
    file: Annotated[Path, typer.Argument(help="De ZIP die gemaakt wordt.")],
    *,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Schrijf een afgeronde zaak met haar documenten als MDTO naar een ZIP."""
    files.connect()
    half = file.with_name(f".{file.name}.half")
    with chosen(tenant), Progress(console=err, disable=as_json, transient=True) as progress:
        found = list(Zaak.objects.filter(identificatie=zaaknummer)[:2])
        if len(found) != 1:
            fail(f"Er is geen zaak {zaaknummer}." if not found else "Meer dan één zaak.", USAGE)
        task = progress.add_task("Documenten")
        try:
            with half.open("wb") as opened:
                count = exporteer(
                    _ACTOR, found[0].pk, opened,
                    lambda done, total: progress.update(task, completed=done, total=total),
                )  # fmt: skip
            half.replace(file)
        except (Problem, Unavailable, KeyError, OSError) as problem:
            fail(str(getattr(problem, "detail", problem)))
        finally:
            half.unlink(missing_ok=True)
    tell([{"bestand": str(file), "documenten": count}], as_json=as_json)
