"""Logging in at the demo provider, a real OpenID Connect provider in a process of its own."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from loket.connectors.identiteit import (
    EIDAS_LEVELS,
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
from loket.simulators.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

BACK = "http://duinrade.localhost:8000/inloggen/terug"
LOW, SUBSTANTIAL, HIGH = EIDAS_LEVELS
JELLE = "1e6f4d88-0a91-4c57-8a3e-2c9d7b5e4f02"


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with running("digid", "--port=0", "--client-secret=geheim") as digid:
        yield digid.said["issuer"]


@pytest.fixture
def provider(issuer: str) -> Provider:
    forget()
    return Provider(issuer, "loket", "geheim")


def visit(url: str, **form: str) -> dict[str, str]:
    """Fill in the log-in page and return what the browser is sent back with."""
    reply = httpx.post(url, data=form)
    assert reply.status_code == 302, reply.text
    assert reply.headers["location"].startswith(BACK)
    return dict(parse_qsl(urlsplit(reply.headers["location"]).query))


def log_in(provider: Provider, minimum: str = SUBSTANTIAL, **form: str) -> Identiteit:
    begun = begin(provider, BACK, minimum)
    return finish(provider, begun, visit(begun.url, **(form or {"persoon": JELLE})))


def refusal(provider: Provider, begun: Begin, params: dict[str, str]) -> Reason:
    with pytest.raises(AanmeldenMislukt) as caught:
        finish(provider, begun, params)
    return caught.value.reason


def test_a_demo_person_logs_in(provider: Provider) -> None:
    who = log_in(provider)
    assert (who.bsn, who.naam, who.loa) == ("999940612", "Jelle Hoekstra", SUBSTANTIAL)
    assert who.subject == JELLE
    assert "999940612" not in repr(who)


def test_a_typed_name_logs_in_as_the_same_person_each_time(provider: Provider) -> None:
    first, again, other = (log_in(provider, naam=naam) for naam in ("Kees", "Kees", "Anna"))
    assert (first.naam, first.bsn, first.subject) == ("Kees", again.bsn, again.subject)
    assert other.bsn != first.bsn


def test_the_name_stays_away_if_it_is_not_asked(provider: Provider) -> None:
    assert log_in(replace(provider, scope="openid")).naam is None


def test_a_log_in_under_way_survives_a_session_as_json(provider: Provider) -> None:
    begun = begin(provider, BACK, LOW)
    restored = Begin(**json.loads(json.dumps(asdict(begun))))
    assert finish(provider, restored, visit(restored.url, persoon=JELLE)).bsn == "999940612"
    assert begun.state not in repr(begun)
    assert begun.code_verifier not in begun.url


def test_every_log_in_has_secrets_of_its_own(provider: Provider) -> None:
    one, two = begin(provider, BACK, LOW), begin(provider, BACK, LOW)
    secrets = [getattr(begun, name) for begun in (one, two) for name in ("state", "nonce")]
    secrets += [one.code_verifier, two.code_verifier]
    assert len(set(secrets)) == 6


@pytest.mark.parametrize(
    ("minimum", "given", "enough"),
    [
        (SUBSTANTIAL, SUBSTANTIAL, True),
        (SUBSTANTIAL, HIGH, True),
        (SUBSTANTIAL, LOW, False),
        (HIGH, SUBSTANTIAL, False),
        (LOW, LOW, True),
    ],
)
def test_the_assurance_is_at_least_what_was_asked(
    provider: Provider, minimum: str, given: str, *, enough: bool
) -> None:
    if enough:
        assert log_in(provider, minimum, persoon=JELLE, niveau=given).loa == given
        return
    with pytest.raises(AanmeldenMislukt) as caught:
        log_in(provider, minimum, persoon=JELLE, niveau=given)
    assert caught.value.reason is Reason.ASSURANCE


def test_a_level_that_the_provider_does_not_have_cannot_be_asked(provider: Provider) -> None:
    with pytest.raises(ValueError, match="not a level"):
        begin(provider, BACK, "heel zeker")


def test_turning_back_is_told_apart(provider: Provider) -> None:
    begun = begin(provider, BACK, LOW)
    assert refusal(provider, begun, visit(begun.url, annuleren="ja")) is Reason.CANCELLED


def test_the_answer_to_another_log_in_is_refused(provider: Provider) -> None:
    mine, theirs = begin(provider, BACK, LOW), begin(provider, BACK, LOW)
    answer = visit(theirs.url, persoon=JELLE)
    assert refusal(provider, mine, answer) is Reason.STATE
    assert refusal(provider, mine, {**answer, "state": ""}) is Reason.STATE
    assert refusal(provider, mine, {"code": answer["code"]}) is Reason.STATE


def test_a_code_stolen_into_another_log_in_is_refused(provider: Provider) -> None:
    mine, theirs = begin(provider, BACK, LOW), begin(provider, BACK, LOW)
    stolen = {**visit(theirs.url, persoon=JELLE), "state": mine.state}
    assert refusal(provider, mine, stolen) is Reason.CODE


def test_a_code_serves_once(provider: Provider) -> None:
    begun = begin(provider, BACK, LOW)
    answer = visit(begun.url, persoon=JELLE)
    finish(provider, begun, answer)
    assert refusal(provider, begun, answer) is Reason.CODE


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"iss": "https://elders.example"}, Reason.ISSUER),
        ({"iss": None}, Reason.ISSUER),
        ({"code": None}, Reason.CODE),
        ({"error": "server_error", "error_description": "stuk"}, Reason.REFUSED),
    ],
)
def test_a_broken_answer_is_refused(
    provider: Provider, change: dict[str, Any], reason: Reason
) -> None:
    begun = begin(provider, BACK, LOW)
    answer = visit(begun.url, persoon=JELLE) | change
    present = {name: value for name, value in answer.items() if value is not None}
    assert refusal(provider, begun, present) is reason


def test_a_wrong_secret_is_refused(provider: Provider) -> None:
    begun = begin(provider, BACK, LOW)
    answer = visit(begun.url, persoon=JELLE)
    assert refusal(replace(provider, client_secret="fout"), begun, answer) is Reason.REFUSED


def test_logging_out_returns_without_telling_who(provider: Provider) -> None:
    back = "http://duinrade.localhost:8000/uit"
    url = logout_url(provider, None, back)
    assert url is not None
    assert httpx.get(url).headers["location"] == back
    hinted = logout_url(provider, log_in(provider).id_token, back)
    assert hinted is not None
    assert httpx.get(hinted).headers["location"] == back


def test_a_provider_that_started_anew_with_other_keys_is_believed() -> None:
    forget()
    with running("digid", "--port=0", "--client-secret=geheim") as digid:
        provider = Provider(digid.said["issuer"], "loket", "geheim")
        log_in(provider)
    options = (f"--port={digid.said['port']}", "--client-secret=geheim")
    with running("digid", *options):
        assert log_in(provider).bsn == "999940612"
    begun = begin(provider, BACK, LOW)
    answer = {"code": "x", "state": begun.state, "iss": provider.issuer}
    assert refusal(provider, begun, answer) is Reason.UNREACHABLE


def test_a_provider_that_is_not_there_is_told_apart() -> None:
    forget()
    with pytest.raises(AanmeldenMislukt) as caught:
        begin(Provider("http://127.0.0.1:1", "loket", "geheim"), BACK, LOW)
    assert caught.value.reason is Reason.UNREACHABLE


@pytest.mark.parametrize("issuer", ["http://digid.example.nl", "digid.example.nl", ""])
def test_an_issuer_without_https_is_refused(issuer: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Provider(issuer, "loket", "geheim")


def test_the_secret_is_not_shown(provider: Provider) -> None:
    assert "geheim" not in repr(provider)


def test_a_demo_company_logs_in_whole_or_for_one_vestiging(issuer: str) -> None:
    forget()
    levels = ("urn:etoegang:core:assurance-class:loa2", "urn:etoegang:core:assurance-class:loa3")
    company = Provider(issuer, "loket-bedrijven", "geheim", company=True, loa_order=levels)
    for vestiging in ("", "000090010012"):
        who = log_in(company, levels[1], bedrijf=f"90001001/{vestiging}")
        assert (who.kvk, who.vestiging, who.bsn) == ("90001001", vestiging, "")
        assert (who.acting, who.loa) == ("medewerker-90001001", levels[1])
        assert (who.naam or "").startswith("Bakkerij")
    begun = begin(company, BACK, levels[1])
    low = visit(begun.url, bedrijf="90001001/", niveau=levels[0])
    assert refusal(company, begun, low) is Reason.ASSURANCE
    assert httpx.post(begun.url, data={"bedrijf": "12345678/"}).status_code == 400
    assert "nagebootste eHerkenning" in httpx.get(begun.url).text


def test_the_demo_provider_asks_anew(provider: Provider) -> None:
    begun = begin(provider, BACK, LOW, anew=True)
    assert finish(provider, begun, visit(begun.url, persoon=JELLE)).authenticated is not None
