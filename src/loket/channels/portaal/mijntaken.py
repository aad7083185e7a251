"""Mijn taken: what a citizen or company has to do, and doing it.

A form is filled in, then checked, then sent; what was typed travels along in the pages, so nothing
of it is kept before it is sent. Files are with the zaak as soon as they come in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit
from uuid import UUID

from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from loket.channels.portaal import opladen
from loket.channels.portaal.sessie import citizens_only
from loket.channels.portaal.taakformulier import Formulier
from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel import clock
from loket.kernel.problems import Conflict, Invalid, NotFound
from loket.registers.taken.formulier import WHERE
from loket.registers.taken.waarden import TaakSoort
from loket.services.mijnservices import bestandsoorten, taken, taken_doen
from loket.services.mijnservices.vragen import SIZE

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from loket.kernel.actor import Actor
    from loket.services.mijnservices.taken_doen import Werk

CALL: Final = Call(HOUSE)
MOST = 100_000
"""The last page that can be asked for."""


@require_safe
@citizens_only
def overzicht(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what is to be done, the most urgent first, and a page of what was done."""
    asked = request.GET.get("bladzijde", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:9]) <= MOST):
        raise Http404
    mijn = taken.overzicht(actor)
    try:
        gedaan = Paginator(mijn.gedaan, SIZE).page(asked)
    except EmptyPage as beyond:
        raise Http404 from beyond
    shown = {
        "open": [(regel, _nog(regel.uiterlijk)) for regel in mijn.open],
        "gedaan": gedaan,
    }
    return render(request, "portaal/taken.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
def taak(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Show one task as it can be done, and take what is filled in."""
    try:
        if request.method == "POST":
            return _doe(request, actor, uuid)
        return _toon(request, taken_doen.werk(actor, uuid))
    except NotFound as not_found:
        if taken_doen.is_ingetrokken(actor, uuid):
            return render(request, "portaal/taak_ingetrokken.html", status=410)
        raise Http404 from not_found


@require_safe
@citizens_only
def klaar(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Say that a task is done and what comes next."""
    try:
        found = taken_doen.werk(actor, uuid)
    except NotFound as not_found:
        raise Http404 from not_found
    if found.taak.regel.open:
        return redirect("portaal:taak", uuid)
    return render(request, "portaal/taak_klaar.html", {"werk": found, "regel": found.taak.regel})


@require_POST
@citizens_only
def bestanden(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Take files from the script of the page, and answer with the list as it is then."""
    try:
        _taken, wrong = opladen.neem_aan(request, actor, uuid)
        found = taken_doen.werk(actor, uuid)
    except NotFound as not_found:
        raise Http404 from not_found
    veld = request.POST.get("veld", "")
    sent = found.plek.van_veld(veld) if found.plek and veld else found.los
    texts = [text for several in wrong.values() for text in several]
    shown = {"bijlagen": sent, "fouten": texts}
    status = 400 if texts else 200
    return render(request, "portaal/taak_bijlagen.html", shown, status=status)


def _doe(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Do what a button of the page says; files that were chosen come in first."""
    found = taken_doen.werk(actor, uuid)
    if not found.taak.regel.open:
        return _dicht(request, found, _al_gedaan(found))
    taken_nu, wrong = opladen.neem_aan(request, actor, uuid)
    melding = _haal_weg(request, actor, uuid)
    if taken_nu or "weg" in request.POST:
        found = taken_doen.werk(actor, uuid)
    formulier = Formulier(found, request.POST) if found.definitie else None
    if formulier is None:
        if not wrong and not melding:
            return redirect("portaal:taak", uuid)
        return _toon(request, found, wrong=wrong, melding=melding, status=400)
    stap = "" if "weg" in request.POST or wrong else request.POST.get("stap", "")
    if stap == "versturen":
        return _verstuur(request, actor, found, formulier)
    if stap == "controleren" and formulier.geldig():
        return _controleer(request, found, formulier)
    if stap != "controleren":
        formulier = Formulier(found, request.POST, check=False)
    status = 400 if wrong or melding or stap == "controleren" else 200
    return _toon(request, found, formulier, wrong, melding, status)


def _verstuur(
    request: HttpRequest, actor: Actor, found: Werk, formulier: Formulier
) -> HttpResponse:
    """Finish the task; what the register has against it stands with the field."""
    if not formulier.geldig():
        return _toon(request, found, formulier, status=400)
    uuid = found.taak.regel.uuid
    try:
        taken_doen.rond_af(actor, uuid, formulier.gegevens(), CALL)
    except Conflict as conflict:
        return _dicht(request, taken_doen.werk(actor, uuid), _(conflict.detail))
    except Invalid as invalid:
        left = [
            fault.reason
            for fault in invalid.faults
            if not formulier.weiger(fault.name.removeprefix(f"{WHERE}."), _(fault.reason))
        ]
        melding = " ".join(_(text) for text in left)
        return _toon(request, found, formulier, melding=melding, status=400)
    return redirect("portaal:taak_klaar", uuid)


def _dicht(request: HttpRequest, found: Werk, melding: str) -> HttpResponse:
    """Say that a task is not open any more; to who pressed the button twice, that it went well."""
    if request.POST.get("stap") == "versturen" and found.definitie:
        formulier = Formulier(found, request.POST)
        before = found.taak.details.get("ontvangenGegevens")
        if formulier.form.is_valid() and formulier.gegevens() == before:
            return redirect("portaal:taak_klaar", found.taak.regel.uuid)
    return _toon(request, found, melding=melding, status=409)


def _haal_weg(request: HttpRequest, actor: Actor, uuid: UUID) -> str:
    """Take away the file whose button was pressed; return why that can't be, or nothing."""
    asked = request.POST.get("weg")
    if asked is None:
        return ""
    try:
        taken_doen.haal_weg(actor, uuid, UUID(asked), CALL)
    except (ValueError, NotFound):
        return _("Dit bestand is er niet meer.")
    except Conflict as conflict:
        return _(conflict.detail)
    return ""


def _controleer(request: HttpRequest, found: Werk, formulier: Formulier) -> HttpResponse:
    shown = {"werk": found, "regel": found.taak.regel, "formulier": formulier}
    return render(request, "portaal/taak_controleren.html", shown)


def _toon(
    request: HttpRequest,
    found: Werk,
    formulier: Formulier | None = None,
    wrong: dict[str, list[str]] | None = None,
    melding: str = "",
    status: int = 200,
) -> HttpResponse:
    """Show a task: as it is to be done, or what became of it."""
    regel = found.taak.regel
    if regel.open and formulier is None and regel.soort == TaakSoort.FORMULIERTAAK:
        formulier = Formulier(found)
    los = (wrong or {}).pop("", [])
    for place in formulier.plaatsen() if formulier else ():
        place.fouten += (wrong or {}).pop(place.sleutel, [])
    los += [text for several in (wrong or {}).values() for text in several]
    mag = opladen.toegelaten(request)
    shown: dict[str, Any] = {
        "werk": found,
        "regel": regel,
        "nog": _nog(regel.uiterlijk),
        "formulier": formulier,
        "fouten": formulier.fouten() if formulier and (status != 200 or wrong) else [],
        "fouten_los": los,
        "melding": melding,
        "grens": mag.mb,
        "formaten": mag.namen,
        "accept": bestandsoorten.accept(mag.soorten),
        "antwoorden": None if regel.open else _antwoorden(found),
        **bij_soort(found),
    }
    return render(request, "portaal/taak.html", shown, status=status)


def bij_soort(found: Werk) -> dict[str, Any]:
    """Return what is shown of a payment, or of a link to another website."""
    details = found.taak.details
    if found.taak.regel.soort == TaakSoort.BETAALTAAK:
        iban = str((details.get("doelrekening") or {}).get("iban") or "")
        grouped = " ".join(iban[at : at + 4] for at in range(0, len(iban), 4))
        return {
            "bedrag": number_format(str(details["bedrag"]), 2, force_grouping=True),
            "iban": grouped,
        }
    link = str(details.get("uitvraagLink") or "")
    parts = urlsplit(link)
    return {"link": link if parts.scheme in ("http", "https") else "", "host": parts.hostname}


def _antwoorden(found: Werk) -> list[tuple[str, list[str]]]:
    """Return what was sent, by what was asked."""
    if not found.taak.details.get("ontvangenGegevens") or not found.definitie:
        return []
    return Formulier(found).antwoorden()


def _al_gedaan(found: Werk) -> str:
    try:
        taken_doen.demand_open(found.taak.regel.status)
    except Conflict as conflict:
        return _(conflict.detail)
    return ""


def _nog(dag: date) -> int:
    """Return how many days are left, less than nothing when it is too late."""
    return (dag - clock.today()).days
