"""Run the stand-in for a print queue: `python -m loket.simulators.printer`."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from loket.simulators import web
from loket.simulators.printer.jobs import Queue
from loket.simulators.printer.site import make_site


def main(
    directory: Annotated[Path, typer.Option(help="The folder that keeps the letters.")],
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 for any free one.")] = 8007,
) -> None:
    """Take letters on 127.0.0.1, keep them as PDF, and print none."""
    queue = Queue(directory=directory)
    server = web.bind(port)
    here = f"{web.HOST}:{server.port}"
    said = {
        "port": server.port,
        "url": f"http://{here}",
        "uri": f"ipp://{here}/printers/{queue.name}",
    }
    web.serve(server, make_site(queue, at_once=True), said)


if __name__ == "__main__":
    typer.run(main)
