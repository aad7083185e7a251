"""Bringing and taking a catalogus as a ZIP, with a report of what was made and what was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse

from loket.kernel.problems import NotFound, Problem
from loket.ledger.database import fetch
from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.uitwisselen.archief import MAX_ZIP, ArchiveError, read
from loket.registers.catalogi.uitwisselen.exporteren import export
from loket.registers.catalogi.uitwisselen.importeren import (
    ImportRefusedError,
    Wishes,
    carry_out,
)
from loket.site.beheer import actor_of
from loket.site.door import address
from loket.site.typen.deur import page, shown
from loket.site.typen.invoer import day_field
from loket.site.typen.keuzes import for_catalogus

if TYPE_CHECKING:
    from django.http import HttpRequest

EXISTING: Final = [
    ("overslaan", "Overslaan: er verandert niets aan wat er is"),
    ("versie", "Er een nieuwe versie van maken, als concept"),
]


class ImportForm(forms.Form):
    """Which ZIP, where it goes, and what to do with what is there."""

    bestand = forms.FileField(
        label="De ZIP",
        help_text="Een export van Loket of Open Zaak, van een catalogus of van één zaaktype.",
        widget=forms.ClearableFileInput(attrs={"accept": ".zip,application/zip"}),
    )
    catalogus = forms.ChoiceField(
        label="In welke catalogus",
        required=False,
        help_text="Kies er een als de ZIP er geen heeft, of als de inhoud ergens anders hoort.",
    )
    bestaand = forms.ChoiceField(
        label="Typen die hier al bestaan", choices=EXISTING, widget=forms.RadioSelect,
        initial="overslaan",
    )  # fmt: skip
    begin = day_field()
    publiceer = forms.BooleanField(
        label="Publiceer meteen wat in de ZIP gepubliceerd is", required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        catalogi = for_catalogus(None).by_word["catalogus"]
        chosen: Any = self.fields["catalogus"]
        chosen.choices = [("", "Die in de ZIP"), *catalogi]
        begin = self.fields["begin"]
        begin.label, begin.required = "Nieuwe versies gelden vanaf", False
        begin.help_text = "Leeg: de datum die in de ZIP staat."

    def clean_bestand(self) -> Any:
        """Read the ZIP; nothing in it is believed."""
        given = self.cleaned_data["bestand"]
        if given.size > MAX_ZIP:
            raise forms.ValidationError(f"De ZIP is groter dan {MAX_ZIP // 2**20} MiB.")
        try:
            return read(given)
        except ArchiveError as problem:
            raise forms.ValidationError(f"{problem} Er is niets ingelezen.") from problem

    def wishes(self) -> Wishes:
        """Return how to import."""
        filled = self.cleaned_data
        into = UUID(filled["catalogus"]) if filled["catalogus"] else None
        versions = filled["bestaand"] == "versie"
        return Wishes(into, versions, filled["begin"] if versions else None, filled["publiceer"])


@page("add")
def import_zip(request: HttpRequest) -> HttpResponse:
    """Ask for a ZIP, and tell what became of each thing in it."""
    posted = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if posted else ImportForm()
    lines: Any = None
    refused = False
    if posted and form.is_valid():
        try:
            lines = carry_out(form.cleaned_data["bestand"], actor_of(request), form.wishes())
        except ImportRefusedError as problem:
            lines, refused = problem.lines, True
        except Problem as problem:
            form.add_error(None, f"{problem.detail} Er is niets ingelezen.")
    counts: dict[str, int] = {}
    for line in lines or ():
        counts[line.outcome] = counts.get(line.outcome, 0) + 1
    return shown(
        request,
        "inlezen",
        "Catalogus inlezen",
        form=form,
        lines=lines,
        refused=refused,
        counts=sorted(counts.items()),
        status=422 if form.errors or refused else 200,
    )


@page("view", "catalogus")
def export_zip(request: HttpRequest, key: UUID) -> HttpResponse:
    """Give the ZIP of a catalogus."""
    found = fetch(Catalogus, key)
    if found is None:
        raise Http404
    scheme, host = address(request.META)
    try:
        made = export(key, f"{scheme}://{host}")
    except NotFound:
        raise Http404 from None
    answer = HttpResponse(made, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="catalogus-{found.domein}.zip"'
    return answer
