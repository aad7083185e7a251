"""A dry run: what the rules of now would make of a day that was."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django import forms

from loket.kernel.clock import today
from loket.services.output import proef
from loket.site import uitgaand
from loket.site.output import woorden
from loket.site.output.deur import page, shown
from loket.site.output.rechten import REGELS

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.services.output.proef import Uitkomst

ROWS: Final = 200
"""Messages that are shown; the counts tell of all."""


class DagForm(forms.Form):
    """A day that was."""

    dag = forms.DateField(
        label="Over welke dag?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        help_text=f"Hoogstens {proef.DAYS} dagen geleden.",
    )

    def clean_dag(self) -> Any:
        """Refuse a day that was not yet, or too long ago."""
        dag = self.cleaned_data["dag"]
        if not proef.eerste_dag() <= dag <= today():
            raise forms.ValidationError(f"Kies een dag van de laatste {proef.DAYS} dagen.")
        return dag


@page(REGELS)
def proefdraaien(request: HttpRequest) -> HttpResponse:
    """Ask for a day, and show what it would have led to."""
    asked = "dag" in request.GET
    form = DagForm(request.GET if asked else None, initial={"dag": today() - timedelta(days=1)})
    made = None
    if asked and form.is_valid():
        made = proef.draai(form.cleaned_data["dag"], uitgaand.ingericht())
    return shown(
        request,
        "proefdraaien",
        "Proefdraaien",
        form=form,
        proef=made,
        berichten=[_shown(each) for each in made.berichten[:ROWS]] if made else [],
        most=proef.MOST,
        rijen=ROWS,
    )


def _shown(each: Uitkomst) -> dict[str, Any]:
    return {
        "moment": each.moment,
        "wat": each.soort.label,
        "waarover": woorden.waarover(each.hoofd_object, each.zaaknummer),
        "regel": each.regel,
        "regel_id": each.regel_id,
        "kanaal": each.keuze.kanaal.label if each.keuze else "",
        "afgevallen": [(keuze.kanaal.label, keuze.reden) for keuze in each.afgevallen],
        "wanneer": each.wanneer,
    }
