"""Logging in with DigiD and out again; `loket.connectors.identiteit` does the talking."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from loket.channels.portaal import sessie
from loket.connectors import identiteit
from loket.connectors.identiteit import AanmeldenMislukt, Provider, Reason
from loket.services.mijnservices import burger

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

KEY = "aanmelden"


@require_safe
@never_cache
def inloggen(request: HttpRequest) -> HttpResponse:
    """Show the log-in page; whoever is logged in already goes where he was going."""
    volgende = _volgende(request)
    if sessie.burger(request):
        return redirect(volgende)
    digid_url = f"{reverse('portaal:digid')}?{urlencode({'volgende': volgende})}"
    verlopen = "verlopen" in request.GET
    return render(request, "portaal/inloggen.html", {"digid_url": digid_url, "verlopen": verlopen})


@require_safe
@never_cache
def digid(request: HttpRequest) -> HttpResponse:
    """Send the citizen to the provider, and keep what he must bring back."""
    back = request.build_absolute_uri(reverse("portaal:terug"))
    try:
        begun = identiteit.begin(_provider(), back, settings.OIDC_LOA)
    except AanmeldenMislukt as failure:
        return _failed(failure)
    request.session[KEY] = {"begun": asdict(begun), "volgende": _volgende(request)}
    return redirect(begun.url)


@require_safe
@never_cache
def terug(request: HttpRequest) -> HttpResponse:
    """Let in the citizen whom the provider sends back."""
    kept = request.session.pop(KEY, None)
    if kept is None:
        if sessie.burger(request):
            return redirect("portaal:start")
        return _failed(AanmeldenMislukt(Reason.STATE, "No log-in was begun in this browser."))
    begun = identiteit.Begin(**kept["begun"])
    try:
        wie = identiteit.finish(_provider(), begun, request.GET.dict())
    except AanmeldenMislukt as failure:
        return _failed(failure)
    sessie.begin(request, burger.from_bsn(wie.bsn, wie.naam, wie.loa))
    return redirect(kept["volgende"])


@require_safe
def mislukt(request: HttpRequest) -> HttpResponse:
    """Say that nobody was logged in, and why if the citizen can do something about it."""
    return render(request, "portaal/inloggen_mislukt.html", {"reden": request.GET.get("reden")})


@require_POST
@never_cache
def uitloggen(request: HttpRequest) -> HttpResponse:
    """End the session here, and then at the provider.

    The second step is a page of its own and not a redirect: `form-action` of the content security
    policy holds for every redirect that follows a form.
    """
    request.session.flush()
    done = request.build_absolute_uri(reverse("portaal:uitgelogd"))
    try:
        url = identiteit.logout_url(_provider(), None, done)
    except AanmeldenMislukt as failure:
        log.warning("The provider could not be told of a log-out: %s", failure)
        url = None
    if url is None:
        return redirect("portaal:uitgelogd")
    return render(request, "portaal/uitloggen.html", {"verder": url})


@require_safe
def uitgelogd(request: HttpRequest) -> HttpResponse:
    """Say that nobody is logged in any more."""
    if sessie.burger(request):
        return redirect("portaal:start")
    return render(request, "portaal/uitgelogd.html")


def _volgende(request: HttpRequest) -> str:
    """Return the path that the citizen was going to, within this site."""
    wanted = request.GET.get("volgende", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("portaal:zaken")


def _provider() -> Provider:
    return Provider(settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET)


def _failed(failure: AanmeldenMislukt) -> HttpResponse:
    log.warning("A log-in failed: %s", failure)
    return redirect(f"{reverse('portaal:mislukt')}?{urlencode({'reden': failure.reason})}")
