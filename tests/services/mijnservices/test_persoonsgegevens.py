"""What the BRP and KVK hold of whoever is logged in, and what stays when they are away (M53)."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings

from loket.connectors.brp import Verblijf
from loket.kernel import tenant
from loket.kernel.actor import Actor
from loket.kernel.problems import Forbidden
from loket.registers.beheer.basisregistratie import Basis
from loket.services.mijnservices import burger, sporen
from loket.services.mijnservices.persoonsgegevens import Stand, gegevens
from loket.services.mijnservices.toegang import toegang
from loket.simulators.brp import server as brp
from loket.simulators.kvk import server as kvk
from tests.budgets.test_statements import statements

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Api

ROOT = "/beheer/api/v1/basisregistraties"
KEY = "een-sleutel"
PURPOSE = "Mijn gegevens tonen"
FENNA, NIEMAND = "999970343", "999911028"
BAKKER, BEIDE = "90001001", ("000090010011", "000090010012")


def make(api: Api, soort: str, url: str, **more: Any) -> str:
    body = {"soort": soort, "apiRoot": url, "sleutel": KEY} | more
    response = api.post(ROOT, json=body)
    assert response.status_code == 201, response.text
    return str(response.json()["url"])


@pytest.fixture
def personen(api: Api) -> Iterator[brp.Served]:
    with brp.serving(KEY, purposes=(PURPOSE,)) as served:
        lines = [f"x-doelbinding: {PURPOSE}", "x-gebruiker: {gebruiker}", "x-verwerking: Loket"]
        make(api, "brp", served.url, kopregels=lines)
        yield served


@pytest.fixture
def bedrijven(api: Api) -> Iterator[kvk.Served]:
    with kvk.serving(KEY) as served:
        make(api, "kvk", served.url)
        yield served


def fenna() -> Actor:
    return burger.from_bsn(FENNA, None, "hoog")


@pytest.mark.req("M53")
def test_a_citizen_sees_himself_as_the_brp_has_him(personen: brp.Served) -> None:
    actor = fenna()
    with statements() as asked:
        found = gegevens(actor)
    assert len(asked) == 2, "how the BRP is asked, and the number with its line in the log"
    assert (found.basis, found.stand) == (Basis.BRP, Stand.GEVONDEN)
    assert found.persoon is not None
    assert found.persoon.naam == "Fenna de Wit-Yılmaz"
    assert found.persoon.adres is not None
    assert found.persoon.adres.verblijf is Verblijf.NEDERLAND
    assert not found.persoon.partners
    [question] = personen.gate.asked
    assert question.headers["x-gebruiker"] == "burger"
    assert question.headers["x-verwerking"] == "Loket"
    assert not [path for path in question.body["fields"] if path.startswith(("kind", "partn"))]


@pytest.mark.req("M53")
def test_each_question_is_one_line_that_the_citizen_sees(personen: brp.Served) -> None:
    actor = fenna()
    before = len(sporen.bladzijde(actor, 1).sporen)
    gegevens(actor)
    first, *rest = sporen.bladzijde(actor, 1).sporen
    assert (first.wat, first.doel, first.eigen) == ("brp bevragen", burger.PURPOSE, True)
    assert len(rest) == before
    assert len(personen.gate.asked) == 1


def test_nobody_by_this_number_is_said(personen: brp.Served) -> None:
    del personen
    assert gegevens(burger.from_bsn(NIEMAND, None, "hoog")).stand is Stand.ONBEKEND


def test_a_brp_that_is_away_leaves_the_page_and_a_line_for_the_keeper(
    personen: brp.Served, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    personen.gate.fail(503)
    found = gegevens(fenna())
    assert (found.stand, found.persoon) == (Stand.MISLUKT, None)
    assert "brp: Onbereikbaar: 503 Bronservice BRP is tijdelijk niet beschikbaar." in caplog.text
    assert FENNA not in caplog.text


def test_a_brp_that_does_not_let_us_in_is_a_failure_too(api: Api) -> None:
    with brp.serving("een andere sleutel") as served:
        make(api, "brp", served.url)
        assert gegevens(fenna()).stand is Stand.MISLUKT


def test_where_the_brp_is_not_asked_no_number_is_opened(api: Api) -> None:
    actor = fenna()
    before = sporen.bladzijde(actor, 1)
    assert gegevens(actor).stand is Stand.NIET_BEVRAAGD
    with brp.serving(KEY) as served:
        url = make(api, "brp", served.url)
        assert api.patch(url, json={"actief": False}).status_code == 200
        assert gegevens(actor).stand is Stand.NIET_BEVRAAGD
        assert not served.gate.asked
    assert sporen.bladzijde(actor, 1) == before


def test_who_is_authorised_by_a_citizen_does_not_see_his_data(personen: brp.Served) -> None:
    actor = replace(fenna(), user="11111111-1111-4111-8111-111111111111")
    assert gegevens(actor).stand is Stand.GEMACHTIGDE
    assert not personen.gate.asked


@pytest.mark.req("M53")
def test_a_company_sees_itself_as_kvk_has_it(bedrijven: kvk.Served) -> None:
    found = gegevens(Actor.bedrijf(BAKKER, "", None, "substantieel"))
    assert (found.basis, found.stand) == (Basis.KVK, Stand.GEVONDEN)
    assert found.onderneming is not None
    assert found.onderneming.naam == "Bakkerij Het Gouden Graan B.V."
    assert found.vestiging is None
    assert bedrijven.gate.asked[0].path == f"/api/v1/basisprofielen/{BAKKER}"


def test_who_acts_for_one_vestiging_sees_that_one(bedrijven: kvk.Served) -> None:
    del bedrijven
    found = gegevens(Actor.bedrijf(BAKKER, BEIDE[1], None, "substantieel"))
    assert found.vestiging is not None
    assert found.vestiging.naam == "Het Gouden Graan aan de Haven"
    other = gegevens(Actor.bedrijf(BAKKER, "000090010021", None, "substantieel"))
    assert other.vestiging is None, "it is one of another company"


@pytest.mark.parametrize("number", ["90009999", "90001001"])
def test_a_company_without_an_answer(bedrijven: kvk.Served, number: str) -> None:
    actor = Actor.bedrijf(number, "", None, "substantieel")
    if number == BAKKER:
        bedrijven.gate.fail(500)
    wanted = Stand.MISLUKT if number == BAKKER else Stand.ONBEKEND
    assert gegevens(actor).stand is wanted


def test_where_kvk_is_not_asked(api: Api) -> None:
    del api
    assert gegevens(Actor.bedrijf(BAKKER, "", None, "laag")).stand is Stand.NIET_BEVRAAGD


@pytest.mark.parametrize("actor", [Actor.system("x"), Actor.bedrijf("", "", None, "laag")])
def test_others_have_no_page(api: Api, actor: Actor) -> None:
    del api
    with pytest.raises(Forbidden):
        gegevens(actor)


def test_a_certificate_is_one_of_the_municipality_itself(api: Api, tmp_path: Path) -> None:
    login = {"tokenAdres": "https://brp.example/token", "clientId": "c", "geheim": "g"}
    make(
        api, "brp", "https://brp.example/brp/", certificaat="brp-2026", scope="0000001",
        tokenParameters=["resourceServer=RS02"], **login,
    )  # fmt: skip
    own = tmp_path / tenant.current().name
    own.mkdir()
    with override_settings(CERTIFICATE_DIR=tmp_path):
        access = toegang(Basis.BRP, burger.PURPOSE, "burger")
        assert access is not None
        assert (access.root, access.trusted) == ("https://brp.example/brp", None)
        assert access.certificate == own / "brp-2026.pem"
        assert access.login is not None
        assert access.login.more == (("resourceServer", "RS02"),)
        (own / "brp-2026.ca.pem").touch()
        again = toegang(Basis.BRP, burger.PURPOSE, "burger")
        assert again is not None
        assert again.trusted == own / "brp-2026.ca.pem"
        assert gegevens(fenna()).stand is Stand.MISLUKT, "the certificate is not there"
