"""Mijn sporen: who used the citizen's number, when and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from loket.channels.portaal.sessie import citizens_only
from loket.services.mijnservices import sporen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.functional import _StrPromise

    from loket.kernel.actor import Actor

MOST = 10_000
"""The last page that can be asked for."""

HANDELING = {
    "bsn tonen": _("Uw burgerservicenummer bekeken"),
    "bsn zoeken": _("Op uw burgerservicenummer gezocht"),
    "brp bevragen": _("Uw gegevens opgevraagd in de Basisregistratie Personen (BRP)"),
    "bsn vastleggen": _("Uw burgerservicenummer gebruikt om iets vast te leggen"),
}
DOEL = {
    "urn:loket:verwerking:dienstverlening": _("Om u te helpen"),
    "urn:loket:verwerking:mijnservices": _("Om u uw eigen gegevens te laten zien"),
    "urn:loket:verwerking:registratie": _("Om een zaak of contact vast te leggen"),
    "urn:loket:verwerking:verhuizing": _("Om gegevens over te nemen uit een ander systeem"),
}
"""What the processing activities of the house are called; others are shown as they are."""


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show a page of traces, the newest first."""
    asked = request.GET.get("bladzijde", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) <= MOST):
        raise Http404
    mijn = sporen.bladzijde(actor, int(asked))
    if mijn.nummer > 1 and not mijn.sporen:
        raise Http404
    regels = [
        (spoor, _named(HANDELING, spoor.wat), _named(DOEL, spoor.doel)) for spoor in mijn.sporen
    ]
    return render(request, "portaal/sporen.html", {"mijn": mijn, "regels": regels})


def _named(names: dict[str, _StrPromise], value: str) -> str:
    return str(names.get(value, value))
