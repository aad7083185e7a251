"""Run the stand-in for clamd: `python -m loket.simulators.clamd`."""

from __future__ import annotations

import json
import signal
import threading
from typing import TYPE_CHECKING, Annotated

import typer

from loket.simulators.clamd.server import STREAM_MAX, Mode, Server

if TYPE_CHECKING:
    from types import FrameType


def main(
    port: Annotated[int, typer.Option(help="The port; 0 for any free one.")] = 8005,
    fail_mode: Annotated[Mode, typer.Option(help="How to fail.")] = Mode.NONE,
    stream_max: Annotated[int, typer.Option(help="Bytes that a stream may have.")] = STREAM_MAX,
) -> None:
    """Scan what is streamed to 127.0.0.1 for the EICAR test, and for nothing else."""
    try:
        server = Server(port, fail_mode, stream_max)
    except OSError as error:
        raise typer.BadParameter(f"port {port}: {error.strerror}") from error

    def stop(_signal: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown).start()  # it waits for the loop to end

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    with server:
        print(json.dumps({"port": server.server_address[1], "url": server.url}), flush=True)  # noqa: T201 - whoever started us reads it
        server.serve_forever()


if __name__ == "__main__":
    typer.run(main)
