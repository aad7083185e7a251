"""`loket catalogi import inavigator FILE`: a municipality's own process model, brought in."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress

from loket.kernel.actor import Actor
from loket.kernel.problems import InvalidValue
from loket.kernel.values import rsin as checked_rsin
from loket.registers.catalogi.inavigator.importing import MADE, carry_out
from loket.registers.catalogi.inavigator.mapping import plan_catalogus
from loket.registers.catalogi.inavigator.parsing import read_procesmodel
from loket.registers.catalogi.inavigator.reader import InavigatorError
from loket.site.cli import catalogi_zip
from loket.site.cli.saying import AsJson, TenantName, chosen, err, fail, out, tell

if TYPE_CHECKING:
    from loket.registers.catalogi.inavigator.importing import Line
    from loket.registers.catalogi.inavigator.plans.plan import Mapping

catalogi = typer.Typer(help="Zaaktypen beheren.", no_args_is_help=True)
importing = typer.Typer(help="Zaaktypen inlezen uit een ander systeem.", no_args_is_help=True)
catalogi.add_typer(importing, name="import")
catalogi_zip.add_to(catalogi, importing)


@importing.command()
def inavigator(
    file: Annotated[Path, typer.Argument(help="De XML-export van i-Navigator (ICR 1.5).")],
    *,
    domein: Annotated[str, typer.Option(help="Het domein van de catalogus.")] = "ALGEM",
    rsin: Annotated[str, typer.Option(help="Het RSIN van de gemeente.")] = "517439943",
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Lees een procesmodel in als concept-catalogus; nog eens inlezen verandert niets."""
    mapping = _planned(file, domein, rsin)
    with chosen(tenant), Progress(console=err, transient=True) as progress:
        bar = progress.add_task("inlezen", total=len(mapping.plans))
        actor = Actor.system("loket catalogi import inavigator")
        lines = carry_out(mapping, actor, lambda done, _: progress.update(bar, completed=done))
    _report(lines, mapping, as_json=as_json)


def _planned(file: Path, domein: str, rsin: str) -> Mapping:
    try:
        model = read_procesmodel(file)
        return plan_catalogus(model, domein=domein, rsin=checked_rsin(rsin))
    except InavigatorError as problem:
        fail(f"{file.name}: {problem} Er is niets ingelezen.")
    except InvalidValue as problem:
        fail(f"--rsin: {problem.reason}", 2)
    except OSError as problem:
        fail(f"{file}: {problem.strerror}", 2)


def _report(lines: list[Line], mapping: Mapping, *, as_json: bool) -> None:
    rows = [
        {
            "regel": line.source_line,
            "soort": line.kind,
            "wat": line.key,
            "uitkomst": line.outcome,
            "toelichting": line.reason,
        }
        for line in lines
    ]
    tell(rows, as_json=as_json)
    if as_json:
        return
    for remark in mapping.remarks:
        out.print(remark)
    made = sum(line.outcome == MADE for line in lines)
    out.print(f"\n{made} gemaakt, {len(lines) - made} overgeslagen.")
    if made:
        out.print("Alles is nog concept. Publiceer de zaaktypen in beheer of met de Catalogi API.")
