"""A mail that was taken and came back later: over another channel, or to an employee; once."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.email import read_report
from loket.kernel import tenant
from loket.ledger.database import one
from loket.services.output import retouradres, terugkomst
from loket.services.output.terugkomst import Gevolg
from loket.simulators.mailsink.failure import Failure, Mode
from loket.simulators.mailsink.receiving import Receiver
from tests.connectors.rapporten import report
from tests.services.output.test_output import klant, reachable, zaak_van

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk
    from tests.services.output.postkamer import Postkamer

__all__ = ["klant"]

Json = dict[str, Any]
BASIS = "retour@duinrade.example"


@pytest.fixture
def sent(api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json) -> str:
    """Somebody who can be reached by mail and text message got a mail; where it comes back."""
    postkamer.set(retour=BASIS)
    reachable(api, klant, "zaakstatus", "email", "telefoon")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    assert postkamer.states() == [("email", "verzonden")]
    return postkamer.came_from()


def bounce(postkamer: Postkamer, to: str, action: str = "failed", status: str = "5.1.1") -> Gevolg:
    """Let a report come in, and do what is to be done then."""
    told = read_report(report(to, action, status))
    (token,) = retouradres.tokens(told.sent_to)
    merk = retouradres.gelezen(token)
    assert merk is not None
    gevolg = terugkomst.verwerk(merk, told, postkamer.wegen.ingericht)
    postkamer.work()
    return gevolg


def verified(klant: Json) -> bool:
    sql = (
        "SELECT verificatie_datum IS NOT NULL FROM klantinteracties_digitaaladres "
        "WHERE verstrekt_door_partij_id = %s AND soort_digitaal_adres = 'email'"
    )
    return bool(one(sql, (klant["uuid"],))[0])


def test_a_mail_comes_back_to_an_address_that_names_it(sent: str) -> None:
    """The header From stays that of the municipality; what may be guessed is of no use."""
    assert re.fullmatch(r"retour\+[a-z2-7]{42}@duinrade\.example", sent)
    assert len(sent.partition("@")[0]) <= 64
    (row,) = one("SELECT id FROM output_klantnotificatie")
    (token,) = retouradres.tokens([sent.upper()])
    assert retouradres.gelezen(token) == retouradres.Merk(row, token_trace(token))


def token_trace(token: str) -> bytes:
    merk = retouradres.gelezen(token)
    assert merk is not None
    return merk.spoor


@pytest.mark.req("M31", "M-F26")
def test_what_came_back_goes_over_another_channel(
    api: Api, postkamer: Postkamer, sent: str
) -> None:
    (before,) = api.get("/output/api/v1/klantnotificaties").json()["results"]
    assert bounce(postkamer, sent) is Gevolg.MISLUKT
    assert postkamer.states() == [("sms", "verzonden")]
    (shown,) = api.get("/output/api/v1/klantnotificaties").json()["results"]
    (tried,) = shown["geprobeerd"]
    said = "De e-mail kwam terug: het e-mailadres bestaat niet (5.1.1)."
    assert tried == {"kanaal": "email", "reden": said}
    assert api.get(before["klantcontact"]).json()["indicatieContactGelukt"] is False


@pytest.mark.req("M13")
def test_what_came_back_from_the_only_address_is_left_to_an_employee(
    api: Api, zaakwerk: Werk, postkamer: Postkamer
) -> None:
    postkamer.set(retour=BASIS)
    zaak = zaakwerk.zaak()
    zaakwerk.rol(
        zaak, betrokkeneIdentificatie={"geslachtsnaam": "Jansen"},
        contactpersoonRol={"naam": "Jansen", "emailadres": "weg@voorbeeld.nl"},
    )  # fmt: skip
    zaakwerk.status(zaak, 1)
    postkamer.work()
    assert bounce(postkamer, postkamer.came_from(), status="5.2.2") is Gevolg.MISLUKT
    assert postkamer.states() == [("email", "mislukt")]
    (taak,) = api.get("/klantinteracties/api/v1/internetaken").json()["results"]
    assert "de postbus neemt geen post aan (5.2.2)" in taak["toelichting"]
    assert "weg@voorbeeld.nl" not in taak["toelichting"]


@pytest.mark.req("M-F26", "M58")
def test_a_report_that_comes_again_changes_nothing(postkamer: Postkamer, sent: str) -> None:
    bounce(postkamer, sent)
    events = one("SELECT count(*) FROM ledger_event")
    assert bounce(postkamer, sent) is Gevolg.NIETS
    assert bounce(postkamer, sent, "delivered", "2.0.0") is Gevolg.NIETS
    assert postkamer.states() == [("sms", "verzonden")]
    assert one("SELECT count(*) FROM ledger_event") == events


@pytest.mark.parametrize("action", ["delayed", "relayed", "expanded"])
def test_what_is_not_the_end_of_it_changes_nothing(
    postkamer: Postkamer, klant: Json, sent: str, action: str
) -> None:
    assert bounce(postkamer, sent, action, "4.4.1") is Gevolg.NIETS
    assert postkamer.states() == [("email", "verzonden")]
    assert verified(klant)


def test_what_arrived_is_noted(postkamer: Postkamer, sent: str) -> None:
    assert bounce(postkamer, sent, "delivered", "2.0.0") is Gevolg.BEZORGD
    assert postkamer.states() == [("email", "bezorgd")]


@pytest.mark.parametrize(
    ("status", "works"), [("5.1.1", False), ("5.2.1", False), ("5.2.2", True), ("4.4.7", True)]
)
def test_where_no_mail_can_go_the_next_does_not_either(
    zaakwerk: Werk, postkamer: Postkamer, klant: Json, sent: str, status: str, *, works: bool
) -> None:
    """An address that leads nowhere has to be shown to work anew; a full box is only full."""
    bounce(postkamer, sent, status=status)
    assert verified(klant) is works
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    assert postkamer.states()[-1] == ("email" if works else "sms", "verzonden")


@pytest.mark.parametrize(("answer", "works"), [("550 5.1.1 Weg", False), ("554 5.7.1 Spam", True)])
def test_a_refusal_at_the_door_says_the_same(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json, answer: str,
    monkeypatch: pytest.MonkeyPatch, *, works: bool,
) -> None:  # fmt: skip
    async def refuse(*_: object) -> str:
        return answer

    monkeypatch.setattr(Receiver, "handle_RCPT", refuse)
    reachable(api, klant, "zaakstatus", "email", "telefoon")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    assert postkamer.states() == [("sms", "verzonden")]
    assert verified(klant) is works


def test_a_report_that_is_faster_than_the_reply_has_to_come_again(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    """The server took the mail, its reply got lost, and the mail came back before the next try."""
    postkamer.set(retour=BASIS)
    reachable(api, klant, "zaakstatus", "email", "telefoon")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.luck.set(Failure(Mode.LOST_REPLY, times=1))
    postkamer.work()
    to = postkamer.came_from()
    assert bounce(postkamer, to) is Gevolg.LATER
    assert (postkamer.states(), verified(klant)) == ([("email", "gepland")], True)
    postkamer.due()
    postkamer.work()
    assert bounce(postkamer, to) is Gevolg.MISLUKT
    assert postkamer.states() == [("sms", "verzonden")]


def test_what_goes_to_another_address_now_does_not_fail_for_the_old_one(
    api: Api, postkamer: Postkamer, klant: Json, sent: str
) -> None:
    """An employee mended the address and let the message go again; then the old report comes."""
    (mail,) = (
        each
        for each in api.get("/klantinteracties/api/v1/digitaleadressen").json()["results"]
        if each["soortDigitaalAdres"] == "email"
    )
    one("UPDATE output_klantnotificatie SET status = 'mislukt'")
    other = {"adres": "nieuw@voorbeeld.nl"}
    assert api.patch(mail["url"], json=other).status_code == 200
    (shown,) = api.get("/output/api/v1/klantnotificaties").json()["results"]
    assert api.post(f"{shown['url']}/opnieuw").status_code == 200
    postkamer.work()
    assert bounce(postkamer, sent) is Gevolg.NIETS
    assert postkamer.states() == [("email", "verzonden")]
    assert bounce(postkamer, postkamer.came_from()) is Gevolg.MISLUKT
    assert klant["uuid"] == mail["verstrektDoorPartij"]["uuid"]


def test_a_message_that_is_gone_is_unknown(postkamer: Postkamer, sent: str) -> None:
    one("DELETE FROM output_klantnotificatie")
    assert bounce(postkamer, sent) is Gevolg.ONBEKEND


def test_nobody_else_can_make_the_address(sent: str, andere: Tenant) -> None:
    """Neither by changing a sign, nor with one of another municipality in the same house."""
    (token,) = retouradres.tokens([sent])
    for at in range(len(token)):
        forged = token[:at] + ("A" if token[at] != "A" else "Q") + token[at + 1 :]
        assert retouradres.gelezen(forged) is None
    with tenant.entered(andere):
        assert retouradres.gelezen(token) is None


def test_nothing_of_it_is_in_the_log(
    postkamer: Postkamer, klant: Json, sent: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "loket"):
        bounce(postkamer, sent)
    for secret in (klant["bsn"], "voorbeeld.nl", "User unknown"):
        assert secret not in caplog.text


def test_without_an_address_of_our_own_it_comes_back_to_the_sender(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    reachable(api, klant, "zaakstatus", "email")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    assert postkamer.came_from() == "post@duinrade.example"
