"""Mijn gegevens: changing the e-mail addresses and telephone numbers at which one is reached."""

from __future__ import annotations

from functools import wraps
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
from loket.services.mijnservices.profiel_wijzigen import Geweigerd, Reden, VraagEerst

if TYPE_CHECKING:
    from collections.abc import Callable
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
    Reden.TE_VAAK_FOUT: lazy(
        "U hebt te vaak een verkeerde code ingevuld. U kunt deze code niet meer gebruiken."
    ),
    Reden.OUDE_CODE: lazy("Dit is een oude code. Wij stuurden u daarna een nieuwere. Vul die in."),
    Reden.VERLOPEN: lazy("Deze code geldt niet meer."),
    Reden.NIET_GECONTROLEERD: lazy("Controleer dit eerst met een code."),
    Reden.GEEN_CODE_MOGELIJK: lazy("Hier kunnen wij geen code heen sturen."),
}
_CODEFOUTEN: Final = {
    "invalid": lazy("Deze code klopt niet. Kijk nog een keer in het bericht."),
    "pattern": lazy("Een code heeft 6 cijfers."),
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


def van_hemzelf(
    view: Callable[[HttpRequest, Actor, Adres], HttpResponse],
) -> Callable[[HttpRequest, Actor, UUID], HttpResponse]:
    """Give `view` an address of who asks; what is another's looks the same as what does not exist.

    Who goes back to one of his own that is not there any more hears that it is done already.
    """

    @wraps(view)
    def guarded(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
        try:
            adres = wijzigen.adres(actor, uuid)
        except NotFound as not_found:
            if wijzigen.was_eigen(actor, uuid):
                return _al_gedaan(request)
            raise Http404 from not_found
        return view(request, actor, adres)

    return guarded


def _al_gedaan(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Dit is al gedaan. Hieronder ziet u hoe wij u nu bereiken."))
    return redirect("portaal:gegevens")


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
@recently(MINUTES)
@van_hemzelf
def wijzig(request: HttpRequest, actor: Actor, old: Adres) -> HttpResponse:
    """Ask what an address becomes; the old one stays until the new one works.

    What can't be checked takes its place when that is confirmed.
    """
    return _formulier(request, actor, SoortDigitaalAdres(old.soort), old)


def _formulier(
    request: HttpRequest, actor: Actor, soort: SoortDigitaalAdres, old: Adres | None = None
) -> HttpResponse:
    given, fout = request.POST.get("adres", ""), ""
    if request.method == "POST":
        ask = "akkoord" not in request.POST
        try:
            made = wijzigen.nieuw(
                actor, soort, given, CALL, old.uuid if old else None, vraag_eerst=ask
            )
        except Invalid as invalid:
            fout = str(_FOUTEN.get((soort, invalid.faults[0].code), _LANG))
        except Geweigerd as refused:
            fout = str(_REDENEN[refused.reden])
        except VraagEerst:
            asked = {"oud": old, "adres": given.strip()}
            return render(request, "portaal/adres_bevestigen.html", asked)
        else:
            return _na(request, made, old)
    shown = {"soort": soort.value, "oud": old, "adres": given, "fout": fout, "veld": "adres",
             "kan_sms": wijzigen.kan_sms()}  # fmt: skip
    return render(request, "portaal/adres.html", shown, status=400 if fout else 200)


def _na(request: HttpRequest, made: Adres, old: Adres | None) -> HttpResponse:
    """Go to the page for the code, or back where no code is needed."""
    if wijzigen.kan_code(made):
        return redirect("portaal:adres_code", made.uuid)
    return _gelukt(request, made, old)


def _gelukt(request: HttpRequest, made: Adres, old: Adres | None) -> HttpResponse:
    """Say which address is used from now on, and what became of the others of its kind."""
    if old is not None:
        text = _("Gelukt. Wij gebruiken vanaf nu %(nieuw)s in plaats van %(oud)s.")
    elif made.standaard:
        text = _("Gelukt. Wij gebruiken vanaf nu %(nieuw)s.")
    else:
        text = _("Gelukt. Wij gebruiken vanaf nu ook %(nieuw)s.")
    messages.success(request, text % {"nieuw": made.adres, "oud": old.adres if old else ""})
    return redirect("portaal:gegevens")


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
@van_hemzelf
def code(request: HttpRequest, actor: Actor, adres: Adres) -> HttpResponse:
    """Ask for the code that was sent, and take it."""
    if adres.werkt:
        return _al_gedaan(request)
    if request.method == "POST":
        return _neem_code(request, actor, adres)
    if not wijzigen.kan_code(adres):
        return redirect("portaal:gegevens")
    return _vraag_code(request, actor, adres)


def _neem_code(request: HttpRequest, actor: Actor, adres: Adres) -> HttpResponse:
    given = request.POST.get("code", "")
    old = next((each for each in wijzigen.adressen(actor) if each.uuid == adres.vervangt), None)
    try:
        made = wijzigen.bevestig(actor, adres.uuid, given, CALL)
    except Invalid as invalid:
        return _vraag_code(request, actor, adres, given, str(_CODEFOUTEN[invalid.faults[0].code]))
    except Geweigerd as refused:
        return _vraag_code(request, actor, adres, given, str(_REDENEN[refused.reden]))
    return _gelukt(request, made, old)


def _vraag_code(
    request: HttpRequest, actor: Actor, adres: Adres, given: str = "", fout: str = ""
) -> HttpResponse:
    state = wijzigen.code(actor, adres.uuid)
    if fout and not state.pogingen_over:
        fout = str(_REDENEN[Reden.TE_VAAK_FOUT])
    shown = {"adres": adres, "code": given, "fout": fout, "stand": state, "veld": "code"}
    return render(request, "portaal/adres_code.html", shown, status=400 if fout else 200)


@require_POST
@citizens_only
@himself
@van_hemzelf
def opnieuw(request: HttpRequest, actor: Actor, adres: Adres) -> HttpResponse:
    """Send another code."""
    try:
        wijzigen.stuur_code(actor, adres.uuid, CALL)
    except Geweigerd as refused:
        messages.error(request, str(_REDENEN[refused.reden]))
    else:
        messages.success(request, _("Wij hebben u een nieuwe code gestuurd."))
    return redirect("portaal:adres_code", adres.uuid)


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
@recently(MINUTES)
@van_hemzelf
def verwijder(request: HttpRequest, actor: Actor, adres: Adres) -> HttpResponse:
    """Ask whether an address may go, and remove it."""
    if request.method != "POST":
        return render(request, "portaal/adres_verwijderen.html", {"adres": adres})
    wijzigen.verwijder(actor, adres.uuid, CALL)
    messages.success(request, _("Verwijderd: %(adres)s") % {"adres": adres.adres})
    return redirect("portaal:gegevens")


@require_POST
@citizens_only
@himself
@van_hemzelf
def kies(request: HttpRequest, actor: Actor, adres: Adres) -> HttpResponse:
    """Let an address be the one that is used."""
    try:
        wijzigen.kies(actor, adres.uuid, CALL)
    except Geweigerd as refused:
        messages.error(request, str(_REDENEN[refused.reden]))
    else:
        messages.success(request, _("Wij gebruiken nu: %(adres)s") % {"adres": adres.adres})
    return redirect("portaal:gegevens")
