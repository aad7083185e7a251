"""Where the municipality asks: addresses nobody can listen to, and secrets that are never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.registers.beheer.basisregistratie import Basis
from loket.registers.beheer.bronnen import bron

if TYPE_CHECKING:
    from tests.conftest import Api

PURPOSE = "urn:loket:verwerking:mijnservices"
ROOT = "/beheer/api/v1/basisregistraties"
BRP = {"soort": "brp", "apiRoot": "https://brp.example.nl/haalcentraal/api/brp"}
LOGIN = {"tokenAdres": "https://brp.example.nl/token", "clientId": "gemeente", "geheim": "geheim"}


def test_secrets_are_written_and_never_shown(api: Api) -> None:
    made = api.post(ROOT, json=BRP | LOGIN | {"sleutel": "een sleutel"})
    assert made.status_code == 201, made.text
    assert not {"sleutel", "geheim"} & made.json().keys()
    kept = bron(Basis.BRP, PURPOSE)
    assert kept is not None
    assert (kept.sleutel, kept.geheim) == ("een sleutel", "geheim")
    assert "een sleutel" not in repr(kept)
    patched = api.patch(made.json()["url"], json={"actief": True})
    assert patched.status_code == 200
    assert bron(Basis.BRP, PURPOSE) == kept


def test_a_purpose_of_its_own_goes_before_what_holds_for_all(api: Api) -> None:
    assert api.post(ROOT, json=BRP | {"sleutel": "voor alles"}).status_code == 201
    own = {"doelbinding": PURPOSE, "sleutel": "voor mijnservices"}
    assert api.post(ROOT, json=BRP | own).status_code == 201
    mine, other = bron(Basis.BRP, PURPOSE), bron(Basis.BRP, "urn:loket:verwerking:iets-anders")
    assert mine is not None
    assert other is not None
    assert (mine.sleutel, other.sleutel) == ("voor mijnservices", "voor alles")


def test_each_registration_is_there_once_for_a_purpose(api: Api) -> None:
    assert api.post(ROOT, json=BRP).status_code == 201
    again = api.post(ROOT, json=BRP)
    assert again.status_code == 400
    assert again.json()["invalidParams"][0]["name"] == "doelbinding"
    assert bron(Basis.KVK, PURPOSE) is None


@pytest.mark.parametrize(
    ("change", "name", "code"),
    [
        ({"apiRoot": "http://brp.example.nl"}, "apiRoot", "adres-onveilig"),
        ({"apiRoot": "https://wie:wat@brp.example.nl"}, "apiRoot", "adres-onveilig"),
        ({"apiRoot": "https://brp.example.nl?a=b"}, "apiRoot", "adres-onveilig"),
        ({"tokenAdres": "http://brp.example.nl/token"}, "tokenAdres", "adres-onveilig"),
        ({"geheim": ""}, "clientId", "token-zonder-client"),
        ({"kopregels": ["Authorization: Bearer x"]}, "kopregels", "kopregel-bezet"),
        ({"kopregels": ["Host: elders"]}, "kopregels", "kopregel-bezet"),
        ({"kopregels": ["x-gebruiker: {bsn}"]}, "kopregels", "kopregel-onbekend"),
        ({"kopregels": ["x-a: b\r\nx-c: d"]}, "kopregels.0", "invalid"),
        ({"kopregels": ["zonder dubbele punt"]}, "kopregels.0", "invalid"),
        ({"tokenParameters": ["zonder teken"]}, "tokenParameters.0", "invalid"),
        ({"certificaat": "../elders"}, "certificaat", "invalid"),
        ({"soort": "bag"}, "soort", "invalid_choice"),
    ],
)
def test_what_cannot_be_is_refused(api: Api, change: dict[str, Any], name: str, code: str) -> None:
    refused = api.post(ROOT, json=BRP | LOGIN | change)
    assert refused.status_code == 400, refused.text
    told = [(each["name"], each["code"]) for each in refused.json()["invalidParams"]]
    assert (name, code) in told


def test_what_is_set_is_what_is_used(api: Api) -> None:
    lines = ["x-doelbinding: Mijn gegevens", "x-gebruiker: {gebruiker}"]
    more = {"kopregels": lines, "tokenParameters": ["resourceServer=RS=02"]}
    root = {"apiRoot": "https://brp.example.nl/brp//"}
    made = api.post(ROOT, json=BRP | LOGIN | more | root)
    assert made.json()["apiRoot"] == "https://brp.example.nl/brp"
    kept = bron(Basis.BRP, PURPOSE)
    assert kept is not None
    assert kept.kopregels == (("x-doelbinding", "Mijn gegevens"), ("x-gebruiker", "{gebruiker}"))
    assert kept.token_parameters == (("resourceServer", "RS=02"),)
    assert api.patch(made.json()["url"], json={"actief": False}).status_code == 200
    assert bron(Basis.BRP, PURPOSE) is None
