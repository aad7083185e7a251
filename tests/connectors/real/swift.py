"""A real S3 server: Debian's Swift with its s3api, in a process that ends with the test."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from loket.connectors.opslag.s3 import Account

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = "/usr/bin/python3"
SERVER = Path(__file__).with_name("swift_server.py")
BUCKET = "documenten"


@contextmanager
def swift() -> Iterator[Account]:
    """Run it until the block ends, with an empty bucket."""
    folder = Path(tempfile.mkdtemp(prefix="loket-swift-", dir=_place()))
    try:
        with (folder / "log").open("w+") as log, _process(folder, log) as process:
            line = process.stdout.readline() if process.stdout else ""
            assert line, f"Swift did not start: {(folder / 'log').read_text()}"
            url = f"s3://{BUCKET}?endpoint={json.loads(line)['url']}&region=us-east-1"
            account = Account(url, "loket:tester", "geheim")
            account.client().create_bucket(Bucket=BUCKET)
            yield account
    finally:
        shutil.rmtree(folder)


@contextmanager
def _process(folder: Path, log: IO[str]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(  # noqa: S603 - Debian's interpreter and our own script
        [PYTHON, "-I", str(SERVER), str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        env={name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
    )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.kill()


def _place() -> str:
    """Return a folder whose file system knows the extended attributes that Swift writes."""
    for place in (tempfile.gettempdir(), "/var/tmp", str(Path.home()), str(Path.cwd())):  # noqa: S108 - one of several to try
        with tempfile.TemporaryDirectory(dir=place) as probe:
            try:
                os.setxattr(probe, "user.loket", b"x" * 100)
            except OSError:
                continue
            return place
    raise AssertionError("Swift needs a folder with extended attributes; none of those here has.")
