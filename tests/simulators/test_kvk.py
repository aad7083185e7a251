"""The stand-in for KVK, held to what is known of its API's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
import typer

from loket.simulators.demo import BEDRIJVEN
from loket.simulators.kvk.__main__ import main
from loket.simulators.kvk.companies import Bedrijf, load
from loket.simulators.kvk.server import Served, serving
from loket.simulators.running import running
from tests.simulators.published import hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASIS = "kvk-basisprofiel-1.own.yaml"
VESTIGING = "kvk-vestigingsprofiel-1.own.yaml"
NAAM = "kvk-naamgeving-1.own.yaml"
ZOEKEN = "kvk-zoeken-2.0.0.own.yaml"
KEY = "een-sleutel"
BAKKER, STICHTING = "90001001", "90001003"


@pytest.fixture
def kvk() -> Iterator[Served]:
    with serving(KEY) as served:
        yield served


def get(kvk: Served, path: str, **query: str | list[str]) -> httpx.Response:
    return httpx.get(f"{kvk.url}/{path}", params=query, headers={"apikey": KEY})


@pytest.mark.parametrize("bedrijf", load(BEDRIJVEN).values(), ids=lambda each: each.naam)
def test_each_company_is_as_published(kvk: Served, bedrijf: Bedrijf) -> None:
    profile = f"v1/basisprofielen/{bedrijf.kvk}"
    whole = get(kvk, profile)
    assert whole.headers["Content-Type"] == "application/hal+json"
    hold(BASIS, whole.json(), "Basisprofiel")
    hold(BASIS, get(kvk, f"{profile}/eigenaar").json(), "Eigenaar")
    hold(BASIS, get(kvk, f"{profile}/vestigingen").json(), "VestigingList")
    hold(NAAM, get(kvk, f"v1/naamgevingen/kvknummer/{bedrijf.kvk}").json(), "Naamgeving")
    ended = "true" if bedrijf.beeindigd else "false"
    found = get(kvk, "v2/zoeken", kvkNummer=bedrijf.kvk, inclusiefInactieveRegistraties=ended)
    if bedrijf.vestigingen:
        hold(ZOEKEN, found.json(), "Resultaat")
        hold(BASIS, get(kvk, f"{profile}/hoofdvestiging").json(), "Vestiging")
    for each in bedrijf.vestigingen:
        shown = get(kvk, f"v1/vestigingsprofielen/{each.nummer}").json()
        hold(VESTIGING, shown, "Vestiging")


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("v1/basisprofielen/90009999", {}, 404, "IPD0005"),
        ("v1/basisprofielen/9000999", {}, 400, "IPD1999"),
        (f"v1/basisprofielen/{BAKKER}", {"kleur": "rood"}, 400, "IPD1999"),
        (f"v1/basisprofielen/{STICHTING}/hoofdvestiging", {}, 404, "IPD0005"),
        ("v1/vestigingsprofielen/000099999999", {}, 404, "IPD0005"),
        ("v1/vestigingsprofielen/1", {}, 400, "IPD1999"),
        ("v2/zoeken", {"naam": "bestaat niet"}, 404, "IPD5200"),
        ("v2/zoeken", {"kvkNummer": "1"}, 400, "IPD1999"),
        ("v2/zoeken", {"huisnummer": "1"}, 400, "IPD1999"),
        ("v2/zoeken", {"postcode": "9999AB"}, 400, "IPD1999"),
        ("v2/zoeken", {"pagina": "0"}, 400, "IPD1999"),
        ("v2/zoeken", {"resultatenPerPagina": "101"}, 400, "IPD1999"),
        ("v2/zoeken", {"type": "filiaal"}, 400, "IPD1999"),
        ("v2/zoeken", {"kleur": "rood"}, 400, "IPD1999"),
    ],
)
def test_what_cannot_be_is_refused(
    kvk: Served, path: str, query: dict[str, str], status: int, code: str
) -> None:
    answer = get(kvk, path, **query)
    assert answer.status_code == status
    assert [each["code"] for each in answer.json()["fout"]] == [code]
    hold(ZOEKEN, answer.json(), "Error")


def test_without_the_key_nothing_is_told(kvk: Served) -> None:
    answer = httpx.get(f"{kvk.url}/v1/basisprofielen/{BAKKER}", headers={"apikey": "geraden"})
    assert answer.status_code == 401
    hold(ZOEKEN, answer.json(), "Error")


def test_a_search_finds_by_part_of_a_name_in_pages(kvk: Served) -> None:
    told = get(kvk, "v2/zoeken", naam="GRAAN", resultatenPerPagina="2").json()
    assert (told["totaal"], len(told["resultaten"])) == (3, 2)
    second = get(kvk, "v2/zoeken", naam="graan", resultatenPerPagina="2", pagina="2").json()
    assert [each["type"] for each in second["resultaten"]] == ["rechtspersoon"]
    at = get(kvk, "v2/zoeken", postcode="9999ab", huisnummer="5").json()["resultaten"]
    assert [each["vestigingsnummer"] for each in at] == ["000090010011"]
    kinds = get(kvk, "v2/zoeken", naam="graan", type=["nevenvestiging", "rechtspersoon"]).json()
    assert kinds["totaal"] == 2


def test_who_has_ended_is_found_when_asked_for(kvk: Served) -> None:
    assert get(kvk, "v2/zoeken", naam="molenaar").status_code == 404
    found = get(kvk, "v2/zoeken", naam="molenaar", inclusiefInactieveRegistraties="true").json()
    assert {each["actief"] for each in found["resultaten"]} == {"Nee"}


def test_a_shielded_address_is_told_to_nobody(kvk: Served) -> None:
    for path in ("v1/basisprofielen/90001002", "v1/vestigingsprofielen/000090010021"):
        assert "Molenweg" not in get(kvk, path).text


def test_it_runs_as_a_process_and_fails_on_purpose() -> None:
    with running("kvk", "--port=0", f"--api-key={KEY}") as process:
        url = process.said["url"]
        root = url.removesuffix("/api")
        asked = f"{url}/v1/basisprofielen/{BAKKER}"
        assert httpx.get(asked, headers={"apikey": KEY}).status_code == 200
        httpx.put(f"{root}/api/failure", json={"status": 500}).raise_for_status()
        failed = httpx.get(asked, headers={"apikey": KEY})
        assert failed.status_code == 500
        hold(ZOEKEN, failed.json(), "Error")
        assert "Bakkerij Het Gouden Graan" in httpx.get(f"{root}/").text


def test_a_file_that_cannot_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bedrijven.json"
    with pytest.raises(typer.BadParameter, match="No such file"):
        main(api_key=KEY, companies=path)
    for wrong in ("{}", "[1]", '[{"kvk": "1"}]', '[{"kvk": "90001001", "kleur": "rood"}]'):
        path.write_text(wrong)
        with pytest.raises(typer.BadParameter, match=r"bedrijven\.json"):
            main(api_key=KEY, companies=path)
