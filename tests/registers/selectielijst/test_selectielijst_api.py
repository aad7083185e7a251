"""The Selectielijst as anybody may read it: the published shape, keys and filters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.registers.selectielijst import facts
from tests.conftest import HOST, OTHER_HOST, Api

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

ROOT = "/selectielijst/api/v1"
INGERICHT = "6711baff-798b-4c7f-9133-8ad02c8b7c6f"


@pytest.fixture
def anybody(gemeente: Tenant) -> Api:
    """Somebody without credentials."""
    del gemeente
    return Api(headers={"Authorization": None, "Accept-Crs": None, "Content-Crs": None})


def read(api: Api, path: str, **query: Any) -> Any:
    """Return what stands at a path of the register."""
    answer = api.get(f"{ROOT}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    assert answer.headers["API-version"] == "1.0.0"
    return answer.json()


def test_lists_are_bare_or_paged_as_published(anybody: Api) -> None:
    procestypen = read(anybody, "procestypen")
    assert len(procestypen) == len(facts.procestypen())
    omschrijvingen = read(anybody, "resultaattypeomschrijvingen")
    assert len(omschrijvingen) == len(facts.resultaattypeomschrijvingen())
    first = read(anybody, "resultaten")
    assert (first["count"], len(first["results"])) == (len(facts.resultaten()), 100)
    assert first["next"] == f"http://{HOST}{ROOT}/resultaten?page=2"
    assert len(read(anybody, "resultaten", page=4)["results"]) == len(facts.resultaten()) - 300
    assert read(anybody, "communicatiekanalen")["results"][0]["naam"] == "Balie"


def test_filters_are_those_that_were_published(anybody: Api) -> None:
    assert {each["jaar"] for each in read(anybody, "procestypen", jaar="2020")} == {2020}
    procestype = read(anybody, "procestypen", jaar="2017")[0]["url"]
    found = read(anybody, "resultaten", proces_type=procestype)
    assert {each["procesType"] for each in found["results"]} == {procestype}
    assert 0 < found["count"] < len(facts.resultaten())
    public = f"https://selectielijst.openzaak.nl/api/v1/procestypen/{procestype[-36:]}"
    assert read(anybody, "resultaten", proces_type=public)["count"] == found["count"]
    assert read(anybody, "resultaten", proces_type="https://elders.nl/1")["count"] == 0
    assert anybody.get(f"{ROOT}/resultaten?procesType=1").status_code == 400


def test_a_resultaat_has_the_published_fields_under_its_own_key(anybody: Api) -> None:
    shown = read(anybody, f"resultaten/{INGERICHT}")
    assert shown["url"] == f"http://{HOST}{ROOT}/resultaten/{INGERICHT}"
    assert (shown["generiek"], shown["specifiek"]) == (True, False)
    assert (shown["waardering"], shown["bewaartermijn"]) == ("vernietigen", "P10Y")
    assert shown["procestermijn"] == "nihil"
    assert shown["procestermijnWeergave"].startswith("Nihil")
    assert (shown["bedrijfsvoeringEnPersoneel"], shown["burgerzaken"]) == (True, False)
    assert "generiekResultaat" not in shown
    procestype = anybody.get(shown["procesType"]).json()
    assert (procestype["nummer"], procestype["jaar"]) == (1, 2017)


def test_anybody_may_read_and_nobody_may_write(anybody: Api) -> None:
    wrong = Api(headers={"Authorization": "Bearer geen-token"})
    assert wrong.get(f"{ROOT}/procestypen").status_code == 200
    for method in ("POST", "PUT", "DELETE"):
        answer = anybody.request(method, f"{ROOT}/resultaten/{INGERICHT}", json={})
        assert answer.status_code == 405
    assert anybody.get("/catalogi/api/v1/zaaktypen").status_code == 403
    made = anybody.get(f"{ROOT}/openapi.json").json()
    assert "securitySchemes" not in made["components"]
    assert "security" not in made["paths"]["/resultaten"]["get"]


def test_each_municipality_has_the_lists(anybody: Api, andere: Tenant) -> None:
    del andere
    elsewhere = Api(host=OTHER_HOST, headers=anybody.headers)
    assert elsewhere.get(f"{ROOT}/resultaten/{INGERICHT}").json()["nummer"] == 1


def test_a_resultaat_that_is_known_is_not_sent_again(anybody: Api) -> None:
    tag = anybody.get(f"{ROOT}/resultaten/{INGERICHT}").headers["ETag"]
    again = anybody.get(f"{ROOT}/resultaten/{INGERICHT}", headers={"If-None-Match": tag})
    assert again.status_code == 304
