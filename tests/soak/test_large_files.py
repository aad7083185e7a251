"""A file of 4 GiB goes up in parts and comes down again, and the server stays small.

The short form sends 64 MiB; LOKET_SOAK=1 sends 4 GiB, LOKET_SOAK_FILE another number of MiB.
"""

from __future__ import annotations

import base64
import os
import time
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from loket.site import demo
from loket.site.process_table import TABLE, command_line
from tests.acceptance.house import House, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MIB = 2**20
SIZE = int(os.environ.get("LOKET_SOAK_FILE") or (4096 if os.environ.get("LOKET_SOAK") else 64))
MOST = 300 * MIB
CATALOGI, EIO = "/catalogi/api/v1", "/documenten/api/v1/enkelvoudiginformatieobjecten"
RSIN = "517439943"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = start(tmp_path)
    yield made
    assert made.stop() == 0


@pytest.fixture
def kind(house: House) -> str:
    """Return the address of a published type."""
    catalogus = house.call("GET", f"{CATALOGI}/catalogussen")["results"][0]["url"]
    body = {
        "catalogus": catalogus,
        "omschrijving": "Groot bestand",
        "vertrouwelijkheidaanduiding": "openbaar",
        "informatieobjectcategorie": "bestanden",
        "beginGeldigheid": "2020-01-01",
    }
    made = house.call("POST", f"{CATALOGI}/informatieobjecttypen", body, 201)["url"]
    house.call("POST", f"{made}/publish")
    return str(made)


def document(kind: str, **body: Any) -> dict[str, Any]:
    return {
        "bronorganisatie": RSIN,
        "creatiedatum": "2026-01-05",
        "titel": "Groot",
        "auteur": "Gemeente",
        "taal": "dut",
        "informatieobjecttype": kind,
        **body,
    }


def headers() -> dict[str, str]:
    claims = {"iss": demo.CLIENT_ID, "client_id": demo.CLIENT_ID, "iat": int(time.time())}
    token = jwt.encode(claims, demo.CLIENT_SECRET, algorithm="HS256")
    return {"Authorization": f"Bearer {token}"}


@contextmanager
def watched(house: House) -> Iterator[list[int]]:
    """Keep the largest resident memory of any process that serves the APIs."""
    most, stop = [0], Event()

    def watch() -> None:
        while not stop.wait(0.05):
            most[0] = max([most[0], *(_resident(pid) for pid in _serving(house))])

    thread = Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield most
    finally:
        stop.set()
        thread.join()


def _serving(house: House) -> list[int]:
    """Return the web server and its workers."""
    port = str(house.port)
    found = [int(entry.name) for entry in TABLE.iterdir() if entry.name.isdigit()]
    web = {pid for pid in found if _is_web(command_line(pid), port)}
    return [pid for pid in found if pid in web or _parent(pid) in web]


def _is_web(command: list[str], port: str) -> bool:
    return port in command and command[-1:] == ["loket.site.wsgi:application"]


def _parent(pid: int) -> int:
    return int(_status(pid).get("PPid", "0"))


def _resident(pid: int) -> int:
    return int(_status(pid).get("VmRSS", "0 kB").split()[0]) * 1024


def _status(pid: int) -> dict[str, str]:
    try:
        lines = (TABLE / str(pid) / "status").read_text(errors="replace").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def send_parts(made: dict[str, Any], empty: Path) -> None:
    for part in made["bestandsdelen"]:
        with empty.open("wb") as opened:
            opened.truncate(part["omvang"])
        with empty.open("rb") as opened:
            answer = httpx.put(
                part["url"],
                headers=headers(),
                data={"lock": made["lock"]},
                files={"inhoud": ("deel", opened)},
                timeout=600,
            )
        assert answer.status_code == httpx.codes.OK, answer.text


def downloaded(url: str) -> int:
    """Return how many bytes come down."""
    with httpx.stream("GET", url, headers=headers(), timeout=600) as answer:
        assert answer.status_code == httpx.codes.OK
        return sum(len(chunk) for chunk in answer.iter_bytes())


@pytest.mark.timeout(3600)
def test_a_large_file_passes_through_a_small_server(
    house: House, kind: str, tmp_path: Path
) -> None:
    size = SIZE * MIB - 1  # the last part is a little smaller
    made = house.call("POST", EIO, document(kind, inhoud=None, bestandsomvang=size), 201)
    with watched(house) as most:
        send_parts(made, tmp_path / "leeg")
        answer = httpx.post(
            f"{made['url']}/unlock", headers=headers(), json={"lock": made["lock"]}, timeout=1800
        )
        assert answer.status_code == httpx.codes.NO_CONTENT, answer.text
        shown = house.call("GET", made["url"])
        assert downloaded(shown["inhoud"]) == size
        last = {**headers(), "Range": f"bytes={size - 3}-"}
        assert httpx.get(shown["inhoud"], headers=last).content == b"\0\0\0"
    assert 0 < most[0] < MOST


@pytest.mark.timeout(3600)
def test_a_large_file_in_base64_passes_through_a_small_server(house: House, kind: str) -> None:
    mib = min(SIZE, 1024)
    text = base64.b64encode(bytes(3 * MIB))
    begin, end = '{"inhoud":"', '","formaat":""'

    def body() -> Iterator[bytes]:
        yield begin.encode()
        for _ in range(mib // 3):
            yield text
        yield end.encode()
        for name, value in document(kind).items():
            yield f',"{name}":"{value}"'.encode()
        yield b"}"

    with watched(house) as most:
        sent = {**headers(), "Content-Type": "application/json"}
        answer = httpx.post(f"{house.url}{EIO}", headers=sent, content=body(), timeout=1800)
        assert answer.status_code == httpx.codes.CREATED, answer.text
        made = answer.json()
        assert made["bestandsomvang"] == mib // 3 * 3 * MIB
        assert downloaded(made["inhoud"]) == made["bestandsomvang"]
    assert 0 < most[0] < MOST
