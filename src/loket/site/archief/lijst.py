"""A list: made from a group, looked at, changed line by line, and the statement that follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from loket.kernel.problems import NotFound, Problem
from loket.ledger.database import fetch
from loket.registers.archief.vernietigingslijst import vernietigingslijsten
from loket.registers.archief.vernietigingsregel import vernietigingsregels
from loket.registers.archief.waarden import Regelstand, Stand
from loket.registers.catalogi.zaaktype import ZaakType
from loket.services.archivering.aan_de_beurt import MOST, te_vernietigen
from loket.services.archivering.opstellen import stel_op
from loket.services.archivering.voortgang import voortgang
from loket.site.archief.deur import call, done, explain, lijst_at, page, shown
from loket.site.archief.formulieren import LijstForm, RedenForm
from loket.site.archief.rechten import LEZEN, OPSTELLEN, VASTSTELLEN, mag
from loket.site.archief.tonen import klasse, mijlpalen, pagina
from loket.site.beheer import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from loket.kernel.actor import Actor

STANDEN = {each.value: each.label for each in Regelstand}


@page(OPSTELLEN)
def nieuw(request: HttpRequest, zaaktype: UUID) -> HttpResponse:
    """Ask what a list is called, make it, and tell what could not be on it."""
    kind = fetch(ZaakType, zaaktype)
    if kind is None:
        raise Http404
    actor = actor_of(request)
    form = LijstForm(request.POST or None, initial={"naam": kind.omschrijving})
    if request.method == "POST" and form.is_valid():
        try:
            made = stel_op(actor, form.cleaned_data, zaaktype, call())
        except Problem as problem:
            explain(form, problem)
        else:
            if made.lijst is not None and not made.geweigerd:
                done(request, f"De lijst is gemaakt, met {made.aantal} zaken.")
                return redirect("archief:lijst", made.lijst.pk)
            return shown(request, "gemaakt", "Lijst maken", made=made)
    aantal = len(te_vernietigen(actor, zaaktype))
    title = f"Vernietigingslijst: {kind.omschrijving}"
    return shown(request, "nieuw", title, form=form, aantal=aantal, most=MOST)


@page(LEZEN)
def lijst(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a list with its lines, and what may be done with it."""
    found = lijst_at(key)
    stand = request.GET.get("stand", "")
    regels = found.regels.order_by("zaaktype", "zaaknummer", "id")
    if stand in STANDEN:
        regels = regels.filter(stand=stand)
    stap = voortgang(key)
    return shown(
        request,
        "lijst",
        f"{found.nummer} {found.naam}",
        lijst=found,
        mijlpalen=mijlpalen(found),
        voortgang=stap,
        regels=pagina(regels, request.GET.get("pagina", "1")),
        standen=[(each.value, each.label, n) for each, n in stap.per_stand.items() if n],
        gekozen=stand if stand in STANDEN else "",
        verklaring=found.verklaringen.first(),
        uitvoering=found.stand == Stand.VASTGESTELD,
        **_may(request, found, actor_of(request)),
    )


def _may(request: HttpRequest, found: Any, actor: Actor) -> dict[str, bool]:
    """Tell what somebody may do with a list as it stands."""
    waits = found.stand == Stand.TER_BEOORDELING
    judges = waits and mag(request.user, VASTSTELLEN)
    own = found.opsteller == actor.user
    return {
        "mag_wijzigen": found.stand == Stand.CONCEPT and mag(request.user, OPSTELLEN),
        "mag_beoordelen": judges and not own,
        "is_eigen": waits and own,
    }


@page(LEZEN)
def stand(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show only how far the carrying out is, for the page that follows it."""
    found = lijst_at(key)
    uitvoering = found.stand == Stand.VASTGESTELD
    stap = voortgang(key)
    return shown(request, "voortgang", "Voortgang", voortgang=stap, uitvoering=uitvoering)


@page(OPSTELLEN)
def uitzonderen(request: HttpRequest, key: UUID, regel: UUID) -> HttpResponse:
    """Ask why a zaak is excluded, and exclude it."""
    found, line = lijst_at(key), _regel(key, regel)
    form = RedenForm(request.POST or None, initial={"reden": line.reden})
    if request.method == "POST" and form.is_valid():
        change = {"stand": Regelstand.UITGEZONDERD.value, **form.cleaned_data}
        try:
            vernietigingsregels.patch(actor_of(request), regel, change, call())
        except Problem as problem:
            explain(form, problem)
        else:
            done(request, f"Zaak {line.zaaknummer} is uitgezonderd.")
            return redirect("archief:lijst", key)
    title = f"Zaak {line.zaaknummer} uitzonderen"
    line.klasse = klasse(line.selectielijstklasse)
    return shown(request, "uitzonderen", title, form=form, lijst=found, regel=line)


@page(OPSTELLEN)
@require_POST
def voorstellen(request: HttpRequest, key: UUID, regel: UUID) -> HttpResponse:
    """Propose a zaak again that was excluded."""
    line = _regel(key, regel)
    change = {"stand": Regelstand.VOORGESTELD.value, "reden": ""}
    try:
        vernietigingsregels.patch(actor_of(request), regel, change, call())
    except Problem as problem:
        return _refused(request, key, problem)
    done(request, f"Zaak {line.zaaknummer} wordt weer voorgesteld.")
    return redirect("archief:lijst", key)


@page(OPSTELLEN)
def verwijderen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw away a list that was not offered; its zaken are free again."""
    found = lijst_at(key)
    if request.method == "POST":
        try:
            vernietigingslijsten.destroy(actor_of(request), key, call())
        except Problem as problem:
            return _refused(request, key, problem)
        done(request, f"Lijst {found.nummer} is verwijderd.")
        return redirect("archief:overzicht")
    return shown(request, "verwijderen", f"Lijst {found.nummer} verwijderen", lijst=found)


@page(LEZEN)
def verklaring(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show the statement of destruction, fit to print."""
    found = lijst_at(key)
    told = found.verklaringen.first()
    if told is None:
        raise Http404
    regels = list(found.regels.order_by("zaaknummer", "id"))
    for each in regels:
        each.klasse = klasse(each.selectielijstklasse)
    return shown(
        request,
        "verklaring",
        f"Verklaring van vernietiging {told.nummer}",
        lijst=found,
        verklaring=told,
        vernietigd=[each for each in regels if each.stand == Regelstand.VERNIETIGD],
        gebleven=[each for each in regels if each.stand != Regelstand.VERNIETIGD],
    )


def _regel(key: UUID, regel: UUID) -> Any:
    found = fetch(vernietigingsregels.record, regel)
    if found is None or found.lijst_id != key:
        raise Http404
    return found


def _refused(request: HttpRequest, key: UUID, problem: Problem) -> HttpResponse:
    """Show why nothing was done."""
    if isinstance(problem, NotFound):
        raise Http404
    faults = getattr(problem, "faults", ())
    reden = " ".join(each.reason for each in faults) or problem.detail
    return shown(request, "mislukt", "Dat ging niet", reden=reden, lijst=lijst_at(key), status=409)
