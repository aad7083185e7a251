"""Pictures of the portal for the manual, made of a demo municipality of their own.

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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER: Final = "screens"
WIDTHS: Final = {"phone": (390, 844), "desktop": (1280, 900)}
SCREENS: Final = {
    "inloggen": ("Logging in", "/inloggen/"),
    "overzicht": ("Mijn overzicht", "/overzicht/"),
    "zaken": ("Mijn zaken", "/mijn-zaken/"),
    "zaak": ("One zaak, running", "/mijn-zaken/ > table a >> nth=0"),
    "zaak-afgerond": ("One zaak, with its besluit", "/mijn-zaken/ > table a >> nth=-1"),
    "taken": ("Mijn taken", "/mijn-taken/"),
    "taak": ("One taak: a form with a file", "/mijn-taken/ > text=Stuur een foto"),
    "berichten": ("Mijn berichten", "/mijn-berichten/"),
    "bericht": ("One bericht", "/mijn-berichten/ > text=Wij hebben nog iets"),
    "contactmomenten": ("Mijn contactmomenten", "/mijn-contactmomenten/"),
    "contactmoment": ("One contactmoment", "/mijn-contactmomenten/ > text=Heeft gevraagd hoe lang"),
    "gegevens": ("Mijn gegevens", "/mijn-gegevens/"),
    "voorkeuren": ("What one wants to hear, and how", "/mijn-gegevens/voorkeuren/"),
    "sporen": ("Mijn sporen", "/mijn-sporen/"),
    "zoeken": ("Searching one's own things", "/zoeken/?q=parkeer"),
}
"""By the name of the picture: what it shows, and the address, with what to follow from there."""

_CHROMIUM: Final = "/usr/bin/chromium"
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_QUALITY: Final = 55
_TALLEST: Final = 1600
_WITHIN: Final = 120


def page() -> str:
    """Return the page of the manual that shows the pictures."""
    lines = ["# Screens of the portal", "", "As the demo municipality shows them.", ""]
    for name, (title, _) in SCREENS.items():
        shown = " ".join(f"![{title}, {width}]({FOLDER}/{name}-{width}.jpg)" for width in WIDTHS)
        lines += [f"## {title}", "", shown, ""]
    return "\n".join(lines)


def take(into: Path, tell: Callable[[int, int], None]) -> list[Path]:
    """Start a demo, walk its pages, and write a picture of each; return the files."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a tool of development

    into.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    with _house() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        for width, (wide, high) in WIDTHS.items():
            shown = browser.new_page(locale="nl-NL", viewport={"width": wide, "height": high})
            for name, (_, place) in SCREENS.items():
                _go(shown, address, place)
                made.append(into / f"{name}-{width}.jpg")
                clip: Any = {"x": 0, "y": 0, "width": wide, "height": _height(shown)}
                shown.screenshot(
                    path=made[-1], type="jpeg", quality=_QUALITY, clip=clip, full_page=True
                )
                if name == "inloggen":
                    _log_in(shown)
                tell(len(made), len(SCREENS) * len(WIDTHS))
            shown.close()
        browser.close()
    return made


def _go(shown: Any, address: str, place: str) -> None:
    path, _, follow = place.partition(" > ")
    shown.goto(address + path)
    if follow:
        shown.locator(follow).first.click()
        shown.wait_for_load_state()


def _log_in(shown: Any) -> None:
    shown.get_by_role("link", name="DigiD").first.click()
    shown.get_by_role("radio").first.check()
    shown.get_by_role("button", name="Inloggen").click()
    shown.wait_for_url("**/overzicht/")


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
