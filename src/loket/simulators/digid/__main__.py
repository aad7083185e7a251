"""Run the provider: `python -m loket.simulators.digid`."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from loket.simulators import demo, web
from loket.simulators.digid import companies, persons
from loket.simulators.digid.pages import make_site
from loket.simulators.digid.settings import EIDAS, Client, Settings

_DEMO_SECRET = "loket-demo"  # noqa: S105 - opens nothing but the demo

_People = Annotated[Path, typer.Option("--persons", help="Who can be picked, as JSON.")]
_Companies = Annotated[Path, typer.Option("--companies", help="For which companies, as JSON.")]
_Second = Annotated[
    str, typer.Option(help="The name of the client for companies; empty: there is none.")
]


def main(  # noqa: PLR0913 - each argument is an option of the command line
    *,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 for any free one.")] = 8004,
    issuer: Annotated[
        str | None, typer.Option(help="The provider's own address, if not 127.0.0.1 and the port.")
    ] = None,
    people: _People = demo.PERSONEN,
    businesses: _Companies = demo.BEDRIJVEN,
    companies_client_id: _Second = "loket-bedrijven",
    client_id: Annotated[str, typer.Option(help="The name of the client for citizens.")] = "loket",
    client_secret: Annotated[
        str, typer.Option(envvar="LOKET_DIGID_CLIENT_SECRET", help="Its secret.")
    ] = _DEMO_SECRET,
    redirect_uri: Annotated[
        list[str] | None,
        typer.Option(help="Where a log-in may return; if none, any address on this machine."),
    ] = None,
    logout_uri: Annotated[
        list[str] | None,
        typer.Option(help="Where a log-out may return; if none, any address on this machine."),
    ] = None,
    bsn_claim: Annotated[str, typer.Option(help="What the claim with the BSN is called.")] = "bsn",
    level: Annotated[
        list[str] | None,
        typer.Option(help="A level of assurance; repeat from low to high. Default: eIDAS."),
    ] = None,
) -> None:
    """Let people and companies of two files log in over OpenID Connect."""
    # we speak plain http on the loopback; whoever needs https puts it in front
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    logging.getLogger("authlib").setLevel(logging.CRITICAL)
    server = web.bind(port)
    client = Client(client_id, client_secret, tuple(redirect_uri or ()), tuple(logout_uri or ()))
    second = replace(client, id=companies_client_id) if companies_client_id else None
    try:
        address = issuer or f"http://{web.HOST}:{server.port}"
        settings = Settings(address, client, bsn_claim, _levels(level), second)
        site = make_site(settings, persons.load(people), companies.load(businesses))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    web.serve(server, site, {"issuer": settings.issuer, "port": server.port})


def _levels(named: list[str] | None) -> dict[str, str]:
    return {uri: EIDAS.get(uri, uri) for uri in named or EIDAS}


if __name__ == "__main__":
    typer.run(main)
