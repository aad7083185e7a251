"""The export of a municipality, planned: what is made, what is left out, and why."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from loket.registers.catalogi.inavigator.plans.plan import NATURAL_KEYS, Plan, Ref
from loket.registers.selectielijst import facts
from tests.registers.catalogi.inavigator_exports import REAL, RICH, SPECIFICATION, first, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SCHEMAS = {
    "catalogus": "CatalogusUpdate",
    "informatieobjecttype": "InformatieObjectType",
    "besluittype": "BesluitTypeCreate",
    "zaaktype": "ZaakTypeCreate",
    "statustype": "StatusType",
    "eigenschap": "Eigenschap",
    "resultaattype": "ResultaatTypeCreate",
    "roltype": "RolType",
    "zaaktype-informatieobjecttype": "ZaakTypeInformatieObjectType",
}
PYTHON = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


@lru_cache(maxsize=1)
def schemas() -> dict[str, Any]:
    """Read the schemas of the published specification."""
    found: dict[str, Any] = yaml.safe_load(SPECIFICATION.read_text("utf-8"))["components"][
        "schemas"
    ]
    return found


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Follow the references of a schema."""
    if "$ref" in schema:
        return resolved(schemas()[schema["$ref"].rpartition("/")[2]])
    if "allOf" in schema:
        return resolved(schema["allOf"][0]) | {k: v for k, v in schema.items() if k != "allOf"}
    if "oneOf" in schema:
        enum = [value for each in schema["oneOf"] for value in resolved(each)["enum"]]
        return {**schema, "enum": enum, "type": "string"}
    return schema


def faults(value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    """Tell where a value is not as the specification says."""
    schema = resolved(schema)
    if isinstance(value, Ref):
        if schema.get("format") != "uri":
            yield f"{place}: a reference where no URL goes"
    elif value is None:
        if not schema.get("nullable"):
            yield f"{place}: nothing"
    elif not isinstance(value, PYTHON[schema.get("type", "object")]):
        yield f"{place}: {value!r} is no {schema['type']}"
    else:
        yield from CHECKS.get(type(value).__name__, plain_faults)(value, schema, place)


def list_faults(value: list[Any], schema: dict[str, Any], place: str) -> Iterator[str]:
    """Tell what is wrong inside a list."""
    for element in value:
        yield from faults(element, schema["items"], place)


def plain_faults(value: Any, schema: dict[str, Any], place: str) -> Iterator[str]:
    """Tell what is wrong with a text or number."""
    if isinstance(value, str) and len(value) > schema.get("maxLength", len(value)):
        yield f"{place}: {value!r} is too long"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is not in the list"
    if isinstance(value, int):
        lowest, highest = schema.get("minimum", value), schema.get("maximum", value)
        if not lowest <= value <= highest:
            yield f"{place}: {value} is out of range"


def inner_faults(value: dict[str, Any], schema: dict[str, Any], place: str) -> Iterator[str]:
    """Tell what is wrong inside an object."""
    properties = schema["properties"]
    written = {name for name, each in properties.items() if not read_only(each)}
    yield from (f"{place}: unknown {name}" for name in value.keys() - written)
    absent = written & set(schema.get("required", ())) - value.keys()
    yield from (f"{place}: without {name}" for name in absent)
    for name in value.keys() & written:
        yield from faults(value[name], properties[name], f"{place}.{name}")


def read_only(schema: dict[str, Any]) -> bool:
    """Tell whether a field is only served; of one the specification says so of its elements."""
    schema = resolved(schema)
    return bool(schema.get("readOnly") or schema.get("items", {}).get("readOnly"))


CHECKS: dict[str, Callable[[Any, dict[str, Any], str], Iterator[str]]] = {
    "list": list_faults,
    "dict": inner_faults,
}


def faults_of(planned: Plan) -> list[str]:
    """Tell what is wrong with a plan, apart from what it says is missing."""
    found = faults(planned.body, schemas()[SCHEMAS[planned.kind]], planned.kind)
    return [fault for fault in found if fault.rpartition(" ")[2] not in planned.missing]


@pytest.mark.parametrize("source", [REAL, RICH], ids=["real", "rich"])
def test_every_body_is_as_the_standard_says(source: Path) -> None:
    assert [fault for planned in plan(source).plans for fault in faults_of(planned)] == []


def test_the_check_of_bodies_sees_faults() -> None:
    good = first(plan(REAL), "statustype")
    wrong: list[dict[str, Any]] = [
        {"volgnummer": 0},
        {"omschrijving": "x" * 81},
        {"informeren": "ja"},
        {"onzin": 1},
        {"checklistitemStatustype": [{"itemnaam": "x" * 31, "vraagstelling": ""}]},
        {"volgnummer": None},
        {"omschrijving": Ref("zaaktype", "P1")},
    ]
    for change in wrong:
        assert len(faults_of(Plan("statustype", "x", good.body | change, 1))) == 1
    assert len(faults_of(Plan("roltype", "x", {"omschrijvingGeneriek": "baas"}, 1))) == 3


@pytest.mark.parametrize("source", [REAL, RICH], ids=["real", "rich"])
def test_plans_come_after_what_they_refer_to(source: Path) -> None:
    made: set[Ref] = set()
    known = {
        *(Ref("selectielijst-procestype", each.uuid) for each in facts.procestypen()),
        *(Ref("selectielijst-resultaat", each.uuid) for each in facts.resultaten()),
        *(Ref("resultaattypeomschrijving", e.uuid) for e in facts.resultaattypeomschrijvingen()),
    }
    for planned in plan(source).plans:
        refs = {value for value in planned.body.values() if isinstance(value, Ref)}
        assert refs <= made | known
        made.add(Ref(planned.kind, planned.key))


@pytest.mark.parametrize("source", [REAL, RICH], ids=["real", "rich"])
def test_natural_keys_are_unique(source: Path) -> None:
    plans = plan(source).plans
    keys = [(p.kind, *(p.body[field] for field in NATURAL_KEYS[p.kind])) for p in plans]
    assert len(set(keys)) == len(keys) == len({(p.kind, p.key) for p in plans})


def test_planning_twice_gives_the_same() -> None:
    assert plan(REAL) == plan(REAL)


def test_the_municipality_gets_what_its_export_holds() -> None:
    mapping = plan(REAL)
    assert Counter(planned.kind for planned in mapping.plans) == {
        "catalogus": 1,
        "informatieobjecttype": 34,
        "zaaktype": 3,
        "statustype": 21,
        "resultaattype": 9,
        "roltype": 13,
        "zaaktype-informatieobjecttype": 52,
    }
    assert Counter(skipped.kind for skipped in mapping.skipped) == {"proces-register": 6}
    assert not any(planned.missing for planned in mapping.plans)


def test_a_zaaktype_of_the_municipality() -> None:
    body = first(plan(REAL), "zaaktype", "B1796").body
    assert body["omschrijving"] == "Budgetbeheer aanvraag"
    assert body["doorlooptijd"] == "P365D"
    assert body["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
    assert body["indicatieInternOfExtern"] == "extern"
    assert (body["handelingInitiator"], body["onderwerp"], body["handelingBehandelaar"]) == (
        "Aanvraag",
        "budgetbeheer",
        "beoordelen",
    )
    assert body["beginGeldigheid"] == "2020-07-06"
    assert body["trefwoorden"] == ["BUDGETBEHEER"]
    assert body["verantwoordelijke"] == "BUD"
    procestype = facts.procestype(body["selectielijstProcestype"].key)
    assert procestype is not None
    assert procestype.naam == "Voorzieningen verstrekken"


@pytest.mark.parametrize(
    ("naam", "nummer", "termijn"),
    [("Geweigerd", "8.2", "P5Y"), ("Afgebroken", "8.4.1", "P42D"), ("Afgehandeld", "8.3.5", "P5Y")],
)
def test_the_resultaattypen_of_the_municipality(naam: str, nummer: str, termijn: str) -> None:
    planned = first(plan(REAL), "resultaattype", f"B1796/{naam}")
    klasse = facts.resultaat(nummer)
    assert klasse is not None
    assert planned.remarks == ()
    assert planned.body["selectielijstklasse"] == Ref("selectielijst-resultaat", klasse.uuid)
    assert planned.body["archiefactietermijn"] == termijn == klasse.bewaartermijn
    assert planned.body["archiefnominatie"] == "vernietigen" == klasse.waardering
    assert planned.body["brondatumArchiefprocedure"]["afleidingswijze"] == "afgehandeld"


@pytest.mark.parametrize("proces", ["B1796", "B1799", "B1801"])
def test_the_last_status_is_the_one_that_closes(proces: str) -> None:
    plans = [p for p in plan(REAL).plans if p.kind == "statustype" and p.key.startswith(proces)]
    numbers = [planned.body["volgnummer"] for planned in plans]
    assert numbers == sorted(set(numbers))
    assert plans[-1].body["omschrijving"] == "Afgehandeld"


def test_a_changed_volgnummer_is_told() -> None:
    moved = first(plan(REAL), "statustype", "B1796/Afgehandeld")
    assert moved.body["volgnummer"] == 9
    assert moved.remarks[0] == "volgnummer 6 is 9 geworden, want deze status sluit de zaak."
    stayed = first(plan(REAL), "statustype", "B1796/Uitvoering afgerond")
    assert (stayed.body["volgnummer"], stayed.remarks) == (8, ())
