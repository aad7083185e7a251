"""A house of its own for a walk through the real parts: `loket run` as a user starts it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import jwt

from loket.site import demo

if TYPE_CHECKING:
    from pathlib import Path

READY_WITHIN = 120
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class House:
    """A running house: where it is, and how to call and command it."""

    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address of the portal and the APIs."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def mail(self) -> str:
        """The address of the mail sink."""
        return f"http://127.0.0.1:{self.port + 3}"

    def loket(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the house."""
        return subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "loket.site.cli", *arguments],
            env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def call(self, method: str, path: str, body: Any = None, expect: int = 200) -> Any:
        """Call an API as the demo's application; the answer must have the expected status."""
        token = jwt.encode(
            {"iss": demo.CLIENT_ID, "client_id": demo.CLIENT_ID, "iat": int(time.time())},
            demo.CLIENT_SECRET,
            algorithm="HS256",
        )
        headers = {
            "Authorization": f"Bearer {token}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
        }
        url = path if path.startswith("http") else self.url + path
        answer = httpx.request(method, url, json=body, headers=headers, timeout=30)
        assert answer.status_code == expect, f"{method} {url}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def messages(self, count: int) -> list[dict[str, Any]]:
        """Return the mails in the sink, once there are `count` of them."""
        deadline = time.monotonic() + 20
        while True:
            found: Any = httpx.get(f"{self.mail}/api/messages").json()
            found = found if isinstance(found, list) else found["messages"]
            if len(found) >= count or time.monotonic() > deadline:
                return list(found)
            time.sleep(0.1)

    def stop(self) -> int:
        """Press Ctrl-C and wait until all is down."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def start(data_dir: Path) -> House:
    """Start a house on free ports, as `make run` does, and wait until it is ready."""
    port = _free_ports()
    environment = {
        **os.environ,
        "LOKET_PORT": str(port),
        "LOKET_DATA_DIR": str(data_dir),
        "LOKET_DEMO": "1",
    }
    for name in (
        "LOKET_PUBLIC_URL", "LOKET_OIDC_ISSUER", "LOKET_SMTP_URL", "LOKET_DATABASE_URL",
        "LOKET_CLAMD_URL", "LOKET_STORAGE", "LOKET_NOTIFYNL_URL", "LOKET_PRINTER",
    ):  # fmt: skip
        environment.pop(name, None)
    with (data_dir / "run.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "loket.site.cli", "run"],
            env=environment, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    house = House(port, environment, process)
    try:
        _wait(house, data_dir)
    except BaseException:
        process.kill()
        raise
    return house


def _wait(house: House, data_dir: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and house.process.poll() is None:
        try:
            ports = (house.port, house.port + 3, house.port + 4)
            if all(_answers(port) for port in ports) and _ready(house):
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.1)
    raise AssertionError("the house did not start:\n" + (data_dir / "run.log").read_text())


def _ready(house: House) -> bool:
    return httpx.get(f"{house.url}/readyz", timeout=10).status_code == httpx.codes.OK


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_ports() -> int:
    """Return a port with nine free ones after it; processes that test side by side share none."""
    own = 1_000 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for first in range(18_000 + own % 40_000, 19_000 + own % 40_000, 10):
        if not any(_answers(port) for port in range(first, first + 10)):
            return first
    raise AssertionError("no free ports")


def as_json(done: subprocess.CompletedProcess[str]) -> Any:
    """Read what a command told."""
    assert done.returncode == 0, done.stderr + done.stdout
    return json.loads(done.stdout)
