"""The client of clamd against the stand-in, also when that fails in every way it can."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING

import pytest

from loket.connectors.virusscanner import Clamd, Unset
from loket.grammar.files import Infected, Unavailable
from loket.simulators.clamd.looking import EICAR
from loket.simulators.clamd.server import Mode, Server, serving
from loket.simulators.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIB = 1024 * 1024


@pytest.fixture
def clamd() -> Iterator[Server]:
    with serving(stream_max=2 * MIB) as server:
        yield server


def client(server: Server, timeout: float = 5.0) -> Clamd:
    return Clamd(server.url, connect_timeout=1.0, timeout=timeout)


@pytest.mark.parametrize("chunks", [[], [b""], [b"schoon"], [b"a" * MIB, b"b", b""]])
def test_what_is_clean_passes(clamd: Server, chunks: list[bytes]) -> None:
    client(clamd).scan(chunks)
    assert clamd.streams == 1


@pytest.mark.parametrize("cut", [0, 1, 30, 67, 68])
def test_the_test_virus_is_found_wherever_the_stream_is_cut(clamd: Server, cut: int) -> None:
    with pytest.raises(Infected, match="Eicar") as found:
        client(clamd).scan([EICAR[:cut], EICAR[cut:]])
    assert (found.value.status, found.value.code) == (400, "virus-gevonden")


@pytest.mark.parametrize("mode", set(Mode) - {Mode.NONE})
def test_what_fails_is_never_clean(clamd: Server, mode: Mode) -> None:
    clamd.mode = mode
    began = time.monotonic()
    for content in (b"schoon", bytes(2 * MIB)):
        with pytest.raises(Unavailable):
            client(clamd, timeout=0.3).scan([content])
    assert time.monotonic() - began < 5


def test_a_stream_that_clamd_finds_too_long_is_not_clean(clamd: Server) -> None:
    with pytest.raises(Unavailable):
        client(clamd).scan(bytes(MIB) for _ in range(50))


def test_a_scanner_that_is_away_is_not_clean() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # not listening
        away = Clamd(f"tcp://127.0.0.1:{taken.getsockname()[1]}", connect_timeout=0.5)
        with pytest.raises(Unavailable):
            away.scan([b"schoon"])
        with pytest.raises(Unavailable):
            away.check()


def test_a_socket_file_works_too(tmp_path: Path) -> None:
    path = tmp_path / "clamd.ctl"
    away = Clamd(f"unix://{path}")
    with pytest.raises(Unavailable):
        away.scan([b"schoon"])
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def answer() -> None:
            taken, _ = listening.accept()
            with taken:
                while not taken.recv(65536).endswith(bytes(4)):
                    pass
                taken.sendall(b"stream: O")
                taken.sendall(b"K\0")

        thread = threading.Thread(target=answer)
        thread.start()
        away.scan([b"schoon"])
        thread.join()


def test_a_source_that_breaks_off_is_heard_as_it_is(clamd: Server) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        client(clamd).scan(broken())


def test_no_scanner_means_no_files() -> None:
    with pytest.raises(Unavailable, match="ingesteld"):
        Unset().scan([b"schoon"])
    with pytest.raises(Unavailable, match="ingesteld"):
        Unset().check()


def test_clamd_says_that_it_is_there(clamd: Server) -> None:
    client(clamd).check()
    clamd.mode = Mode.DEAF
    with pytest.raises(Unavailable):
        client(clamd, timeout=0.2).check()


@pytest.mark.parametrize(
    "url", ["", "tcp://", "tcp://host", "http://host:1", "unix://", "unix://host/path", "3310"]
)
def test_an_address_that_is_none_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(ValueError, match=r"tcp://host:port"):
        Clamd(url)


def test_the_stand_in_runs_as_a_process() -> None:
    with running("clamd", "--port=0") as process:
        scanner = Clamd(process.said["url"])
        scanner.check()
        scanner.scan([b"schoon"])
        with pytest.raises(Infected):
            scanner.scan([EICAR])
