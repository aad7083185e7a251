"""Mijn gegevens downloaden: one's whole dossier as a ZIP, sent while it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_http_methods

from loket.channels.portaal.sessie import citizens_only, himself, recently
from loket.grammar.sending import disposition
from loket.kernel import clock, tenant
from loket.registers.beheer import current
from loket.services.mijnservices import dossier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from loket.services.mijnservices.dossier import Deel

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
    pieces = dossier.dossier(actor, _inhoudsopgave)
    day = clock.today().isoformat()
    return StreamingHttpResponse(
        _sent(tenant.current(), pieces),
        content_type="application/zip",
        headers={
            "Content-Disposition": disposition(f"mijn-gegevens-{day}.zip"),
            "X-Content-Type-Options": "nosniff",
        },
    )


def _sent(here: Tenant, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what is to be sent; it is made on behalf of `here`, which the request left by then."""
    held = bytearray()
    while True:
        with tenant.entered(here):
            piece = next(pieces, None)
        if piece is None:
            break
        held += piece
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def _inhoudsopgave(delen: list[Deel]) -> str:
    """Make the page to read, in Dutch as what it leads to."""
    shown = {"delen": delen, "gemeente": current.instellingen().naam, "dag": clock.today()}
    with translation.override("nl"):
        return render_to_string("portaal/dossier.html", shown)
