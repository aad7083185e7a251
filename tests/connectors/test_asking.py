"""Asking a base register: who is let in, within which bounds, and what is never told."""

from __future__ import annotations

import datetime as dt
import logging
import ssl
import time
from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from loket.connectors.asking import (
    Access,
    BevragenMislukt,
    Geweigerd,
    Login,
    Onbereikbaar,
    Question,
    VraagOnjuist,
    ask,
    calling,
    tokens,
)
from loket.kernel import clock
from tests.connectors.basis import KEY, Said, saying

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = Question("personen", body={"burgerservicenummer": ["999970343"]})


@pytest.fixture
def said() -> Iterator[Said]:
    with saying() as server:
        yield server


@pytest.fixture
def access(said: Said) -> Access:
    return Access(said.url, KEY, "x-api-key", (("x-doelbinding", "Mijn gegevens"),), timeout=1)


def test_the_key_and_the_headers_of_the_provider_go_along(said: Said, access: Access) -> None:
    said.say({"type": "iets"})
    assert ask(access, QUESTION).told == {"type": "iets"}
    [(path, headers, body)] = said.asked
    assert (headers["x-api-key"], headers["x-doelbinding"]) == (KEY, "Mijn gegevens")
    assert path == "/personen"
    assert b"999970343" in body


@pytest.mark.parametrize(
    ("code", "told", "kind"),
    [
        (401, {"title": "Niet correct geauthenticeerd."}, Geweigerd),
        (403, {}, Geweigerd),
        (400, {"invalidParams": [{"name": "fields", "code": "required"}]}, VraagOnjuist),
        (400, {}, Onbereikbaar),
        (429, {"title": "Too many request"}, Onbereikbaar),
        (500, {}, Onbereikbaar),
        (503, {"title": "Bronservice BRP is tijdelijk niet beschikbaar."}, Onbereikbaar),
        (302, {}, Onbereikbaar),
        (404, {}, Onbereikbaar),
        (404, "<html>", Onbereikbaar),
        (200, [], Onbereikbaar),
        (200, {"fout": "geen lijst"}, None),
    ],
)
def test_whose_fault_it_is(
    said: Said, access: Access, code: int, told: Any, kind: type[BevragenMislukt] | None
) -> None:
    said.say(told, code)
    if kind is None:
        assert ask(access, QUESTION).told == told
        return
    with pytest.raises(BevragenMislukt) as failure:
        ask(access, QUESTION)
    assert type(failure.value) is kind
    assert failure.value.code == code
    assert len(said.asked) == 1, "nothing is asked twice while somebody waits"


def test_that_there_is_nothing_is_an_answer_if_the_register_says_so(
    said: Said, access: Access
) -> None:
    said.say({"fout": [{"code": "IPD5200", "omschrijving": "Geen resultaten."}]}, 404)
    assert ask(access, QUESTION).told == {}


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b'{"a":'])
def test_garbage_is_no_answer(said: Said, access: Access, body: bytes) -> None:
    said.body = body
    with pytest.raises(Onbereikbaar):
        ask(access, QUESTION)


def test_who_is_slow_is_not_waited_for(said: Said, access: Access) -> None:
    said.wait = 3
    began = time.monotonic()
    with pytest.raises(Onbereikbaar):
        ask(replace(access, timeout=0.3), QUESTION)
    assert time.monotonic() - began < 1.5


def test_who_never_ends_is_not_waited_for(said: Said, access: Access) -> None:
    said.say({"lang": "x" * 200})
    said.trickle = 0.05
    began = time.monotonic()
    with pytest.raises(Onbereikbaar, match="too long"):
        ask(replace(access, timeout=0.4), QUESTION)
    assert time.monotonic() - began < 2


def test_who_says_too_much_is_not_listened_to(
    said: Said, access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling, "LARGEST", 100)
    said.say({"lang": "x" * 200})
    with pytest.raises(Onbereikbaar, match="too large"):
        ask(access, QUESTION)


def test_nobody_there_is_a_failure_that_names_no_number(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    with saying() as gone:
        access = Access(gone.url, KEY, "apikey", timeout=1)
    with pytest.raises(Onbereikbaar) as failure:
        ask(access, QUESTION)
    assert failure.value.__cause__ is None
    for told in (str(failure.value), repr(QUESTION), repr(access), caplog.text):
        assert "999970343" not in told
        assert KEY not in told


@pytest.mark.parametrize(
    "address",
    ["http://brp.example.nl", "ftp://brp.example.nl", "https://u:p@brp.example.nl", "https://", ""],
)
def test_an_address_that_others_can_listen_to_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Access(address)
    with pytest.raises(ValueError, match="https"):
        Login(address, "client", "geheim")


@pytest.fixture
def login(said: Said) -> Iterator[Login]:
    made = Login(
        f"{said.url}/token", "gemeente", "een geheim", "00000001", (("resourceServer", "RS02"),)
    )
    yield made
    tokens.forget(made)


def test_a_token_is_had_once_and_used_until_it_ends(
    said: Said, access: Access, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_token = replace(access, login=login)
    said.say({"access_token": "abc", "expires_in": 600})
    ask(with_token, QUESTION)
    ask(with_token, QUESTION)
    assert [path for path, _, _ in said.asked] == ["/token", "/personen", "/personen"]
    _, headers, body = said.asked[0]
    assert body.decode() == (
        "grant_type=client_credentials&client_id=gemeente&client_secret=een+geheim"
        "&scope=00000001&resourceServer=RS02"
    )
    assert "x-api-key" not in headers
    assert said.asked[1][1]["Authorization"] == "Bearer abc"
    later = time.monotonic() + 571
    monkeypatch.setattr(time, "monotonic", lambda: later)
    ask(with_token, QUESTION)
    assert said.asked[3][0] == "/token"


def test_a_token_that_is_not_taken_is_forgotten(said: Said, access: Access, login: Login) -> None:
    said.say({"access_token": "abc", "expires_in": 600})
    with_token = replace(access, login=login)
    ask(with_token, QUESTION)
    said.say({"title": "Niet correct geauthenticeerd."}, 401)
    with pytest.raises(Geweigerd):
        ask(with_token, QUESTION)
    assert not tokens.known(login)


@pytest.mark.parametrize(
    ("code", "told", "kind"),
    [
        (401, {"error": "invalid_client"}, Geweigerd),
        (500, {}, Onbereikbaar),
        (200, {}, Onbereikbaar),
        (200, {"access_token": 1}, Onbereikbaar),
        (200, {"access_token": "a\nb"}, Onbereikbaar),
    ],
)
def test_no_token_is_no_question(
    said: Said, access: Access, login: Login, code: int, told: Any, kind: type[BevragenMislukt]
) -> None:
    said.say(told, code)
    with pytest.raises(kind):
        ask(replace(access, login=login), QUESTION)
    assert [path for path, _, _ in said.asked] == ["/token"]
    assert not tokens.known(login)


@pytest.fixture
def certificates(tmp_path: Path) -> dict[str, Path]:
    """One certificate that signs itself and serves both ends, as `own` with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    own, trusted = tmp_path / "gemeente.pem", tmp_path / "gemeente.ca.pem"
    own.write_bytes(made + secret)
    trusted.write_bytes(made)
    return {"own": own, "trusted": trusted}


def test_a_certificate_lets_us_in_and_without_it_nothing_is_told(
    certificates: dict[str, Path],
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificates["own"])
    context.load_verify_locations(certificates["trusted"])
    context.verify_mode = ssl.CERT_REQUIRED
    with saying(context) as said:
        said.say({"type": "iets"})
        access = Access(said.url, trusted=certificates["trusted"], timeout=2)
        with pytest.raises(Onbereikbaar):
            ask(access, QUESTION)
        with pytest.raises(Onbereikbaar):
            ask(Access(said.url, certificate=certificates["own"], timeout=2), QUESTION)
        shown = replace(access, certificate=certificates["own"])
        assert ask(shown, QUESTION).told == {"type": "iets"}


def test_a_certificate_that_is_not_there_is_our_own_fault(said: Said, tmp_path: Path) -> None:
    with pytest.raises(Geweigerd, match="FileNotFoundError"):
        ask(Access(said.url, certificate=tmp_path / "weg.pem"), QUESTION)
    (tmp_path / "leeg.pem").write_text("")
    with pytest.raises(Geweigerd, match="SSLError"):
        ask(Access(said.url, certificate=tmp_path / "leeg.pem"), QUESTION)
    assert said.asked == []
