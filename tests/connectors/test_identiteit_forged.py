"""A provider that lies: each forged token or document is refused, for its own reason."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask, Response, jsonify
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

from loket.connectors.identiteit import (
    EIDAS_LEVELS,
    AanmeldenMislukt,
    Begin,
    Identiteit,
    Provider,
    Reason,
    begin,
    finish,
    forget,
    logout_url,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask.typing import ResponseReturnValue

BACK = "http://127.0.0.1/terug"
LEVEL = EIDAS_LEVELS[1]
KEY = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)
FOREIGN_KEY = RSAKey.generate_key(2048, {"use": "sig"}, auto_kid=True)


@dataclass
class Liar:
    """A provider whose every answer a test sets."""

    issuer: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    token: Callable[[], ResponseReturnValue] = field(default=lambda: "")
    asked: list[str] = field(default_factory=list)

    def says_of_itself(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            **self.document,
        }


@contextmanager
def serving(liar: Liar) -> Iterator[None]:
    app = Flask(__name__)

    @app.get("/.well-known/openid-configuration")
    def configuration() -> Response:
        liar.asked.append("configuration")
        return jsonify(liar.says_of_itself())

    @app.get("/jwks")
    def keys() -> Response:
        unknown = {"kty": "DILITHIUM", "kid": "later"}
        return jsonify(keys=[unknown, KEY.as_dict(private=False)])

    @app.post("/token")
    def token() -> ResponseReturnValue:
        return liar.token()

    server = make_server("127.0.0.1", 0, app)
    liar.issuer = f"http://127.0.0.1:{server.port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def liar_process() -> Iterator[Liar]:
    liar = Liar()
    with serving(liar):
        yield liar


@pytest.fixture
def liar(liar_process: Liar) -> Liar:
    forget()
    liar_process.document = {}
    liar_process.asked.clear()
    return liar_process


@pytest.fixture
def provider(liar: Liar) -> Provider:
    return Provider(liar.issuer, "loket", "geheim", timeout=30)


def true_claims(provider: Provider, begun: Begin) -> dict[str, Any]:
    now = int(time.time())
    return {
        "iss": provider.issuer,
        "aud": "loket",
        "sub": "jelle",
        "exp": now + 60,
        "iat": now,
        "nonce": begun.nonce,
        "acr": LEVEL,
        "bsn": "999940612",
    }


def signed(claims: dict[str, Any], key: RSAKey = KEY) -> str:
    return jwt.encode({"alg": "RS256", "kid": str(key.kid)}, claims, key)


def answer_with(liar: Liar, id_token: Any, **more: Any) -> None:
    answer = {"access_token": "x", "token_type": "Bearer", "id_token": id_token, **more}
    liar.token = lambda: jsonify(answer)


def come_back(provider: Provider, begun: Begin) -> Identiteit:
    return finish(provider, begun, {"code": "x", "state": begun.state})


def refusal(provider: Provider, begun: Begin) -> Reason:
    with pytest.raises(AanmeldenMislukt) as caught:
        come_back(provider, begun)
    assert "999940612" not in str(caught.value)
    return caught.value.reason


def test_a_true_token_is_believed(liar: Liar, provider: Provider) -> None:
    begun = begin(provider, BACK, LEVEL)
    answer_with(liar, signed(true_claims(provider, begun)))
    who = come_back(provider, begun)
    assert (who.bsn, who.naam) == ("999940612", None)


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        ({"iss": "https://elders.example"}, Reason.ISSUER),
        ({"iss": None}, Reason.ISSUER),
        ({"aud": "ander"}, Reason.AUDIENCE),
        ({"aud": "ander", "azp": "loket"}, Reason.AUDIENCE),
        ({"aud": ["ander"]}, Reason.AUDIENCE),
        ({"aud": ["loket", "ander"]}, Reason.AUDIENCE),
        ({"aud": ["loket", "ander"], "azp": "ander"}, Reason.AUDIENCE),
        ({"aud": None}, Reason.AUDIENCE),
        ({"sub": None}, Reason.TOKEN),
        ({"sub": ""}, Reason.TOKEN),
        ({"exp": 1_000_000_000}, Reason.EXPIRED),
        ({"exp": "morgen"}, Reason.EXPIRED),
        ({"exp": None}, Reason.EXPIRED),
        ({"iat": 4_000_000_000}, Reason.EXPIRED),
        ({"nbf": 4_000_000_000}, Reason.EXPIRED),
        ({"nonce": "ander"}, Reason.NONCE),
        ({"nonce": None}, Reason.NONCE),
        ({"at_hash": "ander"}, Reason.TOKEN),
        ({"acr": EIDAS_LEVELS[0]}, Reason.ASSURANCE),
        ({"acr": "urn:heel-zeker"}, Reason.ASSURANCE),
        ({"acr": None}, Reason.ASSURANCE),
        ({"acr": [LEVEL]}, Reason.ASSURANCE),
        ({"bsn": "999940613"}, Reason.BSN),
        ({"bsn": "000000000"}, Reason.BSN),
        ({"bsn": 999940612}, Reason.BSN),
        ({"bsn": "９９９９４０６１２"}, Reason.BSN),
        ({"bsn": None}, Reason.BSN),
    ],
)
def test_a_lie_in_the_claims_is_refused(
    liar: Liar, provider: Provider, lie: dict[str, Any], reason: Reason
) -> None:
    begun = begin(provider, BACK, LEVEL)
    claims = true_claims(provider, begun) | lie
    told = {name: value for name, value in claims.items() if value is not None}
    answer_with(liar, signed(told))
    assert refusal(provider, begun) is reason


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def unsigned(claims: dict[str, Any]) -> str:
    header = {"alg": "none", "kid": KEY.kid}
    return f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}."


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    header = {"alg": "HS256", "kid": KEY.kid}
    told = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"
    return f"{told}.{encoded(hmac.digest(KEY.as_pem(private=False), told.encode(), 'sha256'))}"


def signed_with_a_foreign_key(claims: dict[str, Any]) -> str:
    return signed(claims, FOREIGN_KEY)


def signed_with_a_foreign_key_under_our_name(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": str(KEY.kid)}, claims, FOREIGN_KEY)


def altered_after_signing(claims: dict[str, Any]) -> str:
    header, _, signature = signed(claims).split(".")
    other = encoded(json.dumps(claims | {"bsn": "999970343"}).encode())
    return f"{header}.{other}.{signature}"


@pytest.mark.parametrize(
    "forge",
    [
        unsigned,
        signed_with_the_public_key,
        signed_with_a_foreign_key,
        signed_with_a_foreign_key_under_our_name,
        altered_after_signing,
        lambda _: "geen.token",
        lambda _: "",
        lambda _: "..",
    ],
)
def test_a_token_that_the_provider_did_not_sign_is_refused(
    liar: Liar, provider: Provider, forge: Callable[[dict[str, Any]], str]
) -> None:
    begun = begin(provider, BACK, LEVEL)
    answer_with(liar, forge(true_claims(provider, begun)))
    assert refusal(provider, begun) is Reason.SIGNATURE


@pytest.mark.parametrize("id_token", [None, 1, ["x"]])
def test_an_answer_without_a_token_is_refused(
    liar: Liar, provider: Provider, id_token: object
) -> None:
    begun = begin(provider, BACK, LEVEL)
    answer_with(liar, id_token)
    assert refusal(provider, begun) is Reason.TOKEN


def slow() -> ResponseReturnValue:
    time.sleep(1)
    return "{}"


@pytest.mark.parametrize(
    "token",
    [
        lambda: ("<h1>Storing</h1>", 503),
        lambda: "<h1>Onderhoud</h1>",
        lambda: ("", 302, {"Location": "http://127.0.0.1:1/"}),
        lambda: "[]",
        slow,
    ],
    ids=["503", "page", "redirect", "list", "slow"],
)
def test_a_provider_that_breaks_down_is_told_apart(
    liar: Liar, provider: Provider, token: Callable[[], ResponseReturnValue]
) -> None:
    begun = begin(provider, BACK, LEVEL)
    liar.token = token
    impatient = replace(provider, timeout=0.5) if token is slow else provider
    assert refusal(impatient, begun) is Reason.UNREACHABLE


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"issuer": "https://elders.example"}, Reason.ISSUER),
        ({"issuer": None}, Reason.ISSUER),
        ({"authorization_endpoint": "http://elders.example/authorize"}, Reason.UNREACHABLE),
        ({"token_endpoint": None}, Reason.UNREACHABLE),
        ({"jwks_uri": "file:///etc/passwd"}, Reason.UNREACHABLE),
        ({"jwks_uri": "http://127.0.0.1:1/jwks"}, Reason.UNREACHABLE),
    ],
)
def test_a_document_that_cannot_be_right_is_refused(
    liar: Liar, provider: Provider, document: dict[str, Any], reason: Reason
) -> None:
    liar.document = document
    with pytest.raises(AanmeldenMislukt) as caught:
        begin(provider, BACK, LEVEL)
    assert caught.value.reason is reason


def test_the_document_is_kept_for_an_hour(
    liar: Liar, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.monotonic()
    for later, asked in ((0, 1), (3599, 1), (3601, 2)):
        monkeypatch.setattr(time, "monotonic", lambda later=later: now + later)
        begin(provider, BACK, LEVEL)
        assert len(liar.asked) == asked


def test_claims_may_be_called_otherwise_and_stand_deeper(liar: Liar, provider: Provider) -> None:
    provider = replace(
        provider,
        bsn_claim=("persoon", "urn:nl-eid-gdi:1.0:id:BSN"),
        loa_claim="urn:etoegang:core:LoA",
        loa_order=("urn:etoegang:core:assurance-class:loa3",),
    )
    begun = begin(provider, BACK, provider.loa_order[0])
    claims = true_claims(provider, begun) | {
        "persoon": {"urn:nl-eid-gdi:1.0:id:BSN": "999970343"},
        "urn:etoegang:core:LoA": provider.loa_order[0],
    }
    answer_with(liar, signed(claims))
    assert come_back(provider, begun).bsn == "999970343"
    answer_with(liar, signed(claims | {"persoon": "999970343"}))
    assert refusal(provider, begun) is Reason.BSN


def test_the_hash_of_the_access_token_is_checked(liar: Liar, provider: Provider) -> None:
    begun = begin(provider, BACK, LEVEL)
    claims = true_claims(provider, begun)
    claims["at_hash"] = encoded(hashlib.sha256(b"x").digest()[:16])
    answer_with(liar, signed(claims))
    assert come_back(provider, begun).bsn == "999940612"
    answer_with(liar, signed(claims), access_token="y")
    assert refusal(provider, begun) is Reason.TOKEN


def test_a_provider_without_log_out_has_no_address_for_it(provider: Provider) -> None:
    assert logout_url(provider, None, BACK) is None
