"""What the references on a form are chosen from: types in the catalogus, and the Selectielijst."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.keuzelijsten import (
    procestypen,
    resultaattypeomschrijvingen,
    resultaten,
)
from loket.registers.catalogi.soorten import DELEN, TYPEN, parts_of
from loket.site.typen.velden import Choices

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from loket.registers.catalogi.keuzelijsten import Keuze


def for_catalogus(catalogus: UUID | None) -> Choices:
    """Return the choices for a type; without a catalogus there is nothing to refer to yet."""
    names = {path: _names(path, catalogus) for path in TYPEN}
    return Choices(
        {
            "catalogus": [
                (str(each.pk), catalogus_label(each))
                for each in Catalogus.objects.order_by("domein", "rsin")
            ],
            "selectielijst_procestype": _grouped(procestypen()),
            "besluittypen": names["besluittypen"],
            "informatieobjecttypen": names["informatieobjecttypen"],
            "deelzaaktypen": names["zaaktypen"],
            "zaaktype": names["zaaktypen"],
        }
    )


def for_part(zaaktype: Any) -> Choices:
    """Return the choices for a part of a zaaktype."""
    documents = _names("informatieobjecttypen", zaaktype.catalogus_id)
    return Choices(
        {
            "statustype": [
                (str(each.pk), f"{each.volgnummer}. {each.omschrijving}")
                for each in parts_of(DELEN["statustypen"], zaaktype)
            ],
            "informatieobjecttype": documents,
            "informatieobjecttypen": documents,
            "besluittypen": _names("besluittypen", zaaktype.catalogus_id),
            "selectielijstklasse": _grouped(resultaten(zaaktype.selectielijst_procestype)),
            "resultaattypeomschrijving": _grouped(resultaattypeomschrijvingen()),
        }
    )


def catalogus_label(catalogus: Any) -> str:
    """Return how a catalogus reads."""
    name = f" {catalogus.naam}" if catalogus.naam else ""
    return f"{catalogus.domein}{name} ({catalogus.rsin})"


def _names(path: str, catalogus: UUID | None) -> list[tuple[str, str]]:
    """Return the names of the types of a kind, each with its newest omschrijving."""
    resource = TYPEN[path]
    record: Any = resource.record
    found = record.objects.filter(catalogus_id=catalogus).order_by("begin_geldigheid")
    named: dict[str, str] = {}
    for each in found:
        name = getattr(each, record.naam_veld)
        if name:
            same = name == each.omschrijving
            named[name] = name if same else f"{name} {each.omschrijving}"
    return sorted(named.items(), key=lambda pair: pair[1].casefold())


def _grouped(choices: Sequence[Keuze]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for group, members in groupby(choices, key=lambda each: each.group):
        pairs = [(each.url, each.label) for each in members]
        found += [(group, pairs)] if group else pairs
    return found
