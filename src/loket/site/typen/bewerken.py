"""Making, changing and removing: catalogi, types, and the parts of a zaaktype."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse

from loket.kernel.problems import Invalid, Problem
from loket.ledger.database import fetch
from loket.registers.catalogi.catalogus import Catalogus, catalogussen
from loket.registers.catalogi.kopieren import body_of
from loket.registers.catalogi.soorten import DELEN, TYPEN, name_of
from loket.site.beheer import actor_of
from loket.site.typen.deur import NAMES, call, done, page, shown, type_at
from loket.site.typen.formulier import TypeForm, mark_of
from loket.site.typen.keuzes import for_catalogus, for_part
from loket.site.typen.velden import Choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from loket.grammar.resource import Resource

CHANGED = (
    "Iemand anders heeft dit gewijzigd terwijl u bezig was. Hieronder staat wat u invulde; "
    "open de pagina opnieuw om te zien wat er nu staat."
)


@dataclass
class Editing:
    """One form on its way: of which record, where it leads, and what the page knows already."""

    resource: Resource
    title: str
    back: str
    choices: Choices = field(default_factory=Choices)
    record: Any = None
    known: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    remove: str = ""

    def answer(self, request: HttpRequest, following: Any, said: str) -> HttpResponse:
        """Show the form, or take it in; `following` gives the address after what was written."""
        values = body_of(self.resource, self.record) if self.record else self.values
        posted = request.POST if request.method == "POST" else None
        form = TypeForm(self.resource, values, self.choices, self.known, posted)
        if posted is not None and form.is_valid():
            written = self._written(request, form)
            if written is not None:
                done(request, said)
                return redirect(following(written))
        mark = mark_of(self.resource, self.record) if self.record and posted is None else ""
        return shown(
            request,
            "formulier",
            self.title,
            form=form,
            sections=list(form.sections()),
            mark=mark or request.POST.get("stand", ""),
            back=self.back,
            remove=self.remove,
            status=422 if form.errors else 200,
        )

    def _written(self, request: HttpRequest, form: TypeForm) -> Any:
        """Go through the door; what the register refuses stands at its field."""
        if self.record and request.POST.get("stand") != mark_of(self.resource, self.record):
            form.add_error(None, CHANGED)
            return None
        actor = actor_of(request)
        try:
            if self.record is None:
                return self.resource.create(actor, form.body(), call()).record
            return self.resource.replace(actor, self.record.pk, form.body(), call()).record
        except Invalid as problem:
            form.show_faults(problem.faults)
        except Problem as problem:
            form.add_error(None, problem.detail)
        return None


@page("add", "catalogus")
def new_catalogus(request: HttpRequest) -> HttpResponse:
    """Make a catalogus."""
    editing = Editing(catalogussen, "Nieuwe catalogus", reverse("typen:overzicht"))
    return editing.answer(request, lambda _: editing.back, "De catalogus is gemaakt.")


@page("change", "catalogus")
def edit_catalogus(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change a catalogus."""
    found = fetch(Catalogus, key)
    if found is None:
        raise Http404
    editing = Editing(
        catalogussen, f"Catalogus {found.domein} wijzigen", reverse("typen:overzicht"), record=found
    )
    return editing.answer(request, lambda _: editing.back, "De catalogus is gewijzigd.")


@page("add")
def new_type(request: HttpRequest, soort: str) -> HttpResponse:
    """Make a type in a catalogus that is chosen first."""
    resource = TYPEN[soort]
    catalogus = _chosen_catalogus(request)
    if catalogus is None:
        catalogi = for_catalogus(None).by_word["catalogus"]
        return shown(
            request, "catalogus_kiezen", f"Nieuw {NAMES[soort]}", catalogi=catalogi, soort=soort
        )
    editing = Editing(
        resource,
        f"Nieuw {NAMES[soort]} in catalogus {catalogus.domein}",
        reverse("typen:overzicht"),
        for_catalogus(catalogus.pk),
        known={"catalogus": catalogus.pk},
    )
    return editing.answer(request, _address(soort), f"Het {NAMES[soort]} is gemaakt, als concept.")


def _chosen_catalogus(request: HttpRequest) -> Any:
    try:
        return fetch(Catalogus, UUID(request.GET.get("catalogus", "")))
    except ValueError:
        return None


def _address(soort: str) -> Any:
    return lambda record: reverse("typen:type", args=[soort, record.pk])


@page("change")
def edit_type(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Change a concept; of what is published only the last day changes, on its own page."""
    resource, found = type_at(soort, key)
    back = reverse("typen:type", args=[soort, key])
    if not found.concept:
        return redirect("typen:beeindigen", soort=soort, key=key)
    editing = Editing(
        resource,
        f"{name_of(found)} wijzigen",
        back,
        for_catalogus(found.catalogus_id),
        record=found,
        known={"catalogus": found.catalogus_id},
        remove=reverse("typen:verwijderen", args=[soort, key]),
    )
    return editing.answer(request, lambda _: back, "De wijzigingen zijn bewaard.")


@page("change")
def edit_part(request: HttpRequest, deel: str, key: UUID, part: UUID | None = None) -> HttpResponse:
    """Make or change a part of a concept zaaktype."""
    _, zaaktype = type_at("zaaktypen", key)
    if deel not in DELEN:
        raise Http404
    resource, back = DELEN[deel], reverse("typen:type", args=["zaaktypen", key])
    found = _part(resource, zaaktype, part)
    if not zaaktype.concept:
        return shown(request, "gesloten", "Dit zaaktype is gepubliceerd", back=back, status=409)
    editing = Editing(
        resource,
        f"{name_of(found)} wijzigen" if found else f"{NAMES[deel]} toevoegen".capitalize(),
        f"{back}#{deel}",
        for_part(zaaktype),
        record=found,
        known={"zaaktype": zaaktype.pk},
        values={} if found else {"volgnummer": _next_number(resource, zaaktype)},
        remove=reverse("typen:deel-verwijderen", args=[key, deel, part]) if found else "",
    )
    said = "gewijzigd" if found else "toegevoegd"
    return editing.answer(request, lambda _: editing.back, f"{NAMES[deel].capitalize()}: {said}.")


def _part(resource: Resource, zaaktype: Any, part: UUID | None) -> Any:
    if part is None:
        return None
    found = fetch(resource.record, part)
    if found is None or found.zaaktype_id != zaaktype.pk:
        raise Http404
    return found


def _next_number(resource: Resource, zaaktype: Any) -> int | None:
    record: Any = resource.record
    if "volgnummer" not in record.words:
        return None
    found = record.objects.filter(zaaktype=zaaktype).order_by("-volgnummer").first()
    return found.volgnummer + 1 if found else 1


@page("delete")
def remove_type(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Remove a concept, after asking."""
    resource, found = type_at(soort, key)
    back = reverse("typen:type", args=[soort, key])
    if not found.concept:
        return shown(request, "gesloten", "Dit type is gepubliceerd", back=back, status=409)
    return _removal(request, resource, found, back, reverse("typen:overzicht"))


@page("delete")
def remove_part(request: HttpRequest, key: UUID, deel: str, part: UUID) -> HttpResponse:
    """Remove a part of a concept zaaktype, after asking."""
    _, zaaktype = type_at("zaaktypen", key)
    back = reverse("typen:type", args=["zaaktypen", key])
    if not zaaktype.concept:
        return shown(request, "gesloten", "Dit zaaktype is gepubliceerd", back=back, status=409)
    found = _part(DELEN[deel], zaaktype, part)
    return _removal(request, DELEN[deel], found, back, f"{back}#{deel}")


def _removal(
    request: HttpRequest, resource: Resource, record: Any, back: str, following: str
) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        try:
            resource.destroy(actor_of(request), record.pk, call())
        except Invalid as problem:
            fault = " ".join(each.reason for each in problem.faults)
        except Problem as problem:
            fault = problem.detail
        else:
            done(request, f"{name_of(record)} is verwijderd.")
            return redirect(following)
    title = f"{name_of(record)} verwijderen?"
    kind = NAMES[resource.path]
    return shown(request, "verwijderen", title, back=back, fault=fault, kind=kind)
