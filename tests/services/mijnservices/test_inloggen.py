"""What all workers share of log-ins: what serves once, whose session is whose, and the settings."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client as Browser

from loket.connectors.identiteit import Identiteit, Provider
from loket.kernel import clock, tenant
from loket.kernel.actor import Actor
from loket.ledger.database import one
from loket.services.mijnservices import bedrijf, burger
from loket.services.mijnservices.inloggen import geheugen, middelen, sessies, vestigingen
from tests.registers.klantinteracties.contactwerk import Contactwerk, bsn, identificator

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api


def sessie(actor: Actor, days: int = 0) -> str:
    """Let somebody log in, and return the key of his session."""
    store = SessionStore()
    store.set_expiry(days * 86400 or 900)
    store.create()
    key = str(store.session_key)
    sessies.onthoud(key, actor)
    return key


def alive(key: str) -> bool:
    return one("SELECT 1 FROM django_session WHERE session_key = %s", (key,)) is not None


@pytest.mark.usefixtures("gemeente")
def test_a_mark_serves_once_until_its_moment() -> None:
    later = clock.now() + timedelta(minutes=5)
    assert geheugen.once("artifact:a", later)
    assert not geheugen.once("artifact:a", later)
    assert geheugen.once("artifact:b", later)


@pytest.mark.usefixtures("gemeente")
def test_what_is_past_is_forgotten() -> None:
    geheugen.once("artifact:oud", clock.now() - timedelta(minutes=5))
    geheugen.once("artifact:nieuw", clock.now() + timedelta(minutes=5))
    assert one("SELECT count(*) FROM mijnservices_eenmalig") == (1,)


def test_a_mark_is_of_one_municipality(gemeente: Tenant, andere: Tenant) -> None:
    del gemeente
    later = clock.now() + timedelta(minutes=5)
    assert geheugen.once("artifact:a", later)
    with tenant.entered(andere):
        assert geheugen.once("artifact:a", later)


@pytest.mark.usefixtures("gemeente")
def test_all_sessions_of_a_person_end_and_nobody_elses() -> None:
    eva, other = Actor.burger(uuid4(), "Eva", "hoog"), Actor.burger(uuid4(), "Sam", "hoog")
    for_sam = replace(other, user=str(eva.number))
    mine = [sessie(eva), sessie(eva), sessie(for_sam)]
    theirs = sessie(other)
    assert sessies.beeindig(eva) == 3
    assert [alive(key) for key in (*mine, theirs)] == [False, False, False, True]
    assert sessies.beeindig(eva) == 0


@pytest.mark.usefixtures("gemeente")
def test_an_employee_ends_his_own_sessions_and_not_those_of_a_colleague() -> None:
    mine = Actor.bedrijf("90001001", "", "Bakkerij", "loa3", "medewerker-1")
    there = Actor.bedrijf("90001001", "000090010012", "Bakkerij", "loa3", "medewerker-1")
    colleague = Actor.bedrijf("90001001", "", "Bakkerij", "loa3", "medewerker-2")
    keys = [sessie(each) for each in (mine, there, colleague)]
    assert sessies.beeindig(mine) == 2
    assert [alive(key) for key in keys] == [False, False, True]


@pytest.mark.usefixtures("gemeente")
def test_a_session_that_ends_takes_its_line_along() -> None:
    key = sessie(Actor.burger(uuid4(), "Eva", "hoog"))
    SessionStore(key).delete()
    assert one("SELECT count(*) FROM mijnservices_sessie") == (0,)


@pytest.mark.usefixtures("gemeente")
def test_a_session_that_passed_is_not_counted() -> None:
    eva = Actor.burger(uuid4(), "Eva", "hoog")
    sessie(eva)
    sessie(eva, days=-1)
    assert sessies.beeindig(eva) == 1


@pytest.mark.usefixtures("gemeente")
def test_who_acts_for_another_is_kept_by_pseudonym() -> None:
    eva, sam = bsn(), bsn()
    actor = burger.from_login(Identiteit(sam, "hoog", None, "s", "", acting=eva))
    assert actor.user == str(burger.from_bsn(eva, None, "hoog").number)
    assert actor.number == burger.from_bsn(sam, None, "hoog").number
    assert eva not in repr(actor)
    assert sam not in repr(actor)


@pytest.mark.req("M9")
def test_vestigingen_and_name_come_from_what_is_known(api: Api) -> None:
    werk = Contactwerk(api)
    for kvk, naam in (("69599084", "Bakker BV"), ("68750110", "Ander BV")):
        partij = werk.organisatie(naam)
        link = {"identificeerdePartij": {"uuid": partij["uuid"]}}
        number = werk.make("partij-identificatoren", **identificator("kvk_nummer", kvk, **link))
        branch = werk.organisatie(f"{naam} Haven")
        werk.make(
            "partij-identificatoren",
            **identificator(
                "vestigingsnummer", f"0000{kvk}",
                identificeerdePartij={"uuid": branch["uuid"]},
                subIdentificatorVan={"uuid": number["uuid"]},
            ),
        )  # fmt: skip
    assert vestigingen.bekend("69599084") == (
        vestigingen.Vestiging("000069599084", "Bakker BV Haven"),
    )
    assert vestigingen.bekend("11111111") == ()
    who = Identiteit("", "loa3", None, "s", "", kvk="69599084", acting="m")
    assert bedrijf.from_login(who).label == "Bakker BV"
    assert bedrijf.from_login(replace(who, naam="Eigen naam")).label == "Eigen naam"
    assert bedrijf.from_login(replace(who, kvk="11111111")).label == ""


def beheer(api: Api, **body: object) -> dict[str, object]:
    answer = api.post("/beheer/api/v1/inlogmiddelen", json=body)
    assert answer.status_code == 201, answer.text
    shown: dict[str, object] = answer.json()
    return shown


def test_what_beheer_sets_is_what_one_logs_in_with(api: Api) -> None:
    assert [each.naam for each in middelen.middelen()] == ["digid", "eherkenning"]
    shown = beheer(
        api, naam="bedrijven", soort="eherkenning", protocol="oidc", volgorde=2,
        issuer="https://broker.example", clientId="loket", geheim="een geheim",
        claimKvk="persoon urn:kvk", niveaus=["laag", "hoog"], niveau="hoog",
    )  # fmt: skip
    assert shown.get("geheim", "") != "een geheim"
    beheer(
        api, naam="digid", soort="digid", protocol="oidc", volgorde=1,
        issuer="https://broker.example", clientId="loket", geheim="een geheim",
    )  # fmt: skip
    beheer(
        api, naam="uit", soort="digid", protocol="oidc", actief=False,
        issuer="https://broker.example", clientId="loket", geheim="een geheim",
    )  # fmt: skip
    digid, eherkenning = middelen.middelen()
    assert (digid.naam, digid.titel, digid.voor_bedrijven) == ("digid", "DigiD", False)
    assert digid.minimum == "http://eidas.europa.eu/LoA/substantial"
    assert digid.provider("x") == Provider("https://broker.example", "loket", "een geheim")
    config = eherkenning.provider("x")
    assert isinstance(config, Provider)
    assert config.kvk_claim == ("persoon", "urn:kvk")
    assert (config.company, config.loa_order) == (True, ("laag", "hoog"))
    assert eherkenning.minimum == "hoog"


METADATA = "IDPSSODescriptor SingleSignOnService ArtifactResolutionService X509Certificate"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"naam": "terug"}, "naam-bezet"),
        ({"issuer": "http://broker.example"}, "adres-onveilig"),
        ({"geheim": ""}, "inlogmiddel-onvolledig"),
        ({"protocol": "saml"}, "inlogmiddel-onvolledig"),
        ({"protocol": "saml", "metadata": METADATA}, "inlogmiddel-onvolledig"),
        ({"metadata": "<!DOCTYPE x>"}, "doctype"),
        ({"niveaus": ["laag"], "niveau": "hoog"}, "niveau-onbekend"),
    ],
)
def test_what_cannot_work_is_refused(api: Api, change: dict[str, object], code: str) -> None:
    body = {
        "naam": "digid", "soort": "digid", "protocol": "oidc", "clientId": "loket",
        "issuer": "https://broker.example", "geheim": "een geheim", **change,
    }  # fmt: skip
    answer = api.post("/beheer/api/v1/inlogmiddelen", json=body)
    assert answer.status_code == 400
    assert code in answer.text


def test_saml_with_metadata_and_certificate_is_taken(api: Api) -> None:
    beheer(
        api, naam="digid", soort="digid", protocol="saml", metadata=METADATA, certificaat="digid"
    )
    (digid,) = middelen.middelen()
    assert digid.saml
    assert digid.minimum.endswith("MobileTwoFactorContract")
    with pytest.raises(ValueError, match="certificaat digid"):
        digid.provider("x")


@pytest.mark.usefixtures("gemeente")
def test_a_session_that_was_ended_elsewhere_is_over_in_the_browser() -> None:
    eva = Actor.burger(uuid4(), "Eva", "hoog")
    browser = Browser(HTTP_HOST="127.0.0.1")
    session = browser.session
    session["klant"] = {
        "gemeente": "demo", "soort": "burger", "number": str(eva.number), "kvk": "",
        "vestiging": "", "vast": False, "naam": "Eva", "loa": "hoog", "user": "",
        "user_label": "", "middel": "digid", "leave": [], "bevestigd": 0,
    }  # fmt: skip
    session.save()
    sessies.onthoud(str(session.session_key), eva)
    assert "Overal uitloggen" in browser.get("/toegankelijkheid/").content.decode()
    assert sessies.beeindig(eva) == 1
    assert browser.get("/mijn-zaken/").status_code == 302
