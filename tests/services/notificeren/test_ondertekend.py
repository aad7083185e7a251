"""What a service delivers here is refused when it is not signed as was agreed with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from http_message_signatures import HTTPMessageSigner, MappingKeyResolver, algorithms
from joserfc.jwk import ECKey, OKPKey, RSAKey
from werkzeug.wrappers import Request, Response

from loket.connectors.notificaties.keys import PublishedKeys
from loket.kernel.clock import now
from tests.services.notificeren.opennotificaties import OpenNotificaties, serving
from tests.services.notificeren.test_abonnees import ROOT, family
from tests.services.notificeren.test_doorgeven import TOLD, extern
from tests.services.notificeren.test_ontvangen import callback, home, kept, publiek, subscribed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Api

__all__ = ["ROOT", "extern", "family", "home", "publiek"]

COVERED = ("@method", "@target-uri", "content-type", "content-digest")


@dataclass
class Keys:
    """The keys of a service, where it publishes them, and how often they were asked for."""

    own: dict[str, Any] = field(default_factory=dict)
    url: str = ""
    status: int = 200
    asked: int = 0
    body: bytes | None = None

    def application(self, request: Request) -> Response:
        """Publish."""
        del request
        self.asked += 1
        shown = [key.as_dict(private=False) | {"kid": kid} for kid, key in self.own.items()]
        body = json.dumps({"keys": shown}).encode() if self.body is None else self.body
        return Response(body, status=self.status, content_type="application/json")


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keys]:
    monkeypatch.setattr(
        "loket.services.notificeren.ondertekend.KEYS", PublishedKeys(httpx.Timeout(20.0), again=0)
    )
    made = Keys({"een": OKPKey.generate_key("Ed25519")})
    with serving(Request.application(made.application)) as made.url:
        yield made


@dataclass
class Producer:
    """A service with which it was agreed that it signs."""

    keys: Keys
    at: str
    auth: str

    def request(self, body: dict[str, Any], **options: Any) -> httpx.Request:
        """Make a request, signed unless told otherwise."""
        kind = "application/cloudevents+json" if "specversion" in body else "application/json"
        headers = {"Authorization": self.auth, "Content-Type": kind}
        made = httpx.Request("POST", self.at, content=json.dumps(body), headers=headers)
        return self.signed(made, **options)

    def signed(
        self, made: httpx.Request, kid: str = "een", algorithm: Any = algorithms.ED25519,
        covered: tuple[str, ...] = COVERED, age: int = 0, nonce: str | None = "a", key: Any = None,
    ) -> httpx.Request:  # fmt: skip
        """Sign as the standard has it, with the library and nothing of ours."""
        private = (key or self.keys.own[kid]).private_key
        resolver = MappingKeyResolver(public_keys={}, private_keys={kid: private})
        moment = now() - timedelta(seconds=age)
        HTTPMessageSigner(signature_algorithm=algorithm, key_resolver=resolver).sign(
            made, key_id=kid, created=moment, nonce=nonce, covered_component_ids=covered,
            body=made.content,
        )  # fmt: skip
        return made

    def send(self, made: httpx.Request) -> tuple[int, str]:
        """Send, and return the status with the reason why not."""
        with httpx.Client(timeout=20) as client:
            answer = client.send(made)
        if answer.status_code == 204:
            return 204, ""
        problem = answer.json()
        assert answer.headers["Content-Type"] == "application/problem+json"
        return answer.status_code, f"{problem['code']}: {problem['detail']}"


@pytest.fixture
def producer(api: Api, extern: OpenNotificaties, publiek: str, keys: Keys) -> Producer:
    made = subscribed(
        api, extern, publiek, sleutels=f"{keys.url}/jwks", ontvangtTypen=["nl.bomen."]
    )
    (own,) = extern.abonnementen.values()
    return Producer(keys, callback(made, publiek), own["auth"])


@pytest.mark.req("M59")
def test_what_is_signed_as_agreed_is_taken(api: Api, producer: Producer) -> None:
    assert producer.send(producer.request(TOLD)) == (204, "")
    event = {"specversion": "1.0", "id": "1", "source": "urn:x", "type": "nl.bomen.geveld"}
    assert producer.send(producer.request(event, nonce="b")) == (204, "")
    assert kept(api) == 1
    assert api.get(f"{ROOT}/cloudevents").json()["count"] == 1
    assert producer.keys.asked == 1


@pytest.mark.parametrize(
    ("kind", "algorithm"),
    [
        (lambda: ECKey.generate_key("P-256"), algorithms.ECDSA_P256_SHA256),
        (lambda: RSAKey.generate_key(2048), algorithms.RSA_PSS_SHA512),
    ],
)
def test_other_kinds_of_key_will_do(
    api: Api, producer: Producer, kind: Any, algorithm: Any
) -> None:
    producer.keys.own = {"een": kind(), "vreemd": ECKey.generate_key("P-521")}
    assert isinstance(
        producer.keys.own["een"].private_key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
    )
    assert producer.send(producer.request(TOLD, algorithm=algorithm)) == (204, "")
    assert kept(api) == 1


def test_what_is_not_signed_is_refused(api: Api, producer: Producer) -> None:
    made = producer.request(TOLD)
    bare = httpx.Request("POST", producer.at, content=made.content, headers={
        "Authorization": producer.auth, "Content-Type": "application/json"})  # fmt: skip
    assert producer.send(bare) == (
        403, "handtekening: Dit is niet ondertekend, en dat is wel afgesproken.",
    )  # fmt: skip
    assert kept(api) == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"age": 400}, "exceeds maximum allowable age"),
        ({"age": -200}, "in the future"),
        ({"nonce": None}, "geen nonce"),
        ({"covered": ("@method", "content-type", "content-digest")}, "@target-uri"),
        ({"covered": ("@target-uri", "content-type", "content-digest")}, "@method"),
        ({"kid": "twee", "key": OKPKey.generate_key("Ed25519")}, "onbekende sleutel"),
        ({"key": OKPKey.generate_key("Ed25519")}, "klopt niet"),
        (
            {"key": ECKey.generate_key("P-256"), "algorithm": algorithms.ECDSA_P256_SHA256},
            "klopt niet",
        ),
    ],
)
def test_a_signature_that_is_not_as_agreed_is_refused(
    api: Api, producer: Producer, options: dict[str, Any], said: str
) -> None:
    status, reason = producer.send(producer.request(TOLD, **options))
    assert (status, kept(api)) == (403, 0)
    assert reason.startswith("handtekening: ")
    assert said in reason


@pytest.mark.parametrize("header", ["Signature", "Signature-Input", "Content-Digest"])
@pytest.mark.parametrize("value", ["", "loket", "a=(", "pyhms=1", "pyhms=:AAAA:", "x=();keyid=1"])
def test_a_header_that_makes_no_sense_is_refused(
    api: Api, producer: Producer, header: str, value: str
) -> None:
    made = producer.request(TOLD)
    made.headers[header] = value
    status, reason = producer.send(made)
    assert (status, reason.split(":")[0], kept(api)) == (403, "handtekening", 0)


def test_what_was_altered_is_refused(api: Api, producer: Producer) -> None:
    made = producer.request(TOLD)
    other = json.dumps({**TOLD, "actie": "destroy"})
    headers = {**made.headers, "content-length": str(len(other))}
    altered = httpx.Request("POST", producer.at, content=other, headers=headers)
    elsewhere = httpx.Request(
        "POST", f"{producer.at}?x=1", content=made.content, headers=made.headers
    )
    for each in (altered, elsewhere):
        status, reason = producer.send(each)
        assert (status, kept(api)) == (403, 0)
        assert "klopt niet" in reason
    assert producer.send(made) == (204, "")


@pytest.mark.req("M59")
def test_what_was_taken_is_not_taken_again(api: Api, producer: Producer) -> None:
    made = producer.request(TOLD)
    assert producer.send(made) == (204, "")
    refused = (403, "handtekening: Dit is al eens aangekomen: de nonce is gebruikt.")
    assert producer.send(made) == refused
    assert producer.send(producer.request({**TOLD, "actie": "destroy"})) == refused
    assert producer.send(producer.request({**TOLD, "actie": "destroy"}, nonce="b")) == (204, "")
    assert kept(api) == 2


def test_a_new_key_is_found_and_one_that_was_withdrawn_is_not(api: Api, producer: Producer) -> None:
    assert producer.send(producer.request(TOLD)) == (204, "")
    producer.keys.own["twee"] = OKPKey.generate_key("Ed25519")
    more = {**TOLD, "actie": "update"}
    assert producer.send(producer.request(more, kid="twee", nonce="b")) == (204, "")
    old = producer.request({**TOLD, "actie": "destroy"}, nonce="c")
    del producer.keys.own["een"]
    producer.keys.own["drie"] = OKPKey.generate_key("Ed25519")
    assert producer.send(producer.request(more, kid="drie", nonce="d")) == (204, "")
    assert producer.send(old) == (
        403,
        "handtekening: De handtekening is van een onbekende sleutel.",
    )
    assert kept(api) == 2


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, None), (302, None), (200, b"geen json"), (200, b"[]"), (200, b'{"keys": 1}'),
     (200, b'{"keys": [{"kty": "OKP", "kid": "een", "crv": "X"}]}'), (200, b" " * 70_000)],
)  # fmt: skip
def test_keys_that_cannot_be_read_are_for_later(
    api: Api, producer: Producer, status: int, body: bytes | None
) -> None:
    producer.keys.status, producer.keys.body = status, body
    said, reason = producer.send(producer.request(TOLD))
    assert (said, kept(api)) == (503, 0)
    assert reason.startswith("niet-bereikbaar: Niet na te gaan: de sleutels op ")
    producer.keys.status, producer.keys.body = 200, None
    assert producer.send(producer.request(TOLD)) == (204, "")


def test_keys_are_not_fetched_again_for_each_stranger(keys: Keys) -> None:
    published = PublishedKeys(httpx.Timeout(20.0))
    for _ in range(5):
        assert list(published.at(keys.url, anew=True)) == ["een"]
    assert keys.asked == 1


def test_keys_come_over_an_address_that_nobody_can_listen_to(
    api: Api, extern: OpenNotificaties, publiek: str
) -> None:
    made = subscribed(api, extern, publiek)
    answer = api.patch(made["url"], json={"sleutels": "http://bomen.example/jwks"})
    assert answer.status_code == 400
    assert answer.json()["invalidParams"][0]["code"] == "adres-onveilig"
