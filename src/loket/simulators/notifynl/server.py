"""The stand-in in a thread of this process, for tests."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from loket.simulators import web
from loket.simulators.notifynl.post import Callback, Post
from loket.simulators.notifynl.site import make_site
from loket.simulators.notifynl.tokens import Key

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from loket.simulators.notifynl.templates import Template


class Served(NamedTuple):
    """Where it answers, and what it keeps."""

    url: str
    post: Post


@contextmanager
def serving(
    api_key: str,
    templates: Mapping[str, Template] | None = None,
    callback: Callback | None = None,
    *,
    at_once: bool = False,
) -> Generator[Served]:
    """Serve on a free port until the block ends; `post.deliver()` delivers unless `at_once`."""
    post = Post(templates, callback)
    server = web.bind(0)
    server.app = make_site(Key(api_key), post, at_once=at_once)
    thread = threading.Thread(
        target=server.serve_forever, args=(0.02,), name="notifynl", daemon=True
    )
    thread.start()
    try:
        yield Served(f"http://{web.HOST}:{server.port}", post)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
