"""`loket bench` and `loket soak`: the long measurements, each in a house of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from loket.site.cli.saying import USAGE, fail

PARTS = ("zaken", "contacten", "notificaties", "mijnservices")
"""What is measured apart."""

ROOT = Path(__file__).resolve().parents[4]


def bench(
    *,
    scale: Annotated[
        bool, typer.Option("--scale", help="Meet ook bij 20.000 en 1.000.000 zaken; dat duurt.")
    ] = False,
    count: Annotated[int, typer.Option(help="Hoeveel zaken er geladen worden.", min=200)] = 200_000,
    only: Annotated[
        str, typer.Option(help=f"Alleen dit deel: {', '.join(PARTS)}; anders alles.")
    ] = "",
) -> None:
    """Meet wat een verzoek kost, naast een kale lus met dezelfde SQL, en hoe snel iets rondgaat."""
    if only not in ("", *PARTS):
        fail(f"--only kent {', '.join(PARTS)}.", USAGE)
    home = settings.DATA_DIR / "bench"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    command = [
        sys.executable, "-m", "loket.site.bench", str(settings.DATA_DIR / "bench.json"),
        "--count", str(count), *(["--scale"] if scale else []),
        *(["--only", only] if only else []),
    ]  # fmt: skip
    own = {"LOKET_DATA_DIR": str(home), "LOKET_DATABASE_URL": "", "LOKET_TEST_CALLBACKS": "0"}
    environment = {**os.environ, **own}
    try:
        done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own command
    finally:
        shutil.rmtree(home, ignore_errors=True)
    raise typer.Exit(done.returncode)


def soak() -> None:
    """Draai de lange vorm van de proeven: alles stuk maken onder belasting, en slechte invoer."""
    rooms = [str(room) for name in ("soak", "fuzz") if (room := ROOT / "tests" / name).is_dir()]
    if not rooms:
        fail("De proeven staan in de broncode, en die is hier niet.")
    environment = {**os.environ, "LOKET_SOAK": "1"}
    failed = 0
    for place in rooms:  # kills want the machine for themselves; bad input takes every core
        how = ["--numprocesses", "auto"] if place.endswith("fuzz") else ["-s"]
        command = [sys.executable, "-m", "pytest", *how, place]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603 - our own command
        failed = failed or done.returncode
    raise typer.Exit(failed)
