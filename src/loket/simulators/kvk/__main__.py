"""Run the stand-in for KVK: `python -m loket.simulators.kvk`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from loket.simulators import web
from loket.simulators.demo import BEDRIJVEN
from loket.simulators.gate import Gate, Keys
from loket.simulators.kvk.companies import load
from loket.simulators.kvk.server import HEADER
from loket.simulators.kvk.site import ROOT, make_site


def main(
    api_key: Annotated[str, typer.Option(help="The key that is asked for.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 for any free one.")] = 8009,
    companies: Annotated[Path, typer.Option(help="The companies, as a list.")] = BEDRIJVEN,
) -> None:
    """Answer on 127.0.0.1 about companies that do not exist."""
    try:
        known = load(companies)
    except (OSError, ValueError) as error:
        raise typer.BadParameter(str(error)) from error
    server = web.bind(port)
    base = f"http://{web.HOST}:{server.port}"
    site = make_site(Gate(Keys(HEADER, api_key)), known)
    web.serve(server, site, {"port": server.port, "url": f"{base}{ROOT}"})


if __name__ == "__main__":
    typer.run(main)
