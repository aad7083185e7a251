"""Beheer of merging: proposals to judge, with both partijen side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from loket.grammar import codec
from loket.grammar.change import HOUSE
from loket.grammar.reading import Query, filters_of
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid, NotFound, Problem
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.samenvoegvoorstel import (
    Samenvoegvoorstel,
    samenvoegvoorstellen,
    stel_op,
)
from loket.registers.klantinteracties.waarden import Bewijs, CodeSoortObjectId, SoortPartij
from loket.site.beheer import ReadOnlyAdmin, actor_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from loket.kernel.actor import Actor

WIJZIGEN = "klantinteracties.change_samenvoegvoorstel"
TELLING = ("Naam", "Nummers in registers", "Digitale adressen", "Bezoekadres")
"""What says something when it is the same."""

UITKOMST = {
    "aanvaard": "Samengevoegd. Dit kan ongedaan worden gemaakt; er gaat niets verloren.",
    "afgewezen": "Vastgelegd dat dit twee verschillende partijen zijn.",
}


class OordeelForm(forms.Form):
    """The ground of a judgement."""

    grond = forms.CharField(
        label="Waarom zijn zij wel of niet dezelfde?",
        help_text="Deze grond blijft bij de samenvoeging bewaard.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@admin.register(Samenvoegvoorstel)
class SamenvoegvoorstelAdmin(ReadOnlyAdmin):
    """Pairs of partijen that may be one, the open ones first."""

    list_display = ("wie", "waarop", "status")
    list_filter = ("status",)
    list_select_related = ("blijvende_partij", "opgaande_partij")
    ordering = ("-status", "-id")
    change_list_template = "samenvoegen/lijst.html"

    @admin.display(description="Partijen")
    def wie(self, voorstel: Samenvoegvoorstel) -> str:
        """Name both."""
        pair = (voorstel.blijvende_partij, voorstel.opgaande_partij)
        return " en ".join(f"{_naam(each.partij_identificatie)} ({each.nummer})" for each in pair)

    @admin.display(description="Wijst erop")
    def waarop(self, voorstel: Samenvoegvoorstel) -> str:
        """Say what they share."""
        return ", ".join(str(Bewijs(each).label) for each in voorstel.bewijs)

    def get_urls(self) -> Any:
        """Add the search for pairs."""
        found = self.admin_site.admin_view(self.zoeken)
        return [path("zoeken/", found, name="samenvoegvoorstel_zoeken"), *super().get_urls()]

    def zoeken(self, request: HttpRequest) -> HttpResponse:
        """Look for pairs, by the rules of the municipality."""
        if request.method != "POST" or not _mag(request):
            raise PermissionDenied
        number = stel_op(actor_of(request), _call("gezocht in beheer"))["gemaakt"]
        told = "1 nieuw voorstel." if number == 1 else f"{number} nieuwe voorstellen."
        messages.success(request, told if number else "Geen nieuwe voorstellen gevonden.")
        return redirect("admin:klantinteracties_samenvoegvoorstel_changelist")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show both partijen, and take the judgement."""
        del form_url, extra_context
        if not self.has_view_permission(request):
            raise PermissionDenied
        actor = actor_of(request)
        try:
            key = UUID(object_id)
            voorstel = codec.decode(samenvoegvoorstellen.get(actor, key, Query(HOUSE)))
        except (ValueError, NotFound):
            raise Http404 from None
        form = OordeelForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            if not _mag(request):
                raise PermissionDenied
            if _judged(actor, key, request.POST.get("oordeel", ""), form):
                messages.success(request, UITKOMST[request.POST["oordeel"]])
                return redirect("admin:klantinteracties_samenvoegvoorstel_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": "Zijn dit dezelfde?",
            "opts": self.opts,
            "form": form,
            "faulty": form.visible_fields(),
            "mag": _mag(request),
            "open": voorstel["status"] == "open",
            "grond": voorstel["grond"],
            "uitkomst": UITKOMST.get(voorstel["status"], ""),
            "bewijs": [Bewijs(each).label for each in voorstel["bewijs"]],
            "regels": _beside(actor, voorstel),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "samenvoegen/oordeel.html", context, status=status)


def _judged(actor: Actor, key: UUID, oordeel: str, form: OordeelForm) -> bool:
    """Carry a judgement out; what is in its way is told in the form."""
    if oordeel not in UITKOMST:
        form.add_error(None, "Kies of zij dezelfde zijn.")
        return False
    grond = form.cleaned_data["grond"]
    try:
        samenvoegvoorstellen.patch(actor, key, {"status": oordeel, "grond": grond}, _call(grond))
    except Invalid as problem:
        for fault in problem.faults:
            form.add_error("grond" if fault.name == "grond" else None, fault.reason)
    except Problem as problem:
        form.add_error(None, problem.detail)
    return not form.errors


def _mag(request: HttpRequest) -> bool:
    user: Any = request.user
    return bool(user.has_perm(WIJZIGEN))


def _call(toelichting: str) -> Call:
    return Call(base=HOUSE, toelichting=toelichting)


def _beside(actor: Actor, voorstel: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """Return what is known of both, line by line, and whether it is the same."""
    both = [_known(actor, voorstel[name]["uuid"]) for name in ("blijvendePartij", "opgaandePartij")]
    return [
        (name, one, other, name in TELLING and one == other != "")
        for (name, one), (_, other) in zip(*both, strict=True)
    ]


def _known(actor: Actor, key: str) -> list[tuple[str, str]]:
    query = Query(HOUSE, expand=(("digitaleAdressen", ()),))
    partij = codec.decode(partijen.get(actor, UUID(key), query))
    adressen = partij["_expand"]["digitaleAdressen"]
    contacten = betrokkenen.list(
        actor, Query(HOUSE, ((filters_of(betrokkenen)["wasPartij__uuid"], UUID(key)),), size=1)
    )
    return [
        ("Nummer", partij["nummer"]),
        ("Naam", _naam(partij["partijIdentificatie"])),
        ("Soort", SoortPartij(partij["soortPartij"]).label),
        ("Nummers in registers", ", ".join(map(_nummer, partij["partijIdentificatoren"]))),
        ("Digitale adressen", ", ".join(sorted(each["adres"] for each in adressen))),
        ("Bezoekadres", _adres(partij["bezoekadres"])),
        ("Correspondentieadres", _adres(partij["correspondentieadres"])),
        ("Contacten", str(contacten.count)),
    ]


def _naam(form: Any) -> str:
    return (form or {}).get("volledigeNaam") or (form or {}).get("naam") or "zonder naam"


def _nummer(identificator: dict[str, Any]) -> str:
    """Name a number; a BSN is only said to be there."""
    held = identificator["partijIdentificator"] or {}
    soort = CodeSoortObjectId(held["codeSoortObjectId"])
    if soort is CodeSoortObjectId.BSN:
        return "BSN bekend"
    return f"{soort.label} {held['objectId']}"


def _adres(form: Any) -> str:
    held = form or {}
    street = (held.get("straatnaam"), held.get("huisnummer"), held.get("huisnummertoevoeging"))
    place = (held.get("postcode"), held.get("stad"))
    lines = [" ".join(str(each) for each in part if each) for part in (street, place)]
    lines += [str(held.get(f"adresregel{nr}") or "") for nr in (1, 2, 3)]
    return ", ".join(line for line in lines if line)
