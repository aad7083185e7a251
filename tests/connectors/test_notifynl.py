"""Sending through NotifyNL: the stand-in, and a server that answers whatever a test wants."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import traceback
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jwt
import pytest

from loket.connectors.notifynl import (
    DefinitiefMislukt,
    Email,
    Letter,
    NotifyNL,
    Postage,
    Receipt,
    Sms,
    Status,
    TijdelijkMislukt,
    VerzendenMislukt,
    asking,
    find,
    send_email,
    send_letter,
    send_sms,
    status,
)
from loket.kernel import clock
from loket.simulators.notifynl.server import Served, serving
from tests.connectors.notify import EMAIL, ID, KEY, LETTER, SECRET, SERVICE, SMS, TEMPLATES
from tests.simulators.test_notifynl import hold, published

if TYPE_CHECKING:
    from collections.abc import Generator


@pytest.fixture
def notify() -> Generator[Served]:
    with serving(KEY, TEMPLATES) as served:
        yield served


@pytest.fixture
def config(notify: Served) -> NotifyNL:
    return NotifyNL(notify.url, KEY, timeout=5)


@contextmanager
def answering(code: int, body: bytes, **headers: str) -> Generator[tuple[NotifyNL, list[Any]]]:
    """Serve one answer to everything, and keep the requests."""
    asked: list[Any] = []

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append((self.path, self.headers))
            self.rfile.read(int(self.headers.get("Content-Length", "0")))
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 - as it is called there

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - idem
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield NotifyNL(f"http://127.0.0.1:{server.server_port}/", KEY, timeout=5), asked
        finally:
            server.shutdown()
            thread.join()


def send(config: NotifyNL, message: Sms | Email | Letter) -> Receipt:
    if isinstance(message, Sms):
        return send_sms(config, message)
    if isinstance(message, Email):
        return send_email(config, message)
    return send_letter(config, message)


def errors(message: str, kind: str = "BadRequestError") -> bytes:
    return json.dumps({"status_code": 0, "errors": [{"error": kind, "message": message}]}).encode()


def test_an_sms_is_sent(notify: Served, config: NotifyNL) -> None:
    receipt = send_sms(config, replace(SMS, sender="8e222534-7f05-4972-86e3-17c5d9f894e2"))
    (sent,) = notify.post.sent
    assert (str(receipt.id), receipt.reference, receipt.code) == (sent.id, "kenmerk-1", 201)
    assert sent.id in receipt.answer
    assert (sent.to, sent.body) == ("+31612345678", "Dag Fenna, uw paspoort ligt klaar.")
    hold(sent.asked, "SendTextMessageRequest")


def test_an_email_is_sent(notify: Served, config: NotifyNL) -> None:
    send_email(config, EMAIL)
    full = replace(
        EMAIL,
        reply_to="8e222534-7f05-4972-86e3-17c5d9f894e2",
        unsubscribe="https://duinrade.example.nl/afmelden?wie=1",
        sanitise=("naam",),
    )
    send_email(config, full)
    plain, sent = notify.post.sent
    assert (sent.to, sent.subject) == ("fenna@example.nl", "Dag Fenna")
    assert sent.body == "Neem mee:\n* paspoort\n* foto"
    assert sent.asked.keys() - plain.asked.keys() == {
        "email_reply_to_id",
        "one_click_unsubscribe_url",
        "sanitise_content_for",
    }
    hold(plain.asked, "SendEmailRequest")
    hold(sent.asked, "SendEmailRequest")


def test_a_letter_is_sent(notify: Served, config: NotifyNL) -> None:
    send_letter(config, LETTER)
    receipt = send_letter(config, replace(LETTER, postage=Postage.FIRST))
    plain, sent = notify.post.sent
    assert (sent.content, sent.postage, plain.postage) == (LETTER.content, "first", "second")
    assert (str(receipt.id), receipt.reference) == (sent.id, "kenmerk-3")
    for each in (plain, sent):
        hold(each.asked, "SendPrecompiledLetterRequest")
    notify.post.deliver()
    assert status(config, receipt.id).status is Status.RECEIVED


@pytest.mark.parametrize(
    ("to", "end", "failed"),
    [
        ("+31612345678", Status.DELIVERED, False),
        ("07700900002", Status.PERMANENT_FAILURE, True),
        ("07700900003", Status.TEMPORARY_FAILURE, True),
    ],
)
def test_what_becomes_of_a_message(
    notify: Served, config: NotifyNL, to: str, end: Status, *, failed: bool
) -> None:
    receipt = send_sms(config, replace(SMS, to=to))
    before = status(config, receipt.id)
    assert (before.status, before.completed_at) == (Status.SENDING, None)
    assert not before.status.final
    notify.post.deliver()
    after = status(config, receipt.id)
    assert (after.id, after.reference, after.status) == (receipt.id, "kenmerk-1", end)
    assert after.completed_at == notify.post.sent[0].completed_at
    assert after.sent_at == notify.post.sent[0].sent_at
    assert (after.status.final, after.status.failed) == (True, failed)


def test_every_published_status_is_known() -> None:
    said = {
        word
        for each in published()["components"]["schemas"]["GetOneMessageResponse"]["oneOf"]
        for word in each["properties"]["status"]["enum"]
    }
    assert {each.value for each in Status} - said == {"returned-letter", "unknown"}
    assert said <= {each.value for each in Status}
    under_way = {"created", "sending", "pending", "accepted", "pending-virus-check", "unknown"}
    assert {each.value for each in Status if not each.final} == under_way
    arrived = {"sent", "delivered", "received"}
    assert {each.value for each in Status if each.final and not each.failed} == arrived


def test_a_message_is_found_by_its_reference(notify: Served, config: NotifyNL) -> None:
    assert find(config, "kenmerk-1") == []
    first, second = send_sms(config, SMS), send_sms(config, SMS)
    send_email(config, EMAIL)
    assert [each.id for each in find(config, "kenmerk-1")] == [second.id, first.id]
    assert find(config, "kenmerk-1&reference=kenmerk-2") == []
    assert len(notify.post.sent) == 3


def test_a_message_that_was_forgotten(config: NotifyNL) -> None:
    with pytest.raises(DefinitiefMislukt, match="NoResultFound: No result found") as caught:
        status(config, uuid4())
    assert caught.value.code == 404


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        (
            replace(SMS, personalisation={}),
            {"BadRequestError: Missing personalisation: naam"},
        ),
        (
            replace(SMS, template=str(uuid4())),
            {"BadRequestError: Template not found"},
        ),
        (
            replace(SMS, to="06", template="x"),
            {
                "ValidationError: phone_number Not enough digits",
                "ValidationError: template_id is not a valid UUID",
            },
        ),
        (
            replace(EMAIL, to="fenna"),
            {"ValidationError: email_address Not a valid email address"},
        ),
        (
            replace(LETTER, content=b"brief"),
            {"BadRequestError: Letter content is not a valid PDF"},
        ),
    ],
)
def test_what_is_wrong_with_a_message_is_told(
    notify: Served, config: NotifyNL, message: Sms | Email | Letter, answer: set[str]
) -> None:
    with pytest.raises(DefinitiefMislukt) as caught:
        send(config, message)
    assert caught.value.code == 400
    assert set(caught.value.answer.split("; ")) == answer
    assert notify.post.sent == []


def test_a_wrong_key_is_our_setting_and_may_be_tried_again(
    notify: Served, config: NotifyNL
) -> None:
    with pytest.raises(TijdelijkMislukt, match="API key not found") as caught:
        send_sms(replace(config, api_key=f"anders-{SERVICE}-{uuid4()}"), SMS)
    assert caught.value.code == 403
    assert notify.post.sent == []


def test_a_clock_that_is_wrong_may_be_set(
    config: NotifyNL, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = clock.now() - timedelta(seconds=45)
    monkeypatch.setattr(asking, "clock", SimpleNamespace(now=lambda: late))
    with pytest.raises(TijdelijkMislukt, match="within 30 seconds"):
        send_sms(config, SMS)


@pytest.mark.parametrize(
    ("code", "answer"), [(429, "RateLimitError: Exceeded"), (500, "Exception: Internal")]
)
def test_a_busy_or_broken_notifynl_may_be_tried_again(
    notify: Served, config: NotifyNL, code: int, answer: str
) -> None:
    notify.post.fail(code)
    with pytest.raises(TijdelijkMislukt) as caught:
        send_sms(config, SMS)
    assert caught.value.code == code
    assert caught.value.answer.startswith(answer)
    send_sms(config, SMS)
    assert len(notify.post.sent) == 1


@pytest.mark.parametrize(
    ("code", "body", "kind", "answer"),
    [
        (400, errors("Cannot send"), DefinitiefMislukt, "BadRequestError: Cannot send"),
        (400, b"<html>", TijdelijkMislukt, "not one of NotifyNL"),
        (400, b'{"errors": ["fout"]}', TijdelijkMislukt, "not one of NotifyNL"),
        (401, errors("token", "AuthError"), TijdelijkMislukt, "AuthError: token"),
        (403, b"", TijdelijkMislukt, "not one of NotifyNL"),
        (404, b"<html>", TijdelijkMislukt, "not one of NotifyNL"),
        (413, b"<html>", DefinitiefMislukt, "too large"),
        (500, errors("Internal", "Exception"), TijdelijkMislukt, "Exception: Internal"),
        (502, b"<html>", TijdelijkMislukt, "not one of NotifyNL"),
        (204, b"", TijdelijkMislukt, "not one of NotifyNL"),
        (201, b"", TijdelijkMislukt, "not one of NotifyNL"),
        (201, b"[]", TijdelijkMislukt, "not one of NotifyNL"),
        (201, b"{}", TijdelijkMislukt, "not one of NotifyNL"),
        (201, b'{"id": "1"}', TijdelijkMislukt, "not one of NotifyNL"),
        (201, b"[" * 100_000, TijdelijkMislukt, "not one of NotifyNL"),
        (201, b" " * (asking.LARGEST + 1), TijdelijkMislukt, "too large"),
    ],
)
def test_whose_fault_an_answer_is(
    code: int, body: bytes, kind: type[VerzendenMislukt], answer: str
) -> None:
    with answering(code, body) as (config, _), pytest.raises(VerzendenMislukt) as caught:
        send_sms(config, SMS)
    assert type(caught.value) is kind
    assert caught.value.code == code
    assert answer in caught.value.answer


@pytest.mark.parametrize("told", [b"{}", b'{"notifications": [{}]}', b'{"notifications": {}}'])
def test_news_that_is_none_is_not_believed(told: bytes) -> None:
    with answering(200, told) as (config, _):
        with pytest.raises(TijdelijkMislukt):
            status(config, ID)
        with pytest.raises(TijdelijkMislukt):
            find(config, "kenmerk-1")


def test_a_long_answer_is_cut_short() -> None:
    with answering(400, errors("x" * 5000)) as (config, _), pytest.raises(DefinitiefMislukt) as it:
        send_sms(config, SMS)
    assert len(it.value.answer) == asking.LONGEST


def test_an_answer_is_not_unpacked() -> None:
    packed = gzip.compress(json.dumps({"id": str(ID)}).encode())
    with answering(201, packed, Content_Encoding="gzip") as (config, asked):
        with pytest.raises(TijdelijkMislukt, match="not one of NotifyNL"):
            send_sms(config, SMS)
        assert asked[0][1]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(notify: Served, code: int) -> None:
    elsewhere = f"{notify.url}/v2/notifications/sms"
    with answering(code, b"", Location=elsewhere) as (config, asked):
        with pytest.raises(TijdelijkMislukt) as caught:
            send_sms(config, SMS)
        assert [path for path, _ in asked] == ["/v2/notifications/sms"]
    assert caught.value.code == code
    assert notify.post.sent == []


def test_nobody_listening_may_be_tried_again() -> None:
    with pytest.raises(TijdelijkMislukt) as caught:
        send_sms(NotifyNL("http://127.0.0.1:1", KEY), SMS)
    assert caught.value.code is None


def test_a_notifynl_that_says_nothing_may_be_tried_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(TijdelijkMislukt, match="ReadTimeout"):
            send_sms(NotifyNL(f"http://127.0.0.1:{port}", KEY, timeout=0.2), SMS)


def test_an_answer_that_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = iter([0.0, 6.0])
    with answering(201, json.dumps({"id": str(ID)}).encode()) as (config, _):
        monkeypatch.setattr(asking, "time", SimpleNamespace(monotonic=moments.__next__))
        with pytest.raises(TijdelijkMislukt, match="too long"):
            send_sms(config, SMS)


def test_the_token_is_that_of_the_key() -> None:
    with answering(201, json.dumps({"id": str(ID)}).encode()) as (config, asked):
        assert send_sms(config, SMS).reference is None
    token = asked[0][1]["Authorization"].removeprefix("Bearer ")
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT"}
    claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    assert claims.keys() == {"iss", "iat"}
    assert claims["iss"] == config.service == SERVICE
    assert abs(claims["iat"] - clock.now().timestamp()) < 30


def test_a_failure_and_what_is_shown_keep_secrets_and_persons() -> None:
    config = NotifyNL("http://127.0.0.1:1", KEY)
    with pytest.raises(TijdelijkMislukt) as caught:
        send_sms(config, SMS)
    assert caught.value.__cause__ is None
    shown = "".join(traceback.format_exception(caught.value)) + repr((config, SMS, EMAIL, LETTER))
    for secret in (SECRET, "Fenna", "fenna@", "31612345678", "brief"):
        assert secret not in shown.replace(__file__, "")


@pytest.mark.parametrize(
    "base", ["http://api.example.nl", "ftp://127.0.0.1", "https://", "api.example.nl", ""]
)
def test_an_address_that_can_be_overheard_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="not an https address"):
        NotifyNL(base, KEY)


@pytest.mark.parametrize("base", ["https://api.example.nl", "http://[::1]:1", "http://x.localhost"])
def test_an_address_that_is_safe(base: str) -> None:
    assert NotifyNL(base, KEY).base == base


@pytest.mark.parametrize(
    "key", ["", "geheim", f"{SERVICE}-{SECRET}", f"naam-{SERVICE}", f"{KEY}\n"]
)
def test_what_is_no_key_is_refused_and_not_repeated(key: str) -> None:
    with pytest.raises(ValueError, match="form name-service-secret") as caught:
        NotifyNL("https://api.example.nl", key)
    assert not key or key not in str(caught.value)
