"""The log-in page shows what the municipality set; companies choose their vestiging."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from django.test import override_settings
from lxml import etree

from loket.connectors import identiteit
from loket.connectors.identiteit import AanmeldenMislukt, Identiteit, Reason
from loket.connectors.identiteit.entrance import begin, logout_url
from loket.kernel import clock
from loket.registers.beheer.inloggen import Ingesteld
from loket.services.mijnservices import bedrijf
from loket.services.mijnservices.inloggen.vestigingen import Vestiging
from tests.connectors.saml_idp import Idp, make_keys

from .voorbeeld import KVK, VOORBEELDSTAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

    from .voorbeeld import Digid

HAVEN = Vestiging("000090010012", "Het Gouden Graan aan de Haven")
BAKKERIJ = Identiteit("", "loa3", "Bakkerij", "sub", "token", kvk=KVK, acting="medewerker-7")
BACK = {"state": "s", "code": "c"}


def test_what_the_house_sets_is_offered_where_the_municipality_set_nothing(
    client: Client,
) -> None:
    page = client.get("/inloggen/").content.decode()
    assert "Inloggen met DigiD" in page
    assert "Inloggen met eHerkenning" in page
    with override_settings(OIDC_BEDRIJF_CLIENT_ID=""):
        assert "eHerkenning" not in client.get("/inloggen/").content.decode()


def test_what_the_municipality_set_takes_its_place(
    client: Client, ingesteld: list[Ingesteld]
) -> None:
    ingesteld += [
        Ingesteld("eidas", "eidas", "oidc", issuer="https://a.example"),
        Ingesteld("eh", "eherkenning", "oidc", titel="eHerkenning van Voorbeeldstad"),
    ]
    page = client.get("/inloggen/").content.decode()
    assert "Inloggen met een Europees inlogmiddel (eIDAS)" in page
    assert 'href="/inloggen/eh/?volgende=' in page
    assert "Inloggen met eHerkenning van Voorbeeldstad" in page
    assert 'href="/inloggen/digid/' not in page
    assert client.get("/inloggen/digid/").status_code == 404
    english = client.get("/inloggen/", headers={"accept-language": "en"}).content.decode()
    assert "Log in with a European log-in (eIDAS)" in english


def log_in(client: Client, digid: Digid, who: Identiteit = BAKKERIJ) -> str:
    digid.wie = replace(who, authenticated=clock.now())
    client.get("/inloggen/eherkenning/", {"volgende": "/mijn-zaken/?x=1"})
    return str(client.get("/inloggen/terug/", BACK)["Location"])


@pytest.mark.req("M9")
def test_a_company_is_known_by_its_number_and_who_acts_for_it(client: Client, digid: Digid) -> None:
    assert log_in(client, digid) == "/mijn-zaken/?x=1"
    kept = client.session["klant"]
    assert (kept["soort"], kept["kvk"], kept["user"]) == ("bedrijf", KVK, "medewerker-7")
    assert kept["number"] == ""
    assert digid.begun[0].minimum_loa == "urn:etoegang:core:assurance-class:loa3"


@pytest.mark.req("M9")
def test_a_company_with_vestigingen_chooses(
    client: Client, digid: Digid, vestigingen_bekend: list[Vestiging]
) -> None:
    vestigingen_bekend.append(HAVEN)
    choose = log_in(client, digid)
    assert choose == "/inloggen/vestiging/?volgende=%2Fmijn-zaken%2F%3Fx%3D1"
    page = client.get(choose).content.decode()
    assert "Het Gouden Graan aan de Haven (000090010012)" in page
    assert "Hele onderneming" in page
    assert client.post(choose, {"vestiging": HAVEN.nummer})["Location"] == "/mijn-zaken/?x=1"
    assert client.session["klant"]["vestiging"] == HAVEN.nummer
    assert "Vestiging 000090010012" in client.get("/toegankelijkheid/").content.decode()
    client.post(choose, {"vestiging": ""})
    assert client.session["klant"]["vestiging"] == ""


@pytest.mark.parametrize("typed", ["000090010099", "x", None])
def test_a_vestiging_that_is_not_known_cannot_be_chosen(
    client: Client, digid: Digid, vestigingen_bekend: list[Vestiging], typed: str | None
) -> None:
    vestigingen_bekend.append(HAVEN)
    choose = log_in(client, digid)
    answer = client.post(choose, {"vestiging": typed} if typed else {})
    assert answer.status_code == 400
    assert "Kies een vestiging uit de lijst." in answer.content.decode()
    assert client.session["klant"]["vestiging"] == ""


def test_who_may_act_for_one_vestiging_stays_there(
    client: Client, digid: Digid, vestigingen_bekend: list[Vestiging]
) -> None:
    vestigingen_bekend.append(HAVEN)
    who = replace(BAKKERIJ, vestiging="000090010011")
    assert log_in(client, digid, who) == "/mijn-zaken/?x=1"
    assert client.post("/inloggen/vestiging/", {"vestiging": ""}).status_code == 404
    assert client.session["klant"]["vestiging"] == "000090010011"


@pytest.mark.usefixtures("digid")
def test_a_citizen_has_no_vestiging(ingelogd: Client) -> None:
    assert ingelogd.get("/inloggen/vestiging/").status_code == 404


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason.BSN, "kregen wij geen burgerservicenummer"),
        (Reason.KVK, "voor welk bedrijf u inlogt"),
        (Reason.REPLAYED, "Er ging iets mis"),
    ],
)
def test_a_failure_says_what_one_can_do(
    client: Client, digid: Digid, reason: Reason, said: str
) -> None:
    client.get("/inloggen/eherkenning/")
    digid.failure = AanmeldenMislukt(reason)
    assert said in client.get("/inloggen/terug/", BACK, follow=True).content.decode()


@pytest.fixture
def over_saml(
    tmp_path: Path, ingesteld: list[Ingesteld], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Idp]:
    """DigiD over SAML, with the municipality's own certificate in its folder."""
    folder = tmp_path / VOORBEELDSTAD.name
    folder.mkdir()
    make_keys(folder, "digid")
    idp = Idp(make_keys(tmp_path, "idp"), make_keys(tmp_path, "vreemd"), port=1)
    ingesteld.append(
        Ingesteld("digid", "digid", "saml", metadata=idp.metadata(post=True), certificaat="digid")
    )
    monkeypatch.setattr(identiteit, "begin", begin)
    monkeypatch.setattr(identiteit, "logout_url", logout_url)
    with override_settings(CERTIFICATE_DIR=tmp_path):
        yield idp


def test_our_metadata_stands_at_our_name(client: Client, over_saml: Idp) -> None:
    del over_saml
    answer = client.get("/inloggen/saml/metadata/digid/")
    assert answer["Content-Type"] == "application/samlmetadata+xml"
    root = etree.fromstring(answer.content)
    assert root.get("entityID") == "http://testserver/inloggen/saml/metadata/digid/"
    assert b'Location="http://testserver/inloggen/terug/"' in answer.content


def test_there_is_no_metadata_of_what_speaks_no_saml(client: Client) -> None:
    assert client.get("/inloggen/saml/metadata/digid/").status_code == 404
    assert client.get("/inloggen/saml/metadata/niets/").status_code == 404


def test_a_provider_that_wants_a_post_gets_a_form(client: Client, over_saml: Idp) -> None:
    del over_saml
    answer = client.get("/inloggen/digid/")
    page = answer.content.decode()
    assert 'action="https://digid.example/sso"' in page
    assert "https://digid.example" in answer["Content-Security-Policy"]
    asked = base64.b64decode(page.split('name="SAMLRequest" value="')[1].split('"')[0])
    assert b'Destination="https://digid.example/sso"' in asked
    assert client.session["aanmelden"]["begun"]["state"] in page


def test_a_certificate_that_is_not_there_is_as_a_provider_that_is_away(
    client: Client, over_saml: Idp
) -> None:
    del over_saml
    with override_settings(CERTIFICATE_DIR="/nergens"):
        assert client.get("/inloggen/digid/")["Location"].endswith("reden=unreachable")
        assert client.get("/inloggen/saml/metadata/digid/").status_code == 404


def test_acting_for_another_vestiging_leaves_the_rest(client: Client) -> None:
    del client
    actor = bedrijf.at(bedrijf.from_login(BAKKERIJ), HAVEN.nummer)
    assert (actor.id, actor.vestiging) == (f"{KVK}:{HAVEN.nummer}", HAVEN.nummer)
    assert (actor.user, actor.label) == ("medewerker-7", "Bakkerij")
