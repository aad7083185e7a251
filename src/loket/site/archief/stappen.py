"""The moves of a list, each on a page of its own that says what will happen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect

from loket.kernel.problems import Problem
from loket.registers.archief.stappen import stappen
from loket.registers.archief.waarden import STAPPEN, Regelstand
from loket.services.archivering.voortgang import voortgang
from loket.site.archief.deur import call, demand, done, explain, lijst_at, mark_of, page, shown
from loket.site.archief.formulieren import STAPFORMULIEREN
from loket.site.archief.rechten import LEZEN, OPSTELLEN, VASTSTELLEN
from loket.site.beheer import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms
    from django.http import HttpRequest, HttpResponse

GEDAAN = {
    "aanbieden": "De lijst is aangeboden. Iemand anders beoordeelt haar.",
    "teruggeven": "De lijst is teruggegeven.",
    "vaststellen": "De lijst is vastgesteld. Het vernietigen begint nu.",
}


@page(LEZEN)
def stap(request: HttpRequest, key: UUID, naam: str) -> HttpResponse:
    """Say what a move means, and make it."""
    demand(request, VASTSTELLEN if STAPPEN[naam].ander else OPSTELLEN)
    found = lijst_at(key)
    form = STAPFORMULIEREN[naam](request.POST if request.method == "POST" else None)
    mark = mark_of(found)
    if request.method == "POST" and form.is_valid():
        if request.POST.get("gezien") != mark:
            form.add_error(None, "De lijst is intussen veranderd. Bekijk haar opnieuw.")
        elif _made(request, key, naam, form):
            done(request, GEDAAN[naam])
            return redirect("archief:lijst", key)
    return shown(
        request,
        "stap",
        f"Lijst {found.nummer} {naam}",
        form=form,
        naam=naam,
        lijst=found,
        mark=mark,
        voortgang=voortgang(key),
        uitgezonderd=list(found.regels.filter(stand=Regelstand.UITGEZONDERD)[:100]),
    )


def _made(request: HttpRequest, key: UUID, naam: str, form: forms.Form) -> bool:
    body = {"oordeel": form.cleaned_data.get("oordeel", "")}
    try:
        stappen[naam].run(actor_of(request), call(key, body))
    except Problem as problem:
        explain(form, problem)
        return False
    return True
