"""The stand-in in a thread of this process, for tests."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from loket.simulators import web
from loket.simulators.printer.jobs import Queue
from loket.simulators.printer.site import make_site

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


class Served(NamedTuple):
    """Where it answers, as IPP and as HTTP name it, and what it keeps."""

    uri: str
    url: str
    queue: Queue


@contextmanager
def serving(directory: Path | None = None, *, at_once: bool = False) -> Generator[Served]:
    """Serve on a free port until the block ends; `queue.come_to` prints unless `at_once`."""
    queue = Queue(directory=directory)
    server = web.bind(0)
    server.app = make_site(queue, at_once=at_once)
    thread = threading.Thread(
        target=server.serve_forever, args=(0.02,), name="printer", daemon=True
    )
    thread.start()
    here = f"{web.HOST}:{server.port}"
    try:
        yield Served(f"ipp://{here}/printers/{queue.name}", f"http://{here}", queue)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
