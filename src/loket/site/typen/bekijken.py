"""The page of one version of a type: its picture, what it says, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.links import Ref
from loket.kernel.clock import today
from loket.registers.catalogi.keuzelijsten import label_at
from loket.registers.catalogi.leesbaar import told
from loket.registers.catalogi.overzicht import Stand
from loket.registers.catalogi.soorten import name_of
from loket.registers.catalogi.termijnen import in_words
from loket.site.typen.deur import NAMES, page, shown, type_at
from loket.site.typen.keuzes import catalogus_label
from loket.site.typen.tekening import drawn
from loket.site.typen.versies import versions_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


def stand_of(version: Any) -> Stand:
    """Return where a version stands in its life."""
    if version.concept:
        return Stand.CONCEPT
    if version.begin_geldigheid > today():
        return Stand.TOEKOMSTIG
    ended = version.einde_geldigheid is not None and version.einde_geldigheid < today()
    return Stand.BEEINDIGD if ended else Stand.GELDIG


@page("view")
def show_type(request: HttpRequest, soort: str, key: UUID) -> HttpResponse:
    """Show one version of a type."""
    resource, found = type_at(soort, key)
    refs = tuple(name for name, word in found.words.items() if isinstance(word, Ref))
    name = getattr(found, found.naam_veld) or name_of(found)
    versions = [(each, stand_of(each)) for each in versions_of(resource, found)]
    return shown(
        request,
        "type",
        name if name == found.omschrijving else f"{name} {found.omschrijving}",
        soort=soort,
        kind=NAMES[soort],
        found=found,
        stand=stand_of(found),
        catalogus=catalogus_label(found.catalogus),
        versions=versions,
        told=[(label, text) for label, text in told(found, refs) if text],
        picture=drawn(found) if soort == "zaaktypen" else None,
        terms=_terms(found) if soort == "zaaktypen" else [],
    )


def _terms(zaaktype: Any) -> list[tuple[str, str]]:
    """Return the terms of a zaaktype in words."""
    told = [
        ("Doorlooptijd", in_words(zaaktype.doorlooptijd)),
        ("Servicenorm", in_words(zaaktype.servicenorm)),
        ("Verlenging", in_words(zaaktype.verlengingstermijn)),
        ("Procestype", label_at(zaaktype.selectielijst_procestype)),
        ("Verantwoordelijke", zaaktype.verantwoordelijke),
    ]
    return [(label, text) for label, text in told if text]
