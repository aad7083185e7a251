"""The stand-in for the BRP, held to the published file of the API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import typer

from loket.simulators.brp.__main__ import main
from loket.simulators.brp.checking import FIELDS, RAADPLEEG
from loket.simulators.brp.people import Mens, load
from loket.simulators.brp.picking import pick
from loket.simulators.brp.server import Served, serving
from loket.simulators.brp.shapes import person
from loket.simulators.demo import BRP, PERSONEN
from loket.simulators.running import running
from tests.simulators.published import hold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "brp-personen-2.7.0.yaml"
KEY = "een-sleutel"
PURPOSE = "Mijn gegevens"
FENNA, NOBODY = "999970343", "999911028"


@pytest.fixture
def brp() -> Iterator[Served]:
    with serving(KEY, purposes=(PURPOSE,)) as served:
        yield served


def post(brp: Served, body: Any, **headers: str) -> httpx.Response:
    given = {"x-api-key": KEY, "x-doelbinding": PURPOSE} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    return httpx.post(f"{brp.url}/personen", json=body, headers=given)


def question(*numbers: str, fields: tuple[str, ...] = ("naam",)) -> dict[str, Any]:
    return {"type": RAADPLEEG, "burgerservicenummer": list(numbers), "fields": list(fields)}


@pytest.mark.parametrize("mens", load(BRP).values(), ids=lambda mens: mens.naam.achternaam)
def test_each_person_is_as_published(brp: Served, mens: Mens) -> None:
    everything = post(brp, question(mens.bsn, fields=tuple(sorted(FIELDS))))
    assert everything.status_code == 200
    hold(FILE, question(mens.bsn, fields=tuple(sorted(FIELDS))), "PersonenQuery")
    hold(FILE, everything.json(), "PersonenQueryResponse")
    for path in sorted(FIELDS):
        part = {"type": RAADPLEEG, "personen": [pick(person(mens), (path,))]}
        hold(FILE, part, "PersonenQueryResponse")


def test_the_persons_of_the_demo_can_be_asked_for() -> None:
    people = load(BRP)
    for told in json.loads(PERSONEN.read_text(encoding="utf-8")):
        mens = people[told["bsn"]]
        assert f"{mens.naam.voornamen.split()[0]} {mens.naam.achternaam}".startswith(
            told["naam"].split()[0]
        )
        assert told["naam"].endswith(mens.naam.geslachtsnaam)


def test_only_what_was_asked_for_is_told(brp: Served) -> None:
    asked = ("naam.volledigeNaam", "kinderen.naam.voornamen", "geboorte.datum")
    assert post(brp, question(FENNA, fields=asked)).json()["personen"] == [
        {
            "naam": {"volledigeNaam": "Fenna de Wit-Yılmaz"},
            "kinderen": [{"naam": {"voornamen": "Defne"}}, {"naam": {"voornamen": "Kaan"}}],
            "geboorte": {
                "datum": {"type": "Datum", "datum": "1984-03-12", "langFormaat": "12 maart 1984"}
            },
        }
    ]


def test_what_is_looked_into_is_told_of_what_was_asked_for_alone(brp: Served) -> None:
    [told] = post(brp, question("999931118", fields=("naam.voornamen",))).json()["personen"]
    assert told["naam"]["inOnderzoek"].keys() == {"voornamen", "datumIngangOnderzoek"}
    [told] = post(brp, question("999931118", fields=("naam.voorletters",))).json()["personen"]
    assert told == {"naam": {"voorletters": "N."}}


def test_geheim_and_opschorting_are_told_without_being_asked(brp: Served) -> None:
    [jelle, geertruida] = post(brp, question("999940612", "999911004")).json()["personen"]
    assert jelle["geheimhoudingPersoonsgegevens"] is True
    assert geertruida["opschortingBijhouding"]["reden"]["code"] == "O"


def test_nobody_is_an_empty_list(brp: Served) -> None:
    found = post(brp, question(NOBODY))
    assert (found.status_code, found.json()) == (200, {"type": RAADPLEEG, "personen": []})
    hold(FILE, found.json(), "PersonenQueryResponse")


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({"type": "Raadpleeg"}, [("type", "value")]),
        ({"type": None}, [("type", "value")]),
        ({"fields": None}, [("fields", "required")]),
        ({"fields": []}, [("fields", "minItems")]),
        ({"fields": ["naam"] * 131}, [("fields", "maxItems")]),
        ({"fields": ["bestaat.niet"]}, [("fields", "fields")]),
        ({"fields": ["geheimhoudingPersoonsgegevens"]}, [("fields", "fields")]),
        ({"fields": ["naam!"]}, [("fields", "pattern")]),
        ({"fields": "naam"}, [("fields", "array")]),
        ({"burgerservicenummer": ["12345678"]}, [("burgerservicenummer", "pattern")]),
        ({"burgerservicenummer": [123456789]}, [("burgerservicenummer", "string")]),
        ({"burgerservicenummer": [FENNA] * 21}, [("burgerservicenummer", "maxItems")]),
        ({"peildatum": "2020-01-01"}, [("peildatum", "unknownParam")]),
        (
            {"fields": None, "burgerservicenummer": None},
            [("fields", "required"), ("burgerservicenummer", "required")],
        ),
    ],
)
def test_all_that_is_wrong_is_told_at_once(
    brp: Served, change: dict[str, Any], faults: list[tuple[str, str]]
) -> None:
    answer = post(brp, question(FENNA) | change)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    hold(FILE, answer.json(), "BadRequestFoutbericht")
    told = [(each["name"], each["code"]) for each in answer.json()["invalidParams"]]
    assert told == faults
    assert FENNA not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"x_api_key": "een andere"}, 401),
        ({"x_doelbinding": "nieuwsgierigheid"}, 403),
        ({"accept": "text/html"}, 406),
        ({"content_type": "text/plain"}, 415),
    ],
)
def test_who_may_not_ask_is_sent_away(brp: Served, headers: dict[str, str], status: int) -> None:
    answer = post(brp, question(FENNA), **headers)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    hold(FILE, answer.json(), "Foutbericht")


def test_a_body_that_is_no_question_is_refused(brp: Served) -> None:
    assert post(brp, ["geen vraag"]).status_code == 400


def test_a_token_lets_in_whoever_shows_the_secret() -> None:
    with serving(client_id="gemeente", client_secret="geheim") as brp:
        root = brp.url.removesuffix("/haalcentraal/api/brp")
        form = {"grant_type": "client_credentials", "client_id": "gemeente"}
        wrong = httpx.post(f"{root}/token", data=form | {"client_secret": "geraden"})
        assert wrong.status_code == 401
        made = httpx.post(f"{root}/token", data=form | {"client_secret": "geheim"}).json()
        assert post(brp, question(FENNA)).status_code == 401
        token = f"Bearer {made['access_token']}"
        assert post(brp, question(FENNA), authorization=token).status_code == 200


def test_it_runs_as_a_process_and_fails_on_purpose() -> None:
    with running("brp", "--port=0", f"--api-key={KEY}", f"--purpose={PURPOSE}") as process:
        url = process.said["url"]
        root = url.removesuffix("/haalcentraal/api/brp")
        headers = {"x-api-key": KEY, "x-doelbinding": PURPOSE}

        def ask() -> httpx.Response:
            return httpx.post(f"{url}/personen", json=question(FENNA), headers=headers)

        assert ask().status_code == 200
        assert httpx.put(f"{root}/api/failure", json={"status": 503}).status_code == 204
        failed = ask()
        assert failed.status_code == 503
        hold(FILE, failed.json(), "Foutbericht")
        assert ask().status_code == 200
        assert httpx.put(f"{root}/api/failure", json=[]).status_code == 400
        told = httpx.get(f"{root}/api/asked").json()
        assert [each["headers"]["x-doelbinding"] for each in told] == [PURPOSE] * 3
        page = httpx.get(f"{root}/").text
        assert "Fenna de Wit-Yılmaz" in page


def test_a_file_that_cannot_be_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mensen.json"
    with pytest.raises(typer.BadParameter, match="No such file"):
        main(api_key=KEY, people=path)
    for wrong in ("{}", "[1]", '[{"bsn": "1"}]', '[{"bsn": "999970343", "kleur": "rood"}]'):
        path.write_text(wrong)
        with pytest.raises(typer.BadParameter, match=r"mensen\.json"):
            main(api_key=KEY, people=path)
