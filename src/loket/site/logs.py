"""The log files of the processes that Loket starts, one each, in `logs/` in the data directory."""

from io import TextIOWrapper
from pathlib import Path

LARGEST = 10_000_000
LINES_SHOWN = 20


def open_log(path: Path) -> TextIOWrapper:
    """Open a log to write on; what has grown large is set aside, once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST:
        path.rename(path.with_name(f"{path.name}.1"))
    return path.open("a", encoding="utf-8")


def last_lines(path: Path, since: int = 0) -> str:
    """What the log said last, but nothing from before this place in it."""
    with path.open("rb") as log:
        log.seek(max(since, path.stat().st_size - 100 * LINES_SHOWN))
        lines = log.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-LINES_SHOWN:])
