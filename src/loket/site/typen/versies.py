"""From one version to another: copying, the next version, comparing, publishing, ending."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.shortcuts import redirect
from django.urls import reverse

from loket.grammar.resource import Call
from loket.kernel.clock import today
from loket.kernel.problems import Invalid, Problem
from loket.registers.catalogi.gereedheid import Lack, closing, lacking, publication
from loket.registers.catalogi.kopieren import copy, new_version
from loket.registers.catalogi.soorten import name_of
from loket.registers.catalogi.vergelijken import compare
from loket.site.beheer import actor_of
from loket.site.typen.deur import NAMES, call, done, page, shown, type_at
from loket.site.typen.invoer import day_field

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from loket.grammar.resource import Resource


class CopyForm(forms.Form):
    """What another type is called, and from when it is valid."""

    naam = forms.CharField(max_length=80)
    omschrijving = forms.CharField(max_length=80)
    begin = day_field()


class DayForm(forms.Form):
    """One day."""

    dag = day_field()


def versions_of(resource: Resource, version: Any) -> list[Any]:
    """Return all versions of the same type, the newest first."""
    record: Any = resource.record
    name = getattr(version, version.naam_veld)
    if not name:
        return [version]
    same = {"catalogus_id": version.catalogus_id, version.naam_veld: name}
    return list(record.objects.filter(**same).order_by("-begin_geldigheid", "id"))


@page("add")
def copy_type(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Make another type that says the same, with all its parts."""
    resource, found = type_at(soort, key)
    form = CopyForm(
        request.POST or None,
        initial={"omschrijving": found.omschrijving, "begin": today()},
    )
    form.fields["naam"].label = "Identificatie van het nieuwe type"
    form.fields["omschrijving"].label = "Omschrijving van het nieuwe type"
    form.fields["begin"].label = "Geldig vanaf"
    if soort != "zaaktypen":
        del form.fields["naam"]

    def make() -> Any:
        filled = form.cleaned_data
        changed = {
            "omschrijving": filled["omschrijving"],
            "beginGeldigheid": filled["begin"].isoformat(),
        }
        if "naam" in filled:
            changed["identificatie"] = filled["naam"]
        return copy(resource, actor_of(request), key, call(), **changed)

    return _asked(
        request, form, make, (soort, key), f"{name_of(found)} kopiëren", "Kopie maken",
        "De kopie is gemaakt, als concept, met alle onderdelen.",
    )  # fmt: skip


@page("add")
def next_version(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Make the next version, a concept with all parts."""
    resource, found = type_at(soort, key)
    form = DayForm(request.POST or None, initial={"dag": today() + timedelta(days=1)})
    form.fields["dag"].label = "De nieuwe versie geldt vanaf"

    def make() -> Any:
        return new_version(resource, actor_of(request), key, form.cleaned_data["dag"], call())

    return _asked(
        request, form, make, (soort, key), f"Nieuwe versie van {name_of(found)}",
        "Nieuwe versie maken", "De nieuwe versie is gemaakt, als concept, met alle onderdelen.",
    )  # fmt: skip


@page("change")
def end_type(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Give a published type its last day."""
    resource, found = type_at(soort, key)
    if found.concept:
        return redirect("typen:wijzigen", soort=soort, key=key)
    form = DayForm(request.POST or None, initial={"dag": found.einde_geldigheid})
    form.fields["dag"].label = "De laatste dag waarop deze versie geldt"
    form.fields["dag"].help_text = "Leeg: deze versie blijft gelden."
    form.fields["dag"].required = False

    def make() -> Any:
        day = form.cleaned_data["dag"]
        body = {"eindeGeldigheid": day.isoformat() if day else None}
        return resource.patch(actor_of(request), key, body, call()).record

    return _asked(
        request, form, make, (soort, key), f"Laatste dag van {name_of(found)}", "Bewaren",
        "De laatste dag is bewaard.",
    )  # fmt: skip


def _asked(
    request: HttpRequest,
    form: forms.Form,
    make: Callable[[], Any],
    at: tuple[str, UUID],
    title: str,
    button: str,
    said: str,
) -> HttpResponse:
    """Ask what has to be known; do it; go to what was made."""
    if request.method == "POST" and form.is_valid():
        try:
            made = make()
        except Invalid as problem:
            for fault in problem.faults:
                form.add_error(None, _explained(fault))
        except Problem as problem:
            form.add_error(None, problem.detail)
        else:
            done(request, said)
            return redirect("typen:type", soort=at[0], key=made.pk)
    back = reverse("typen:type", args=at)
    status = 422 if form.errors else 200
    return shown(request, "vraag", title, form=form, button=button, back=back, status=status)


def _explained(fault: Any) -> str:
    return fault.reason if fault.name == "nonFieldErrors" else f"{fault.name}: {fault.reason}"


@page("view")
def compare_versions(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Show two versions beside each other."""
    resource, found = type_at(soort, key)
    others = [each for each in versions_of(resource, found) if each.pk != found.pk]
    other = _other(request, soort, others)
    pair = sorted([other, found], key=lambda each: each.begin_geldigheid) if other else []
    return shown(
        request,
        "vergelijken",
        f"Versies van {name_of(found)} vergelijken",
        soort=soort,
        found=found,
        others=others,
        other=other,
        pair=pair,
        comparison=compare(resource, *pair) if pair else None,
        everything="alles" in request.GET,
    )


def _other(request: HttpRequest, soort: str, others: list[Any]) -> Any:
    """Return the version to compare with: the one that is asked, or the one before."""
    try:
        return type_at(soort, UUID(request.GET.get("met", "")))[1]
    except ValueError:
        return others[0] if others else None


@page("change")
def publish(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Show what still lacks and what will be closed; publish after confirmation."""
    resource, found = type_at(soort, key)
    if not found.concept:
        return redirect("typen:type", soort=soort, key=key)
    actor = actor_of(request)
    faults: list[str] = []
    if request.method == "POST":
        try:
            publication(resource).run(actor, Call(call().base, key, toelichting=call().toelichting))
        except Invalid as problem:
            faults = [each.reason for each in problem.faults]
        except Problem as problem:
            faults = [problem.detail]
        else:
            done(request, f"Het {NAMES[soort]} is gepubliceerd.")
            return redirect("typen:type", soort=soort, key=key)
    lacks = [(each, _mend(soort, key, each)) for each in lacking(resource, found, actor)]
    return shown(
        request,
        "publiceren",
        f"{name_of(found)} publiceren",
        found=found,
        faults=faults,
        stopping=[pair for pair in lacks if pair[0].stops],
        advice=[pair for pair in lacks if not pair[0].stops],
        closing=closing(found),
        back=reverse("typen:type", args=[soort, key]),
        status=422 if faults else 200,
    )


def _mend(soort: str, key: UUID, lack: Lack) -> str:
    """Return where what lacks can be mended."""
    if lack.concept:
        return reverse("typen:publiceren", args=lack.concept)
    if lack.part:
        return reverse("typen:deel-nieuw", args=[key, lack.part])
    return reverse("typen:wijzigen", args=[soort, key])
