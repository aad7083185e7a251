"""Mail that comes back, by the door of the mail server and by a mailbox on a real Dovecot."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import OperationalError
from typer.testing import CliRunner

from loket.connectors.email import Imap, TijdelijkMislukt
from loket.grammar.change import HOUSE, Change
from loket.grammar.resource import Call
from loket.grammar.writing import follow
from loket.kernel import tenant
from loket.kernel.actor import Actor
from loket.kernel.clock import now
from loket.ledger.database import one
from loket.registers.output.klantnotificatie import klantnotificaties
from loket.services.output.retouradres import retouradres
from loket.site import tenants, terugpost, uitgaand
from loket.site.cli import assembled
from tests.connectors.certificaten import authority
from tests.connectors.rapporten import letter, report, vacation
from tests.connectors.real import dovecot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typer.testing import Result

    from loket.kernel.tenant import Tenant

ADRES = "fenna@voorbeeld.nl"
BASIS = "retour@duinrade.example"


@pytest.fixture
def sent(gemeente: Tenant) -> UUID:
    """A message that a mail server took."""
    del gemeente
    change = Change(klantnotificaties, Actor.system("test"), "create", Call(base=HOUSE))
    made = follow(
        klantnotificaties, change, sjabloonversie=1, gebeurtenis="status_gezet", positie=1,
        hoofd_object=f"{HOUSE}/zaken/api/v1/zaken/{uuid4()}", onderdeel=f"{HOUSE}/x",
        ontvanger="urn:nld:hr:kvknummer:90001354", taal="nl", kanaal="email", adres=ADRES,
        geprobeerd=[], status="verzonden", gepland_op=now(), pogingen=1, sleutel=str(uuid4()),
    )  # fmt: skip
    key = UUID(str(made.pk))
    one("UPDATE output_klantnotificatie SET kenmerk = %s WHERE id = %s", (f"<{key}@loket>", key))
    return key


def status_of(key: UUID) -> str:
    return str(one("SELECT status FROM output_klantnotificatie WHERE id = %s", (key,))[0])


def bounce(mail: bytes, *options: str) -> Result:
    """Give a mail to the command, as a mail server does."""
    return CliRunner().invoke(assembled(), ["output", "bounce", *options], input=mail)


@pytest.mark.req("M-F26", "M32")
def test_a_report_is_taken_once(sent: UUID) -> None:
    to = retouradres(BASIS, sent, ADRES)
    events = []
    for _ in range(2):
        assert bounce(report(to)).exit_code == 0
        assert status_of(sent) == "mislukt"
        events.append(one("SELECT count(*) FROM ledger_event"))
    assert events[0] == events[1]


def test_the_envelope_says_to_whom_it_came(sent: UUID) -> None:
    to = retouradres(BASIS, sent, ADRES).upper()
    assert bounce(report("postmaster@duinrade.example"), "--recipient", to).exit_code == 0
    assert status_of(sent) == "mislukt"


def test_the_municipality_is_known_by_the_mark(sent: UUID, andere: Tenant) -> None:
    """One door and one mailbox serve the whole house; a mark holds for who made it."""
    with tenant.entered(andere):
        of_another = retouradres(BASIS, sent, ADRES)
    result = bounce(report(of_another))
    assert (result.exit_code, "there is no such message" in result.stderr) == (67, True)
    assert status_of(sent) == "verzonden"


@pytest.mark.parametrize(
    ("mail", "code", "said"),
    [
        (report("retour@duinrade.example"), 77, "not sent to an address that we made"),
        (report(f"retour+{'a' * 42}@duinrade.example"), 77, "was not made by us"),
        (report(BASIS).replace(b"Action: failed", b"Action: ?"), 65, "does not say what happened"),
        (letter(BASIS), 65, "no report of a mail server"),
        (b"", 65, "no report of a mail server"),
        (b"\x00\xff" * 500, 65, "no report of a mail server"),
        (vacation(BASIS), 0, ""),
    ],
    ids=["no mark", "forged", "broken", "a letter", "nothing", "no mail", "vacation"],
)
def test_what_is_of_no_use_is_said_and_changes_nothing(
    sent: UUID, caplog: pytest.LogCaptureFixture, mail: bytes, code: int, said: str
) -> None:
    before = one("SELECT count(*) FROM ledger_event")
    result = bounce(mail)
    assert (result.exit_code, said in result.stderr) == (code, True)
    assert caplog.records[-1].levelno == (logging.WARNING if code else logging.INFO)
    assert said in caplog.text
    assert status_of(sent) == "verzonden"
    assert one("SELECT count(*) FROM ledger_event") == before


def test_neither_address_nor_content_is_said(sent: UUID, caplog: pytest.LogCaptureFixture) -> None:
    result = bounce(report(retouradres(BASIS, sent, ADRES)))
    assert str(sent) in caplog.text
    for secret in ("voorbeeld.nl", "duinrade", "User unknown", "uw zaak"):
        assert secret not in caplog.text + result.output


def test_what_is_under_way_is_to_be_offered_again(sent: UUID) -> None:
    one("UPDATE output_klantnotificatie SET status = 'gepland'")
    assert bounce(report(retouradres(BASIS, sent, ADRES))).exit_code == 75


def test_without_a_database_it_is_to_be_offered_again(
    sent: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> list[Tenant]:
        raise OperationalError("weg")

    monkeypatch.setattr(tenants, "everyone", away)
    result = bounce(report(retouradres(BASIS, sent, ADRES)))
    assert (result.exit_code, "later opnieuw" in result.stderr) == (75, True)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("", ""),
        ("retour", "retour@loket.example"),
        ("retour@post.duinrade.example", "retour@post.duinrade.example"),
    ],
)
def test_where_it_comes_back(
    gemeente: Tenant, monkeypatch: pytest.MonkeyPatch, given: str, wanted: str
) -> None:
    """At the domain of the municipality's sender, or at one for all."""
    del gemeente
    monkeypatch.setattr(settings, "BOUNCE_ADDRESS", given)
    assert uitgaand.wegen().retour == wanted


def test_an_address_that_is_too_long_for_a_mark_is_refused(
    gemeente: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    del gemeente
    monkeypatch.setattr(settings, "BOUNCE_ADDRESS", "x" * 21)
    with pytest.raises(ValueError, match="LOKET_BOUNCE_ADDRESS"):
        uitgaand.wegen()


def test_mailboxes_are_set_by_their_address(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = ["imaps://loket:ge%20heim@imap.gemeente.nl/Terug", "imap://a:b@127.0.0.1:1143"]
    monkeypatch.setattr(settings, "BOUNCE_MAILBOXES", boxes)
    assert uitgaand.bounce_mailboxes() == [
        Imap("imap.gemeente.nl", 993, "loket", "ge heim", "Terug"),
        Imap("127.0.0.1", 1143, "a", "b", tls=False),
    ]
    monkeypatch.setattr(settings, "BOUNCE_MAILBOXES", ["imap://a:b@imap.gemeente.nl"])
    with pytest.raises(ValueError, match="imaps"):
        uitgaand.bounce_mailboxes()


@pytest.fixture
def mailbox(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Imap]:
    """An empty mailbox on a real server, whose certificate we trust."""
    ca = authority(tmp_path_factory.mktemp("imap"), "ca")
    monkeypatch.setenv("SSL_CERT_FILE", str(ca.file))
    with dovecot.dovecot(ca.server()) as config:
        yield config


def test_a_mailbox_is_read_and_marked(sent: UUID, mailbox: Imap) -> None:
    """What is done is seen, what nobody understands gets a flag, and the rest waits."""
    to = retouradres(BASIS, sent, ADRES)
    waiting = one("SELECT id FROM output_klantnotificatie")[0]
    assert waiting == sent
    dovecot.put(mailbox, [report(to), report(to), letter(to), vacation(to)])
    assert terugpost.look(mailbox) == 4
    assert status_of(sent) == "mislukt"
    done, flagged = {"\\Seen"}, {"\\Seen", "\\Flagged"}
    assert dovecot.flags(mailbox) == [done, done, flagged, done]
    assert terugpost.look(mailbox) == 0


def test_a_report_in_a_mailbox_waits_for_a_message_that_is_under_way(
    sent: UUID, mailbox: Imap
) -> None:
    one("UPDATE output_klantnotificatie SET status = 'gepland'")
    dovecot.put(mailbox, [report(retouradres(BASIS, sent, ADRES))])
    assert terugpost.look(mailbox) == 0
    assert dovecot.flags(mailbox) == [set()]
    one("UPDATE output_klantnotificatie SET status = 'verzonden'")
    assert terugpost.look(mailbox) == 1
    assert status_of(sent) == "mislukt"


def test_a_mailbox_that_cannot_be_read_is_tried_later(mailbox: Imap) -> None:
    wrong = Imap(mailbox.host, mailbox.port, mailbox.user, "fout", timeout=5)
    elsewhere = Imap("127.0.0.1", 1, "a", "b", timeout=1)
    no_folder = Imap(mailbox.host, mailbox.port, mailbox.user, mailbox.password, "Weg")
    for each in (wrong, elsewhere, no_folder):
        with pytest.raises(TijdelijkMislukt) as caught:
            terugpost.look(each)
        assert each.password not in str(caught.value)


def test_the_worker_looks_until_it_is_told_to_stop(
    sent: UUID, mailbox: Imap, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop, looked = threading.Event(), []
    monkeypatch.setattr(terugpost, "EVERY", 0.01)
    monkeypatch.setattr(uitgaand, "bounce_mailboxes", lambda: [mailbox])

    def look(config: Imap, _stop: threading.Event) -> int:
        looked.append(config)
        if len(looked) == 1:
            raise TijdelijkMislukt("weg")
        stop.set()
        return 0

    monkeypatch.setattr(terugpost, "look", look)
    for each in terugpost.begin(stop):
        each.join(10)
        assert not each.is_alive()
    assert looked == [mailbox, mailbox]
    assert status_of(sent) == "verzonden"
