"""Files on a disk: whole or not at all, within their folder, in order, and flat in memory."""

from __future__ import annotations

import errno
import os
import sys
import threading
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NoReturn

import pytest

from loket.connectors.opslag import LocalDisk, disk
from loket.grammar.files import Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIB = 1024 * 1024
BAD_KEYS = [
    "", "/", "..", "a/../b", "../a", "/etc/passwd", "a//b", "a/", "A", "a.b", "a\0", "é", "a\n",
    "a b", "a\\b", "x" * 201, "/".join("abcdefghi"),
]  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> LocalDisk:
    return LocalDisk(tmp_path / "gemeente")


def everything(kept: LocalDisk) -> list[str]:
    found = kept.root.rglob("*") if kept.root.exists() else ()
    return sorted(path.name for path in found if path.name != disk.HALF)


def test_what_was_put_can_be_read_whole_and_in_parts(kept: LocalDisk) -> None:
    assert kept.put("a/b", [b"Geachte ", b"", b"gemeente"]) == 16
    assert b"".join(kept.read("a/b")) == b"Geachte gemeente"
    assert b"".join(kept.read("a/b", 8)) == b"gemeente"
    assert b"".join(kept.read("a/b", 2, 7)) == b"achte"
    assert b"".join(kept.read("a/b", 8, 8)) == b""
    assert b"".join(kept.read("a/b", 99)) == b""


def test_a_second_put_replaces_the_first_and_leaves_its_readers_alone(kept: LocalDisk) -> None:
    kept.put("a/b", [b"oud"])
    reading = kept.read("a/b")
    kept.put("a/b", [b"nieuw"])
    assert b"".join(reading) == b"oud"
    assert b"".join(kept.read("a/b")) == b"nieuw"


@pytest.mark.parametrize("key", BAD_KEYS)
def test_no_name_leads_out_of_the_folder(kept: LocalDisk, key: str) -> None:
    (kept.root.parent / "a").write_text("buiten")
    with pytest.raises(KeyError):
        kept.put(key, [b"x"])
    with pytest.raises(KeyError):
        kept.read(key)
    assert everything(kept) == []


@pytest.mark.parametrize("prefix", ["", "..", "../", "/", "a//", "A", ".half"])
def test_nothing_is_removed_by_a_name_that_is_none_or_means_all(
    kept: LocalDisk, prefix: str
) -> None:
    kept.put("a/b", [b"x"])
    with pytest.raises(KeyError):
        kept.remove(prefix)
    assert [each.key for each in kept.keys("")] == ["a/b"]


def test_a_folder_is_no_file_and_a_file_no_folder(kept: LocalDisk) -> None:
    kept.put("a/b", [b"x"])
    for key in ("a", "a/b/c", "nee"):
        with pytest.raises(KeyError):
            kept.read(key)
    assert list(kept.keys("a/b/c")) == []
    with pytest.raises(Unavailable):
        kept.put("a/b/c", [b"x"])


def test_keys_come_in_order_with_size_and_moment(kept: LocalDisk) -> None:
    keys = ["a-c", "a/b", "a/b-c", "a/c", "aa/a", "b", "a0"]
    for number, key in enumerate(keys):
        kept.put(key, [b"x" * number])
    found = list(kept.keys())
    assert [each.key for each in found] == sorted(keys)
    assert {each.key: each.size for each in found} == {key: n for n, key in enumerate(keys)}
    assert all(abs(datetime.now(UTC) - each.moment) < timedelta(minutes=1) for each in found)
    assert [each.key for each in kept.keys("a/")] == ["a/b", "a/b-c", "a/c"]
    assert [each.key for each in kept.keys("a/b")] == ["a/b", "a/b-c"]
    assert [each.key for each in kept.keys("a")] == sorted(set(keys) - {"b"})


def test_an_empty_storage_has_no_keys(kept: LocalDisk) -> None:
    assert list(kept.keys()) == []
    assert kept.remove("a") == 0


def test_removing_takes_what_begins_so_and_the_folders_left_empty(kept: LocalDisk) -> None:
    for key in ("a/b", "a/c", "ab/c", "d/e/f"):
        kept.put(key, [b"x"])
    assert kept.remove("a/") == 2
    assert kept.remove("d/e/f") == 1
    assert kept.remove("d/e/f") == 0
    assert everything(kept) == ["ab", "c"]


def test_a_source_that_breaks_off_leaves_nothing(kept: LocalDisk) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    kept.put("a/b", [b"oud"])
    for key in ("a/b", "c/d"):
        with pytest.raises(ConnectionResetError):
            kept.put(key, broken())
    assert everything(kept) == ["a", "b"]
    assert b"".join(kept.read("a/b")) == b"oud"


@pytest.mark.parametrize("call", ["write", "fsync", "open"])
def test_a_full_or_broken_disk_is_unavailable_and_leaves_nothing(
    kept: LocalDisk, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, full)
    with pytest.raises(Unavailable):
        kept.put("a/b", [b"x"])
    monkeypatch.undo()
    assert everything(kept) == []
    kept.put("a/b", [b"x"])
    monkeypatch.setattr(os, call, full)
    with pytest.raises(Unavailable):
        kept.check()


def test_a_disk_that_is_full_half_way_leaves_the_old_file(kept: LocalDisk) -> None:
    """The limit of the process on the size of a file fails as a full disk does."""
    import resource
    import signal

    kept.put("a/b", [b"oud"])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MIB, hard))
    try:
        with pytest.raises(Unavailable):
            kept.put("a/b", [b"x" * MIB, b"y" * MIB])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert everything(kept) == ["a", "b"]
    assert b"".join(kept.read("a/b")) == b"oud"


def test_a_root_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in de weg")
    kept = LocalDisk(tmp_path / "file" / "gemeente")
    with pytest.raises(Unavailable):
        kept.put("a/b", [b"x"])
    with pytest.raises(Unavailable):
        kept.check()


def test_half_files_are_not_listed_and_can_be_swept(kept: LocalDisk) -> None:
    kept.put("a/b", [b"x"])
    half = kept.root / disk.HALF / "1"
    half.write_text("half")
    assert [each.key for each in kept.keys("")] == ["a/b"]
    now = datetime.now(UTC)
    assert kept.sweep(now - timedelta(hours=1)) == 0
    assert kept.sweep(now + timedelta(seconds=5)) == 1
    assert everything(kept) == ["a", "b"]


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads take turns far more often than they do by themselves."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hurried")
def test_putting_and_removing_at_once_do_not_hinder_each_other(kept: LocalDisk) -> None:
    wrong: list[BaseException] = []

    def work(name: str) -> None:
        try:
            for _ in range(600):
                kept.put(f"a/{name}", [b"x"])
                kept.remove(f"a/{name}")
        except BaseException as problem:  # noqa: BLE001 - a thread tells nobody
            wrong.append(problem)

    threads = [threading.Thread(target=work, args=(str(number),)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert list(kept.keys()) == []


def test_memory_stays_flat(kept: LocalDisk) -> None:
    chunk = bytes(MIB)
    tracemalloc.start()
    try:
        size = kept.put("a/b", (chunk for _ in range(200)))
        read = sum(len(piece) for piece in kept.read("a/b"))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == read == 200 * MIB
    assert most < 4 * MIB
