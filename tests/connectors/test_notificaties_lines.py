"""Connections to subscribers: kept, renewed when the other side closed, never trusted blindly."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from loket.connectors.notificaties import Caller, Failed, Gone, Timeout
from loket.connectors.notificaties.lines import MOST_BYTES, place_of
from tests.connectors.test_printer_address import certificate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WELL = b"HTTP/1.1 204 No Content\r\n\r\n"
BRIEF = Timeout(0.3, connect=5.0)
PATIENT = Timeout(20.0, connect=20.0)


@dataclass
class Peer:
    """Somebody who answers each request with the next of `answers`, whatever it asks."""

    answers: list[bytes]
    hangs_up: bool = False
    connections: int = 0
    heard: list[bytes] = field(default_factory=list)
    ended: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    url: str = ""

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                link, _ = listening.accept()
            except OSError:
                return
            self.connections += 1
            with link:
                self._talk(link)
            self.ended.release()

    def _talk(self, link: socket.socket) -> None:
        while self.answers and (asked := _request(link)):
            self.heard.append(asked)
            answer = self.answers.pop(0)
            link.sendall(answer)
            if self.hangs_up or not answer:
                return


def _request(link: socket.socket) -> bytes:
    """Read one request, with its body."""
    asked = b""
    while b"\r\n\r\n" not in asked or not asked.endswith(b"}"):
        try:
            piece = link.recv(65536)
        except OSError:
            return b""
        if not piece:
            return b""
        asked += piece
    return asked


@contextmanager
def peer(*answers: bytes, hangs_up: bool = False) -> Iterator[Peer]:
    made = Peer(list(answers), hangs_up)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        made.url = f"http://127.0.0.1:{listening.getsockname()[1]}/hier?a=b"
        threading.Thread(target=made.serve, args=(listening,), daemon=True).start()
        yield made
        listening.shutdown(socket.SHUT_RDWR)


def tell(caller: Caller, to: str, auth: str = "Bearer geheim") -> str:
    return caller.deliver(to, auth, {"kanaal": "zaken"}, "een-gebeurtenis")


def test_a_connection_is_kept() -> None:
    with peer(WELL, WELL, WELL) as other:
        caller = Caller(PATIENT)
        assert [tell(caller, other.url) for _ in range(3)] == ["204 No Content"] * 3
    assert other.connections == 1
    first = other.heard[0].decode()
    assert first.startswith("POST /hier?a=b HTTP/1.1\r\n")
    assert "Authorization: Bearer geheim\r\n" in first
    assert "Idempotency-Key: een-gebeurtenis\r\n" in first
    assert first.endswith('\r\n\r\n{"kanaal":"zaken"}')


def test_one_that_the_other_side_closed_is_not_used_again() -> None:
    with peer(WELL, WELL, hangs_up=True) as other:
        caller = Caller(PATIENT)
        tell(caller, other.url)
        assert other.ended.acquire(timeout=20)
        tell(caller, other.url)
    assert other.connections == 2


def test_a_redirect_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with peer(moved) as other, pytest.raises(Failed, match="302 Found"):
        tell(Caller(PATIENT), other.url)


def test_a_long_answer_costs_its_connection() -> None:
    body = b"x" * (MOST_BYTES + 1)
    long = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with peer(long, WELL) as other:
        caller = Caller(PATIENT)
        assert tell(caller, other.url) == "200 OK"
        assert tell(caller, other.url) == "204 No Content"
    assert other.connections == 2


def test_an_answer_in_pieces_is_read_to_its_end() -> None:
    pieces = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    with peer(pieces, WELL) as other:
        caller = Caller(PATIENT)
        tell(caller, other.url)
        tell(caller, other.url)
    assert other.connections == 1


@pytest.mark.parametrize("answer", [b"", b"dit is geen HTTP\r\n\r\n"])
def test_what_is_no_answer_is_a_failure(answer: bytes) -> None:
    with peer(answer, hangs_up=True) as other, pytest.raises(Failed):
        tell(Caller(PATIENT), other.url)


def test_who_says_nothing_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        with pytest.raises(Failed, match="TimeoutError"):
            tell(Caller(BRIEF), url)


def test_who_is_gone_is_gone() -> None:
    with peer(b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n") as other, pytest.raises(Gone):
        tell(Caller(PATIENT), other.url)


@pytest.mark.parametrize(
    "url", ["", "geen adres", "ftp://127.0.0.1/", "http://", "http://127.0.0.1:99999/"]
)
def test_an_address_that_leads_nowhere_is_a_failure(url: str) -> None:
    with pytest.raises(Failed):
        tell(Caller(PATIENT), url)


@pytest.mark.parametrize("auth", ["Bearer a\r\nHost: elders", "Bearer \u2603"])
def test_an_authorisation_that_is_no_header_is_a_failure(auth: str) -> None:
    with peer(WELL) as other, pytest.raises(Failed):
        tell(Caller(PATIENT), other.url, auth)


def test_over_tls_a_stranger_is_not_trusted(tmp_path: Path) -> None:
    _, context = certificate(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            link, _ = listening.accept()
            with link, suppress(ssl.SSLError, OSError):
                context.wrap_socket(link, server_side=True).close()

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(Failed, match="CERTIFICATE_VERIFY_FAILED"):
            tell(Caller(PATIENT), f"https://localhost:{listening.getsockname()[1]}/")
        thread.join()


def test_the_proxy_of_the_environment_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with peer(WELL, WELL) as proxy:
        port = proxy.url.split(":")[2].partition("/")[0]
        monkeypatch.setenv("http_proxy", f"http://wij:geheim@127.0.0.1:{port}")
        monkeypatch.setenv("no_proxy", "binnen.example")
        place_of.cache_clear()
        tell(Caller(PATIENT), "http://abonnee.example/hier")
        assert place_of("http://binnen.example/hier").proxy == ""
        assert place_of("https://abonnee.example/hier").proxy == ""
    place_of.cache_clear()
    asked = proxy.heard[0].decode()
    assert asked.startswith("POST http://abonnee.example/hier HTTP/1.1\r\n")
    assert "Host: abonnee.example\r\n" in asked
    assert "Proxy-Authorization: Basic d2lqOmdlaGVpbQ==\r\n" in asked


def test_over_tls_a_proxy_makes_a_tunnel(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = b"HTTP/1.1 403 Forbidden\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as listening:
        heard: list[bytes] = []

        def serve() -> None:
            link, _ = listening.accept()
            with link:
                heard.append(link.recv(65536))
                link.sendall(refused)

        thread = threading.Thread(target=serve)
        thread.start()
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{listening.getsockname()[1]}")
        place_of.cache_clear()
        with pytest.raises(Failed, match="403"):
            tell(Caller(PATIENT), "https://abonnee.example/hier")
        thread.join()
    place_of.cache_clear()
    assert heard[0].startswith(b"CONNECT abonnee.example:443 HTTP/1.")
