"""Mijn gegevens: changing the e-mail addresses and telephone numbers at which one is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_POST

from loket.channels.portaal.sessie import citizens_only, himself, recently
from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid, NotFound
from loket.registers.klantinteracties.waarden import SoortDigitaalAdres
from loket.services.mijnservices import profiel_wijzigen as wijzigen
from loket.services.mijnservices.profiel_wijzigen import Geweigerd, Reden

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor
    from loket.services.mijnservices.profiel import Adres

CALL: Final = Call(HOUSE)
MINUTES: Final = 15
"""How long ago somebody may have shown who he is, who changes how he is reached."""

EMAIL, TELEFOON = SoortDigitaalAdres.EMAIL, SoortDigitaalAdres.TELEFOONNUMMER
PADEN: Final = {"e-mail": EMAIL, "telefoon": TELEFOON}
_FOUTEN: Final = {
    (EMAIL, "invalid"): lazy("Vul een e-mailadres in zoals naam@voorbeeld.nl."),
    (TELEFOON, "invalid"): lazy("Vul een telefoonnummer in zoals 06 12345678."),
    (EMAIL, "unique"): lazy("Dit e-mailadres staat al bij uw gegevens."),
    (TELEFOON, "unique"): lazy("Dit telefoonnummer staat al bij uw gegevens."),
    (EMAIL, "blank"): lazy("Vul een e-mailadres in."),
    (TELEFOON, "blank"): lazy("Vul een telefoonnummer in."),
}
_LANG: Final = lazy("Dit is te lang. Gebruik hoogstens 80 tekens.")
_REDENEN: Final = {
    Reden.TE_VEEL_ADRESSEN: lazy("U hebt er al 5. Verwijder er eerst een."),
    Reden.TE_VEEL_VANDAAG: lazy("U hebt vandaag al veel veranderd. Probeer het morgen weer."),
    Reden.TE_VEEL_CODES: lazy(
        "Wij hebben u in een uur al 3 codes gestuurd. Probeer het over een uur weer."
    ),
    Reden.TE_VAAK_FOUT: lazy("U hebt te vaak een verkeerde code ingevuld. Vraag een nieuwe code."),
    Reden.VERLOPEN: lazy("Deze code geldt niet meer. Vraag een nieuwe code."),
    Reden.NIET_GECONTROLEERD: lazy("Controleer dit eerst met een code."),
    Reden.GEEN_CODE_MOGELIJK: lazy("Hier kunnen wij geen code heen sturen."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
@recently(MINUTES)
def nieuw(request: HttpRequest, actor: Actor, pad: str) -> HttpResponse:
    """Ask for a new address, and add it."""
    if pad not in PADEN:
        raise Http404
    return _formulier(request, actor, PADEN[pad])


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
@recently(MINUTES)
def wijzig(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Ask what an address becomes; the old one stays until the new one works."""
    old = _eigen(actor, uuid)
    return _formulier(request, actor, SoortDigitaalAdres(old.soort), old)


def _formulier(
    request: HttpRequest, actor: Actor, soort: SoortDigitaalAdres, old: Adres | None = None
) -> HttpResponse:
    given, fout = request.POST.get("adres", ""), ""
    if request.method == "POST":
        try:
            made = wijzigen.nieuw(actor, soort, given, CALL, old.uuid if old else None)
        except Invalid as invalid:
            fout = str(_FOUTEN.get((soort, invalid.faults[0].code), _LANG))
        except Geweigerd as refused:
            fout = str(_REDENEN[refused.reden])
        else:
            return _na(request, made)
    shown = {"soort": soort.value, "oud": old, "adres": given, "fout": fout, "veld": "adres"}
    return render(request, "portaal/adres.html", shown, status=400 if fout else 200)


def _na(request: HttpRequest, made: Adres) -> HttpResponse:
    """Go to the page for the code, or back where no code is needed."""
    if wijzigen.kan_code(made):
        return redirect("portaal:adres_code", made.uuid)
    messages.success(request, _("Uw telefoonnummer is opgeslagen."))
    return redirect("portaal:gegevens")


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
def code(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Ask for the code that was sent, and take it."""
    adres, given, fout = _eigen(actor, uuid), request.POST.get("code", ""), ""
    if request.method == "POST":
        try:
            wijzigen.bevestig(actor, uuid, given, CALL)
        except Invalid:
            fout = _("Deze code klopt niet. Kijk nog een keer in het bericht.")
        except Geweigerd as refused:
            fout = str(_REDENEN[refused.reden])
        else:
            messages.success(request, _("Gelukt. Wij gebruiken vanaf nu ook dit adres of nummer."))
            return redirect("portaal:gegevens")
    elif adres.werkt or not wijzigen.kan_code(adres):
        return redirect("portaal:gegevens")
    state = wijzigen.code(actor, uuid)
    shown = {"adres": adres, "code": given, "fout": fout, "stand": state, "veld": "code"}
    return render(request, "portaal/adres_code.html", shown, status=400 if fout else 200)


@require_POST
@citizens_only
@himself
def opnieuw(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Send another code."""
    _eigen(actor, uuid)
    try:
        wijzigen.stuur_code(actor, uuid, CALL)
    except Geweigerd as refused:
        messages.error(request, str(_REDENEN[refused.reden]))
    else:
        messages.success(request, _("Wij hebben u een nieuwe code gestuurd."))
    return redirect("portaal:adres_code", uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
@recently(MINUTES)
def verwijder(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Ask whether an address may go, and remove it."""
    adres = _eigen(actor, uuid)
    if request.method != "POST":
        return render(request, "portaal/adres_verwijderen.html", {"adres": adres})
    wijzigen.verwijder(actor, uuid, CALL)
    messages.success(request, _("Verwijderd: %(adres)s") % {"adres": adres.adres})
    return redirect("portaal:gegevens")


@require_POST
@citizens_only
@himself
def kies(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Let an address be the one that is used."""
    adres = _eigen(actor, uuid)
    try:
        wijzigen.kies(actor, uuid, CALL)
    except Geweigerd as refused:
        messages.error(request, str(_REDENEN[refused.reden]))
    else:
        messages.success(request, _("Wij gebruiken nu: %(adres)s") % {"adres": adres.adres})
    return redirect("portaal:gegevens")


def _eigen(actor: Actor, uuid: UUID) -> Adres:
    """Return an address of who asks; what is another's looks the same as what does not exist."""
    try:
        return wijzigen.adres(actor, uuid)
    except NotFound as not_found:
        raise Http404 from not_found
