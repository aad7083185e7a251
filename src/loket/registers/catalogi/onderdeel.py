"""What the parts of a zaaktype share: its identificatie, its validity, and its protection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar import field
from loket.grammar.filters import Filter, text_filter
from loket.grammar.record import Record
from loket.grammar.rule import rule
from loket.grammar.times import Day
from loket.kernel.problems import Fault, InvalidValue
from loket.registers.catalogi.correctie import FORCED, FORCED_REMOVAL, forces, widens
from loket.registers.catalogi.versie import (
    DAY,
    LAST_END,
    STATUS_SCHEMA,
    STATUS_SQL,
    VALID_ON_SQL,
    take_day,
    take_status,
)

if TYPE_CHECKING:
    from loket.grammar.writing import Change

_OF: Final = "FROM catalogi_zaaktype z WHERE z.id = {row}.zaaktype_id"
_VERSIONS: Final = (
    "FROM catalogi_zaaktype v JOIN catalogi_zaaktype z "
    "ON z.catalogus_id = v.catalogus_id AND z.identificatie = v.identificatie "
    "WHERE z.id = {row}.zaaktype_id"
)


def catalogus_van_zaaktype(*, deprecated: bool = False) -> Any:
    """Make the field for the catalogus of the zaaktype."""
    where = f"{{other}}.id = (SELECT z.catalogus_id {_OF})"
    doc = "De CATALOGUS van het ZAAKTYPE."
    return field.via("catalogi.Catalogus", where, doc, first="id", deprecated=deprecated)


def _day(sql: str, doc: str) -> Any:
    return field.derived(sql, DAY, doc, deprecated=True, nullable=True)


class Onderdeel(Record):
    """Een onderdeel van een zaaktype; het geldt zolang het zaaktype geldt."""

    zaaktype_identificatie = field.derived(
        f"(SELECT z.identificatie {_OF})",
        {"type": "string"},
        "Identificatie van het ZAAKTYPE binnen de CATALOGUS.",
    )

    class Meta:
        abstract = True


class GeldigOnderdeel(Onderdeel):
    """Een onderdeel dat de geldigheid van zijn zaaktype toont."""

    begin_geldigheid = _day(
        f"(SELECT z.begin_geldigheid {_OF})", "De datum waarop het ZAAKTYPE is ontstaan."
    )
    einde_geldigheid = _day(
        f"(SELECT z.einde_geldigheid {_OF})", "De laatste datum waarop het ZAAKTYPE geldt."
    )
    begin_object = _day(
        f"(SELECT min(v.begin_geldigheid) {_VERSIONS})",
        "De datum waarop de eerste versie van het ZAAKTYPE is ontstaan.",
    )
    einde_object = _day(
        f"(SELECT {LAST_END} {_VERSIONS})",
        "De laatste datum van de laatste versie van het ZAAKTYPE.",
    )

    class Meta:
        abstract = True


def of_zaaktype(condition: str) -> str:
    """Return SQL for a condition on the zaaktype (`z`) of a part."""
    return f"EXISTS (SELECT {_OF} AND {condition})"


ZAAKTYPE_STATUS = Filter(
    "status",
    of_zaaktype(STATUS_SQL.replace("{type}", "z")),
    take_status,
    STATUS_SCHEMA,
    "Alleen van concepten, alleen van gepubliceerde zaaktypen, of alles.",
)


def zaaktype_valid_on(name: str = "datumGeldigheid") -> Filter:
    """Make the filter on parts of zaaktypen that are valid on a day."""
    sql = of_zaaktype(VALID_ON_SQL.replace("{type}", "z"))
    return Filter(name, sql, take_day, DAY, "Alleen van zaaktypen die op deze datum gelden.")


def zaaktype_identified(name: str = "zaaktypeIdentificatie") -> Filter:
    """Make the filter on the identificatie of the zaaktype."""
    return text_filter(name, of_zaaktype("z.identificatie = {value}"), "De identificatie.")


@rule("non-concept-zaaktype", verbs=("create", "update", "destroy"))
def zaaktype_is_concept(onderdeel: Any, change: Change) -> bool:
    """Het zaaktype is gepubliceerd; zijn onderdelen kunnen niet meer wijzigen."""
    return not published(onderdeel, change) or corrects(onderdeel, change)


def published(onderdeel: Any, change: Change) -> bool:
    """Tell whether a part belongs, or belonged before this change, to a published zaaktype."""
    typen = [each.zaaktype for each in (onderdeel, change.before) if each is not None]
    return any(not zaaktype.concept for zaaktype in typen)


def corrects(onderdeel: Any, change: Change) -> bool:
    """Tell whether this is a correction: forced, and of no consequence to zaken that run.

    A part may come along, but not be asked for by a status that such zaken have yet to reach.
    """
    if change.verb == "destroy":
        return forces(change, FORCED_REMOVAL)
    asked, before = (getattr(r, "statustype_id", None) for r in (onderdeel, change.before))
    if asked != before or not forces(change, FORCED):
        return False
    return change.before is None or widens(change.before, onderdeel)


def begint_met_het_zaaktype(onderdeel: Any, change: Change) -> list[Fault]:
    """Note a beginGeldigheid that was sent and is not the zaaktype's."""
    raw = change.sent.get("beginGeldigheid")
    if raw in (None, ""):
        return []
    try:
        begin = Day("").value(raw)
    except InvalidValue as problem:
        return [Fault("beginGeldigheid", problem.code, problem.reason)]
    if begin == onderdeel.zaaktype.begin_geldigheid:
        return []
    reason = "De beginGeldigheid is een andere dan die van het zaaktype."
    return [Fault("beginGeldigheid", "date-mismatch", reason)]


@rule("zaaktype-mismatch")
def statustype_hoort_bij_zaaktype(onderdeel: Any) -> bool:
    """Het statustype hoort bij een ander zaaktype."""
    statustype = onderdeel.statustype
    return statustype is None or bool(statustype.zaaktype_id == onderdeel.zaaktype_id)
