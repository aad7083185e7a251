"""Mijn voorkeuren: over what, about what and in which language one wants to hear (M52)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from loket.channels.portaal.sessie import citizens_only, himself
from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid
from loket.registers.klantinteracties.waarden import Contactkanaal
from loket.services.mijnservices import voorkeuren
from loket.services.mijnservices.voorkeuren_bewaren import Wens, bewaar

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from loket.kernel.actor import Actor
    from loket.services.mijnservices.voorkeuren import Voorkeuren

PORTAAL, EMAIL, TELEFOON, BRIEF = (
    Contactkanaal.PORTAAL, Contactkanaal.EMAIL, Contactkanaal.TELEFOON, Contactkanaal.BRIEF,
)  # fmt: skip
KANALEN: Final = {
    PORTAAL.value: lazy("Bericht op deze website"),
    EMAIL.value: lazy("E-mail"),
    TELEFOON.value: lazy("Sms of telefoon"),
    BRIEF.value: lazy("Post"),
}
_FOUTEN: Final = {
    ("kanalen", "unique"): ("tweede", lazy("Kies bij 'als dat niet lukt' iets anders.")),
    ("kanalen", "invalid_choice"): ("eerste", lazy("Kies een manier uit de lijst.")),
    ("taal", "invalid_choice"): ("taal", lazy("Kies een taal uit de lijst.")),
    ("perZaaktype", "invalid_choice"): ("eerste", lazy("Kies een manier uit de lijst.")),
    ("toestemming", "invalid_choice"): ("toestemming", lazy("Kies berichten uit de lijst.")),
}


@require_http_methods(["GET", "HEAD", "POST"])
@citizens_only
@himself
def pagina(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Show what one prefers, and keep what one says."""
    if request.method != "POST":
        held = voorkeuren.lees(actor)
        return render(request, "portaal/voorkeuren.html", _getoond(held, _van(held)))
    wens = _gegeven(request.POST)
    try:
        bewaar(actor, wens, Call(HOUSE))
    except Invalid as invalid:
        found = dict(_FOUTEN[fault.name, fault.code] for fault in invalid.faults)
        shown = _getoond(voorkeuren.lees(actor), wens) | {"fouten": found}
        return render(request, "portaal/voorkeuren.html", shown, status=400)
    messages.success(request, _("Uw voorkeuren zijn opgeslagen."))
    return redirect("portaal:gegevens")


def _van(held: Voorkeuren) -> Wens:
    """Return as a wish what is so already."""
    given = {(each.soort, kanaal) for each in held.toestemmingen for kanaal in each.kanalen}
    per = {each.sleutel: each.kanaal for each in held.per_zaaktype if each.kanaal}
    return Wens(held.taal, held.kanalen, per, frozenset(given))


def _gegeven(form: QueryDict) -> Wens:
    """Read the form; what is none of its choices is refused by who keeps it."""
    given = [form.get(name, "")[:50] for name in ("eerste", "tweede")]
    per: dict[UUID, str] = {}
    for name, value in form.items():
        if name.startswith("zaaktype-"):
            try:
                per[UUID(name.removeprefix("zaaktype-"))] = str(value)[:50]
            except ValueError:
                continue
    said = (each.partition("/") for each in form.getlist("toestemming"))
    return Wens(
        form.get("taal", "")[:3],
        tuple(each for each in given if each),
        per,
        frozenset((soort[:50], kanaal[:50]) for soort, _sign, kanaal in said),
    )


def _getoond(held: Voorkeuren, wens: Wens) -> dict[str, Any]:
    """Return what the page shows: every choice, and what was chosen."""
    eerste, tweede = (*wens.kanalen, "", "")[:2]
    return {
        "kanalen": KANALEN.items(),
        "digitaal": [(each.value, KANALEN[each.value]) for each in voorkeuren.DIGITAAL],
        "eerste": eerste,
        "tweede": tweede,
        "zaaktypen": [
            (each, wens.per_zaaktype.get(each.sleutel, "")) for each in held.per_zaaktype
        ],
        "toestemmingen": [
            (each, [kanaal for soort, kanaal in wens.toestemming if soort == each.soort])
            for each in held.toestemmingen
        ],
        "talen": held.talen,
        "taal": wens.taal,
        "fouten": {},
    }
