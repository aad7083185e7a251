"""Logging out: here, at the provider, and on every device."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.channels.portaal import aanmelden, sessie
from loket.connectors import identiteit
from loket.connectors.identiteit import AanmeldenMislukt
from loket.services.mijnservices.inloggen import middelen, sessies

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor

log = logging.getLogger(__name__)


@require_POST
@never_cache
def uitloggen(request: HttpRequest) -> HttpResponse:
    """End the session here, and then at the provider.

    The second step is a page of its own and not a redirect: `form-action` of the content security
    policy holds for every redirect that follows a form.
    """
    held = sessie.known(request)
    request.session.flush()
    verder = _at_provider(request, held)
    if verder is None:
        return redirect("portaal:uitgelogd")
    return render(request, "portaal/uitloggen.html", verder)


@require_http_methods(["GET", "HEAD", "POST"])
@sessie.citizens_only
def overal(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ask whether to end every session of this person; after a yes, end them and tell how many."""
    if request.method != "POST":
        return render(request, "portaal/overal.html")
    held = sessie.known(request)
    ended = sessies.beeindig(actor)
    request.session.flush()
    verder = _at_provider(request, held) or {}
    return render(request, "portaal/overal_klaar.html", {**verder, "beeindigd": max(ended, 1)})


@require_safe
def uitgelogd(request: HttpRequest) -> HttpResponse:
    """Say that nobody is logged in any more."""
    if sessie.klant(request):
        return redirect("portaal:start")
    return render(request, "portaal/uitgelogd.html")


def _at_provider(request: HttpRequest, held: dict[str, Any] | None) -> dict[str, Any] | None:
    """Return where to end the session at the provider, and what that is called."""
    chosen = middelen.middel(held["middel"]) if held else None
    if held is None or chosen is None:
        return None
    done = request.build_absolute_uri(reverse("portaal:uitgelogd"))
    try:
        config = aanmelden.provider(request, chosen)
        url = identiteit.logout_url(config, None, done, tuple(held["leave"]))
    except (AanmeldenMislukt, ValueError) as failure:
        log.warning("The provider could not be told of a log-out: %s", failure)
        return None
    return {"verder": url, "middel": chosen} if url else None
