"""The demo provider as a stranger meets it: what it lets through, and what it does not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import KeySet

from loket.kernel.values import bsn
from loket.simulators import demo
from loket.simulators.digid import persons
from loket.simulators.digid.provider import Codes
from loket.simulators.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BACK = "https://portaal.example.nl/terug"
OUT = "https://portaal.example.nl/uit"
VERIFIER = "v" * 43
ASKED = {
    "response_type": "code",
    "client_id": "loket",
    "redirect_uri": BACK,
    "scope": "openid profile",
    "state": "s",
    "nonce": "n",
    "code_challenge": create_s256_code_challenge(VERIFIER),
    "code_challenge_method": "S256",
}
JELLE = "1e6f4d88-0a91-4c57-8a3e-2c9d7b5e4f02"


@pytest.fixture(scope="module")
def site() -> Iterator[httpx.Client]:
    options = (f"--redirect-uri={BACK}", f"--logout-uri={OUT}", "--bsn-claim=urn:bsn")
    with (
        running("digid", "--port=0", "--client-secret=geheim", *options) as digid,
        httpx.Client(base_url=digid.said["issuer"]) as client,
    ):
        yield client


def asked(**changes: str | None) -> dict[str, str]:
    return {name: value for name, value in (ASKED | changes).items() if value is not None}


def sent_back(reply: httpx.Response) -> dict[str, str]:
    assert reply.status_code == 302
    assert reply.headers["location"].startswith(f"{BACK}?")
    return dict(parse_qsl(urlsplit(reply.headers["location"]).query))


def code_for(site: httpx.Client, **form: str) -> str:
    reply = site.post("/authorize", params=asked(), data=form or {"persoon": JELLE})
    return sent_back(reply)["code"]


def exchange(site: httpx.Client, code: str, /, **changes: str) -> httpx.Response:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": VERIFIER,
        "client_id": "loket",
        "client_secret": "geheim",
    }
    return site.post("/token", data=form | changes)


def claims(site: httpx.Client, id_token: str) -> dict[str, Any]:
    keys = KeySet.import_key_set(site.get("/jwks").json())
    return jwt.decode(id_token, keys, algorithms=["RS256"]).claims


def test_it_says_what_it_does(site: httpx.Client) -> None:
    document = site.get("/.well-known/openid-configuration").json()
    assert document["issuer"] == str(site.base_url).rstrip("/")
    assert document["code_challenge_methods_supported"] == ["S256"]
    assert "urn:bsn" in document["claims_supported"]
    assert "d" not in site.get("/jwks").json()["keys"][0]


def test_a_log_in_gives_a_signed_token(site: httpx.Client) -> None:
    reply = exchange(site, code_for(site))
    assert reply.headers["cache-control"] == "no-store"
    told = claims(site, reply.json()["id_token"])
    assert told["iss"] == str(site.base_url).rstrip("/")
    assert (told["aud"], told["nonce"], told["sub"]) == ("loket", "n", JELLE)
    assert (told["urn:bsn"], told["name"]) == ("999940612", "Jelle Hoekstra")
    assert told["acr"] == "http://eidas.europa.eu/LoA/low"
    assert told["exp"] - told["iat"] == 300


@pytest.mark.parametrize(
    "changes",
    [{"client_id": "ander"}, {"redirect_uri": "https://kwaad.example/"}, {"client_id": None}],
)
def test_a_stranger_is_not_sent_anywhere(
    site: httpx.Client, changes: dict[str, str | None]
) -> None:
    for reply in (
        site.get("/authorize", params=asked(**changes)),
        site.post("/authorize", params=asked(**changes), data={"persoon": JELLE}),
    ):
        assert reply.status_code == 400
        assert "Inloggen kan niet" in reply.text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
        ({"code_challenge": VERIFIER, "code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge_method": None}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
        ({"response_type": "token"}, "unsupported_response_type"),
    ],
)
def test_a_request_without_safeguards_goes_back(
    site: httpx.Client, changes: dict[str, str | None], error: str
) -> None:
    answer = sent_back(site.get("/authorize", params=asked(**changes)))
    assert (answer["error"], answer["state"]) == (error, "s")
    assert answer["iss"] == str(site.base_url).rstrip("/")


def test_turning_back_is_an_error_of_its_own(site: httpx.Client) -> None:
    answer = sent_back(site.post("/authorize", params=asked(), data={"annuleren": "ja"}))
    assert (answer["error"], answer["state"]) == ("access_denied", "s")
    assert answer["iss"] == str(site.base_url).rstrip("/")


@pytest.mark.parametrize(
    ("changes", "status", "error"),
    [
        ({"client_secret": "fout"}, 401, "invalid_client"),
        ({"client_id": "ander"}, 400, "invalid_client"),
        ({"code_verifier": "w" * 43}, 400, "invalid_grant"),
        ({"code_verifier": ""}, 400, "invalid_request"),
        ({"redirect_uri": "https://portaal.example.nl/elders"}, 400, "invalid_grant"),
        ({"code": "verzonnen"}, 400, "invalid_grant"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
    ],
)
def test_a_wrong_exchange_gives_nothing(
    site: httpx.Client, changes: dict[str, str], status: int, error: str
) -> None:
    reply = exchange(site, code_for(site), **changes)
    assert (reply.status_code, reply.json()["error"]) == (status, error)


def test_a_code_serves_once_also_after_a_wrong_try(site: httpx.Client) -> None:
    code = code_for(site)
    assert exchange(site, code).status_code == 200
    assert exchange(site, code).json()["error"] == "invalid_grant"
    tried = code_for(site)
    exchange(site, tried, code_verifier="w" * 43)
    assert exchange(site, tried).json()["error"] == "invalid_grant"


def test_a_code_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = Codes()
    kept: Any = type("Kept", (), {"client_id": "loket", "issued": 1000.0})()
    for later, found in ((1060.0, True), (1061.0, False)):
        monkeypatch.setattr("time.time", lambda: 1000.0)
        codes.put("code", kept)
        monkeypatch.setattr("time.time", lambda later=later: later)
        assert (codes.take("code", "loket") is not None) is found


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "naam"),
        ({"persoon": "", "naam": "  "}, "naam"),
        ({"persoon": JELLE, "naam": "Kees"}, "naam"),
        ({"persoon": "onbekend"}, "naam"),
        ({"naam": "Kees", "bsn": "123"}, "bsn"),
        ({"naam": "Kees", "bsn": "999940613"}, "bsn"),
    ],
)
def test_a_form_that_cannot_be_right_comes_back_with_the_reason(
    site: httpx.Client, form: dict[str, str], field: str
) -> None:
    reply = site.post("/authorize", params=asked(), data=form)
    assert reply.status_code == 400
    assert f'<a href="#{field}">' in reply.text
    assert "<title>Fout: " in reply.text


def test_what_was_typed_stays_and_cannot_break_the_page(site: httpx.Client) -> None:
    form = {"naam": '"><script>', "bsn": "123"}
    page = site.post("/authorize", params=asked(), data=form).text
    assert 'value="&#34;&gt;&lt;script&gt;"' in page
    assert "<script" not in page


def test_the_form_may_lead_back_and_nowhere_else(site: httpx.Client) -> None:
    policy = site.get("/authorize", params=asked()).headers["content-security-policy"]
    assert "form-action 'self' https://portaal.example.nl" in policy
    assert "default-src 'none'" in policy


def test_a_typed_number_or_name_of_a_known_person_is_that_person(site: httpx.Client) -> None:
    for form in ({"naam": "X", "bsn": "999940612"}, {"naam": "jelle hoekstra"}):
        reply = exchange(site, code_for(site, **form))
        assert claims(site, reply.json()["id_token"])["sub"] == JELLE


@pytest.mark.parametrize(
    ("params", "to"),
    [
        ({"client_id": "loket", "post_logout_redirect_uri": OUT}, OUT),
        ({"client_id": "loket", "post_logout_redirect_uri": OUT, "state": "x"}, f"{OUT}?state=x"),
        ({"client_id": "loket", "post_logout_redirect_uri": "https://kwaad.example"}, None),
        ({"client_id": "ander", "post_logout_redirect_uri": OUT}, None),
        ({"post_logout_redirect_uri": OUT}, None),
        ({"id_token_hint": "vals", "client_id": "loket", "post_logout_redirect_uri": OUT}, None),
        ({}, None),
    ],
)
def test_logging_out_returns_to_its_own_client_only(
    site: httpx.Client, params: dict[str, str], to: str | None
) -> None:
    for reply in (site.get("/end-session", params=params), site.post("/end-session", data=params)):
        assert reply.headers.get("location") == to
        assert to or "U bent uitgelogd" in reply.text


def test_a_host_name_of_somebody_else_is_refused(site: httpx.Client) -> None:
    assert site.get("/", headers={"Host": "kwaad.example"}).status_code == 400


def test_the_demo_people_do_not_exist_and_differ() -> None:
    people = persons.load(demo.PERSONEN)
    assert len(people) >= 4
    for person in people.values():
        assert person.bsn.startswith("9999")
        assert person.email.endswith("@example.nl")


@pytest.mark.parametrize("naam", ["Kees", "Anna", "Ö", "张伟", "x" * 500])
def test_a_typed_name_gets_a_valid_test_number(naam: str) -> None:
    person = persons.typed({}, naam)
    assert bsn(person.bsn).startswith("9999")
    assert person == persons.typed({}, naam)


PERSON = {"sub": "a", "naam": "A", "bsn": "999940612", "email": "a@example.nl"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "Expecting property name"),
        ("[]", "expected a list"),
        ("{}", "expected a list"),
        (json.dumps([{"sub": "a"}]), "person 1: expected the fields"),
        (json.dumps([PERSON | {"bsn": "999940613"}]), "person 1: Onjuist BSN"),
        (json.dumps([PERSON | {"naam": 1}]), "person 1: every field"),
        (json.dumps([PERSON, PERSON | {"sub": "b"}]), "two people share"),
    ],
)
def test_a_broken_file_of_people_is_told(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "personen.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=reason):
        persons.load(path)


@pytest.mark.parametrize("option", ["--issuer=http://x.nl/pad", "--issuer=x", "--persons=/nergens"])
def test_it_does_not_start_on_settings_that_cannot_be_right(option: str) -> None:
    with pytest.raises(RuntimeError, match="stopped"), running("digid", "--port=0", option):
        pass
