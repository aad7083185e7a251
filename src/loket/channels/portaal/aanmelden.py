"""Logging in with DigiD, eHerkenning or eIDAS; `loket.connectors.identiteit` does the talking."""

from __future__ import annotations

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from loket.channels.portaal import sessie
from loket.channels.portaal.volgende import onderweg, volgende
from loket.connectors import identiteit
from loket.connectors.identiteit import AanmeldenMislukt, Reason
from loket.connectors.identiteit.saml import describe
from loket.services.mijnservices.inloggen import middelen, sessies, vestigingen

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from loket.connectors.identiteit import Begin, Identiteit, Provider, SamlProvider
    from loket.connectors.identiteit.saml import Reply
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.inloggen.middelen import Middel

log = logging.getLogger(__name__)

KEY = "aanmelden"
EIDAS = _("een Europees inlogmiddel (eIDAS)")
"""The one name of a means that is another in English; it comes from the register."""
OTHER = "ander"
"""Why it failed where somebody else confirmed than who is logged in."""


@require_safe
@never_cache
def inloggen(request: HttpRequest) -> HttpResponse:
    """Show the log-in page; whoever is logged in already goes where he was going."""
    path = volgende(request)
    if sessie.klant(request):
        return redirect(path)
    offered = middelen.middelen()
    made = [(each, onderweg("portaal:middel", path, each.naam)) for each in offered]
    shown = {
        "burgers": [pair for pair in made if not pair[0].voor_bedrijven],
        "bedrijven": [pair for pair in made if pair[0].voor_bedrijven],
        "verlopen": "verlopen" in request.GET,
        "onverstuurd": "onverstuurd" in request.GET,
    }
    return render(request, "portaal/inloggen.html", shown)


@require_safe
@never_cache
def middel(request: HttpRequest, naam: str) -> HttpResponseBase:
    """Send somebody to the provider, and keep what he must bring back."""
    return depart(request, _found(naam), volgende(request), anew=False)


@require_safe
@never_cache
@sessie.citizens_only
def bevestigen(request: HttpRequest, _actor: Actor) -> HttpResponse:
    """Say why somebody has to show again who he is."""
    held = sessie.known(request) or {}
    found = middelen.middel(held["middel"])
    verder = onderweg("portaal:opnieuw", volgende(request))
    return render(request, "portaal/bevestigen.html", {"middel": found, "verder": verder})


@require_safe
@sessie.citizens_only
def opnieuw(request: HttpRequest, _actor: Actor) -> HttpResponseBase:
    """Send who is logged in to the provider, to show again who he is."""
    held = sessie.known(request) or {}
    return depart(request, _found(held["middel"]), volgende(request), anew=True)


def depart(request: HttpRequest, chosen: Middel, path: str, *, anew: bool) -> HttpResponseBase:
    """Begin at the provider, and keep what must come back."""
    back = request.build_absolute_uri(reverse("portaal:terug"))
    try:
        begun = identiteit.begin(provider(request, chosen), back, chosen.minimum, anew=anew)
    except (AanmeldenMislukt, ValueError) as failure:
        return _failed(failure)
    request.session[KEY] = {
        "begun": asdict(begun), "volgende": path, "middel": chosen.naam, "anew": anew,
    }  # fmt: skip
    return posted(request, chosen, begun) if begun.form else redirect(begun.url)


@require_safe
@never_cache
def terug(request: HttpRequest) -> HttpResponse:
    """Let in whom the provider sends back."""
    kept = request.session.pop(KEY, None)
    if kept is None:
        if sessie.klant(request):
            return redirect("portaal:start")
        return _failed(AanmeldenMislukt(Reason.STATE, "No log-in was begun in this browser."))
    begun = identiteit.Begin(**kept["begun"])
    chosen = _found(kept["middel"])
    try:
        who = identiteit.finish(provider(request, chosen), begun, request.GET.dict())
    except (AanmeldenMislukt, ValueError) as failure:
        return _failed(failure)
    actor = chosen.actor(who)
    if not kept["anew"]:
        sessie.begin(request, actor, chosen.naam, who.leave, who.authenticated)
    elif not sessie.confirm(request, actor, who.leave):
        return _to_failure(OTHER)
    _note(request, chosen, who)
    if not kept["anew"] and actor.kvk and not actor.vestiging and vestigingen.bekend(actor.kvk):
        return redirect(onderweg("portaal:vestiging", kept["volgende"]))
    return redirect(kept["volgende"])


@require_safe
def mislukt(request: HttpRequest) -> HttpResponse:
    """Say that nobody was logged in, and why if somebody can do something about it."""
    return render(request, "portaal/inloggen_mislukt.html", {"reden": request.GET.get("reden")})


@require_safe
def metadata(request: HttpRequest, naam: str) -> HttpResponse:
    """Describe us to the provider of a means that speaks SAML."""
    chosen = over_saml(naam)
    try:
        keys, following = chosen.keys()
    except ValueError as error:
        log.exception("There is no metadata without a certificate")
        raise Http404 from error
    text = describe(
        chosen.instelling.entity_id or address(request, "metadata", naam), keys, following,
        request.build_absolute_uri(reverse("portaal:terug")),
        (address(request, "afgemeld", naam), address(request, "afgemeld_soap", naam)),
    )  # fmt: skip
    return HttpResponse(text, content_type="application/samlmetadata+xml")


def provider(request: HttpRequest, chosen: Middel) -> Provider | SamlProvider:
    """Return how to speak to the provider of a means."""
    return chosen.provider(address(request, "metadata", chosen.naam))


def address(request: HttpRequest, page: str, naam: str) -> str:
    """Return where a page about a means stands, as its provider knows it."""
    return request.build_absolute_uri(reverse(f"portaal:{page}", args=[naam]))


def over_saml(naam: str) -> Middel:
    """Return the means with a name, where it speaks SAML; Http404."""
    chosen = _found(naam)
    if not chosen.saml:
        raise Http404
    return chosen


def posted(
    request: HttpRequest, chosen: Middel, begun: Begin | Reply, page: str = "doorsturen"
) -> HttpResponseBase:
    """Let the browser post a message: with a form, as this provider wants it."""
    parts = urlsplit(begun.url)
    allow = csp_update({"form-action": [f"{parts.scheme}://{parts.netloc}"]})

    def shown(request: HttpRequest) -> HttpResponse:
        return render(request, f"portaal/{page}.html", {"begun": begun, "middel": chosen})

    return allow(shown)(request)


def _found(naam: str) -> Middel:
    chosen = middelen.middel(naam)
    if chosen is None:
        raise Http404
    return chosen


def _note(request: HttpRequest, chosen: Middel, who: Identiteit) -> None:
    """Note by what the provider knows this session, so that a log-out that begins there ends it."""
    if chosen.saml:
        key = str(request.session.session_key)
        sessies.onthoud_bij(key, chosen.naam, who.subject, who.session_index)


def _failed(failure: AanmeldenMislukt | ValueError) -> HttpResponse:
    """Tell the log what went wrong; what we set up wrongly is to somebody else as if it is away."""
    log.warning("A log-in failed: %s", failure)
    return _to_failure(
        failure.reason if isinstance(failure, AanmeldenMislukt) else Reason.UNREACHABLE
    )


def _to_failure(reason: str) -> HttpResponse:
    return redirect(f"{reverse('portaal:mislukt')}?{urlencode({'reden': reason})}")
