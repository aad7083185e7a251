"""`loket zgw copy --from URL`: moving in, from a ZGW installation that runs."""

from __future__ import annotations

from typing import Annotated

import typer

from loket.connectors.zgw import APIS, Access, roots_under
from loket.services.verhuizing.options import Options
from loket.services.verhuizing.plan import EVERYTHING
from loket.site.cli.saying import AsJson, TenantName  # noqa: TC001 - typer asks for them
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

zgw = typer.Typer(help="Andere ZGW-installaties.", no_args_is_help=True)

ClientId = Annotated[
    str, typer.Option(envvar="LOKET_ZGW_CLIENT_ID", help="De client-id bij de bron.")
]
Secret = Annotated[
    str,
    typer.Option(
        envvar="LOKET_ZGW_SECRET",
        help="Het geheim bij de bron; liever in de omgeving dan op de opdrachtregel.",
    ),
]


@zgw.callback()
def _zgw() -> None:
    """Keep the verb `copy`, also while it is the only one."""


@zgw.command()
def copy(
    *,
    origin: Origin,
    client_id: ClientId,
    secret: Secret,
    catalogi: Root = "",
    documenten: Root = "",
    zaken: Root = "",
    besluiten: Root = "",
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
    """Neem catalogi, documenten, zaken en besluiten van een ZGW-installatie over.

    Afbreken kan altijd; opnieuw beginnen gaat verder waar het was, en maakt niets twee keer.
    De uitkomst is 1 als er iets niet is overgenomen of anders is dan bij de bron.
    """
    demand_address(origin)
    demand_known(only, APIS)
    own = {"catalogi": catalogi, "documenten": documenten, "zaken": zaken, "besluiten": besluiten}
    roots = {
        name: root for name, root in roots_under(origin, **own).items() if name in (only or APIS)
    }
    options = Options(recheck, update, strict, stop, threads)
    access = Access(client_id, secret, source_purpose)
    journey = Journey(roots, access, EVERYTHING, options, timeout, tenant)
    carry_out(journey, report_file, as_json=as_json)
