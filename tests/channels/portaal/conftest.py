from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client, override_settings

from loket.channels.portaal import assets
from loket.connectors import identiteit
from loket.kernel import tenant
from loket.registers.beheer import current
from loket.services.mijnservices import (
    burger,
    federatie,
    overzicht,
    persoonsgegevens,
    profiel,
    sporen,
    zaken,
)
from loket.services.mijnservices.inloggen import middelen, sessies, vestigingen

from .bronnen import GEVONDEN
from .voorbeeld import (
    PORTAL,
    PROFIEL,
    VOORBEELDSTAD,
    Digid,
    MijnSporen,
    MijnZaken,
    Sessies,
    Stijl,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.registers.beheer.inloggen import Ingesteld
    from loket.services.mijnservices.persoonsgegevens import Gegevens
    from loket.services.mijnservices.profiel import Profiel

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    assets.build(ROOT)


@pytest.fixture(autouse=True)
def portal() -> Iterator[None]:
    with override_settings(**PORTAL), tenant.entered(VOORBEELDSTAD):
        yield


@pytest.fixture(autouse=True)
def stijl(monkeypatch: pytest.MonkeyPatch) -> Stijl:
    fake = Stijl()
    monkeypatch.setattr(current, "instellingen", fake.instellingen)
    monkeypatch.setattr(current, "logo", lambda: fake.logo)
    return fake


@pytest.fixture(autouse=True)
def mijn(monkeypatch: pytest.MonkeyPatch) -> MijnZaken:
    fake = MijnZaken()
    monkeypatch.setattr(zaken, "overzicht", fake.overzicht, raising=False)
    monkeypatch.setattr(zaken, "detail", fake.detail, raising=False)
    monkeypatch.setattr(overzicht, "overzicht", fake.begin)
    monkeypatch.setattr(federatie, "elders", lambda _: ())
    return fake


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> list[Profiel]:
    """Hold how the citizen is known; empty when he is not."""
    held = [PROFIEL]
    monkeypatch.setattr(profiel, "profiel", lambda _: held[0] if held else None)
    return held


@pytest.fixture(autouse=True)
def bron(monkeypatch: pytest.MonkeyPatch) -> list[Gegevens]:
    """Hold what the base register told of whoever asks."""
    held = [GEVONDEN]
    monkeypatch.setattr(persoonsgegevens, "gegevens", lambda _: held[-1])
    return held


@pytest.fixture(autouse=True)
def log(monkeypatch: pytest.MonkeyPatch) -> MijnSporen:
    fake = MijnSporen()
    monkeypatch.setattr(sporen, "bladzijde", fake.bladzijde)
    return fake


@pytest.fixture(autouse=True)
def digid(monkeypatch: pytest.MonkeyPatch) -> Digid:
    fake = Digid()
    for name in ("begin", "finish", "logout_url"):
        monkeypatch.setattr(identiteit, name, getattr(fake, name))
    monkeypatch.setattr(burger, "from_bsn", fake.from_bsn)
    return fake


@pytest.fixture(autouse=True)
def ingesteld(monkeypatch: pytest.MonkeyPatch) -> list[Ingesteld]:
    """Hold how one can log in; empty where the municipality set nothing itself."""
    held: list[Ingesteld] = []
    monkeypatch.setattr(middelen, "ingesteld", lambda: held)
    return held


@pytest.fixture(autouse=True)
def vestigingen_bekend(monkeypatch: pytest.MonkeyPatch) -> list[vestigingen.Vestiging]:
    """Hold the vestigingen that the municipality knows of any company."""
    held: list[vestigingen.Vestiging] = []
    monkeypatch.setattr(vestigingen, "bekend", lambda _: tuple(held))
    return held


@pytest.fixture(autouse=True)
def sessies_bekend(monkeypatch: pytest.MonkeyPatch) -> Sessies:
    fake = Sessies()
    monkeypatch.setattr(sessies, "onthoud", fake.onthoud)
    monkeypatch.setattr(sessies, "beeindig", fake.beeindig)
    return fake


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def ingelogd(client: Client) -> Client:
    client.get("/inloggen/digid/")
    client.get("/inloggen/terug/", {"state": "s", "code": "c"})
    return client
