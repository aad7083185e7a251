"""A rule: made, changed, switched off and on, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from loket.kernel.problems import Problem
from loket.ledger.database import fetch, one
from loket.registers.output.outputregel import outputregels
from loket.registers.output.waarden import Ontvanger, SoortOntvanger
from loket.site.beheer import actor_of
from loket.site.output.deur import INTUSSEN, call, done, explain, mark_of, page, refused, shown
from loket.site.output.formulieren import KEUZES, RegelForm
from loket.site.output.rechten import REGELS, REGELS_WIJZIGEN, mag

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

_NEW = {
    "ontvanger": Ontvanger.INITIATOR.value,
    "soortOntvanger": SoortOntvanger.ALLEN.value,
    "stilleUren": True,
    "actief": True,
}
_PLANNED = "SELECT count(*) FROM output_klantnotificatie WHERE regel_id = %s AND status = 'gepland'"


@page(REGELS_WIJZIGEN)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Make a rule."""
    values = {**_NEW, "sjabloon": request.GET.get("sjabloon", "")}
    form = RegelForm(values, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            outputregels.create(actor_of(request), form.body(), call())
        except Problem as problem:
            explain(form, problem, form.names())
        else:
            done(request, "De regel is gemaakt.")
            return redirect("output:overzicht")
    return shown(request, "regel", "Nieuwe regel", form=form, mag_bewaren=True)


@page(REGELS)
def regel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a rule, and change it."""
    found = _regel_at(key)
    may = mag(request.user, REGELS_WIJZIGEN)
    form = RegelForm(_values(found), request.POST if request.method == "POST" and may else None)
    if form.is_bound and form.is_valid():
        if request.POST.get("gezien") != mark_of(found):
            form.add_error(None, INTUSSEN)
        elif _changed(request, key, form):
            done(request, "De regel is gewijzigd.")
            return redirect("output:overzicht")
    mark = request.POST.get("gezien") or mark_of(found)
    return shown(
        request, "regel", f"Regel: {found.naam}", form=form, regel=found, mark=mark, mag_bewaren=may
    )


def _changed(request: HttpRequest, key: UUID, form: RegelForm) -> bool:
    try:
        outputregels.patch(actor_of(request), key, form.body(), call())
    except Problem as problem:
        explain(form, problem, form.names())
        return False
    return True


def _values(found: Any) -> dict[str, Any]:
    kanalen = {f"kanaal{nr}": each for nr, each in enumerate(found.kanalen[: len(KEUZES)], 1)}
    return {
        "naam": found.naam,
        "gebeurtenis": found.gebeurtenis,
        "zaaktype": found.zaaktype,
        "sjabloon": str(found.sjabloon_id),
        "ontvanger": found.ontvanger,
        "soortOntvanger": found.soort_ontvanger,
        "stilleUren": found.stille_uren,
        "verzamelen": found.verzamelen,
        "actief": found.actief,
        **kanalen,
    }


@page(REGELS_WIJZIGEN)
@require_POST
def schakelen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Switch a rule on or off, as the button said."""
    found = _regel_at(key)
    aan = request.POST.get("actief") == "aan"
    try:
        outputregels.patch(actor_of(request), key, {"actief": aan}, call())
    except Problem as problem:
        return refused(request, reverse("output:overzicht"), problem)
    done(request, f"De regel '{found.naam}' staat {'aan' if aan else 'uit'}.")
    return redirect("output:overzicht")


@page(REGELS_WIJZIGEN)
def verwijderen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Remove a rule, after asking."""
    found = _regel_at(key)
    back = reverse("output:regel", args=[key])
    if request.method == "POST":
        try:
            outputregels.destroy(actor_of(request), key, call())
        except Problem as problem:
            return refused(request, back, problem)
        done(request, f"De regel '{found.naam}' is verwijderd.")
        return redirect("output:overzicht")
    gepland = one(_PLANNED, (key,))[0]
    return shown(
        request, "verwijderen", f"Regel '{found.naam}' verwijderen?", back=back, gepland=gepland,
        wat="regel",
    )  # fmt: skip


def _regel_at(key: UUID) -> Any:
    found = fetch(outputregels.record, key)
    if found is None:
        raise Http404
    return found
