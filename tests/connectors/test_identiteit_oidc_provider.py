"""Logging in at panva's oidc-provider: citizens, companies, who is authorised, and anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pytest

from loket.connectors.identiteit import (
    AanmeldenMislukt,
    Begin,
    Identiteit,
    Provider,
    Reason,
    begin,
    finish,
    forget,
    logout_url,
)

from .real.oidc import LEVELS, SECRET, oidc

if TYPE_CHECKING:
    from collections.abc import Iterator

BACK = "https://loket.example/inloggen/terug/"
OUT = "https://loket.example/uitgelogd/"
LOW, MIDDLE, HIGH = LEVELS
JELLE = {"bsn": "999940612", "name": "Jelle Hoekstra"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc(BACK, OUT) as address:
        yield address


@pytest.fixture
def provider(issuer: str) -> Provider:
    forget()
    return Provider(issuer, "burgers", SECRET, loa_order=LEVELS)


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as client:
        yield client


def visit(
    browser: httpx.Client, begun: Begin, acr: str = MIDDLE, sub: str = "jelle", **claims: str
) -> dict[str, str]:
    """Walk until the provider sends the browser back; say who one is where it asks."""
    form = {"sub": sub, "acr": acr, "claims": claims or JELLE}
    answer = browser.get(begun.url)
    for _ in range(12):
        if answer.is_redirect:
            target = urljoin(str(answer.url), answer.headers["location"])
            if target.startswith(BACK):
                return dict(parse_qsl(urlsplit(target).query))
            answer = browser.get(target)
            continue
        assert answer.status_code == 200, answer.text
        answer = browser.post(str(answer.url), json=form)
    raise AssertionError("The provider never sent the browser back.")


def log_in(browser: httpx.Client, provider: Provider, **said: str) -> Identiteit:
    begun = begin(provider, BACK, MIDDLE)
    return finish(provider, begun, visit(browser, begun, **said))


def refusal(browser: httpx.Client, provider: Provider, **said: str) -> Reason:
    with pytest.raises(AanmeldenMislukt) as caught:
        log_in(browser, provider, **said)
    return caught.value.reason


def test_a_citizen_logs_in(browser: httpx.Client, provider: Provider) -> None:
    who = log_in(browser, provider)
    assert (who.bsn, who.naam, who.loa) == ("999940612", "Jelle Hoekstra", MIDDLE)


def test_a_lower_level_than_asked_is_refused(browser: httpx.Client, provider: Provider) -> None:
    assert refusal(browser, provider, acr=LOW) is Reason.ASSURANCE


@pytest.mark.req("M9")
def test_a_company_logs_in(browser: httpx.Client, provider: Provider) -> None:
    company = replace(provider, client_id="bedrijven", company=True)
    told = {"kvk": "90001001", "vestiging": "000090010011", "name": "Bakkerij"}
    who = log_in(browser, company, sub="medewerker-7", **told)
    assert (who.kvk, who.vestiging, who.naam) == ("90001001", "000090010011", "Bakkerij")
    assert (who.bsn, who.acting) == ("", "medewerker-7")
    with httpx.Client(timeout=30) as another:
        assert refusal(another, company, sub="m", kvk="9000100") is Reason.KVK


def test_somebody_acts_for_another(browser: httpx.Client, provider: Provider) -> None:
    acting = replace(provider, acting_claim="namens")
    who = log_in(browser, acting, sub="fenna", bsn="999970343", namens="999940612")
    assert (who.bsn, who.acting) == ("999970343", "999940612")
    with httpx.Client(timeout=30) as another:
        wrong = {"bsn": "999970343", "namens": "999940613"}
        assert refusal(another, acting, sub="x", **wrong) is Reason.BSN


def test_a_code_serves_once(browser: httpx.Client, provider: Provider) -> None:
    begun = begin(provider, BACK, MIDDLE)
    brought = visit(browser, begun)
    finish(provider, begun, brought)
    with pytest.raises(AanmeldenMislukt) as caught:
        finish(provider, begun, brought)
    assert caught.value.reason is Reason.CODE


def test_who_is_known_there_is_asked_again_only_where_we_want_that(
    browser: httpx.Client, provider: Provider
) -> None:
    log_in(browser, provider)
    known = begin(provider, BACK, MIDDLE)
    assert browser.get(known.url).headers["location"].startswith(BACK)
    anew = begin(provider, BACK, MIDDLE, anew=True)
    who = finish(provider, anew, visit(browser, anew))
    assert who.authenticated is not None


def test_an_earlier_log_in_does_not_count_as_a_new_one(
    browser: httpx.Client, provider: Provider
) -> None:
    """The browser leaves out that we want a new one; what comes back tells."""
    log_in(browser, provider)
    anew = replace(begin(provider, BACK, MIDDLE, anew=True), anew="2999-01-01T00:00:00+00:00")
    quiet = replace(anew, url=anew.url.replace("prompt=login", "").replace("max_age=0", ""))
    with pytest.raises(AanmeldenMislukt) as caught:
        finish(provider, quiet, visit(browser, quiet))
    assert caught.value.reason is Reason.STALE


def test_logging_out_leads_to_the_provider(browser: httpx.Client, provider: Provider) -> None:
    url = logout_url(provider, None, OUT)
    assert url is not None
    assert browser.get(url).status_code == 200
