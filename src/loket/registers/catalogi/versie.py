"""What the types with versions share: the days on which a version is valid, and being concept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db.models import Func, Q, Value

from loket.grammar import field
from loket.grammar.filters import Filter, key_at
from loket.grammar.record import Record
from loket.grammar.relations import VALID
from loket.grammar.rule import rule
from loket.grammar.times import Day
from loket.kernel.problems import InvalidValue
from loket.registers.catalogi.correctie import FORCED, FORCED_REMOVAL, forces, widens

if TYPE_CHECKING:
    from loket.grammar.writing import Change

DAY: Final = {"type": "string", "format": "date"}
NAMES: Final = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
LAST_END: Final = (
    "CASE WHEN bool_and(v.einde_geldigheid IS NOT NULL) THEN max(v.einde_geldigheid) END"
)


class Versie(Record):
    """Een type dat versies kent: elke versie geldt van een dag tot en met een dag."""

    naam_veld: ClassVar[str] = "omschrijving"
    """The field that all versions of one type have in common, within their catalogue."""

    begin_geldigheid = field.day("De datum waarop deze versie is ontstaan.")
    einde_geldigheid = field.day("De laatste datum waarop deze versie geldt.", optional=True)
    concept = field.flag(
        "Of dit een concept is: nog te wijzigen, en niet te gebruiken buiten deze API.",
        computed=True,
    )

    class Meta:
        abstract = True


def first_begin(table: str, name: str) -> Any:
    """Make the field for the day on which the first version began."""
    return over_versions(
        "min(v.begin_geldigheid)", table, name, "De datum waarop de eerste versie is ontstaan."
    )


def last_end(table: str, name: str) -> Any:
    """Make the field for the day on which the last version ends; null while one is open."""
    return over_versions(LAST_END, table, name, "De laatste datum van de laatste versie.")


def over_versions(value: str, table: str, name: str, doc: str) -> Any:
    """Make a field for a day, worked out over all versions (`v`) of one type."""
    sql = (
        f'(SELECT {value} FROM {table} v WHERE v."{name}" = {{row}}."{name}" '  # noqa: S608 - names from the declaration
        "AND v.catalogus_id = {row}.catalogus_id)"
    )
    return field.derived(sql, DAY, doc, deprecated=True, nullable=True)


def versions_apart(table: str, name: str) -> ExclusionConstraint:
    """Return the constraint that published versions of one type never overlap (rule ztc-016)."""
    period = Func("begin_geldigheid", "einde_geldigheid", Value("[]"), function="daterange")
    return ExclusionConstraint(
        name=f"{table}_overlap",
        expressions=[
            ("catalogus", RangeOperators.EQUAL),
            (name, RangeOperators.EQUAL),
            (period, RangeOperators.OVERLAPS),
        ],
        condition=Q(concept=False) & ~Q(**{name: ""}),
    )


def names(column: str, source: str, doc: str) -> Any:
    """Make a field that lists the distinct names in a column of `source` (SQL)."""
    sql = f"(SELECT coalesce(json_agg(DISTINCT {column}), '[]') FROM {source})"  # noqa: S608 - from the declaration
    return field.derived(sql, NAMES, doc)


def valid(row: str) -> str:
    """Return SQL for being published and valid on the day asked."""
    return VALID.replace("{row}", row)


STATUS_SQL: Final = "({value}::text = 'alles' OR {type}.concept = ({value}::text = 'concept'))"
VALID_ON_SQL: Final = (
    "({type}.begin_geldigheid <= {value}::date AND "
    "({type}.einde_geldigheid IS NULL OR {type}.einde_geldigheid >= {value}::date))"
)
STATUS_SCHEMA: Final = {
    "type": "string",
    "enum": ["alles", "concept", "definitief"],
    "default": "definitief",
}


def take_status(raw: str, _: str) -> str:
    """Check the value of the parameter `status`."""
    if raw not in STATUS_SCHEMA["enum"]:
        raise InvalidValue("invalid_choice", f'"{raw}" is een ongeldige keuze.')
    return raw


def take_day(raw: str, _: str) -> Any:
    """Check the value of a parameter that is a date."""
    return Day("").value(raw)


STATUS = Filter(
    "status",
    STATUS_SQL.replace("{type}", "{row}"),
    take_status,
    STATUS_SCHEMA,
    "Alleen concepten, alleen wat gepubliceerd is, of alles.",
)
VALID_ON = Filter(
    "datumGeldigheid",
    VALID_ON_SQL.replace("{type}", "{row}"),
    take_day,
    DAY,
    "Alleen versies die op deze datum gelden; verwijzingen gaan naar de versies van die datum.",
)
DEFAULTS: Final = {"status": "definitief"}


def named_filter(name: str, source: str, sql: str, doc: str) -> Filter:
    """Make a filter on a type by address or by name; `{value}` is its key as text, or its name."""
    at = key_at(source)

    def take(raw: str, base: str) -> str:
        return str(at(raw, base)) if raw.lower().startswith(("http://", "https://")) else raw

    return Filter(name, sql, take, doc=doc)


def new_is_concept(versie: Any, change: Change) -> None:
    """Let every new version begin as a concept."""
    if change.before is None:
        versie.concept = True


def other_versions(versie: Any) -> Any:
    """Return the published versions of the same type in the same catalogue, but this one."""
    name = getattr(versie, versie.naam_veld)
    if not name:
        return type(versie).objects.none()
    return (
        type(versie)
        .objects.filter(catalogus_id=versie.catalogus_id, concept=False)
        .filter(**{versie.naam_veld: name})
        .exclude(pk=versie.pk)
    )


def _overlap(versie: Any) -> Any:
    found = other_versions(versie).filter(
        Q(einde_geldigheid=None) | Q(einde_geldigheid__gte=versie.begin_geldigheid)
    )
    if versie.einde_geldigheid:
        found = found.filter(begin_geldigheid__lte=versie.einde_geldigheid)
    return found


@rule("overlap", on="beginGeldigheid")
def geldt_niet_tegelijk_met_een_andere_versie(versie: Any) -> bool:
    """Er is al een gepubliceerde versie die in deze periode geldt."""
    found = _overlap(versie)
    if versie.concept:  # publication closes the version before it
        found = found.exclude(einde_geldigheid=None, begin_geldigheid__lt=versie.begin_geldigheid)
    return not found.exists()


@rule("date-mismatch", on="eindeGeldigheid")
def eindigt_niet_voor_het_begin(versie: Any) -> bool:
    """De laatste dag van de geldigheid ligt voor de eerste."""
    return versie.einde_geldigheid is None or versie.einde_geldigheid >= versie.begin_geldigheid


@rule("non-concept-object", verbs=("update", "destroy"))
def is_concept(versie: Any, change: Change) -> bool:
    """Een gepubliceerd type wijzigt niet meer, op de eindeGeldigheid na; maak een nieuwe versie."""
    if change.before.concept:
        return True
    if change.verb == "destroy":
        return forces(change, FORCED_REMOVAL)
    only_end = change.verb == "partial_update" and change.given <= {"einde_geldigheid"}
    return only_end or (
        forces(change, FORCED) and widens(change.before, versie, but=["einde_geldigheid"])
    )


VERSION_RULES = (
    geldt_niet_tegelijk_met_een_andere_versie,
    eindigt_niet_voor_het_begin,
    is_concept,
)
