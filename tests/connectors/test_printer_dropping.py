"""Dropping letters in a directory: whole, once, and also when they were collected meanwhile."""

from __future__ import annotations

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from loket.connectors.printer import (
    DefinitiefMislukt,
    FileDrop,
    Receipt,
    TijdelijkMislukt,
    drop,
    forget,
)
from loket.connectors.printer.dropping import ASIDE
from loket.kernel import clock

PDF, OTHER = b"%PDF-1.7\n% brief", b"%PDF-1.7\n% een andere"


@pytest.fixture
def place(tmp_path: Path) -> FileDrop:
    return FileDrop(tmp_path)


def collected(place: FileDrop) -> dict[str, bytes]:
    """Take what a print service sees, and leave nothing of it."""
    found = {path.name: path.read_bytes() for path in place.directory.glob("[!.]*")}
    for name in found:
        (place.directory / name).unlink()
    return found


def test_a_letter_lies_there_under_its_reference(place: FileDrop) -> None:
    assert drop(place, PDF, "kenmerk-1") == Receipt("kenmerk-1", 0, "kenmerk-1.pdf")
    mode = stat.S_IMODE((place.directory / "kenmerk-1.pdf").stat().st_mode)
    assert mode & ~0o640 == 0
    assert collected(place) == {"kenmerk-1.pdf": PDF}


def test_a_second_time_changes_nothing(place: FileDrop) -> None:
    first = drop(place, PDF, "kenmerk-1")
    before = (place.directory / "kenmerk-1.pdf").stat()
    assert drop(place, OTHER, "kenmerk-1") == first
    after = (place.directory / "kenmerk-1.pdf").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert collected(place) == {"kenmerk-1.pdf": PDF}


def test_a_letter_that_was_collected_is_not_dropped_again(place: FileDrop) -> None:
    first = drop(place, PDF, "kenmerk-1")
    collected(place)
    assert drop(place, PDF, "kenmerk-1") == first
    assert collected(place) == {}


def test_a_letter_whose_mark_was_not_made_in_time_is_not_replaced(place: FileDrop) -> None:
    drop(place, PDF, "kenmerk-1")
    (place.directory / ASIDE / "kenmerk-1.pdf").unlink()
    drop(place, OTHER, "kenmerk-1")
    assert collected(place) == {"kenmerk-1.pdf": PDF}
    drop(place, OTHER, "kenmerk-1")
    assert collected(place) == {}


def test_references_do_not_get_in_each_others_way(place: FileDrop) -> None:
    references = [f"kenmerk-{number}" for number in range(40)]
    twice = references * 2
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(drop, [place] * len(twice), [PDF] * len(twice), twice))
    assert collected(place) == {f"{reference}.pdf": PDF for reference in references}


def test_a_directory_that_is_away_is_not_made(tmp_path: Path) -> None:
    away = FileDrop(tmp_path / "weg")
    with pytest.raises(TijdelijkMislukt) as caught:
        drop(away, PDF, "kenmerk-1")
    assert caught.value.code == errno.ENOENT
    assert not away.directory.exists()


def test_a_full_disk_leaves_nothing_and_may_be_tried_again(
    place: FileDrop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(TijdelijkMislukt) as caught:
            drop(place, PDF, "kenmerk-1")
    assert caught.value.code == errno.ENOSPC
    assert collected(place) == {}
    assert list((place.directory / ASIDE).iterdir()) == []
    drop(place, PDF, "kenmerk-1")
    assert collected(place) == {"kenmerk-1.pdf": PDF}


def test_a_letter_is_safe_on_disk_before_it_can_be_collected(
    place: FileDrop, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    sync, move = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "letter")
        sync(handle)

    def replace(path: Path, target: Path) -> Path:
        seen.append("move")
        return move(path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    drop(place, PDF, "kenmerk-1")
    assert seen == ["letter", "move", "folder", "folder"]


@pytest.mark.parametrize(
    ("pdf", "reference"),
    [(b"tekst", "kenmerk-1"), (PDF, "../kenmerk"), (PDF, "a/b"), (PDF, ".x"), (PDF, "a\0")],
)
def test_what_is_no_letter_is_refused(place: FileDrop, pdf: bytes, reference: str) -> None:
    with pytest.raises(DefinitiefMislukt):
        drop(place, pdf, reference)
    assert list(place.directory.iterdir()) == []


def test_marks_are_kept_as_long_as_is_asked(place: FileDrop) -> None:
    drop(place, PDF, "kenmerk-1")
    (place.directory / ASIDE / "0123.half").touch()
    collected(place)
    now = clock.now()
    assert forget(place, now - timedelta(days=1)) == 0
    drop(place, PDF, "kenmerk-1")
    assert collected(place) == {}
    assert forget(place, now + timedelta(days=1)) == 2
    drop(place, PDF, "kenmerk-1")
    assert collected(place) == {"kenmerk-1.pdf": PDF}


def test_there_is_nothing_to_forget_where_nothing_was_dropped(place: FileDrop) -> None:
    assert forget(place, clock.now()) == 0
