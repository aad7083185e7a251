"""The selection of fields in zaken/_zoek (zrc-029)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.budgets.test_statements import statements
from tests.registers.zaken.zaakwerk import ZAKEN, Werk, faults

if TYPE_CHECKING:
    import httpx

pytestmark = pytest.mark.rule("zrc-029")

Json = dict[str, Any]


def _zoek(werk: Werk, fields: Any, **body: Any) -> httpx.Response:
    return werk.api.post(f"{ZAKEN}/zaken/_zoek", json={"fields": fields, **body})


def _one(werk: Werk, fields: Any) -> Json:
    answer = _zoek(werk, fields)
    assert answer.status_code == 200, answer.text
    [found] = answer.json()["results"]
    made: Json = found
    return made


def test_only_what_is_asked_comes_along(werk: Werk) -> None:
    zaak = werk.zaak()
    asked = ["url", "identificatie", "zaaktype"]
    assert _one(werk, asked) == {name: zaak[name] for name in asked}
    assert _one(werk, ["*"]) == werk.read(zaak["url"])


def test_relations_are_expanded_with_what_is_asked_of_them(werk: Werk) -> None:
    zaak = werk.gesloten()
    document = werk.met_document(zaak)
    shown = _one(
        werk,
        [
            "uuid",
            {
                "zaaktype": ["omschrijving", {"catalogus": ["domein"]}],
                "status": ["datumstatusgezet", {"statustype": ["volgnummer"]}],
                "resultaat": ["*"],
                "zaakinformatieobjecten": [{"informatieobject": ["titel"]}],
            },
        ],
    )
    inside = shown.pop("_expand")
    assert shown == {"uuid": zaak["uuid"]}
    assert inside == {
        "zaaktype": {
            "omschrijving": "Vergunning EEN",
            "_expand": {"catalogus": {"domein": "EENAA"}},
        },
        "status": {
            "datumStatusGezet": "2026-02-01T12:00:00+00:00",
            "_expand": {"statustype": {"volgnummer": 3}},
        },
        "resultaat": werk.read(zaak["resultaat"]),
        "zaakinformatieobjecten": [{"_expand": {"informatieobject": {"titel": "Aanvraag"}}}],
    }
    assert document["url"] not in str(inside)


def test_of_a_group_the_parts_that_are_asked(werk: Werk) -> None:
    process = {
        "datumkenmerk": "einddatum",
        "identificatie": "1",
        "objecttype": "pand",
        "registratie": "BAG",
    }
    werk.zaak(processobject=process)
    assert _one(werk, [{"processobject": ["identificatie", "registratie"]}]) == {
        "processobject": {"identificatie": "1", "registratie": "BAG"}
    }
    assert _one(werk, [{"processobject": ["*"]}]) == {"processobject": process}
    assert _one(werk, [{"opschorting": ["indicatie"]}]) == {"opschorting": {"indicatie": False}}


def test_fields_and_expand_exclude_each_other(werk: Werk) -> None:
    assert faults(_zoek(werk, ["url"], expand="zaaktype")) == {("fields", "invalid")}
    answer = werk.api.post(
        f"{ZAKEN}/zaken/_zoek", params={"expand": "zaaktype"}, json={"fields": ["url"]}
    )
    assert faults(answer) == {("fields", "invalid")}


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("url", "fields"),
        ([], "fields"),
        (["kleur"], "fields.0"),
        ([3], "fields.0"),
        ([{"zaaktype": "omschrijving"}], "fields.zaaktype"),
        ([{"zaaktype": ["kleur"]}], "fields.zaaktype.0"),
        ([{"processobject": ["kleur"]}], "fields.processobject.0"),
    ],
)
def test_what_is_no_field_is_refused(werk: Werk, fields: Any, name: str) -> None:
    assert {each for each, _ in faults(_zoek(werk, fields))} == {name}


def test_what_cannot_be_expanded_is_not_found(werk: Werk) -> None:
    assert _zoek(werk, [{"omschrijving": ["*"]}]).status_code == 404


def test_a_selection_is_one_statement_and_hides_what_rights_hide(werk: Werk) -> None:
    zaak = werk.zaak()
    werk.met_document(zaak)
    fields = ["url", {"zaakinformatieobjecten": ["url", {"informatieobject": ["titel"]}]}]
    _zoek(werk, fields)
    with statements() as noted:
        _zoek(werk, fields)
    assert len(noted) == 1
    reader = werk.client("zaken.lezen")
    answer = reader.post(f"{ZAKEN}/zaken/_zoek", json={"fields": fields})
    [found] = answer.json()["results"]
    [relation] = found["_expand"]["zaakinformatieobjecten"]
    assert relation["_expand"]["informatieobject"] == {}
