"""Logging in at SimpleSAMLphp: over HTTP as a browser does, with the artifact over mutual TLS."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
import pytest

from loket.connectors.identiteit import (
    AanmeldenMislukt,
    Begin,
    Identiteit,
    Reason,
    begin,
    finish,
)
from loket.connectors.identiteit.saml import SamlProvider, read_peer
from loket.connectors.identiteit.saml.provider import DIGID_LEVELS

from .real.simplesaml import LOW, simplesaml
from .saml_idp import BACK, ENTITY, make_keys
from .saml_leaving import LEAVE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from loket.connectors.identiteit.saml import Keys

    from .real.simplesaml import SimpleSaml

MIDDLE = DIGID_LEVELS[1]


@pytest.fixture(scope="module")
def digid(own: Keys) -> Iterator[SimpleSaml]:
    with simplesaml(own, ENTITY, BACK, LEAVE) as running:
        yield running


@pytest.fixture
def provider(digid: SimpleSaml, own: Keys) -> SamlProvider:
    seen: set[str] = set()

    def once(mark: str, until: datetime) -> bool:
        del until
        new = mark not in seen
        seen.add(mark)
        return new

    keys = replace(own, ca=digid.keys.file)
    return SamlProvider(ENTITY, read_peer(digid.metadata()), keys, DIGID_LEVELS, once)


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=30) as client:
        yield client


def visit(browser: httpx.Client, begun: Begin, who: str = "jelle") -> dict[str, str]:
    """Walk until the provider sends the browser back; fill in its form where it shows one."""
    answer = browser.get(begun.url)
    for _ in range(10):
        if answer.is_redirect:
            target = urljoin(str(answer.url), answer.headers["location"])
            if target.startswith(BACK):
                return dict(parse_qsl(urlsplit(target).query))
            answer = browser.get(target)
            continue
        assert answer.status_code == 200, answer.text
        hidden = re.search(r'name="AuthState" value="([^"]*)"', answer.text)
        assert hidden, answer.text
        form = {"username": who, "password": "geheim", "AuthState": unescape(hidden[1])}
        answer = browser.post(str(answer.url).partition("?")[0], data=form)
    raise AssertionError("The provider never sent the browser back.")


def log_in(browser: httpx.Client, provider: SamlProvider, who: str = "jelle") -> Identiteit:
    begun = begin(provider, BACK, MIDDLE)
    return finish(provider, begun, visit(browser, begun, who))


@pytest.mark.req("D21")
def test_somebody_logs_in(browser: httpx.Client, provider: SamlProvider) -> None:
    who = log_in(browser, provider)
    assert (who.bsn, who.loa) == ("999940612", MIDDLE)
    assert who.authenticated is not None


def test_a_lower_level_than_asked_is_refused(browser: httpx.Client, provider: SamlProvider) -> None:
    with pytest.raises(AanmeldenMislukt) as caught:
        log_in(browser, replace(provider, entity_id=LOW))
    assert caught.value.reason is Reason.ASSURANCE


def test_an_artifact_serves_once_here_and_there(
    browser: httpx.Client, provider: SamlProvider
) -> None:
    begun = begin(provider, BACK, MIDDLE)
    brought = visit(browser, begun)
    finish(provider, begun, brought)
    for memory, reason in ((provider.once, Reason.REPLAYED), (lambda *_: True, Reason.CODE)):
        with pytest.raises(AanmeldenMislukt) as caught:
            finish(replace(provider, once=memory), begun, brought)
        assert caught.value.reason is reason


def test_the_artifact_of_another_is_refused(browser: httpx.Client, provider: SamlProvider) -> None:
    mine, theirs = begin(provider, BACK, MIDDLE), begin(provider, BACK, MIDDLE)
    brought = {**visit(browser, theirs), "RelayState": mine.state}
    with pytest.raises(AanmeldenMislukt) as caught:
        finish(provider, mine, brought)
    assert caught.value.reason is Reason.NONCE


def test_nobody_else_can_fetch_what_an_artifact_stands_for(
    browser: httpx.Client, provider: SamlProvider, tmp_path: Path
) -> None:
    begun = begin(provider, BACK, MIDDLE)
    thief = replace(make_keys(tmp_path, "dief"), ca=provider.keys.ca)
    with pytest.raises(AanmeldenMislukt) as caught:
        finish(replace(provider, keys=thief), begun, visit(browser, begun))
    assert caught.value.reason is Reason.UNREACHABLE


def test_a_question_that_we_did_not_sign_gets_no_answer(
    browser: httpx.Client, provider: SamlProvider, tmp_path: Path
) -> None:
    thief = make_keys(tmp_path, "dief")
    begun = begin(replace(provider, keys=thief), BACK, MIDDLE)
    answer = browser.get(begun.url, follow_redirects=True)
    assert "loginuserpass" not in str(answer.url)
    assert "Unable to validate" in answer.text


def test_who_is_known_there_is_asked_again_only_where_we_want_that(
    browser: httpx.Client, provider: SamlProvider
) -> None:
    first = log_in(browser, provider)
    known = begin(provider, BACK, MIDDLE)
    assert browser.get(known.url).headers["location"].startswith(BACK)
    anew = begin(provider, BACK, MIDDLE, anew=True)
    assert "loginuserpass" in str(browser.get(anew.url, follow_redirects=True).url)
    again = finish(provider, anew, visit(browser, anew))
    assert first.authenticated is not None
    assert again.authenticated is not None
    assert again.authenticated >= first.authenticated
