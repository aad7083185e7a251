"""Log-outs that begin at the provider of a means: its request, and its answer to ours (SAML).

Neither leans on the session of the browser that brings it: a POST from elsewhere has no cookie,
and the back channel no browser. Whose sessions end, the signed request tells.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, cast

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from loket.channels.portaal import aanmelden
from loket.connectors.identiteit import AanmeldenMislukt, saml
from loket.services.mijnservices.inloggen import afmelden

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from loket.connectors.identiteit.saml import Carried, SamlProvider
    from loket.services.mijnservices.inloggen.middelen import Middel

log = logging.getLogger(__name__)


@csrf_exempt
@require_http_methods(["GET", "POST"])
@never_cache
def browser(request: HttpRequest, naam: str) -> HttpResponseBase:
    """Take what a browser brings of the provider, by the redirect or the POST binding."""
    chosen = aanmelden.over_saml(naam)
    provider = _provider(request, chosen)
    try:
        carried = (
            saml.from_form(provider, request.POST.dict())
            if request.method == "POST"
            else saml.from_query(provider, request.META["QUERY_STRING"])
        )
    except AanmeldenMislukt as failure:
        log.warning("A message about a log-out of %s was refused: %s", naam, failure)
        raise BadRequest from None
    here = aanmelden.address(request, "afgemeld", naam)
    if carried.answer:
        return _answered(provider, carried, here)
    done = _ended(request, chosen, provider, carried, here)
    reply = saml.reply(provider, carried, done=done)
    if reply is None:
        return redirect("portaal:uitgelogd")
    return (
        aanmelden.posted(request, chosen, reply, "afgemeld") if reply.form else redirect(reply.url)
    )


@csrf_exempt
@require_POST
@never_cache
def soap(request: HttpRequest, naam: str) -> HttpResponse:
    """Take what the provider itself brings, by the back channel; 403 for what it did not sign."""
    chosen = aanmelden.over_saml(naam)
    provider = _provider(request, chosen)
    try:
        carried = saml.from_envelope(provider, request.body)
    except AanmeldenMislukt as failure:
        log.warning("A log-out of %s was refused: %s", naam, failure)
        return HttpResponse(status=403)
    here = aanmelden.address(request, "afgemeld_soap", naam)
    done = _ended(request, chosen, provider, carried, here)
    content = saml.envelope(provider, carried, done=done)
    return HttpResponse(content, content_type="text/xml; charset=utf-8")


def _provider(request: HttpRequest, chosen: Middel) -> SamlProvider:
    try:
        return cast("SamlProvider", aanmelden.provider(request, chosen))
    except ValueError as error:
        log.exception("There is no log-out without a certificate")
        raise Http404 from error


def _answered(provider: SamlProvider, carried: Carried, here: str) -> HttpResponse:
    """Check the answer to a log-out of ours; here that was done already, whatever it says."""
    try:
        saml.answered(provider, carried, here)
    except AanmeldenMislukt as failure:
        log.warning("The provider did not confirm a log-out: %s", failure)
    return redirect("portaal:uitgelogd")


def _ended(
    request: HttpRequest, chosen: Middel, provider: SamlProvider, carried: Carried, here: str
) -> bool:
    """End the sessions that a request names; tell whether it could be honoured.

    Who is not logged in here (any more) is logged out as was asked.
    """
    try:
        ended = afmelden.beeindig(chosen, provider, carried, here)
    except AanmeldenMislukt as failure:
        log.warning("A log-out that began at %s was refused: %s", chosen.naam, failure)
        return False
    log.info("A log-out that began at %s ended %d sessions.", chosen.naam, len(ended))
    if request.session.session_key in ended:
        request.session.flush()
    return True
