"""Taking the pictures of the portal for the manual, of a demo municipality of their own.

The browser is a tool of development: it is asked for only where pictures are made.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import httpx

from loket.site.demo_teksten import pdf
from loket.site.docs.screens import VISITS, WIDTHS, Screen, Visit, count, picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHROMIUM: Final = "/usr/bin/chromium"
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_FILE: Final[Any] = {
    "name": "kentekenbewijs.pdf", "mimeType": "application/pdf", "buffer": pdf("Kentekenbewijs")
}  # fmt: skip
_QUALITY: Final = 55
_TALLEST: Final = 1600
_WITHIN: Final = 120


def take(into: Path, tell: Callable[[int, int], None]) -> list[Path]:
    """Walk the pages of a demo, a new one for each width, and return the pictures.

    Those of before stay until all are there.
    """
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of development

    made: list[Path] = []
    fresh = into.with_name(f"{into.name}.nieuw")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for width, (wide, high) in WIDTHS.items():
        with _house() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
            for visit in VISITS:
                seen: Any = {"viewport": {"width": wide, "height": high}}
                if visit.own_colours:
                    seen |= {"forced_colors": "active", "color_scheme": "dark"}
                shown = browser.new_page(locale="nl-NL", **seen)
                for name in _walk(shown, address, visit, width):
                    made.append(into / name)
                    _shoot(shown, fresh / name, wide)
                    tell(len(made), count())
                shown.close()
            browser.close()
    shutil.rmtree(into, ignore_errors=True)
    fresh.rename(into)
    return made


def _walk(shown: Any, address: str, visit: Visit, width: str) -> Iterator[str]:
    """Go to each page of a visit; give the name of the file for what is shown then."""
    if visit.means:
        _log_in(shown, address, visit)
    for name, screen in visit.screens.items():
        if width in screen.widths:
            _go(shown, address, screen)
            yield picture(name, width)


def _shoot(shown: Any, path: Path, wide: int) -> None:
    clip: Any = {"x": 0, "y": 0, "width": wide, "height": _height(shown)}
    shown.screenshot(path=path, type="jpeg", quality=_QUALITY, clip=clip, full_page=True)


def _go(shown: Any, address: str, screen: Screen) -> None:
    for step in screen.steps.split(" > "):
        if step.startswith("/"):
            shown.goto(address + step)
            continue
        label, fills, value = step.partition(" := ")
        if not fills:
            shown.locator(step).first.click()
            shown.wait_for_load_state()
        elif value == "@":
            shown.get_by_label(label).set_input_files(_FILE)
            shown.get_by_role("button", name="Haal weg").wait_for()
        elif value == "ja":
            shown.get_by_label(label, exact=True).check()
        else:
            shown.get_by_label(label, exact=True).fill(value)


def _log_in(shown: Any, address: str, visit: Visit) -> None:
    shown.goto(f"{address}/inloggen/")
    shown.get_by_role("link", name=visit.means).first.click()
    shown.get_by_role("radio").nth(visit.person).check()
    shown.get_by_role("button", name="Inloggen").click()
    shown.wait_for_url(f"{address}/**")


def _height(shown: Any) -> int:
    height: int = shown.evaluate("document.documentElement.scrollHeight")
    return min(height, _TALLEST)


@contextmanager
def _house() -> Iterator[str]:
    """Run a demo municipality on free ports."""
    folder = Path(tempfile.mkdtemp(prefix="loket-screens-"))
    folder.chmod(0o711)  # the database runs as another user when root makes the pictures
    port = _free()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LOKET_")},
        "LOKET_PORT": str(port), "LOKET_DATA_DIR": str(folder),
    }  # fmt: skip
    command = [sys.executable, "-m", "loket.site.cli", "run"]
    with (folder / "run.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 - our own command
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _WITHIN
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/readyz").status_code == httpx.codes.OK:
                time.sleep(2)  # the stand-ins beside it come up at the same time
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.2)
    raise RuntimeError("The demo did not start, so there is nothing to make pictures of.")


def _free() -> int:
    """Return a port with nine free ones after it."""
    return next(
        port for port in range(21_000, 60_000, 10) if all(map(_is_free, range(port, port + 10)))
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
