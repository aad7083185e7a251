"""Which types there are, and which parts a zaaktype has, in an order in which they can be made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.registers.catalogi.besluittype import besluittypen
from loket.registers.catalogi.eigenschap import eigenschappen
from loket.registers.catalogi.informatieobjecttype import informatieobjecttypen
from loket.registers.catalogi.resultaattype import resultaattypen
from loket.registers.catalogi.roltype import roltypen
from loket.registers.catalogi.statustype import statustypen
from loket.registers.catalogi.zaakobjecttype import zaakobjecttypen
from loket.registers.catalogi.zaaktype import zaaktypen
from loket.registers.catalogi.zaaktypeinformatieobjecttype import zaaktypeinformatieobjecttypen

if TYPE_CHECKING:
    from loket.grammar.resource import Resource

TYPEN: Final = {each.path: each for each in (zaaktypen, besluittypen, informatieobjecttypen)}
"""The types that have versions, by their path."""

DELEN: Final = {
    each.path: each
    for each in (
        statustypen, resultaattypen, roltypen, eigenschappen, zaakobjecttypen,
        zaaktypeinformatieobjecttypen,
    )
}  # fmt: skip
"""The parts of a zaaktype, by their path; what refers to a statustype comes after it."""

_ORDER: Final = {
    "statustypen": ("volgnummer",),
    "resultaattypen": ("omschrijving",),
    "roltypen": ("omschrijving",),
    "eigenschappen": ("naam",),
    "zaakobjecttypen": ("relatie_omschrijving", "objecttype"),
    "zaaktype-informatieobjecttypen": ("volgnummer",),
}


def parts_of(resource: Resource, zaaktype: Any) -> list[Any]:
    """Return the parts of one kind of a zaaktype, in an order that people expect."""
    record: Any = resource.record
    found = record.objects.filter(zaaktype_id=zaaktype.pk).order_by(*_ORDER[resource.path], "id")
    return list(found)


def name_of(record: Any) -> str:
    """Return what people call a type or a part of one."""
    for name in ("informatieobjecttype", "relatie_omschrijving", "naam", "omschrijving"):
        if name in record.words:
            return str(getattr(record, name)) or "(zonder omschrijving)"
    return str(record)
