"""Verzoeken: types with versions, a schema that holds, and whose a verzoek is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar import codec
from loket.grammar.reading import Query
from loket.grammar.urns import HIDDEN
from loket.kernel.clock import today
from loket.ledger.database import rows
from loket.registers.verzoeken.verzoek import verzoeken
from loket.services.mijnservices import burger
from tests.conformance.example import elf
from tests.conformance.test_refusing import faults
from tests.conftest import make_client

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

Json = dict[str, Any]
ROOT = "/verzoeken/api/v1"
BSN = elf(8_611)
PERSOON = f"urn:nld:brp:bsn:{BSN}"
SCHEMA: Json = {
    "type": "object",
    "required": ["straat"],
    "properties": {
        "straat": {"type": "string", "maxLength": 10},
        "paaltjes": {"type": "array", "items": {"type": "integer"}},
    },
    "additionalProperties": False,
}
FORM: Json = {"straat": "Dorpsweg", "paaltjes": [1, 2]}


def made(answer: httpx.Response) -> Json:
    assert answer.status_code == 201, answer.text
    shown: Json = answer.json()
    return shown


def soort(api: Api, *statussen: str) -> Json:
    """Make a type with a version of each status; return it as it then stands."""
    shown = made(api.post(f"{ROOT}/verzoektypen", json={"naam": "Parkeerplaats"}))
    for status in statussen:
        body = {"aanvraagGegevensSchema": SCHEMA, "status": status}
        made(api.post(f"{shown['url']}/versies", json=body))
    found: Json = api.get(shown["url"]).json()
    return found


def verzoek(api: Api, soort: Json, **more: Any) -> httpx.Response:
    body = {"verzoekType": soort["url"], "aanvraagGegevens": FORM, **more}
    return api.post(f"{ROOT}/verzoeken", json=body)


@pytest.mark.req("M16", "M10")
def test_a_version_is_known_by_its_number(api: Api) -> None:
    """The address of a version ends in its number, which counts per type."""
    first, second = soort(api, "published", "draft"), soort(api, "draft")
    assert [each["versie"] for each in first["versies"]] == [1, 2]
    assert [each["url"] for each in first["versies"]] == [
        f"{first['url']}/versies/{nr}" for nr in (1, 2)
    ]
    assert [(each["versie"], each["status"]) for each in second["versies"]] == [(1, "draft")]
    shown = api.get(first["versies"][0]["url"]).json()
    assert (shown["versie"], shown["verzoekType"]) == (1, first["url"])
    assert (shown["beginGeldigheid"], shown["eindeGeldigheid"]) == (today().isoformat(), None)
    assert api.get(f"{first['url']}/versies/3").status_code == 404
    assert api.get(f"{first['url']}/versies/{first['uuid']}").status_code == 404
    listed = api.get(f"{first['url']}/versies").json()
    assert [each["versie"] for each in listed["results"]] == [2, 1]


def test_a_new_version_succeeds_the_one_in_use(api: Api) -> None:
    shown = soort(api, "published", "draft")
    one_, two = (each["url"] for each in shown["versies"])
    assert api.get(one_).json()["eindeGeldigheid"] is None
    answer = api.patch(two, json={"status": "published"})
    assert (answer.status_code, answer.json()["beginGeldigheid"]) == (200, today().isoformat())
    assert api.get(one_).json()["eindeGeldigheid"] == today().isoformat()
    assert made(verzoek(api, shown))["versie"] == 2
    assert made(verzoek(api, shown, versie=1))["versie"] == 1


@pytest.mark.parametrize(
    "change",
    [
        {"aanvraagGegevensSchema": {"type": "array"}},
        {"bijlageTypen": [{"informatieObjecttype": "urn:nld:x:type:1"}]},
        {"eindeGeldigheid": "2030-01-01"},
    ],
)
def test_what_was_published_stays_as_it_is(api: Api, change: Json) -> None:
    url = soort(api, "published")["versies"][0]["url"]
    assert faults(api.patch(url, json=change)) == {("nonFieldErrors", "non-draft-versie-update")}
    assert faults(api.delete(url)) == {("nonFieldErrors", "non-draft-versie-destroy")}
    assert api.patch(url, json={"status": "draft"}).status_code == 409
    assert api.patch(url, json={"status": "deprecated"}).status_code == 200
    assert api.patch(url, json={"status": "published"}).status_code == 409


def test_a_draft_can_go_and_its_number_is_given_again(api: Api) -> None:
    shown = soort(api, "draft", "draft")
    assert api.delete(shown["versies"][1]["url"]).status_code == 204
    body = {"aanvraagGegevensSchema": SCHEMA}
    assert made(api.post(f"{shown['url']}/versies", json=body))["versie"] == 2


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "geen soort"},
        {"properties": {"a": {"pattern": "("}}},
        {"$ref": "https://elders.example/schema.json"},
        {"$ref": "#/$defs/nergens"},
    ],
)
def test_a_schema_that_cannot_be_used_is_refused(api: Api, schema: Json) -> None:
    url = soort(api)["url"]
    answer = api.post(f"{url}/versies", json={"aanvraagGegevensSchema": schema})
    (fault,) = faults(answer)
    assert fault[0].startswith("aanvraagGegevensSchema")
    assert fault[1] == "invalid-json-schema"


def test_a_kind_of_document_is_named_once(api: Api) -> None:
    twice = [{"informatieObjecttype": "urn:nld:x:type:1"}] * 2
    body = {"aanvraagGegevensSchema": {}, "bijlageTypen": twice}
    answer = api.post(f"{soort(api)['url']}/versies", json=body)
    assert faults(answer) == {("bijlageTypen.1.informatieObjecttype", "unique")}


@pytest.mark.parametrize(
    ("form", "where"),
    [
        ({}, "aanvraagGegevens.straat"),
        ({"straat": "Een te lange straat"}, "aanvraagGegevens.straat"),
        ({"straat": "A", "paaltjes": [1, "twee"]}, "aanvraagGegevens.paaltjes.1"),
        ({"straat": "A", "anders": 1}, "aanvraagGegevens"),
    ],
)
def test_what_is_asked_fits_the_schema(api: Api, form: Json, where: str) -> None:
    """Every fault is told under its place, and what somebody wrote is not repeated."""
    shown = soort(api, "published")
    answer = verzoek(api, shown, aanvraagGegevens=form)
    assert faults(answer) == {(where, "invalid-json-schema")}
    assert "te lange" not in answer.text
    there = made(verzoek(api, shown))
    assert faults(api.patch(there["url"], json={"aanvraagGegevens": form})) == {
        (where, "invalid-json-schema")
    }
    assert api.get(there["url"]).json()["aanvraagGegevens"] == FORM


@pytest.mark.parametrize(
    ("statussen", "more", "on"),
    [
        ((), {}, "verzoekType"),
        (("draft",), {}, "verzoekType"),
        (("published", "draft"), {"versie": 2}, "versie"),
        (("published",), {"versie": 9}, "versie"),
    ],
)
def test_a_verzoek_needs_a_version_that_was_published(
    api: Api, statussen: tuple[str, ...], more: Json, on: str
) -> None:
    answer = verzoek(api, soort(api, *statussen), **more)
    assert faults(answer) == {(on, "unknown-schema")}


def test_the_type_of_a_verzoek_stays(api: Api) -> None:
    there, other = made(verzoek(api, soort(api, "published"))), soort(api, "published")
    answer = api.patch(there["url"], json={"verzoekType": other["url"]})
    assert faults(answer) == {("verzoekType", "immutable-field")}
    assert api.delete(there["verzoekType"]).status_code == 409


def test_a_verzoek_is_dealt_with_once(api: Api) -> None:
    there = made(verzoek(api, soort(api, "published")))
    assert there["verwerkStatus"] == "geregistreerd"
    assert api.patch(there["url"], json={"verwerkStatus": "verwerkt"}).status_code == 200
    assert api.patch(there["url"], json={"verwerkStatus": "geregistreerd"}).status_code == 409


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ({"verzoekType__urn": "{type}"}, True),
        ({"verzoekType__urn": "urn:nld:loket:verzoeken:verzoektype:geen"}, False),
        ({"verzoekType__uuid": "{uuid}"}, True),
        ({"versie": "1"}, True),
        ({"versie": "2"}, False),
        ({"verwerkStatus": "verwerkt"}, False),
        ({"isGerelateerdAan": "urn:nld:x:zaak:1"}, True),
        ({"isGerelateerdAan": "urn:nld:x:zaak:2"}, False),
        ({"verzoekBetaling__voltooid": "true"}, True),
        ({"verzoekBetaling__voltooid": "false"}, False),
        ({"verzoekBetaling__transactieReferentie": "T-1"}, True),
        ({"verzoekBetaling__transactieReferentie": "T-2"}, False),
        ({"initiator": "urn:nld:hr:kvknummer:90001354"}, True),
        ({"medeInitiator": "urn:nld:hr:kvknummer:90001354"}, False),
    ],
)
def test_a_list_is_asked_as_published(api: Api, query: Json, *, finds: bool) -> None:
    shown = soort(api, "published")
    there = made(
        verzoek(
            api,
            shown,
            isGerelateerdAan=[{"urn": "urn:nld:x:zaak:1"}],
            verzoekBetaling={"voltooid": True, "transactieReferentie": "T-1", "bedrag": "12.50"},
            initiator="urn:nld:hr:kvknummer:90001354",
        )
    )
    made(verzoek(api, soort(api, "published"), versie=1))
    asked = {
        name: value.format(type=shown["urn"], uuid=shown["uuid"]) for name, value in query.items()
    }
    answer = api.get(f"{ROOT}/verzoeken", params=asked)
    found = [each["uuid"] for each in answer.json()["results"]]
    assert (there["uuid"] in found) is finds, answer.text


@pytest.mark.req("M16")
def test_a_bsn_is_kept_apart(api: Api) -> None:
    """It is in no list, event or table; one record shows it for a purpose, logged."""
    there = made(verzoek(api, soort(api, "published"), initiator=PERSOON))
    assert there["initiator"] == PERSOON
    (listed,) = api.get(f"{ROOT}/verzoeken").json()["results"]
    assert listed["initiator"] == HIDDEN
    rights = [{"component": "verzoeken", "scopes": ["verzoeken.lezen"]}]
    aimless = make_client("doelloos", rights, purposes=())
    assert aimless.get(there["url"]).json()["initiator"] == HIDDEN
    for table in ("ledger_event", "verzoeken_verzoek"):
        held = rows(f"SELECT t::text FROM {table} t")  # noqa: S608 - names from the line above
        assert held
        assert not [each for (each,) in held if BSN in each]
    (found,) = api.get(f"{ROOT}/verzoeken", params={"initiator": PERSOON}).json()["results"]
    assert found["url"] == there["url"]
    refused = aimless.get(f"{ROOT}/verzoeken", params={"initiator": PERSOON})
    assert (refused.status_code, BSN in refused.text) == (403, False)


def test_a_citizen_sees_his_own(api: Api) -> None:
    shown = soort(api, "published")
    mine = made(verzoek(api, shown, initiator=PERSOON))
    also = made(verzoek(api, shown, medeInitiator=PERSOON))
    made(verzoek(api, shown, initiator=f"urn:nld:brp:bsn:{elf(8_612)}"))
    page = verzoeken.list(burger.from_bsn(BSN, None, "laag"), Query("http://mijn"))
    assert {each["uuid"] for each in codec.decode(page.results)} == {mine["uuid"], also["uuid"]}


def test_types_are_of_who_manages_them(api: Api) -> None:
    """Who registers verzoeken cannot change what they must hold."""
    there = soort(api, "draft")
    rights = [{"component": "verzoeken", "scopes": ["verzoeken.lezen", "verzoeken.bijwerken"]}]
    client = make_client("formulieren", rights)
    assert client.get(there["url"]).status_code == 200
    draft = there["versies"][0]["url"]
    for answer in (
        client.post(f"{ROOT}/verzoektypen", json={"naam": "x"}),
        client.patch(there["url"], json={"naam": "x"}),
        client.patch(draft, json={"status": "published"}),
        client.delete(draft),
    ):
        assert answer.status_code == 403
