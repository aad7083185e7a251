"""The whole of a file is judged: what clamd would pass without looking, it gets in pieces."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.connectors.virusscanner import (
    Clamd,
    ExpandsTooFar,
    FileTooLarge,
    Limits,
    Scanner,
    TooDeep,
    Unreadable,
    Unscanned,
)
from loket.grammar.files import Infected, Unavailable
from loket.kernel.problems import Problem
from loket.simulators.clamd.server import Mode, Server, serving
from tests.connectors.packing import encrypted, nested, tarred, zipped
from tests.connectors.real.clamd import MADE_UP, clamd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

MIB = 1024 * 1024
UNIT = 256 * 1024
"""The window is two of these, so that the tests need few bytes."""
LIMITS = Limits(window=2 * UNIT, overlap=UNIT // 8, members=200, depth=4, free=16 * UNIT)
SMALL = {"StreamMaxLength": "512K", "MaxFileSize": "512K", "MaxScanSize": "1M"}
BAD = {"brief.txt": b"Geachte " + MADE_UP}


@pytest.fixture(scope="module")
def quiet() -> Iterator[Clamd]:
    """As Debian sets it: it does not say where it stopped looking."""
    with clamd(**SMALL) as client:
        yield client


@pytest.fixture(scope="module")
def telling() -> Iterator[Clamd]:
    """As our how-to sets it."""
    with clamd(AlertExceedsMax="yes", AlertEncrypted="yes", **SMALL) as client:
        yield client


@pytest.fixture
def scanner(quiet: Clamd, tmp_path: Path) -> Scanner:
    return Scanner(quiet, tmp_path / "tijdelijk", LIMITS)


@pytest.fixture
def stand_in() -> Iterator[Server]:
    with serving() as server:
        yield server


def noise(size: int, seed: int = 1) -> bytes:
    """Return bytes that cannot be packed."""
    return random.Random(seed).randbytes(size)  # noqa: S311 - content for a test


@pytest.mark.parametrize(
    "content",
    [
        b"", b"schoon", noise(2 * UNIT), noise(5 * UNIT), zipped({}), zipped({"a": b"schoon"}),
        tarred({"a": b"x"}, "w:gz"), tarred({"a": b"x"}, "w:xz"), bz2.compress(b""), b"BZhoek",
        gzip.compress(b"a") + bytes(512) + gzip.compress(b"b"),
        zipped({f"{n}": noise(UNIT, n) for n in range(5)}),
        b"PK, Geachte PK\x05\x06" + bytes(30),
        b"%PDF-1.7 " + zipped({"bijlage": b"x"}, zipfile.ZIP_STORED),
    ],
    ids=lambda content: f"{len(content)} bytes",  # what gzip makes holds the time
)  # fmt: skip
def test_what_is_clean_passes(scanner: Scanner, content: bytes) -> None:
    scanner.scan([content])


@pytest.mark.parametrize(
    "content",
    [
        MADE_UP, zipped(BAD), tarred(BAD), tarred(BAD, "w:gz"), tarred(BAD, "w:bz2"),
        tarred(BAD, "w:xz"), nested(BAD["brief.txt"], 4), b"\x7fELF" + zipped(BAD),
    ],
)  # fmt: skip
def test_a_virus_is_found_however_it_is_packed(scanner: Scanner, content: bytes) -> None:
    with pytest.raises(Infected, match=r"Loket\.Test"):
        scanner.scan([content])


@pytest.mark.parametrize(
    "position", [0, 2 * UNIT - 10, 2 * UNIT, 3 * UNIT, 4 * UNIT - UNIT // 8 - 9, 5 * UNIT - 64]
)
def test_a_virus_is_found_wherever_in_a_large_file(scanner: Scanner, position: int) -> None:
    content = bytearray(noise(5 * UNIT))
    content[position : position + len(MADE_UP)] = MADE_UP
    with pytest.raises(Infected):
        scanner.scan([bytes(content)])


def test_what_clamd_alone_would_pass_is_found(quiet: Clamd, scanner: Scanner) -> None:
    """The bar of MaxScanSize: clamd stops after the first members and says OK."""
    content = zipped({f"{n}": bytes(UNIT) for n in range(8)} | BAD)
    quiet.scan([content])
    with pytest.raises(Infected):
        scanner.scan([content])


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_large_packed_file_is_scanned_unpacked(scanner: Scanner, pack: type[bytes]) -> None:
    content = pack(noise(3 * UNIT) + MADE_UP + noise(UNIT, 2))
    with pytest.raises(Infected):
        scanner.scan([content])
    double = pack(noise(3 * UNIT)) + pack(BAD["brief.txt"])
    with pytest.raises(Infected):
        scanner.scan([double])


def test_a_tar_that_ends_as_a_zip_is_looked_into_both_ways(scanner: Scanner) -> None:
    """Each reader sees an archive of its own; the virus is packed, so only a reader finds it."""
    hidden = gzip.compress(BAD["brief.txt"])
    content = tarred({"a": noise(3 * UNIT), "b.gz": hidden, "c.zip": zipped({"x": b"y"})})
    with pytest.raises(Infected):
        scanner.scan([content])


def test_too_many_layers_are_refused_before_scanning(stand_in: Server, tmp_path: Path) -> None:
    scanner = Scanner(Clamd(stand_in.url), tmp_path, LIMITS)
    scanner.scan([nested(b"x", 4)])
    assert stand_in.streams == 1
    for content in (nested(b"x", 5), nested(b"x", 60), gzip.compress(nested(b"x", 4))):
        with pytest.raises(TooDeep) as refused:
            scanner.scan([content])
        assert (refused.value.status, refused.value.code) == (400, "archief-te-diep")
    assert stand_in.streams == 1


ZEROS = bytes(17 * UNIT)
BOMBS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: zipped({"a": ZEROS}),
    "gzip": lambda: gzip.compress(ZEROS),
    "bzip2": lambda: bz2.compress(ZEROS),
    "xz": lambda: lzma.compress(ZEROS),
    "twice": lambda: gzip.compress(gzip.compress(ZEROS)),
    "wide": lambda: zipped({f"{n}": b"" for n in range(201)}),
    "wider": lambda: zipped({f"{n:0200}": b"" for n in range(20_000)}, zipfile.ZIP_STORED),
    "tar": lambda: tarred({f"{n}": b"" for n in range(201)}, "w:gz"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_before_scanning(stand_in: Server, tmp_path: Path, name: str) -> None:
    scanner = Scanner(Clamd(stand_in.url), tmp_path, LIMITS)
    content = BOMBS[name]()
    tracemalloc.start()
    try:
        with pytest.raises(ExpandsTooFar) as refused:
            scanner.scan([content])
        assert tracemalloc.get_traced_memory()[1] < 16 * MIB
    finally:
        tracemalloc.stop()
    assert (refused.value.status, refused.value.code) == (400, "archief-te-groot")
    assert stand_in.streams == 0


@pytest.mark.parametrize(
    "content",
    [
        encrypted(BAD),
        b"x" * 257 + b"ustar" + bytes(1024),
        zipped(BAD, zipfile.ZIP_LZMA),
        zipped(BAD, zipfile.ZIP_BZIP2),
        gzip.compress(noise(9000))[:-100],
        lzma.compress(noise(9000))[:-100],
        bz2.compress(noise(9000))[:-100],
        zipped({"a": b"schoon"}, zipfile.ZIP_STORED).replace(b"schoon", b"anders"),
        zipped({"a": noise(9000)})[:-30],
        b"7z\xbc\xaf\x27\x1c" + noise(9000),
        b"Rar!\x1a\x07\x01\0" + noise(9000),
    ],
)
def test_an_archive_that_nobody_can_look_into_is_refused(scanner: Scanner, content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        scanner.scan([content])
    assert (refused.value.status, refused.value.code) == (400, "archief-onleesbaar")


def test_a_strange_archive_passes_if_clamd_tells_where_it_stops(
    telling: Clamd, tmp_path: Path
) -> None:
    scanner = Scanner(telling, tmp_path, LIMITS)
    strange = b"7z\xbc\xaf\x27\x1c" + noise(9000)
    scanner.scan([strange])
    scanner.scan([zipped({"a": noise(3 * UNIT), "b": strange})])
    with pytest.raises(Unreadable):
        scanner.scan([strange + noise(3 * UNIT)])
    with pytest.raises(Unreadable):
        scanner.scan([zipped({"a": strange + noise(3 * UNIT)})])


def test_clamd_is_asked_whether_it_tells_its_limits(telling: Clamd, quiet: Clamd) -> None:
    assert telling.tells_limits()
    assert not quiet.tells_limits()


def test_what_clamd_did_not_look_into_is_no_virus_and_not_clean(telling: Clamd) -> None:
    with pytest.raises(Unscanned, match="MaxScanSize"):
        telling.scan([zipped({f"{n}": bytes(UNIT) for n in range(8)})])


def test_a_window_larger_than_clamd_takes_is_never_clean(quiet: Clamd, tmp_path: Path) -> None:
    scanner = Scanner(quiet, tmp_path, Limits(window=3 * UNIT, overlap=UNIT))
    with pytest.raises(Unavailable):
        scanner.scan([noise(3 * UNIT)])


def test_a_file_above_the_cap_is_refused_before_scanning(stand_in: Server, tmp_path: Path) -> None:
    scanner = Scanner(Clamd(stand_in.url), tmp_path, Limits(most_bytes=1000))
    scanner.scan([bytes(1000)])
    with pytest.raises(FileTooLarge) as refused:
        scanner.scan(bytes(100) for _ in range(11))
    assert (refused.value.status, refused.value.code) == (400, "bestand-te-groot")
    assert stand_in.streams == 1


@pytest.mark.parametrize("mode", [Mode.ERROR, Mode.DROP, Mode.GARBAGE])
def test_a_scanner_that_fails_half_way_is_never_clean(
    stand_in: Server, tmp_path: Path, mode: Mode
) -> None:
    class Fails(Clamd):
        def scan(self, chunks: Iterable[bytes]) -> None:
            super().scan(chunks)
            stand_in.mode = mode

    scanner = Scanner(Fails(stand_in.url, timeout=1), tmp_path, LIMITS)
    with pytest.raises(Unavailable):
        scanner.scan([noise(5 * UNIT)])


def test_no_room_to_look_is_unavailable(quiet: Clamd, tmp_path: Path) -> None:
    (tmp_path / "in-de-weg").touch()
    with pytest.raises(Unavailable):
        Scanner(quiet, tmp_path / "in-de-weg" / "map", LIMITS).scan([b"x"])


def test_nothing_is_left_behind(scanner: Scanner) -> None:
    scanner.scan([zipped({"a": noise(5 * UNIT)})])
    with pytest.raises(Infected):
        scanner.scan([zipped({"a": noise(5 * UNIT)} | BAD)])
    assert list(scanner.folder.iterdir()) == []


def test_memory_stays_flat(stand_in: Server, tmp_path: Path) -> None:
    scanner = Scanner(Clamd(stand_in.url), tmp_path)
    chunk = noise(MIB)
    tracemalloc.start()
    try:
        scanner.scan(chunk for _ in range(200))
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()
    assert stand_in.streams == 9


class Clean:
    """A scanner that takes all and finds nothing."""

    def scan(self, chunks: Iterable[bytes]) -> None:
        for _ in chunks:
            pass

    def tells_limits(self) -> bool:
        return True


GOOD = [
    zipped({"a": noise(300), "b/c": b"x" * 900}), tarred({"a": b"x", "b": noise(700)}),
    tarred({"a": b"x"}, "w:gz"), tarred({"a": b"x"}, "w:xz"), tarred({"a": b"x"}, "w:bz2"),
]  # fmt: skip


@given(
    content=st.sampled_from(GOOD),
    changes=st.lists(st.tuples(st.integers(0, 20_000), st.binary(max_size=9)), max_size=6),
    cut=st.integers(0, 400),
)
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_archive_is_judged_or_refused_but_never_a_fault_of_ours(
    tmp_path: Path, content: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    damaged = bytearray(content)
    for position, piece in changes:
        start = position % len(content)
        damaged[start : start + len(piece)] = piece
    scanner = Scanner(cast("Clamd", Clean()), tmp_path, LIMITS)
    try:
        scanner.scan([bytes(damaged[: len(damaged) - cut])])
    except Problem as refused:
        assert refused.status == 400  # noqa: PT017 - the other outcome is good too


@pytest.mark.parametrize(
    "wrong", [{"depth": 0}, {"window": MIB}, {"most_bytes": 0}, {"ratio": 0}, {"overlap": -1}]
)
def test_limits_that_cannot_work_are_refused_at_the_start(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="scanner"):
        Limits(**wrong)
