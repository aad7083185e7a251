"""Writing a concept: the texts by language, beside what may be used in them and what is hard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect

from loket.kernel.problems import Problem
from loket.registers.output import variabelen
from loket.registers.output.sjabloonversie import NEDERLANDS, sjabloonversies
from loket.registers.output.waarden import Inhoud, Stand
from loket.site.beheer import actor_of
from loket.site.output import woorden
from loket.site.output.deur import INTUSSEN, call, done, explain, mark_of, page, shown, versie_at
from loket.site.output.formulieren import TekstenForm, posted_teksten
from loket.site.output.rechten import SJABLONEN_WIJZIGEN
from loket.site.output.sjablonen import opmerkingen, uitleg

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

NAAR = {"voorbeeld": "output:voorbeeld", "publiceren": "output:publiceren"}
"""Where one may go on to after what was written is kept."""


@page(SJABLONEN_WIJZIGEN)
def bewerken(request: HttpRequest, key: UUID, nummer: int) -> HttpResponse:
    """Show the form of a concept; keep it, or let a language come or go."""
    sjabloon, versie = versie_at(key, nummer)
    if versie.stand != Stand.CONCEPT:
        return redirect("output:versie", key, nummer)
    posting = request.method == "POST"
    said = posted_teksten(request.POST) if posting else versie.teksten
    changed = _languages(request, said)
    form = TekstenForm(said, request.POST if posting and changed is None else None)
    if changed is not None:
        said, form = changed, TekstenForm(changed)
    elif posting and form.is_valid() and _kept(request, key, versie, form):
        done(request, "De tekst is bewaard.")
        return redirect(NAAR.get(request.POST.get("doen", ""), "output:bewerken"), key, nummer)
    there = {each["taal"] for each in said}
    attendering = sjabloon.inhoud == Inhoud.ATTENDERING
    return shown(
        request,
        "bewerken",
        f"{sjabloon.naam}, versie {nummer}",
        form=form,
        rijen=list(form.rijen()),
        sjabloon=sjabloon,
        versie=versie,
        mark=request.POST.get("gezien") or mark_of(versie),
        onbewaard=changed is not None,
        erbij=[(code, naam) for code, naam in woorden.TALEN.items() if code not in there],
        variabelen=uitleg(variabelen.of(sjabloon.inhoud)),
        alleen_portaal=uitleg(variabelen.ALLEEN_BINNEN) if attendering else [],
        opmerkingen=opmerkingen(said),
        nederlands=NEDERLANDS,
    )


def _languages(request: HttpRequest, said: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """Return the texts with one language more or less, where that was asked; None where not."""
    asked, _, which = request.POST.get("doen", "").partition(".")
    if asked == "weg":
        return [each for each in said if each["taal"] != which or which == NEDERLANDS]
    extra = request.POST.get("erbij", "")
    if asked == "erbij" and extra in woorden.TALEN:
        return [*said, {"taal": extra}]
    return None


def _kept(request: HttpRequest, key: UUID, versie: Any, form: TekstenForm) -> bool:
    if request.POST.get("gezien") != mark_of(versie):
        form.add_error(None, INTUSSEN)
        return False
    body = {"teksten": form.teksten()}
    try:
        sjabloonversies.patch(actor_of(request), versie.pk, body, call(), sjabloon=key)
    except Problem as problem:
        explain(form, problem)
        return False
    return True
