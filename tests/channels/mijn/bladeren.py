"""The portal in a real browser, on the registers of the test: nothing of it is ever committed.

The server answers in a thread of its own on the connection of the test, one request at a time,
while the test waits for the browser.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connections
from playwright.sync_api import sync_playwright

from loket.kernel import tenant
from tests.looking import accessible, fits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    from django.test import Client
    from playwright.sync_api import Page, ViewportSize

    from loket.kernel.tenant import Tenant

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 900}
ZOOMED: Final[ViewportSize] = {"width": 320, "height": 256}
SIZES = {"phone": PHONE, "zoomed": ZOOMED, "desktop": DESKTOP}
"""In this order, so that who goes through them ends where axe looks."""


class Quiet(WSGIRequestHandler):
    """A server that tells nothing of what is asked."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def served(gemeente: Tenant) -> Iterator[str]:
    """Serve the portal of a municipality, as the test sees it; yield its address."""
    shared = connections[gemeente.alias]
    application = get_wsgi_application()

    def here(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        connections[gemeente.alias] = shared
        with tenant.entered(gemeente):
            return application(environ, start_response)

    shared.inc_thread_sharing()
    # The transaction of the test stays open between requests.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        with make_server("127.0.0.1", 0, here, handler_class=Quiet) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        shared.dec_thread_sharing()


@contextmanager
def browsed(address: str, client: Client, **options: Any) -> Iterator[Page]:
    """Open a page in a browser in which the same person is logged in as in `client`."""
    name = settings.SESSION_COOKIE_NAME
    options = {"viewport": DESKTOP, "locale": "nl-NL", "base_url": address, **options}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = chromium.new_context(**options)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
        yield context.new_page()
        chromium.close()


def check(page: Page) -> None:
    """Hold the page that is shown against the rules for all pages.

    Zoomed it has the layout of a phone, which axe saw already; what differs is whether it fits.
    """
    if page.viewport_size != ZOOMED:
        accessible(page)
    fits(page)
    assert page.locator("h1").count() == 1
    assert page.title()
