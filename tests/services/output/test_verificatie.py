"""The code with which somebody shows that an address is his, on its way."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.clock import now
from loket.ledger.database import one
from loket.registers.klantinteracties.adresverificatie import Adresverificatie
from loket.registers.klantinteracties.verifieren import code_of
from loket.registers.output.leesbaarheid import remarks
from loket.services.mijnservices import profiel_wijzigen as wijzigen
from loket.services.output import verificatie
from loket.site import uitgaand
from tests.registers.klantinteracties.contactwerk import Contactwerk, ref
from tests.services.mijnservices.leven import Leven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Api
    from tests.services.output.postkamer import Postkamer


@pytest.fixture
def kamer(postkamer: Postkamer) -> Iterator[Postkamer]:
    """The post room, in which codes are sent too."""
    verificatie.subscribe_with(lambda: postkamer.wegen.smtp, lambda: postkamer.wegen.sms)
    yield postkamer
    verificatie.subscribe_with(uitgaand.smtp, uitgaand.sms)


def asked(api: Api, adres: str, soort: str, taal: str = "nld") -> str:
    """Let an employee ask for a code and return what it is."""
    werk = Contactwerk(api)
    made = werk.make(
        "digitaleadressen", adres=adres, soortDigitaalAdres=soort,
        verstrektDoorPartij=ref(werk.persoon(voorkeurstaal=taal)),
    )  # fmt: skip
    answer = api.post(f"{made['url']}/verifieren")
    assert answer.status_code == 201, answer.text
    return code_of(Adresverificatie.objects.get(pk=answer.json()["uuid"]).pk)


@pytest.mark.req("M51")
def test_a_code_goes_to_a_mobile_number_as_a_text_message(api: Api, kamer: Postkamer) -> None:
    code = asked(api, "0612345678", "telefoonnummer")
    kamer.work()
    (sent,) = kamer.sms.sent
    assert code in sent.body
    assert "30 minuten" in sent.body
    assert "Jansen" not in sent.body
    assert (sent.to, kamer.mails()) == ("0612345678", [])


def test_a_code_goes_to_an_email_address_by_mail(api: Api, kamer: Postkamer) -> None:
    code = asked(api, "eva@voorbeeld.nl", "email")
    kamer.work()
    (mail,) = kamer.mails()
    assert code in mail.content.text
    assert kamer.sms.sent == []


def texts(kamer: Postkamer) -> list[str]:
    """Return what went by mail, and then what went as a text message, on one line each."""
    mailed = [mail.content.text for mail in kamer.mails()]
    return [" ".join(each.split()) for each in (*mailed, *(sms.body for sms in kamer.sms.sent))]


@pytest.mark.req("M51")
def test_a_code_of_the_website_is_for_the_website_alone(
    api: Api, kamer: Postkamer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wijzigen, "kan_sms", lambda: True)
    eva = Leven(api).burger().actor
    for soort, adres in (("email", "eva@voorbeeld.nl"), ("telefoonnummer", "0612345678")):
        wijzigen.nieuw(eva, soort, adres, Call(HOUSE))
    kamer.work()
    found = texts(kamer)
    assert len(found) == 2
    for told in found:
        assert "ingevuld op de website van" in told
        assert "30 minuten" in told
        assert "Vul deze code alleen in op de website van de gemeente." in told
        assert "Vertel hem aan niemand." in told
        assert "medewerker" not in told
        assert set(remarks(told)) == set()
    assert re.search(r"tot [0-9]{2}:[0-9]{2} uur\.", found[0])


def test_a_code_that_an_employee_asks_for_is_for_him_alone(api: Api, kamer: Postkamer) -> None:
    asked(api, "eva@voorbeeld.nl", "email")
    asked(api, "0612345678", "telefoonnummer")
    kamer.work()
    found = texts(kamer)
    assert len(found) == 2
    for told in found:
        assert "Een medewerker van" in told
        assert "alleen aan de medewerker van de gemeente met wie u nu praat." in told
        assert "Vertel hem aan niemand anders." in told
        assert "website" not in told
        assert set(remarks(told)) == set()


@pytest.mark.parametrize(
    ("taal", "subject"), [("eng", "Your code for"), ("fry", "Uw code voor"), ("", "Uw code voor")]
)
def test_who_prefers_english_is_told_in_english(
    api: Api, kamer: Postkamer, taal: str, subject: str
) -> None:
    code = asked(api, "eva@voorbeeld.nl", "email", taal)
    asked(api, "0612345678", "telefoonnummer", taal)
    kamer.work()
    (mail,) = kamer.mails()
    assert str(mail.content.header("Subject")).startswith(subject)
    assert code in mail.content.text
    english = ["Tell it to nobody else." in told for told in texts(kamer)]
    assert english == [taal == "eng"] * 2


def test_an_old_code_is_not_sent(api: Api, kamer: Postkamer) -> None:
    asked(api, "0612345678", "telefoonnummer")
    Adresverificatie.objects.update(geldig_tot=now() - timedelta(seconds=1))
    kamer.work()
    assert kamer.sms.sent == []


def test_without_text_messages_a_code_is_left_undelivered(api: Api, kamer: Postkamer) -> None:
    assert verificatie.kan_sms()
    kamer.set(sms=None)
    assert not verificatie.kan_sms()
    asked(api, "0612345678", "telefoonnummer")
    kamer.work()
    assert outcome(verificatie.NAME) == ("vast", "De gemeente heeft geen sms ingericht.")


def test_what_is_refused_for_good_is_not_tried_again(api: Api, kamer: Postkamer) -> None:
    kamer.sms.fail(400)
    asked(api, "0612345678", "telefoonnummer")
    kamer.work()
    state, why = outcome(verificatie.NAME)
    assert (state, why.startswith("NotifyNL weigert deze sms")) == ("vast", True)


def test_what_fails_for_now_is_tried_again(api: Api, kamer: Postkamer) -> None:
    kamer.sms.fail(500)
    asked(api, "0612345678", "telefoonnummer")
    kamer.work()
    assert outcome(verificatie.NAME)[0] == "wacht"


def outcome(subscriber: str) -> Any:
    """Return the state and outcome of the one delivery to a subscriber."""
    return one("SELECT state, outcome FROM ledger_delivery WHERE subscriber = %s", (subscriber,))
