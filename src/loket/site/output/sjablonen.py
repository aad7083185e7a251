"""A template: what it is called, its versions, and the text that is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from loket.grammar import codec
from loket.kernel.problems import Problem
from loket.ledger.database import rows
from loket.registers.output.leesbaarheid import remarks
from loket.registers.output.sjabloon import sjablonen
from loket.registers.output.sjabloonversie import NEDERLANDS, sjabloonversies
from loket.registers.output.waarden import Stand
from loket.site.beheer import actor_of
from loket.site.output import woorden
from loket.site.output.deur import (
    INTUSSEN,
    call,
    done,
    explain,
    mark_of,
    page,
    refused,
    shown,
    sjabloon_at,
    versie_at,
)
from loket.site.output.formulieren import SjabloonForm
from loket.site.output.overzicht import regels_van
from loket.site.output.rechten import SJABLONEN, SJABLONEN_WIJZIGEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

_VERSIES: Final = """
SELECT versie, stand, gepubliceerd_op, teksten::text FROM output_sjabloonversie
WHERE sjabloon_id = %s ORDER BY versie DESC
"""
_EERSTE: Final = [{"taal": NEDERLANDS, "onderwerp": "Onderwerp", "tekst": "Beste lezer,"}]
"""What the very first version of a template begins with."""


@page(SJABLONEN_WIJZIGEN)
def nieuw(request: HttpRequest) -> HttpResponse:
    """Make a template; its text comes after."""
    form = SjabloonForm({}, request.POST if request.method == "POST" else None, new=True)
    if form.is_bound and form.is_valid():
        try:
            made = sjablonen.create(actor_of(request), form.cleaned_data, call()).record
        except Problem as problem:
            explain(form, problem)
        else:
            done(request, "Het sjabloon is gemaakt. Schrijf nu de tekst.")
            return redirect("output:sjabloon", made.pk)
    return shown(request, "sjabloon_form", "Nieuw sjabloon", form=form)


@page(SJABLONEN_WIJZIGEN)
def wijzigen(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change what a template is called and what it is for."""
    found = sjabloon_at(key)
    values = {
        "naam": found.naam,
        "omschrijving": found.omschrijving,
        "soortBericht": found.soort_bericht,
    }
    form = SjabloonForm(values, request.POST if request.method == "POST" else None, new=False)
    if form.is_bound and form.is_valid():
        if request.POST.get("gezien") != mark_of(found):
            form.add_error(None, INTUSSEN)
        else:
            try:
                sjablonen.patch(actor_of(request), key, form.cleaned_data, call())
            except Problem as problem:
                explain(form, problem)
            else:
                done(request, "Het sjabloon is gewijzigd.")
                return redirect("output:sjabloon", key)
    mark = request.POST.get("gezien") or mark_of(found)
    title = f"Sjabloon '{found.naam}' wijzigen"
    return shown(request, "sjabloon_form", title, form=form, sjabloon=found, mark=mark)


@page(SJABLONEN)
def sjabloon(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a template with its versions and the text in use."""
    found = sjabloon_at(key)
    versies = [_versie(row) for row in rows(_VERSIES, (key,))]
    used = next((each for each in versies if each["stand"] == Stand.GEPUBLICEERD), None)
    return shown(
        request,
        "sjabloon",
        f"Sjabloon: {found.naam}",
        sjabloon=found,
        versies=versies,
        in_gebruik=used["versie"] if used else None,
        teksten=teksten(used["teksten"]) if used else [],
        concept=next((each for each in versies if each["stand"] == Stand.CONCEPT), None),
        regels=regels_van(key),
    )


def _versie(row: Any) -> dict[str, Any]:
    nummer, stand, gepubliceerd, said = row
    texts = codec.decode(said)
    return {
        "versie": nummer,
        "stand": stand,
        "stand_naam": str(Stand(stand).label),
        "gepubliceerd_op": gepubliceerd,
        "talen": ", ".join(woorden.taal(each["taal"]) for each in texts),
        "teksten": texts,
    }


@page(SJABLONEN_WIJZIGEN)
@require_POST
def nieuwe_versie(request: HttpRequest, key: UUID) -> HttpResponse:
    """Make a concept that says what the version in use says."""
    found = sjabloon_at(key)
    latest = (
        found.versies.filter(stand=Stand.GEPUBLICEERD).first()
        or found.versies.order_by("-versie").first()
    )
    body = {"teksten": latest.teksten if latest else _EERSTE}
    try:
        made = sjabloonversies.create(actor_of(request), body, call(), sjabloon=key).record
    except Problem as problem:
        return refused(request, reverse("output:sjabloon", args=[key]), problem)
    done(request, f"Versie {made.versie} is gemaakt, als concept.")
    return redirect("output:bewerken", key, made.versie)


@page(SJABLONEN)
def versie(request: HttpRequest, key: UUID, nummer: int) -> HttpResponse:
    """Show the texts of a version."""
    found, version = versie_at(key, nummer)
    title = f"{found.naam}, versie {nummer}"
    return shown(
        request, "versie", title, sjabloon=found, versie=version, teksten=teksten(version.teksten)
    )


def teksten(said: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the texts of a version, each with what its language is called."""
    return [{**each, "naam": woorden.taal(each["taal"])} for each in said]


@page(SJABLONEN_WIJZIGEN)
def publiceren(request: HttpRequest, key: UUID, nummer: int) -> HttpResponse:
    """Say what publishing means, and do it."""
    found, version = versie_at(key, nummer)
    back = reverse("output:bewerken", args=[key, nummer])
    if request.method == "POST":
        if request.POST.get("gezien") != mark_of(version):
            return shown(request, "mislukt", "Dat ging niet", reden=INTUSSEN, back=back, status=409)
        body = {"stand": Stand.GEPUBLICEERD.value}
        try:
            sjabloonversies.patch(actor_of(request), version.pk, body, call(), sjabloon=key)
        except Problem as problem:
            return refused(request, back, problem)
        done(request, f"Versie {nummer} is in gebruik.")
        return redirect("output:sjabloon", key)
    used = found.versies.filter(stand=Stand.GEPUBLICEERD).first()
    return shown(
        request, "publiceren", f"{found.naam}, versie {nummer} publiceren", sjabloon=found,
        versie=version, vorige=used, regels=[each for each in regels_van(key) if each["actief"]],
        opmerkingen=opmerkingen(version.teksten), mark=mark_of(version), back=back,
    )  # fmt: skip


def opmerkingen(said: list[dict[str, str]]) -> list[str]:
    """Return what makes the Dutch text hard to read."""
    return [
        remark
        for each in said
        if each["taal"] == NEDERLANDS
        for remark in remarks(
            "\n\n".join(each.get(name) or "" for name in ("tekst", "sms", "tekstPortaal"))
        )
    ]


@page(SJABLONEN_WIJZIGEN)
def verwijderen(request: HttpRequest, key: UUID, nummer: int) -> HttpResponse:
    """Throw a concept away, after asking."""
    found, version = versie_at(key, nummer)
    back = reverse("output:sjabloon", args=[key])
    if request.method == "POST":
        try:
            sjabloonversies.destroy(actor_of(request), version.pk, call(), sjabloon=key)
        except Problem as problem:
            return refused(request, back, problem)
        done(request, f"Versie {nummer} is verwijderd.")
        return redirect("output:sjabloon", key)
    title = f"{found.naam}, versie {nummer} verwijderen?"
    return shown(request, "verwijderen", title, sjabloon=found, back=back, wat="versie")


def uitleg(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return variables as they are written, with what they mean."""
    return [(f"{{{{ {name} }}}}", what) for name, what in names.items()]
