"""Logging out at the provider ends the sessions at the portal that it means, and no others."""

from __future__ import annotations

import logging
from base64 import b64decode
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from re import findall, search
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

import httpx
import pytest
from django.test import Client as Browser
from django.test import override_settings
from lxml import etree

from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.kernel import tenant
from loket.ledger.database import one
from loket.registers.beheer.inlogmiddel import inlogmiddelen
from tests.conftest import HOST, OTHER_HOST
from tests.connectors.real.simplesaml import simplesaml
from tests.connectors.saml_idp import SPACES, Answer, Idp, make_keys, serving
from tests.connectors.saml_leaving import (
    ALSO_POST,
    Asked,
    Done,
    by_envelope,
    by_form,
    by_query,
    carried_in,
    statuses,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpResponse

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

EVA, SAM = "999993653", "999970343"


def naam(bsn: str) -> str:
    return f"<saml:NameID>s00000000:{bsn}</saml:NameID>"


def leave(host: str = HOST, middel: str = "digid") -> str:
    return f"http://{host}/inloggen/saml/uitloggen/{middel}/"


def asked(bsn: str = EVA, **said: object) -> Asked:
    return replace(Asked(naam(bsn), destination=leave()), **said)  # type: ignore[arg-type]


def is_in(browser: Browser) -> bool:
    """Tell whether somebody is logged in; a citizen has no vestiging to choose."""
    return browser.get("/inloggen/vestiging/").status_code == 404


@dataclass
class House:
    """Two municipalities where one logs in at the same SAML provider, by two means."""

    idp: Idp
    gemeenten: dict[str, Tenant]

    def log_in(
        self, bsn: str = EVA, index: str = "17", host: str = HOST, middel: str = "digid"
    ) -> Browser:
        browser = Browser(HTTP_HOST=host)
        with tenant.entered(self.gemeenten[host]):
            browser.get(f"/inloggen/{middel}/")
            self.come_back(browser, naam(bsn), index, middel)
            assert is_in(browser)
        return browser

    def come_back(self, browser: Browser, subject: str, index: str, middel: str = "digid") -> None:
        base = f"http://{browser.defaults['HTTP_HOST']}"
        begun = browser.session["aanmelden"]["begun"]
        back, entity = f"{base}/inloggen/terug/", f"{base}/inloggen/saml/metadata/{middel}/"
        answer = Answer(begun["nonce"], back, back, entity, subject=subject, index=index)
        brought = {"SAMLart": self.idp.artifact(answer), "RelayState": begun["state"]}
        assert "mislukt" not in browser.get("/inloggen/terug/", brought)["Location"]

    def ask(self, message: Asked, host: str = HOST, middel: str = "digid") -> HttpResponse:
        """Bring a request as a browser that knows nothing else of the portal."""
        page = urlsplit(leave(host, middel)).path
        return Browser(HTTP_HOST=host).get(f"{page}?{by_query(message, self.idp.keys, 'weer')}")  # type: ignore[return-value]


@contextmanager
def knows(metadata: str, folder: Path, gemeenten: list[Tenant], actor: Actor) -> Iterator[None]:
    """Let each municipality log in at a provider, with the certificate in its folder."""
    for gemeente in gemeenten:
        own = folder / gemeente.name
        own.mkdir()
        for file in ("digid.pem", "digid.ca.pem"):
            (own / file).write_text((folder / file).read_text())
        for name, soort in (("digid", "digid"), ("machtigen", "digid_machtigen")):
            body = {
                "naam": name, "soort": soort, "protocol": "saml", "metadata": metadata,
                "certificaat": "digid",
            }  # fmt: skip
            with tenant.entered(gemeente):
                inlogmiddelen.create(actor, body, Call(base=HOUSE))
    with override_settings(CERTIFICATE_DIR=folder):
        yield


@pytest.fixture
def house(gemeente: Tenant, andere: Tenant, actor: Actor, tmp_path: Path) -> Iterator[House]:
    own = make_keys(tmp_path, "digid")
    idp = Idp(make_keys(tmp_path, "idp"), make_keys(tmp_path, "vreemd"))
    (tmp_path / "digid.ca.pem").write_text(idp.keys.certificate)
    with (
        serving(idp, own),
        knows(idp.metadata(more=ALSO_POST), tmp_path, [gemeente, andere], actor),
    ):
        yield House(idp, {HOST: gemeente, OTHER_HOST: andere})


def test_a_log_out_at_the_provider_ends_every_session_of_who_it_names(house: House) -> None:
    phone, laptop, other = house.log_in(), house.log_in(index="18"), house.log_in(SAM)
    elsewhere = house.log_in(host=OTHER_HOST)
    otherwise = house.log_in(middel="machtigen")
    answer = house.ask(asked())
    assert answer["Location"].startswith("https://digid.example/uit?SAMLResponse=")
    assert "RelayState=weer&" in answer["Location"]
    assert statuses(carried_in(answer["Location"])) == ["Success"]
    assert [is_in(each) for each in (phone, laptop, other, elsewhere, otherwise)] == [
        False, False, True, True, True,
    ]  # fmt: skip


def test_a_session_that_the_provider_names_ends_alone(house: House) -> None:
    phone, laptop, tablet = (house.log_in(index=each) for each in ("17", "18", "19"))
    other = house.log_in(SAM, index="17")
    house.ask(asked(indexes=("17", "19")))
    assert [is_in(each) for each in (phone, laptop, tablet, other)] == [False, True, False, True]


def test_what_is_kept_of_a_session_tells_no_number(house: House) -> None:
    house.log_in()
    held = one("SELECT (SELECT string_agg(m::text, '') FROM mijnservices_sessie m)"
               " || (SELECT string_agg(session_data, '') FROM django_session)")[0]  # fmt: skip
    assert held
    assert EVA not in held


def test_the_browser_that_brings_the_request_is_logged_out_and_answers(house: House) -> None:
    browser = house.log_in()
    page = urlsplit(leave()).path
    answer = browser.get(f"{page}?{by_query(asked(), house.idp.keys)}")
    assert answer.status_code == 302
    assert statuses(carried_in(answer["Location"])) == ["Success"]
    assert not is_in(browser)


def test_a_browser_keeps_the_session_of_somebody_else(house: House) -> None:
    browser = house.log_in(SAM)
    browser.get(f"{urlsplit(leave()).path}?{by_query(asked(), house.idp.keys)}")
    assert is_in(browser)


def test_a_request_by_post_needs_no_cookie_and_no_token(house: House) -> None:
    browser = house.log_in()
    strict = Browser(enforce_csrf_checks=True, HTTP_HOST=HOST)
    answer = strict.post(urlsplit(leave()).path, by_form(asked(), house.idp, "weer"))
    assert not is_in(browser)
    page = answer.content.decode()
    assert 'action="https://digid.example/klaar"' in page
    assert 'name="RelayState" value="weer"' in page
    assert "https://digid.example" in answer["Content-Security-Policy"]
    (told,) = findall('name="SAMLResponse" value="([^"]*)"', page)
    assert statuses(etree.fromstring(b64decode(told))) == ["Success"]


def test_a_request_by_the_back_channel_is_answered_there(house: House) -> None:
    browser = house.log_in()
    page = f"{urlsplit(leave()).path}soap/"
    raw = by_envelope(house.idp.signed(asked(destination=f"http://{HOST}{page}").xml()))
    strict = Browser(enforce_csrf_checks=True, HTTP_HOST=HOST)
    answer = strict.post(page, raw, content_type="text/xml")
    assert answer["Content-Type"].startswith("text/xml")
    (inside,) = etree.fromstring(answer.content).find("soap:Body", SPACES)
    assert statuses(inside) == ["Success"]
    assert not is_in(browser)
    assert strict.post(page, raw, content_type="text/xml").status_code == 200
    unsigned = by_envelope(house.idp.unsigned(asked().xml()))
    assert strict.post(page, unsigned, content_type="text/xml").status_code == 403
    assert strict.get(page).status_code == 405


@pytest.mark.parametrize(
    "lie",
    [
        {"destination": leave(OTHER_HOST)},
        {"destination": leave(middel="machtigen")},
        {"issuer": "https://ander.example"},
        {"issued": -3600},
        {"until": -3600},
        {"name": ""},
    ],
)
def test_what_cannot_be_honoured_ends_nothing_and_is_said(
    house: House, lie: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    browser = house.log_in()
    with caplog.at_level(logging.WARNING, "loket"):
        answer = house.ask(replace(asked(), **lie))  # type: ignore[arg-type]
    assert statuses(carried_in(answer["Location"])) == ["Requester", "RequestDenied"]
    assert "was refused" in caplog.text
    assert EVA not in caplog.text
    assert is_in(browser)


def test_a_request_serves_once(house: House) -> None:
    message = asked()
    house.ask(message)
    browser = house.log_in()
    answer = house.ask(message)
    assert statuses(carried_in(answer["Location"])) == ["Requester", "RequestDenied"]
    assert is_in(browser)


@pytest.mark.parametrize("signed_by", ["foreign", "nobody"])
def test_what_the_provider_did_not_sign_gets_no_answer(
    house: House, signed_by: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = house.log_in()
    query = by_query(asked(), house.idp.foreign)
    query = query.partition("&SigAlg")[0] if signed_by == "nobody" else query
    with caplog.at_level(logging.WARNING, "loket"):
        answer = Browser(HTTP_HOST=HOST).get(f"{urlsplit(leave()).path}?{query}")
    assert answer.status_code == 400
    assert "was refused: signature" in caplog.text
    assert is_in(browser)


def test_who_is_not_logged_in_is_logged_out_as_was_asked(house: House) -> None:
    browser = house.log_in(SAM)
    answer = house.ask(asked(EVA))
    assert statuses(carried_in(answer["Location"])) == ["Success"]
    assert is_in(browser)


def test_a_request_of_another_municipality_ends_nothing_here(house: House) -> None:
    """Its certificate, provider and citizen may be the same."""
    here, there = house.log_in(), house.log_in(host=OTHER_HOST)
    answer = house.ask(asked(destination=leave(OTHER_HOST)), host=OTHER_HOST)
    assert statuses(carried_in(answer["Location"])) == ["Success"]
    assert [is_in(here), is_in(there)] == [True, False]


def test_who_shows_again_who_he_is_is_known_by_his_new_name(house: House) -> None:
    """Where the name is a passing one, the provider names the last that it gave."""
    browser = house.log_in(index="17")
    browser.get("/inloggen/bevestigen/opnieuw/", {"volgende": "/"})
    house.come_back(browser, naam(EVA), "18")
    house.ask(asked(indexes=("17",)))
    assert is_in(browser)
    house.ask(asked(indexes=("18",)))
    assert not is_in(browser)


def test_the_answer_to_a_log_out_of_ours_is_checked(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    page, browser = urlsplit(leave()).path, Browser(HTTP_HOST=HOST)
    with caplog.at_level(logging.WARNING, "loket"):
        query = by_query(Done("_niet", leave()), house.idp.keys)
        assert browser.get(f"{page}?{query}")["Location"] == "/uitgelogd/"
    assert "did not confirm a log-out: nonce" in caplog.text
    forged = by_query(Done("_niet", leave()), house.idp.foreign)
    assert browser.get(f"{page}?{forged}").status_code == 400


def test_there_is_no_log_out_of_what_speaks_no_saml(house: House) -> None:
    browser = Browser(HTTP_HOST=HOST)
    for path in ("/inloggen/saml/uitloggen/niets/", "/inloggen/saml/uitloggen/niets/soap/"):
        assert browser.post(path).status_code == 404
    with override_settings(CERTIFICATE_DIR="/nergens"):
        assert browser.get(urlsplit(leave()).path).status_code == 404
    del house


def walk(outside: httpx.Client, there: str, home: str = f"http://{HOST}/") -> str:
    """Go where the provider sends one, and fill in its form; return the first address at home."""
    for _ in range(10):
        if there.startswith(home):
            return there.removeprefix(f"http://{HOST}")
        answer = outside.get(there)
        if not answer.is_redirect:
            hidden = search(r'name="AuthState" value="([^"]*)"', answer.text)
            assert hidden, answer.text
            form = {"username": "jelle", "password": "geheim", "AuthState": unescape(hidden[1])}
            answer = outside.post(there.partition("?")[0], data=form)
        there = urljoin(str(answer.url), answer.headers["location"])
    raise AssertionError("The provider never came to an end.")


@pytest.mark.req("D21")
def test_a_log_out_at_simplesamlphp_ends_the_session_at_the_portal(
    gemeente: Tenant, actor: Actor, tmp_path: Path
) -> None:
    own = make_keys(tmp_path, "digid")
    entity, back = f"http://{HOST}/inloggen/saml/metadata/digid/", f"http://{HOST}/inloggen/terug/"
    with simplesaml(own, entity, back, leave()) as real, httpx.Client(timeout=30) as outside:
        (tmp_path / "digid.ca.pem").write_text(real.keys.certificate)
        with knows(real.metadata(), tmp_path, [gemeente], actor):
            browser, another = Browser(HTTP_HOST=HOST), Browser(HTTP_HOST=HOST)
            begun = browser.get("/inloggen/digid/", {"volgende": "/"})["Location"]
            assert browser.get(walk(outside, begun))["Location"] == "/"
            assert is_in(browser)
            page = f"{real.url}/saml2/idp/SingleLogoutService.php"
            asked = walk(outside, f"{page}?{urlencode({'ReturnTo': f'{real.url}/klaar'})}")
            assert asked.startswith(urlsplit(leave()).path)
            answer = another.get(asked)
            assert not is_in(browser)
            walk(outside, answer["Location"], f"{real.url}/klaar")
