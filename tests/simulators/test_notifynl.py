"""The stand-in for NotifyNL, held to the published file."""

from __future__ import annotations

import json
import queue
import threading
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import httpx
import jsonschema_rs
import jwt
import pytest

from loket.kernel import clock
from loket.simulators.notifynl.post import Callback
from loket.simulators.notifynl.server import Served, serving
from loket.simulators.notifynl.templates import DEMO, Template, by_id
from loket.site import oas
from tests.conformance.contract import plain_schema
from tests.connectors.notify import BY_EMAIL, BY_SMS, KEY, SECRET, SERVICE

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = by_id(
    Template(BY_SMS, "sms", "Dag ((Voor naam)), uw paspoort ligt klaar."),
    Template(
        BY_EMAIL, "email", "Neem mee:((stukken))((spoed??\nKom snel.))", "Dag ((voornaam))", 3
    ),
)
PDF = "JVBERi0xLjcKJSBicmllZg=="
TO_SMS = {"phone_number": "+31612345678", "template_id": BY_SMS}
FULL_SMS = TO_SMS | {"personalisation": {"voornaam": "Fenna"}, "reference": "kenmerk-1"}
FULL_EMAIL = {
    "email_address": "fenna@example.nl",
    "template_id": BY_EMAIL,
    "personalisation": {"voornaam": "Fenna", "stukken": ["paspoort", "foto"], "spoed": "yes"},
    "reference": "kenmerk-2",
}
LETTER = {"reference": "kenmerk-3", "content": PDF}


@cache
def published() -> dict[str, Any]:
    path = oas.standards(ROOT).parent / "consume" / "notify-govuk-v2.json"
    if not path.is_file():
        pytest.skip("the published file is not there")
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def hold(told: Any, name: str, title: str = "") -> None:
    """Fail when a body is not as the published file has it, or holds more than that."""
    schema = plain_schema(published()["components"]["schemas"][name])
    if title:
        [schema] = [each for each in schema["oneOf"] if each["title"] == title]
    jsonschema_rs.Draft202012Validator(schema).validate(told)
    if isinstance(told, dict):
        assert told.keys() <= schema["properties"].keys()


class Heard(NamedTuple):
    authorization: str | None
    body: bytes


class Listener(ThreadingHTTPServer):
    """Whoever wants to know what becomes of messages."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), _Listening)
        self.status = status
        self.heard: queue.Queue[Heard] = queue.Queue()
        self.url = f"http://127.0.0.1:{self.server_port}/terug"


class _Listening(BaseHTTPRequestHandler):
    server: Listener  # pyright: ignore[reportIncompatibleVariableOverride] - nobody else makes it

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.put(Heard(self.headers["Authorization"], body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as it is called there
        pass


@contextmanager
def listening(status: int = 204) -> Generator[Listener]:
    with Listener(status) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def notify() -> Generator[Served]:
    with serving(KEY, TEMPLATES) as served:
        yield served


def token(secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    made = {"iss": SERVICE, "iat": int(clock.now().timestamp())} | claims
    kept = {name: value for name, value in made.items() if value is not None}
    return jwt.encode(kept, secret, algorithm=algorithm)


def headers(**claims: Any) -> dict[str, str]:
    return {"Authorization": f"Bearer {token(**claims)}"}


def post(url: str, kind: str, body: Any) -> httpx.Response:
    return httpx.post(f"{url}/v2/notifications/{kind}", json=body, headers=headers())


def send(notify: Served, kind: str, body: Any) -> httpx.Response:
    return post(notify.url, kind, body)


def get(notify: Served, path: str = "", **query: str) -> httpx.Response:
    return httpx.get(f"{notify.url}/v2/notifications{path}", params=query, headers=headers())


def messages(answer: httpx.Response) -> list[str]:
    told = answer.json()
    hold(told, "SendNotificaitonRequestError")
    assert told["status_code"] == answer.status_code
    return [each["message"] for each in told["errors"]]


@pytest.mark.parametrize(
    ("kind", "body", "schema"),
    [
        ("sms", FULL_SMS, "SendTextMessageResponse"),
        ("email", FULL_EMAIL, "SendEmailResponse"),
        ("letter", LETTER | {"postage": "economy"}, "SendPrecompiledLetterResponse"),
    ],
)
def test_a_message_is_taken_and_shown_as_published(
    notify: Served, kind: str, body: dict[str, Any], schema: str
) -> None:
    taken = send(notify, kind, body)
    assert taken.status_code == 201
    hold(taken.json(), schema)
    assert taken.json()["reference"] == body["reference"]
    title = "precompiled letter" if kind == "letter" else kind
    before = get(notify, f"/{taken.json()['id']}").json()
    notify.post.deliver()
    after = get(notify, f"/{taken.json()['id']}").json()
    for told in (before, after):
        hold(told, "GetOneMessageResponse", title)
    assert "completed_at" not in before
    assert after["completed_at"]
    assert after["status"] == ("received" if kind == "letter" else "delivered")


def test_a_template_is_filled(notify: Served) -> None:
    send(notify, "sms", FULL_SMS)
    send(notify, "email", FULL_EMAIL)
    sms, email = notify.post.sent
    assert sms.body == "Dag Fenna, uw paspoort ligt klaar."
    assert (email.subject, email.body) == (
        "Dag Fenna",
        "Neem mee:\n* paspoort\n* foto\nKom snel.",
    )


@pytest.mark.parametrize(
    ("authorization", "status", "message"),
    [
        ("", 401, "Unauthorized: authentication token must be provided"),
        ("Basic abc", 401, "Unauthorized: authentication bearer scheme must be used"),
        ("Bearer abc", 403, "Invalid token: make sure"),
        (f"Bearer {token(iss=None)}", 403, "Invalid token: iss field not provided"),
        (f"Bearer {token(iss=str(uuid4()))}", 403, "Invalid token: service not found"),
        (f"Bearer {token(secret=str(uuid4()))}", 403, "Invalid token: API key not found"),
        (f"Bearer {token(iat=None)}", 403, "Invalid token: make sure"),
        (f"Bearer {token(iat='nu')}", 403, "Invalid token: make sure"),
        (f"Bearer {token(iat=1)}", 403, "Error: Your system clock must be accurate"),
        (f"Bearer {token(iat=9_999_999_999)}", 403, "Error: Your system clock must be accurate"),
    ],
)
def test_a_stranger_is_turned_away(
    notify: Served, authorization: str, status: int, message: str
) -> None:
    url = f"{notify.url}/v2/notifications/sms"
    answer = httpx.post(url, json=FULL_SMS, headers={"Authorization": authorization})
    assert answer.status_code == status
    hold(answer.json(), "AuthError")
    assert answer.json()["errors"][0]["message"].startswith(message)
    assert notify.post.sent == []


def test_another_algorithm_is_refused(notify: Served) -> None:
    strong = SECRET * 2
    authorization = f"Bearer {token(strong, algorithm='HS512')}"
    answer = httpx.get(f"{notify.url}/v2/notifications", headers={"Authorization": authorization})
    assert "algorithm used is not HS256" in answer.text


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("sms", [], ["Invalid JSON supplied in POST data"]),
        (
            "sms",
            {"naam": 1, "personalisation": []},
            [
                "phone_number is a required property",
                "template_id is a required property",
                "Additional properties are not allowed (naam was unexpected)",
                "personalisation [] is not of type object",
            ],
        ),
        ("sms", FULL_SMS | {"template_id": "x"}, ["template_id is not a valid UUID"]),
        ("sms", FULL_SMS | {"reference": 1}, ["reference 1 is not of type string"]),
        ("sms", FULL_SMS | {"phone_number": 1}, ["phone_number 1 is not of type string"]),
        ("sms", FULL_SMS | {"phone_number": "06-ABC"}, ["phone_number Must not contain letters"]),
        ("sms", FULL_SMS | {"phone_number": "06 123"}, ["phone_number Not enough digits"]),
        ("sms", FULL_SMS | {"phone_number": "0" * 16}, ["phone_number Too many digits"]),
        ("sms", FULL_SMS | {"template_id": str(uuid4())}, ["Template not found"]),
        (
            "sms",
            FULL_SMS | {"template_id": BY_EMAIL},
            ["email template is not suitable for sms notification"],
        ),
        ("sms", TO_SMS, ["Missing personalisation: Voor naam"]),
        (
            "email",
            FULL_EMAIL | {"personalisation": {"spoed": "no"}},
            ["Missing personalisation: voornaam, stukken"],
        ),
        (
            "email",
            FULL_EMAIL
            | {
                "email_address": "geen",
                "one_click_unsubscribe_url": "http://example.nl",
                "sanitise_content_for": "voornaam",
            },
            [
                "email_address Not a valid email address",
                "one_click_unsubscribe_url is not a valid https url",
                "sanitise_content_for voornaam is not of type array",
            ],
        ),
        ("letter", {"content": PDF}, ["reference is a required property"]),
        ("letter", LETTER | {"content": "JVBERi0"}, ["Cannot decode letter content"]),
        ("letter", LETTER | {"content": "aGFsbG8="}, ["Letter content is not a valid PDF"]),
        ("letter", LETTER | {"postage": "duif"}, ["postage invalid. It must be either first"]),
    ],
)
def test_a_faulty_body_is_refused_with_all_that_is_wrong(
    notify: Served, kind: str, body: Any, said: list[str]
) -> None:
    answer = send(notify, kind, body)
    assert answer.status_code == 400
    told = messages(answer)
    assert [message[: len(each)] for message, each in zip(told, said, strict=True)] == said
    assert notify.post.sent == []


@pytest.mark.parametrize(
    ("kind", "to", "status"),
    [
        ("sms", "07700900001", "delivered"),
        ("sms", "+44 7700 900002", "permanent-failure"),
        ("sms", "+447700900003", "temporary-failure"),
        ("sms", "0612345678", "delivered"),
        ("email", "delivered@simulator.notify", "delivered"),
        ("email", "perm-fail@simulator.notify", "permanent-failure"),
        ("email", "Temp-Fail@simulator.notify", "temporary-failure"),
    ],
)
def test_an_address_decides_how_it_ends(notify: Served, kind: str, to: str, status: str) -> None:
    field, body = ("phone_number", FULL_SMS) if kind == "sms" else ("email_address", FULL_EMAIL)
    assert send(notify, kind, body | {field: to}).status_code == 201
    (message,) = notify.post.deliver()
    assert (message.to, message.status) == (to, status)
    assert notify.post.deliver() == []


def test_for_a_smoke_test_nothing_is_kept(notify: Served) -> None:
    taken = send(notify, "sms", FULL_SMS | {"phone_number": "07700900111"})
    assert taken.status_code == 201
    missing = get(notify, f"/{taken.json()['id']}")
    hold(missing.json(), "GetMessageNoResultFoundError")
    assert (missing.status_code, messages(missing)) == (404, ["No result found"])
    assert notify.post.sent == []


def test_an_id_is_a_uuid(notify: Served) -> None:
    answer = get(notify, "/een")
    assert (answer.status_code, messages(answer)) == (400, ["id is not a valid UUID"])


def test_messages_are_found_newest_first(notify: Served) -> None:
    send(notify, "sms", FULL_SMS | {"reference": "oud"})
    for _ in range(2):
        send(notify, "email", FULL_EMAIL)
    told = get(notify, reference="kenmerk-2").json()
    assert told["links"]["current"].endswith("?reference=kenmerk-2")
    assert [each["id"] for each in told["notifications"]] == [
        each.id for each in reversed(notify.post.sent[1:])
    ]
    assert len(get(notify).json()["notifications"]) == 3
    assert len(get(notify, template_type="sms", status="sending").json()["notifications"]) == 1
    assert get(notify, status="delivered").json()["notifications"] == []


def test_it_calls_back_with_what_became_of_it() -> None:
    with listening() as listener, serving(KEY, TEMPLATES, Callback(listener.url, "geheim")) as it:
        send(it, "sms", FULL_SMS | {"phone_number": "07700900003"})
        send(it, "email", FULL_EMAIL)
        send(it, "letter", LETTER)
        it.post.deliver()
        it.post.give_back(it.post.sent[2])
        heard = [listener.heard.get_nowait() for _ in range(3)]
        assert listener.heard.empty()
        assert [call.status for call in it.post.calls] == [204] * 3
    assert {each.authorization for each in heard} == {"Bearer geheim"}
    sms, email, letter = (json.loads(each.body) for each in heard)
    hold(sms, "SmsCallbackRequest")
    hold(email, "EmailCallbackRequest")
    assert (sms["status"], sms["reference"]) == ("temporary-failure", "kenmerk-1")
    assert (email["status"], email["template_version"]) == ("delivered", 3)
    assert (
        letter.keys()
        == published()["components"]["schemas"]["LetterCallbackRequest"]["properties"].keys()
    )
    assert letter["reference"] == "kenmerk-3"


def test_whoever_does_not_listen_is_remembered() -> None:
    with serving(KEY, callback=Callback("http://127.0.0.1:1/", "geheim")) as served:
        bericht = {"template_id": next(iter(DEMO)), "personalisation": {"bericht": "Dag"}}
        send(served, "sms", TO_SMS | bericht)
        served.post.deliver()
        assert [call.status for call in served.post.calls] == [0]
        served.post.clear()
        assert not served.post.calls
        assert not served.post.sent


@pytest.mark.parametrize(("status", "schema"), [(429, "LimitError"), (500, "ServerError")])
def test_it_fails_on_purpose(notify: Served, status: int, schema: str) -> None:
    notify.post.fail(status)
    answer = send(notify, "sms", FULL_SMS)
    assert answer.status_code == status
    hold(answer.json(), schema)
    assert send(notify, "sms", FULL_SMS).status_code == 201
