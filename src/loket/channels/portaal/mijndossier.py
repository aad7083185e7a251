"""Mijn gegevens downloaden: one's whole dossier as a ZIP or a page, sent while it is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from csp.decorators import csp_update
from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from loket.channels.portaal import dossierblad
from loket.channels.portaal.sessie import citizens_only, himself, recently
from loket.grammar.sending import disposition
from loket.kernel import clock, tenant
from loket.services.mijnservices import dossier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

MINUTES: Final = 15
PIECE: Final = 2**16
"""About how many bytes are sent at once."""


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
@recently(MINUTES)
def downloaden(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Say what is in the dossier; after a yes, send it."""
    if request.method != "POST":
        return render(request, "portaal/downloaden.html")
    pieces = dossier.dossier(actor, partial(dossierblad.blad, actor))
    day = clock.today().isoformat()
    return StreamingHttpResponse(
        _sent(tenant.current(), translation.get_language(), pieces),
        content_type="application/zip",
        headers={
            "Content-Disposition": disposition(f"mijn-gegevens-{day}.zip"),
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_safe
@citizens_only
@himself
@recently(MINUTES)
def lezen(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Show the dossier as one page to read and to print."""
    pieces = dossierblad.blad(actor)
    allow = csp_update({"style-src": [dossierblad.STIJL_MAG]})

    def shown(_request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(_sent(tenant.current(), translation.get_language(), pieces))

    return allow(shown)(request)


def _sent(here: Tenant, taal: str | None, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what is to be sent, made for `here` and in `taal`, which the request left by then."""
    held = bytearray()
    while True:
        with tenant.entered(here), translation.override(taal):
            piece = next(pieces, None)
        if piece is None:
            break
        held += piece
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)
