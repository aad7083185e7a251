"""`loket klantinteracties copy --from URL`: moving in, from an Open Klant that runs."""

from __future__ import annotations

from typing import Annotated

import typer

from loket.connectors.zgw import INTERACTIES as APIS
from loket.connectors.zgw import TokenAccess, roots_under
from loket.kernel.actor import Actor
from loket.registers.klantinteracties.lijsten import vul
from loket.services.verhuizing.options import Options
from loket.services.verhuizing.plan_interacties import INTERACTIES
from loket.site.cli.saying import AsJson, TenantName, chosen, out
from loket.site.cli.verhuizen import (
    Journey,
    Only,
    Origin,
    Purpose,
    Recheck,
    ReportFile,
    Root,
    Stop,
    Strict,
    Threads,
    Timeout,
    Update,
    carry_out,
    demand_address,
    demand_known,
)

klantinteracties = typer.Typer(help="Partijen en klantcontacten.", no_args_is_help=True)

Token = Annotated[
    str,
    typer.Option(
        envvar="LOKET_KLANTINTERACTIES_TOKEN",
        help="Het token bij de bron; liever in de omgeving dan op de opdrachtregel.",
    ),
]


@klantinteracties.command()
def lijsten(tenant: TenantName = "") -> None:
    """Vul de lijsten van kanalen, talen en soorten berichten aan met het voorbeeld."""
    with chosen(tenant):
        number = vul(Actor.system("loket klantinteracties lijsten"))
    out.print(f"{number} waarden toegevoegd." if number else "Alle waarden staan er al.")


@klantinteracties.command()
def copy(
    *,
    origin: Origin,
    token: Token,
    klantinteracties: Root = "",
    contactgegevens: Root = "",
    only: Only = None,
    source_purpose: Purpose = "",
    recheck: Recheck = False,
    update: Update = False,
    strict: Strict = False,
    stop: Stop = False,
    threads: Threads = 4,
    timeout: Timeout = 60.0,
    report_file: ReportFile = None,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Neem partijen, klantcontacten en wat erbij hoort van een Open Klant over.

    Afbreken kan altijd; opnieuw beginnen gaat verder waar het was, en maakt niets twee keer.
    De uitkomst is 1 als er iets niet is overgenomen of anders is dan bij de bron.
    """
    demand_address(origin)
    demand_known(only, APIS)
    own = {"klantinteracties": klantinteracties, "contactgegevens": contactgegevens}
    under = roots_under(origin, APIS, **own)
    roots = {name: root for name, root in under.items() if name in (only or APIS)}
    options = Options(recheck, update, strict, stop, threads, by="loket klantinteracties copy")
    access = TokenAccess(token, source_purpose)
    journey = Journey(roots, access, INTERACTIES, options, timeout, tenant)
    carry_out(journey, report_file, as_json=as_json)
