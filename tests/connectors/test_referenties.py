"""Addresses of others, at a real server that is slow, broken, huge or sends one elsewhere."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from loket.connectors.referenties import (
    BaseError,
    Referenties,
    based,
    fetching,
    plainly_inside,
)
from loket.connectors.referenties.remembering import KEEP, KEEP_NOTHING
from loket.grammar.outside import UNREADABLE, Unavailable
from loket.kernel import tenant
from loket.kernel.tenant import Tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

ONE, OTHER = (Tenant(name, name, (), name) for name in ("een", "twee"))


class Source:
    """A server whose pages a test sets; it counts how often each was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, Any] = {}
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def base(self) -> str:
        """The address under which the pages stand."""
        return f"http://127.0.0.1:{self.server.server_port}/api"

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def _handler(source: Source) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            source.asked.append(self.path)
            status, headers, body = source.pages.get(self.path, (404, {}, b""))
            if callable(body):
                body = body()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@pytest.fixture
def source() -> Iterator[Source]:
    made = Source()
    yield made
    made.stop()


class Clock:
    """Time that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(source: Source, clock: Clock) -> Iterator[Referenties]:
    with tenant.entered(ONE):
        yield Referenties(lambda: [plainly_inside(source.base)], clock)


def shows(source: Source, path: str, content: Any, status: int = 200, **headers: str) -> str:
    body = content if isinstance(content, bytes) or callable(content) else json.dumps(content)
    sent = body.encode() if isinstance(body, str) else body
    source.pages[path] = (status, headers, sent)
    return source.base.removesuffix("/api") + path


def test_what_is_there_is_asked_once(source: Source, clock: Clock, world: Referenties) -> None:
    url = shows(source, "/api/1", {"naam": "een"})
    assert world.trusts(url)
    assert [world.get(url) for _ in range(3)] == [{"naam": "een"}] * 3
    assert len(source.asked) == 1
    clock.now = KEEP - 1
    world.get(url)
    assert len(source.asked) == 1
    shows(source, "/api/1", {"naam": "twee"})
    clock.now = KEEP
    assert world.get(url) == {"naam": "twee"}


def test_what_is_not_there_is_soon_asked_again(
    source: Source, clock: Clock, world: Referenties
) -> None:
    url = f"{source.base}/1"
    assert world.get(url) is None
    shows(source, "/api/1", {"naam": "een"})
    assert world.get(url) is None
    clock.now = KEEP_NOTHING
    assert world.get(url) == {"naam": "een"}


def test_each_municipality_remembers_and_trusts_its_own(source: Source, clock: Clock) -> None:
    trusted = {"een": [plainly_inside(source.base)], "twee": []}
    world = Referenties(lambda: trusted[tenant.current().name], clock)
    url = shows(source, "/api/1", {"naam": "een"})
    with tenant.entered(ONE):
        assert world.get(url) == {"naam": "een"}
    with tenant.entered(OTHER):
        assert not world.trusts(url)
        assert world.get(url) is None
        trusted["twee"] = [plainly_inside(source.base)]
        shows(source, "/api/1", {"naam": "twee"})
        assert world.get(url) == {"naam": "twee"}
    with tenant.entered(ONE):
        assert world.get(url) == {"naam": "een"}


@pytest.mark.parametrize(
    "beyond",
    [
        "/ander/1",
        "/apis/1",
        "/api/../ander/1",
        "/api/%2e%2E/ander/1",
        "/api/..%2fander/1",
        "/api\\..\\ander",
        "/api/1#deel",
    ],
)
def test_an_address_beyond_the_base_is_not_asked(
    source: Source, world: Referenties, beyond: str
) -> None:
    url = source.base.removesuffix("/api") + beyond
    assert not world.trusts(url)
    assert world.get(url) is None
    assert source.asked == []


def test_an_address_says_plainly_where_it_leads(source: Source, world: Referenties) -> None:
    host = source.base.removeprefix("http://")
    for url in (
        f"http://iemand@{host}/1",
        f"https://{host}/1",
        f"ftp://{host}/1",
        f"http://elders.nl:80\\@{host}/1",
        "http://[/1",
        "geen adres",
        "",
    ):
        assert not world.trusts(url)
    assert source.asked == []


def test_a_redirect_is_followed_to_what_is_trusted(source: Source, world: Referenties) -> None:
    shows(source, "/api/1", {"naam": "een"})
    near = shows(source, "/api/near", b"", 302, Location="1")
    far = shows(source, "/api/far", b"", 301, Location="http://127.0.0.1:1/api/1")
    up = shows(source, "/api/up", b"", 301, Location="/geheim")
    shows(source, "/geheim", {"naam": "geheim"})
    round_and_round = shows(source, "/api/rond", b"", 302, Location="/api/rond")
    assert world.get(near) == {"naam": "een"}
    assert world.get(far) is None
    assert world.get(up) is None
    assert "/geheim" not in source.asked
    assert world.get(round_and_round) is None
    assert source.asked.count("/api/rond") == fetching.MOST_REDIRECTS + 1


def test_what_is_no_json_or_too_large_is_unreadable(source: Source, world: Referenties) -> None:
    garbage = shows(source, "/api/onzin", b"<html>")
    huge = shows(source, "/api/veel", lambda: b'"' + b"x" * (fetching.LARGEST + 1) + b'"')
    assert world.get(garbage) is UNREADABLE
    assert world.get(huge) is UNREADABLE


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_source_in_trouble_is_unavailable_and_left_alone(
    source: Source, clock: Clock, world: Referenties, status: int
) -> None:
    url = shows(source, "/api/1", b"", status)
    for _ in range(3):
        with pytest.raises(Unavailable, match=r"127\.0\.0\.1"):
            world.get(url)
    assert len(source.asked) == 1
    shows(source, "/api/1", {"naam": "een"})
    clock.now = KEEP_NOTHING
    assert world.get(url) == {"naam": "een"}


def test_what_was_said_counts_while_the_source_is_away(
    source: Source, clock: Clock, world: Referenties
) -> None:
    url = shows(source, "/api/1", {"naam": "een"})
    world.get(url)
    shows(source, "/api/1", b"", 500)
    for nr in range(1, 4):
        clock.now = KEEP * nr
        assert world.get(url) == {"naam": "een"}
    shows(source, "/api/1", b"", 404)
    clock.now += KEEP
    assert world.get(url) is None


def test_a_source_that_is_down_is_unavailable(clock: Clock) -> None:
    gone = Source()
    url = shows(gone, "/api/1", {})
    gone.stop()
    with tenant.entered(ONE), pytest.raises(Unavailable):
        Referenties(lambda: [plainly_inside(gone.base)], clock).get(url)


def test_a_slow_source_is_unavailable(
    source: Source, world: Referenties, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_TIMEOUT", httpx.Timeout(0.2))

    given_up = threading.Event()

    def slowly() -> bytes:
        given_up.wait(20)
        return b"{}"

    url = shows(source, "/api/1", slowly)
    with pytest.raises(Unavailable):
        world.get(url)
    given_up.set()
    monkeypatch.setattr(fetching, "READ", -fetching.CONNECT)
    drip = shows(source, "/api/2", {"naam": "een"})
    with pytest.raises(Unavailable):
        world.get(drip)


def test_a_public_name_does_not_lead_into_our_own_network(
    source: Source, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = source.server.server_port
    places = [(2, 1, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: places)
    shows(source, "/api/1", {"naam": "een"})
    base = f"http://lijsten.voorbeeld.nl:{port}/api"
    with tenant.entered(ONE):
        assert Referenties(lambda: [base], clock).get(f"{base}/1") is None
        assert source.asked == []
        inside = Referenties(lambda: [f"intern:{base}"], clock)
        assert inside.get(f"{base}/1") == {"naam": "een"}


def test_an_address_of_the_inside_is_not_asked_unless_marked(source: Source, clock: Clock) -> None:
    url = shows(source, "/api/1", {"naam": "een"})
    with tenant.entered(ONE):
        assert Referenties(lambda: [source.base], clock).get(url) is None
    assert source.asked == []
    assert plainly_inside("https://lijsten.nl/api") == "https://lijsten.nl/api"
    assert plainly_inside(" http://localhost:1 ") == "intern:http://localhost:1"
    assert plainly_inside("") == ""


def test_a_name_that_nobody_knows_is_unavailable(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise OSError

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    base = "https://lijsten.voorbeeld.nl/api"
    with tenant.entered(ONE), pytest.raises(Unavailable, match=r"lijsten\.voorbeeld\.nl"):
        Referenties(lambda: [base], clock).get(f"{base}/1")


@pytest.mark.parametrize("text", ["", "lijsten", "ftp://x/", "https://x/?a=1", "https://a@x/"])
def test_a_base_is_an_address(text: str, clock: Clock) -> None:
    with pytest.raises(BaseError):
        based(text)
    with tenant.entered(ONE):
        assert not Referenties(lambda: [text], clock).trusts("https://x/1")
