"""Sending files along on a page, held to what the municipality takes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from loket.kernel import tenant
from loket.ledger.database import counted
from loket.services.mijnservices import taken_doen
from tests.conftest import OTHER_HOST, make_client
from tests.services.mijnservices.bestanden import HEIC, JPG, PNG
from tests.services.mijnservices.leven import PDF, Leven, key

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from loket.ledger.database import Statement
    from tests.services.mijnservices.leven import Klant

    Als = Callable[[Actor], Client]

MB = 2**20
FOTO = {"label": "Foto", "key": "foto", "type": "file", "multiple": True}
FORM = {"formulierDefinitie": {"components": [FOTO]}}
TE_GROOT = "is te groot. Een bestand mag hoogstens 1 MB zijn."


def path_of(leven: Leven, klant: Klant) -> str:
    """Ask somebody for photos; return the address of the task."""
    return f"/mijn-taken/{key(leven.taak(klant, leven.zaak(klant), details=FORM))}/"


def stuur(client: Client, path: str, *contents: bytes) -> tuple[int, str]:
    """Send files as the script of the page does: the status, and the list as it is then."""
    files = [SimpleUploadedFile("foto.heic", each) for each in contents]
    answer = client.post(f"{path}bestanden/", {"bestand-foto": files, "veld": "foto"})
    return answer.status_code, answer.content.decode()


def settings_read(statements: list[Statement]) -> int:
    """Return how many statements read nothing but the settings."""
    return sum("doelbindingen\nFROM beheer_instellingen" in each for each in statements)


@pytest.mark.req("M42")
def test_the_page_says_what_the_municipality_takes(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    client, path = als(klant.actor), path_of(leven, klant)
    page = client.get(path).content.decode()
    assert "Een bestand mag hoogstens 50 MB zijn. Dit kan: PDF, JPG, PNG, HEIC," in page
    leven.stel_in(bestandsoorten=["jpg", "pdf"], grootsteBestand=1)
    with counted() as statements:
        page = client.get(path).content.decode()
    assert settings_read(statements) == 1
    assert "Een bestand mag hoogstens 1 MB zijn. Dit kan: PDF, JPG. U kunt" in page
    assert 'data-grens="1"' in page
    assert re.findall(r' accept="([^"]*)"', page) == [".pdf,.jpg,.jpeg,application/pdf,image/jpeg"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "PDF, JPG." in client.get(path).content.decode()


@pytest.mark.req("M42")
def test_what_it_does_not_take_is_refused_and_what_can_be_is_named(leven: Leven, als: Als) -> None:
    klant = leven.burger()
    client, path = als(klant.actor), path_of(leven, klant)
    leven.stel_in(bestandsoorten=["jpg", "pdf"])
    says = "niet naar de naam. Dit kan wel: PDF, JPG."
    status, shown = stuur(client, path, HEIC)
    assert (status, says in shown) == (400, True)
    files = [SimpleUploadedFile("foto.heic", each) for each in (HEIC, JPG)]
    with counted() as statements:
        answer = client.post(path, {"bestand-foto": files, "stap": "toevoegen"})
    assert (answer.status_code, says in answer.content.decode()) == (400, True)
    assert settings_read(statements) == 1
    assert stuur(client, path, JPG)[0] == 200


@pytest.mark.req("M42")
def test_a_file_that_gets_too_large_for_it_is_thrown_away_on_the_way(
    leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    klant = leven.burger()
    client, path = als(klant.actor), path_of(leven, klant)
    assert stuur(client, path, PDF + bytes(MB))[0] == 200
    leven.stel_in(grootsteBestand=1)
    assert stuur(client, path, PDF + bytes(MB - len(PDF)))[0] == 200
    monkeypatch.delattr(taken_doen, "voeg_toe")
    status, shown = stuur(client, path, PDF + bytes(MB))
    assert (status, TE_GROOT in shown) == (400, True)
    answer = client.post(path, {"bestand-foto": SimpleUploadedFile("a.pdf", PDF + bytes(MB))})
    assert (answer.status_code, TE_GROOT in answer.content.decode()) == (400, True)


@pytest.mark.req("M42")
def test_each_municipality_takes_what_it_chose_itself(
    leven: Leven, als: Als, andere: Tenant
) -> None:
    klant = leven.burger()
    client, path = als(klant.actor), path_of(leven, klant)
    leven.stel_in(bestandsoorten=["pdf"], grootsteBestand=1)
    with tenant.entered(andere):
        api = make_client("test")
        api.host = OTHER_HOST
        there = Leven(api)
        there.stel_in(bestandsoorten=["png", "heic"], grootsteBestand=2)
        buur = there.burger("De Buur")
        other, elsewhere = als(buur.actor), path_of(there, buur)
        page = other.get(elsewhere).content.decode()
        assert "hoogstens 2 MB zijn. Dit kan: PNG, HEIC. U kunt" in page
        assert stuur(other, elsewhere, HEIC, PNG + bytes(MB))[0] == 200
        assert "Dit kan wel: PNG, HEIC." in stuur(other, elsewhere, PDF)[1]
    assert "hoogstens 1 MB zijn. Dit kan: PDF. U kunt" in client.get(path).content.decode()
    assert "Dit kan wel: PDF." in stuur(client, path, HEIC)[1]
    assert TE_GROOT in stuur(client, path, PDF + bytes(MB))[1]


@pytest.mark.req("M42")
def test_where_nothing_is_taken_no_file_is_asked_for(
    leven: Leven, als: Als, monkeypatch: pytest.MonkeyPatch
) -> None:
    klant = leven.burger()
    leven.stel_in(bestandsoorten=["heic"])
    monkeypatch.setattr(settings, "UPLOAD_FORMATS", ["pdf"])
    page = als(klant.actor).get(path_of(leven, klant)).content.decode()
    assert 'type="file"' not in page
    assert "Bij deze zaak kunt u hier niets meesturen." in page
