"""A besluit with its documents in one transaction, and the archiving of a zaak by its besluiten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import counted
from tests.registers.besluiten.besluitwerk import BESLUITEN, Besluitwerk, Json
from tests.registers.zaken.zaakwerk import faults

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

VERWERKEN = f"{BESLUITEN}/besluit_verwerken"
BUDGET = 12


def _verwerk(werk: Besluitwerk, *documenten: Any, api: Api | None = None, **body: Any) -> Any:
    asked = {
        "besluit": werk.body(**body),
        "besluitinformatieobjecten": [{"informatieobject": each} for each in documenten],
    }
    answer: httpx.Response = (api or werk.api).post(VERWERKEN, json=asked)
    return answer


@pytest.fixture
def brieven(werk: Besluitwerk) -> list[Json]:
    """Two documents in which a besluit may be laid down."""
    kind = werk.informatieobjecttype()
    return [werk.document(kind), werk.document(kind)]


def test_a_besluit_is_made_with_its_documents(werk: Besluitwerk, brieven: list[Json]) -> None:
    zaak = werk.zaken.zaak()
    urls = [each["url"] for each in brieven]
    answer = _verwerk(werk, *urls, zaak=zaak["url"])
    assert answer.status_code == 201, answer.text
    made = answer.json()
    besluit = made["besluit"]
    assert werk.read(besluit["url"]) == besluit
    assert [each["informatieobject"] for each in made["besluitinformatieobjecten"]] == urls
    for each in made["besluitinformatieobjecten"]:
        assert werk.read(each["url"]) == each
    assert werk.mirrors(zaak) == [besluit["url"]]
    assert werk.spiegels(brieven[0]) == [(besluit["url"], "besluit")]
    assert _verwerk(werk).json()["besluitinformatieobjecten"] == []


def test_all_faults_are_told_under_their_part_and_nothing_stays(
    werk: Besluitwerk, brieven: list[Json]
) -> None:
    url = brieven[0]["url"]
    answer = _verwerk(werk, url, "https://elders.nl/1", datum="2999-01-01", ingangsdatum="x")
    assert faults(answer) >= {
        ("besluit.ingangsdatum", "invalid"),
        ("besluitinformatieobjecten.1.informatieobject", "bad-url"),
    }
    assert faults(_verwerk(werk, url, url)) == {
        ("besluitinformatieobjecten.1.nonFieldErrors", "unique")
    }
    assert werk.read(f"{BESLUITEN}/besluiten")["count"] == 0
    assert werk.spiegels(brieven[0]) == []


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, {("besluit", "required"), ("besluitinformatieobjecten", "required")}),
        (
            {"besluit": 1, "besluitinformatieobjecten": [2]},
            {("besluit", "invalid"), ("besluitinformatieobjecten.0", "invalid")},
        ),
        (
            {"besluit": {}, "besluitinformatieobjecten": {}},
            {("besluitinformatieobjecten", "not_a_list")},
        ),
    ],
)
def test_the_form_of_the_body_is_checked(
    werk: Besluitwerk, body: Json, told: set[tuple[str, str]]
) -> None:
    assert faults(werk.api.post(VERWERKEN, json=body)) == told


def test_the_command_asks_for_the_right_to_make_besluiten_of_this_type(werk: Besluitwerk) -> None:
    other = werk.maak_besluittype("Ander")
    maker = werk.client("besluiten.aanmaken")
    assert _verwerk(werk, api=maker).status_code == 201
    assert _verwerk(werk, api=maker, besluittype=other).status_code == 403
    assert _verwerk(werk, api=werk.client("besluiten.lezen")).status_code == 403


def test_the_command_stays_within_its_budget(werk: Besluitwerk, brieven: list[Json]) -> None:
    werk.api.get(BESLUITEN)
    with counted() as made:
        assert _verwerk(werk, brieven[0]["url"]).status_code == 201
    assert len(made) <= BUDGET


def _closed(api: Api, wijze: str) -> tuple[Besluitwerk, Json]:
    """Return a closed zaak that is archived by a date of its besluiten."""
    werk = Besluitwerk(api, brondatum={"afleidingswijze": wijze})
    zaak = werk.zaken.zaak()
    werk.zaken.resultaat(zaak, werk.resultaattype)
    werk.zaken.status(zaak, 3)
    return werk, zaak


def _actiedatum(werk: Besluitwerk, zaak: Json) -> str | None:
    found: str | None = werk.read(zaak["url"])["archiefactiedatum"]
    return found


@pytest.mark.rule("zrc-021")
def test_zrc_021_a_closed_zaak_follows_the_dates_of_its_besluiten(api: Api) -> None:
    werk, zaak = _closed(api, "ingangsdatum_besluit")
    assert _actiedatum(werk, zaak) is None
    first = werk.besluit(zaak=zaak["url"], ingangsdatum="2026-03-01")
    assert _actiedatum(werk, zaak) == "2031-03-01"
    werk.besluit(zaak=zaak["url"], ingangsdatum="2026-02-01")
    assert _actiedatum(werk, zaak) == "2031-03-01"
    werk.api.patch(first["url"], json={"ingangsdatum": "2026-05-01"})
    assert _actiedatum(werk, zaak) == "2031-05-01"
    werk.api.delete(first["url"])
    assert _actiedatum(werk, zaak) == "2031-02-01"


@pytest.mark.rule("zrc-021")
def test_zrc_021_a_closed_zaak_waits_for_the_vervaldatum_of_each(api: Api) -> None:
    werk, zaak = _closed(api, "vervaldatum_besluit")
    made = werk.besluit(zaak=zaak["url"], vervaldatum="2027-01-01")
    assert _actiedatum(werk, zaak) == "2032-01-01"
    other = werk.besluit(zaak=zaak["url"])
    assert _actiedatum(werk, zaak) is None
    werk.api.patch(other["url"], json={"zaak": ""})
    assert _actiedatum(werk, zaak) == "2032-01-01"
    werk.api.patch(made["url"], json={"vervaldatum": "2028-01-01"})
    assert _actiedatum(werk, zaak) == "2033-01-01"
