"""A real clamd: Debian's, with a few signatures of our own and no freshclam."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from loket.connectors.virusscanner import Clamd
from loket.grammar.files import Unavailable
from loket.simulators.clamd.looking import EICAR

if TYPE_CHECKING:
    from collections.abc import Iterator

CLAMD = "/usr/sbin/clamd"
MADE_UP = b"LOKET-TEST-VIRUS:9b1c"
"""A virus that we made up; the signature finds it anywhere."""
STARTED_WITHIN = 30


@contextmanager
def clamd(**settings: str) -> Iterator[Clamd]:
    """Run it until the block ends, with settings of clamd.conf."""
    folder = Path(tempfile.mkdtemp(prefix="loket-clamd-"))
    (folder / "db").mkdir()
    (folder / "db" / "loket.ndb").write_text(
        f"Loket.Test:0:*:{MADE_UP.hex()}\nEicar-Signature:0:0:{EICAR.hex()}\n"
    )
    socket = folder / "socket"
    told = {
        "Foreground": "yes",
        "LocalSocket": str(socket),
        "DatabaseDirectory": str(folder / "db"),
        "TemporaryDirectory": str(folder),
        **settings,
    }
    conf = folder / "clamd.conf"
    conf.write_text("".join(f"{name} {value}\n" for name, value in told.items()))
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([CLAMD, "-c", str(conf)], stdout=log, stderr=log)  # noqa: S603 - Debian's clamd
    client = Clamd(f"unix://{socket}")
    try:
        assert _answers(client), f"clamd did not start: {(folder / 'log').read_text()}"
        yield client
    finally:
        process.terminate()
        process.wait(STARTED_WITHIN)
        shutil.rmtree(folder)


def _answers(client: Clamd) -> bool:
    deadline = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < deadline:
        try:
            client.check()
        except Unavailable:
            time.sleep(0.05)
        else:
            return True
    return False
