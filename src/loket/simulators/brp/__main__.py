"""Run the stand-in for the BRP: `python -m loket.simulators.brp`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from loket.simulators import web
from loket.simulators.brp.people import load
from loket.simulators.brp.server import HEADER
from loket.simulators.brp.site import ROOT, make_site
from loket.simulators.demo import BRP
from loket.simulators.gate import Gate, Keys


def main(
    api_key: Annotated[str, typer.Option(help="The key that is asked for.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 for any free one.")] = 8008,
    people: Annotated[Path, typer.Option(help="The persons, as a list in JSON.")] = BRP,
    purpose: Annotated[
        list[str] | None, typer.Option(help="An x-doelbinding that is granted; without, any.")
    ] = None,
) -> None:
    """Answer on 127.0.0.1 about persons who do not exist."""
    try:
        known = load(people)
    except (OSError, ValueError) as error:
        raise typer.BadParameter(str(error)) from error
    server = web.bind(port)
    base = f"http://{web.HOST}:{server.port}"
    site = make_site(Gate(Keys(HEADER, api_key)), known, frozenset(purpose or ()))
    web.serve(server, site, {"port": server.port, "url": f"{base}{ROOT}"})


if __name__ == "__main__":
    typer.run(main)
