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

from loket.site.demo_teksten import pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER: Final = "screens"
WIDTHS: Final = {"phone": (390, 844), "desktop": (1280, 900)}
FOR_ALL: Final = {
    "inloggen": ("Logging in", "/inloggen/"),
    "toegankelijkheid": ("Accessibility statement", "/toegankelijkheid/"),
}
_ZAAK: Final = "/mijn-zaken/ > table a >> nth=0"
_BESLOTEN: Final = "/mijn-zaken/ > table a >> nth=-1"
_TAAK: Final = "/mijn-taken/ > text=Stuur een foto"
_CONTACT: Final = "/mijn-contactmomenten/ > text=Heeft gevraagd hoe lang"
_GEVULD: Final = "Kenteken van uw auto := AB-123-C > Nee := ja > Foto := @"
FOR_CITIZENS: Final = {
    "overzicht": ("Mijn overzicht", "/overzicht/"),
    "zaken": ("Mijn zaken", "/mijn-zaken/"),
    "zaak": ("One zaak, running", _ZAAK),
    "zaak-afgerond": ("One zaak, with its besluit", _BESLOTEN),
    "document": ("Reading a document", f"{_BESLOTEN} > text=Lezen > text=Pagina 1"),
    "vraag": ("Asking something about a zaak", f"{_ZAAK} > text=Stel een vraag over deze zaak"),
    "intrekken": ("Withdrawing an application", f"{_ZAAK} > text=Aanvraag intrekken"),
    "taken": ("Mijn taken", "/mijn-taken/"),
    "taak": ("One taak: a form with a file", _TAAK),
    "taak-betalen": ("One taak: to pay", "/mijn-taken/ > text=Betaal de kosten"),
    "taak-controleren": (
        "Checking what was filled in",
        f"{_TAAK} > {_GEVULD} > text=Verder: controleren",
    ),
    "berichten": ("Mijn berichten", "/mijn-berichten/"),
    "bericht": ("One bericht", "/mijn-berichten/ > text=Wij hebben nog iets"),
    "contactmomenten": ("Mijn contactmomenten", "/mijn-contactmomenten/"),
    "contactmoment": ("One contactmoment", _CONTACT),
    "klopt-niet": ("Saying that it is not right", f"{_CONTACT} > text=Dit klopt niet"),
    "gegevens": ("Mijn gegevens", "/mijn-gegevens/"),
    "adres": ("Another telephone number", "/mijn-gegevens/ > text=Telefoonnummer toevoegen"),
    "voorkeuren": ("What one wants to hear, and how", "/mijn-gegevens/voorkeuren/"),
    "downloaden": ("Downloading all that is one's own", "/mijn-gegevens/downloaden/"),
    "dossier": ("All of it on one page", "/mijn-gegevens/downloaden/lezen/"),
    "sporen": ("Mijn sporen", "/mijn-sporen/"),
    "zoeken": ("Searching one's own things", "/zoeken/?q=parkeer"),
    "overal": ("Logging out everywhere", "/uitloggen/overal/"),
}
FOR_COMPANIES: Final = {
    "vestiging": ("A company chooses for which vestiging it acts", "/inloggen/vestiging/"),
    "overzicht-bedrijf": ("The overview of a company", "/overzicht/"),
}
SCREENS: Final = {**FOR_ALL, **FOR_CITIZENS, **FOR_COMPANIES}
"""By the name of the picture: what it shows, and the address, with what to do from there.

A step is what to follow, or `label := value` for what to fill in; `@` is a file.
"""

_CHROMIUM: Final = "/usr/bin/chromium"
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
_FILE: Final[Any] = {
    "name": "kentekenbewijs.pdf", "mimeType": "application/pdf", "buffer": pdf("Kentekenbewijs")
}  # fmt: skip
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
            for means, screens in (
                ("", FOR_ALL), ("DigiD", FOR_CITIZENS), ("eHerkenning", FOR_COMPANIES)
            ):  # fmt: skip
                viewport: Any = {"width": wide, "height": high}
                shown = browser.new_page(locale="nl-NL", viewport=viewport)
                if means:
                    _log_in(shown, address, means)
                for name, (_, steps) in screens.items():
                    _go(shown, address, steps)
                    made.append(into / f"{name}-{width}.jpg")
                    clip: Any = {"x": 0, "y": 0, "width": wide, "height": _height(shown)}
                    shown.screenshot(
                        path=made[-1], type="jpeg", quality=_QUALITY, clip=clip, full_page=True
                    )
                    tell(len(made), len(SCREENS) * len(WIDTHS))
                shown.close()
        browser.close()
    return made


def _go(shown: Any, address: str, steps: str) -> None:
    path, *then = steps.split(" > ")
    shown.goto(address + path)
    for step in then:
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
            shown.get_by_label(label).fill(value)


def _log_in(shown: Any, address: str, means: str) -> None:
    shown.goto(f"{address}/inloggen/")
    shown.get_by_role("link", name=means).first.click()
    shown.get_by_role("radio").first.check()
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
