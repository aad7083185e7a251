"""A text message and a letter of the demo, from the news to the page on which they can be seen."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from loket.kernel.clock import today
from tests.acceptance.house import House, start
from tests.registers.berichten.test_berichten import body as bericht
from tests.registers.klantinteracties.contactwerk import identificator, ref

if TYPE_CHECKING:
    from collections.abc import Iterator

MOBIEL = "+31612345678"
PATIENCE = 60
"""Seconds in which anything has to come, however busy the machine is."""

ADRES = {"straatnaam": "Dorpsstraat", "huisnummer": 1, "postcode": "1234 AB", "stad": "Duinrade"}
PERSOON = {
    "soortPartij": "persoon", "indicatieActief": True,
    "partijIdentificatie": {"contactnaam": {"voornaam": "Eva", "achternaam": "Jansen"}},
}  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = start(tmp_path_factory.mktemp("kanalen"))
    yield running
    assert running.stop() == 0


@dataclass
class Klanten:
    """Somebody who records who is reached how."""

    house: House

    def make(self, path: str, **body: Any) -> dict[str, Any]:
        """Record something."""
        made: dict[str, Any] = self.house.call(
            "POST", f"/klantinteracties/api/v1/{path}", body, expect=201
        )
        return made

    def known(self, bsn: str, **more: Any) -> dict[str, Any]:
        """Make somebody with a BSN."""
        partij = self.make("partijen", **PERSOON, **more)
        known = identificator("bsn", bsn, identificeerdePartij=ref(partij))
        self.make("partij-identificatoren", **known)
        return partij

    def day_and_night(self) -> None:
        """Let text messages go at once, whatever the hour."""
        rules = "/output/api/v1/outputregels"
        for each in self.house.call("GET", f"{rules}?pageSize=100")["results"]:
            self.house.call("PATCH", each["url"], {"stilleUren": False})

    def tell(self, bsn: str) -> None:
        """Put a message in somebody's portal, of which he hears at once."""
        about = bericht(ontvanger=f"urn:nld:brp:bsn:{bsn}")
        self.house.call("POST", "/berichten/api/v1/berichten", about, expect=201)


def first(url: str) -> dict[str, Any]:
    """Wait for the first that comes."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found: list[dict[str, Any]] = httpx.get(url).json()
        if found and found[0].get("status", found[0].get("state")) in ("delivered", "completed"):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(f"nothing came at {url}: {httpx.get(url).text}")


@pytest.mark.req("M55", "M56")
def test_what_the_demo_sends_can_be_seen(house: House) -> None:
    klanten = Klanten(house)
    beller, lezer = (
        klanten.known("999993653"),
        klanten.known("999990019", correspondentieadres=ADRES),
    )
    klanten.make(
        "digitaleadressen", soortDigitaalAdres="telefoonnummer", adres=MOBIEL, omschrijving="",
        verstrektDoorPartij=ref(beller), verstrektDoorBetrokkene=None,
        verificatieDatum=today().isoformat(), isStandaardAdres=True,
    )  # fmt: skip
    klanten.make(
        "bereikbaarheden",
        partij=ref(beller),
        soortBericht="bericht",
        kanaal="telefoon",
        bron="formulier",
    )
    klanten.make("contactvoorkeuren", partij=ref(lezer), kanaal="brief")
    klanten.day_and_night()
    for bsn in ("999993653", "999990019"):
        klanten.tell(bsn)
    sms, brieven = (f"http://127.0.0.1:{house.port + nr}" for nr in (6, 7))
    message = first(f"{sms}/api/messages")
    assert (message["to"], message["type"]) == (MOBIEL, "sms")
    assert message["body"] in httpx.get(f"{sms}/").text.replace("&#39;", "'")
    letter = first(f"{brieven}/api/jobs")
    assert f"Download brief {letter['id']}" in httpx.get(f"{brieven}/").text
    pdf = httpx.get(f"{brieven}/api/jobs/{letter['id']}.pdf").content
    assert pdf.startswith(b"%PDF-")
    reported(house)


def reported(house: House) -> None:
    """Wait until the stand-in for NotifyNL has told that the message came."""
    deadline, told = time.monotonic() + PATIENCE, list[Any]()
    while time.monotonic() < deadline:
        told = house.call("GET", "/output/api/v1/klantnotificaties")["results"]
        if ("sms", "bezorgd") in {(each["kanaal"], each["status"]) for each in told}:
            return
        time.sleep(0.1)
    raise AssertionError(told)
