"""Changing how one is reached over the MijnServices API."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import one
from loket.registers.klantinteracties.verifieren import code_of
from tests.registers.klantinteracties.contactwerk import bsn
from tests.services.mijnservices.aanbieder import App

if TYPE_CHECKING:
    from tests.services.mijnservices.aanbieder import Aanbieder
    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]
PROFIEL = "/mijn/api/v1/profiel"
NIEUW = {"soort": "email", "adres": "eva@nieuw.example.nl"}


def recent() -> int:
    return int(time.time()) - 60


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


def app(provider: Aanbieder, klant: Klant, **claims: Any) -> App:
    return App(provider.token(bsn=klant.urn.rpartition(":")[2], **claims))


@pytest.mark.req("M51", "M52")
def test_an_address_counts_once_its_code_came_back(provider: Aanbieder, klant: Klant) -> None:
    mine = app(provider, klant, auth_time=recent())
    made = mine.post(f"{PROFIEL}/adressen", json=NIEUW)
    assert (made.status_code, made.json()["werkt"]) == (201, False), made.text
    path = f"{PROFIEL}/adressen/{made.json()['uuid']}"
    assert mine.post(f"{path}/bevestigen", json={"code": "000000"}).status_code == 400
    assert mine.post(f"{path}/kiezen").status_code == 409
    (sent,) = one("SELECT id FROM klantinteracties_adresverificatie")
    done = mine.post(f"{path}/bevestigen", json={"code": code_of(sent)})
    assert (done.status_code, done.json()["werkt"]) == (200, True)
    assert [each["adres"] for each in mine.get(PROFIEL).json()["adressen"]] == [NIEUW["adres"]]
    assert mine.delete(path).status_code == 204
    assert mine.get(PROFIEL).json()["adressen"] == []


@pytest.mark.req("M52")
@pytest.mark.parametrize("ago", [None, 3600])
def test_a_change_asks_for_a_recent_log_in(
    provider: Aanbieder, klant: Klant, ago: int | None
) -> None:
    """Also when the provider itself gives the scope for it."""
    scope = "mijn.lezen mijn.bijwerken mijn.wijzigen"
    auth_time = int(time.time()) - ago if ago else None
    mine = app(provider, klant, auth_time=auth_time, scope=scope)
    assert mine.post(f"{PROFIEL}/adressen", json=NIEUW).status_code == 403
    assert mine.get(PROFIEL).status_code == 200


@pytest.mark.req("M52")
def test_preferences_change_in_part(provider: Aanbieder, klant: Klant) -> None:
    mine = app(provider, klant)
    path = f"{PROFIEL}/voorkeuren"
    soort = mine.get(path).json()["toestemmingen"][0]["soort"]
    asked = {
        "kanalen": ["brief", "email"],
        "toestemmingen": [{"soort": soort, "kanalen": ["email"]}],
    }
    changed = mine.put(path, json=asked)
    assert changed.status_code == 200, changed.text
    assert mine.put(path, json={"taal": "eng"}).status_code == 200
    held = mine.get(path).json()
    assert (held["taal"], held["kanalen"]) == ("eng", ["brief", "email"])
    assert next(e["kanalen"] for e in held["toestemmingen"] if e["soort"] == soort) == ["email"]
    wrong = mine.put(path, json={"kanalen": ["postduif"]})
    assert [each["name"] for each in wrong.json()["invalidParams"]] == ["kanalen"]


def test_an_address_of_another_is_not_there(
    provider: Aanbieder, klant: Klant, leven: Leven
) -> None:
    made = app(provider, klant, auth_time=recent()).post(f"{PROFIEL}/adressen", json=NIEUW).json()
    vreemd = App(provider.token(bsn=bsn(), auth_time=recent()))
    path = f"{PROFIEL}/adressen/{made['uuid']}"
    assert vreemd.delete(path).status_code == 404
    assert vreemd.post(f"{path}/kiezen").status_code == 404
    assert vreemd.post(f"{path}/code").status_code == 404
    assert vreemd.post(f"{path}/bevestigen", json={"code": "123456"}).status_code == 404
    del leven


@pytest.mark.parametrize(
    "body", [{}, {"soort": "email"}, {"soort": "duif", "adres": "x"}, {"soort": 1, "adres": "x"},
             {"soort": "email", "adres": "geen"}, {**NIEUW, "vervangt": "x"}],
)  # fmt: skip
def test_a_wrong_address_is_told(provider: Aanbieder, klant: Klant, body: Json) -> None:
    answer = app(provider, klant, auth_time=recent()).post(f"{PROFIEL}/adressen", json=body)
    assert answer.status_code == 400
    assert answer.json()["invalidParams"]
