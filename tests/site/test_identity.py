from __future__ import annotations

import time
from typing import TYPE_CHECKING

import jwt
import pytest

from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.ledger.database import one
from loket.registers.beheer.client import clients
from tests.conftest import OTHER_HOST, SECRET, Api, make_client

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

PATH = "/catalogi/api/v1/catalogussen"


pytestmark = pytest.mark.rule("zgw-auth")


def test_a_good_token_is_let_in(api: Api) -> None:
    assert api.get(PATH).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"iat": lambda: int(time.time()) - 4000},
        {"iat": lambda: int(time.time()) + 4000},
        {"exp": lambda: int(time.time()) - 120},
        {"nbf": lambda: int(time.time()) + 600},
        {"client_id": "onbekend"},
        {"client_id": 3},
        {"iat": None},
        {"iat": "gisteren"},
        {"iat": lambda: str(int(time.time()) - 4000)},
        {"iat": float("inf")},
        {"exp": float("inf")},
    ],
    ids=[
        "old",
        "from the future",
        "expired",
        "not yet",
        "unknown",
        "no text",
        "no iat",
        "iat a word",
        "old in digits",
        "iat without end",
        "exp without end",
    ],
)
def test_a_token_that_does_not_hold_is_refused(api: Api, claims: dict[str, object]) -> None:
    now = {name: value() if callable(value) else value for name, value in claims.items()}
    answer = api.get(PATH, headers={"Authorization": f"Bearer {api.token(**now)}"})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_authenticated"


def test_a_token_tells_when_it_was_made(api: Api) -> None:
    token = jwt.encode({"client_id": "test"}, SECRET, algorithm="HS256")
    assert api.get(PATH, headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_a_token_is_good_for_an_hour(api: Api) -> None:
    for age, status in ((3590, 200), (3650, 200), (3670, 403)):
        token = api.token(iat=int(time.time()) - age)
        answer = api.get(PATH, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == status, age


def test_a_secret_that_was_changed_holds_at_once(api: Api) -> None:
    assert api.get(PATH).status_code == 200
    fresh = "another secret of thirty-two characters"
    one("UPDATE beheer_client SET geheim = %s WHERE client_id = 'test'", (fresh,))
    assert api.get(PATH).status_code == 403
    api.secret = fresh
    assert api.get(PATH).status_code == 200


def test_a_little_difference_between_clocks_is_allowed(api: Api) -> None:
    token = api.token(iat=int(time.time()) + 30)
    assert api.get(PATH, headers={"Authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.parametrize("header", ["", "Basic abc", "Bearer", "Bearer x.y.z"])
def test_without_a_token_nobody_is_let_in(api: Api, header: str) -> None:
    assert api.get(PATH, headers={"Authorization": header}).status_code == 403


def test_a_token_signed_otherwise_is_refused(api: Api) -> None:
    claims = {"client_id": "test", "iat": int(time.time())}
    for token in (
        jwt.encode(claims, "another secret of thirty-two characters", algorithm="HS256"),
        jwt.encode(claims, "", algorithm="none"),
        jwt.encode(claims, SECRET * 2, algorithm="HS512"),
    ):
        assert api.get(PATH, headers={"Authorization": f"Bearer {token}"}).status_code == 403


def test_a_client_without_an_applicatie_may_do_nothing(gemeente: Tenant) -> None:
    del gemeente
    kale = make_client("kaal", autorisaties=[])
    answer = kale.get(PATH)
    assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


def test_a_change_of_rights_holds_at_once(api: Api) -> None:
    lezer = make_client("lezer", [{"component": "ztc", "scopes": ["catalogi.lezen"]}])
    assert lezer.get(PATH).status_code == 200
    one("UPDATE autorisaties_applicatie SET autorisaties = '[]' WHERE client_ids ? 'lezer'")
    assert lezer.get(PATH).status_code == 403
    assert api.get(PATH).status_code == 200


def test_a_client_of_one_municipality_is_nobody_in_another(api: Api, andere: Tenant) -> None:
    del andere
    api.host = OTHER_HOST
    assert api.get(PATH).status_code == 403


@pytest.mark.parametrize("host", ["w]f<`!4o&0>w8[Y", "", "a b", "x:y:z"])
def test_a_host_that_is_none_gets_an_answer_that_is_one(api: Api, host: str) -> None:
    answer = api.get(PATH, headers={"Host": host})
    assert answer.status_code == 421
    assert answer.json()["type"] == "http://host.invalid/problemen/misdirected"


def test_a_host_of_nobody_is_told_so(api: Api) -> None:
    api.host = "nergens.example"
    assert api.get(PATH).status_code == 421


KLANTEN = "/klantinteracties/api/v1/partijen"
TOKEN = "een-token-van-meer-dan-tweeendertig-tekens"


def test_a_token_lets_in_like_a_jwt(api: Api) -> None:
    """Clients of Klantinteracties come with a fixed token (Open Klant: `Authorization: Token`)."""
    give_token(TOKEN)
    with_token = {"Authorization": f"Token {TOKEN}"}
    assert api.get(KLANTEN, headers=with_token).status_code == 200
    assert api.get(PATH, headers=with_token).status_code == 200
    answer = api.get(KLANTEN, headers={"Authorization": f"Token {TOKEN}x"})
    assert (answer.status_code, answer.json()["code"]) == (401, "not_authenticated")
    assert answer.headers["WWW-Authenticate"] == "Token, Bearer"


def test_a_token_that_was_replaced_holds_no_longer(api: Api) -> None:
    give_token(TOKEN)
    assert api.get(KLANTEN, headers={"Authorization": f"Token {TOKEN}"}).status_code == 200
    give_token(TOKEN[::-1])
    assert api.get(KLANTEN, headers={"Authorization": f"Token {TOKEN}"}).status_code == 401
    assert api.get(KLANTEN, headers={"Authorization": f"Token {TOKEN[::-1]}"}).status_code == 200


@pytest.mark.usefixtures("api")
def test_a_token_is_kept_unreadable() -> None:
    give_token(TOKEN)
    kept = one("SELECT token FROM beheer_client WHERE client_id = 'test'")[0]
    assert TOKEN not in kept
    event = one("SELECT nieuw::text FROM ledger_event ORDER BY position DESC LIMIT 1")[0]
    assert "token" not in event


def give_token(token: str) -> None:
    """Let the client of the tests have a token."""
    row = one("SELECT id FROM beheer_client WHERE client_id = 'test'")
    clients.patch(Actor.system("test"), row[0], {"token": token}, Call(base="loket:/"))
