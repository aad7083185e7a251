"""What a municipality takes of files: its own choice, out of what the house takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel import tenant
from loket.kernel.problems import Conflict, Fault, Invalid
from loket.services.mijnservices import bestandsoorten, taken_doen
from tests.conftest import OTHER_HOST, make_client
from tests.services.mijnservices.bestanden import HEIC, JPG, PNG, spool
from tests.services.mijnservices.leven import PDF, Leven, key

if TYPE_CHECKING:
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from tests.services.mijnservices.leven import Klant

MB = 2**20
FORM = {"formulierDefinitie": {"components": [{"label": "Foto", "key": "foto", "type": "file"}]}}


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def taak(leven: Leven, klant: Klant) -> UUID:
    return key(leven.taak(klant, leven.zaak(klant), details=FORM))


def stuur(actor: Actor, taak: UUID, content: bytes) -> str:
    """Send a file along; return the media type that it got."""
    body = {"inhoud": spool(content), "bestandsnaam": "foto"}
    return taken_doen.voeg_toe(actor, taak, body, Call(HOUSE)).formaat


def fault(actor: Actor, taak: UUID, content: bytes) -> Fault:
    """Send a file along that is not taken; return why."""
    with pytest.raises(Invalid) as problem:
        stuur(actor, taak, content)
    (found,) = problem.value.faults
    return found


@pytest.mark.req("M42")
def test_a_municipality_says_which_kinds_it_takes(leven: Leven, klant: Klant, taak: UUID) -> None:
    assert stuur(klant.actor, taak, HEIC) == "image/heic"
    leven.stel_in(bestandsoorten=["jpg", "pdf"])
    assert fault(klant.actor, taak, HEIC) == Fault(
        "inhoud", "formaat-niet-toegestaan",
        "Dit soort bestand nemen wij niet aan. Dit kan wel: PDF, JPG.",
    )  # fmt: skip
    assert stuur(klant.actor, taak, JPG) == "image/jpeg"


@pytest.mark.req("M42")
def test_a_municipality_says_how_large_a_file_may_be(
    leven: Leven, klant: Klant, taak: UUID
) -> None:
    leven.stel_in(grootsteBestand=1)
    assert stuur(klant.actor, taak, PDF + bytes(MB - len(PDF)))
    found = fault(klant.actor, taak, PDF + bytes(MB))
    assert found == Fault("inhoud", "te-groot", "Een bestand mag hoogstens 1 MB groot zijn.")
    leven.stel_in(grootsteBestand=None)
    assert stuur(klant.actor, taak, PDF + bytes(MB))


@pytest.mark.req("M42")
def test_each_municipality_has_its_own_choice(
    leven: Leven, klant: Klant, taak: UUID, andere: Tenant
) -> None:
    leven.stel_in(bestandsoorten=["pdf"], grootsteBestand=1)
    with tenant.entered(andere):
        client = make_client("test")
        client.host = OTHER_HOST
        there = Leven(client)
        buur = there.burger("De Buur")
        elsewhere = key(there.taak(buur, there.zaak(buur), details=FORM))
        assert stuur(buur.actor, elsewhere, PDF + bytes(MB))
        there.stel_in(bestandsoorten=["png"])
        assert fault(buur.actor, elsewhere, PDF).reason.endswith("Dit kan wel: PNG.")
        assert stuur(buur.actor, elsewhere, PNG) == "image/png"
    assert fault(klant.actor, taak, PNG).reason.endswith("Dit kan wel: PDF.")
    assert fault(klant.actor, taak, PDF + bytes(MB)).code == "te-groot"


@pytest.mark.req("M42")
def test_what_the_house_no_longer_takes_no_municipality_takes(
    leven: Leven, klant: Klant, taak: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    leven.stel_in(bestandsoorten=["pdf", "heic"], grootsteBestand=3)
    monkeypatch.setattr(settings, "UPLOAD_MOST_BYTES", 2 * MB)
    monkeypatch.setattr(settings, "UPLOAD_FORMATS", ["pdf", "jpg"])
    assert fault(klant.actor, taak, HEIC).reason.endswith("Dit kan wel: PDF.")
    assert "hoogstens 2 MB" in fault(klant.actor, taak, PDF + bytes(2 * MB)).reason
    leven.stel_in(naam="Gemeente Nieuwnaam")
    monkeypatch.setattr(settings, "UPLOAD_FORMATS", ["png"])
    assert not taken_doen.werk(klant.actor, taak).kan_meesturen
    with pytest.raises(Conflict, match="geen documenten"):
        stuur(klant.actor, taak, PNG)


@pytest.mark.parametrize(
    ("mb", "gekozen", "most", "shown"),
    [
        (None, (), 50 * MB, "PDF, JPG, PNG, HEIC, TIFF, GIF, WEBP, DOCX, XLSX, ODT, ODS"),
        (1, ("png", "pdf"), MB, "PDF, PNG"),
        (500, ("pptx", "gif"), 50 * MB, "GIF"),
    ],
)
def test_what_is_open_is_as_the_house_has_it(
    mb: int | None, gekozen: tuple[str, ...], most: int, shown: str
) -> None:
    found = bestandsoorten.toegelaten(mb, gekozen)
    assert (found.most, found.namen) == (most, shown)
