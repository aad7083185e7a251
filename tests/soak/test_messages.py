"""Losing no message to a citizen: a mail server that fails at random, and a worker that is killed.

The short form sends 40 messages and kills the worker twice; LOKET_SOAK=1 sends 5,000 and kills it
fifty times, LOKET_SOAK_MESSAGES another number.
"""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from loket.kernel import tenant
from loket.ledger.database import control, one, rows
from loket.site import tenants
from loket.site.bench.nieuws import working
from loket.site.postgres import database_url
from loket.site.process_table import within
from tests.conftest import make_client
from tests.registers.zaken.zaakwerk import Typen, Werk
from tests.soak import mailserver
from tests.soak.mailserver import Mailserver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loket.site.postgres import Postgres

LONG = os.environ.get("LOKET_SOAK") == "1"
KILLS = 50 if LONG else 2
MESSAGES = int(os.environ.get("LOKET_SOAK_MESSAGES") or (5_000 if LONG else 40))
CITIZENS = 250 if LONG else 4
FAULTS = 0.08 if LONG else 0.15
PATIENCE = 600 if LONG else 60
SLICE = 30
"""Seconds after which the worker is killed, however little was done."""

AWAY = 1.5
"""Seconds that the mail server is away."""


@dataclass
class Round:
    """Citizens who are told of their zaken, and what may lead to a second copy of a mail."""

    werk: Werk
    server: Mailserver
    zaken: dict[str, str]
    excuses: Counter[str] = field(default_factory=Counter[str])
    made: int = 0

    @property
    def taken(self) -> int:
        return mailserver.count(self.server.file)

    def news(self, number: int) -> None:
        """Give so many zaken a new status, in turns."""
        addresses = list(self.zaken)
        for _ in range(number):
            moment = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(minutes=self.made)
            zaak = {"url": addresses[self.made % len(addresses)]}
            self.werk.status(zaak, 1 + self.made // len(addresses) % 2, moment.isoformat())
            self.made += 1

    def let_the_server_crash(self) -> None:
        """Let it be away for a while; it cannot tell any more that it took its last mail."""
        self.server.crash()
        if known := mailserver.taken(self.server.file):
            self.excuses[known[-1].message_id] += 1
        time.sleep(AWAY)
        self.server.back()

    def pick_up(self) -> None:
        """Do not wait five minutes for what the worker had in hand when it died."""
        sql = (
            "UPDATE output_klantnotificatie SET gepland_op = now() "
            "WHERE status = 'gepland' AND gepland_op > now() + interval '4 minutes' RETURNING id"
        )
        self.excuses.update(f"<{key}@loket>" for (key,) in rows(sql))


@pytest.fixture
def post(postgres: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Round]:
    """A municipality in which what is written stays; each citizen has a zaak and an address."""
    del postgres
    logging.getLogger("httpx").setLevel(logging.WARNING)  # else a line for every status
    made = tenants.add("postronde", ["postronde.localhost"], "Gemeente Postronde")
    server = Mailserver.begin(tmp_path / "post", FAULTS)
    monkeypatch.setenv("LOKET_SMTP_URL", f"smtp://{mailserver.HOST}:{server.port}")
    with tenant.entered(made):
        api = make_client("soak")
        api.host = "postronde.localhost:8700"
        werk = Werk(api, Typen(api).publish())
        yield Round(werk, server, {_zaak(werk, nr): _address(nr) for nr in range(CITIZENS)})
    server.crash()
    with control(database_url(tenants.CONTROL)) as database:
        database.execute("DELETE FROM tenant WHERE name = 'postronde'")


def _address(nr: int) -> str:
    return f"burger-{nr}@voorbeeld.nl"


def _zaak(werk: Werk, nr: int) -> str:
    """Make a zaak of somebody who can be reached at one address, and over no other channel."""
    zaak = werk.zaak()
    contact = {"naam": "A. Jansen", "emailadres": _address(nr)}
    werk.rol(zaak, betrokkeneIdentificatie={"geslachtsnaam": "Jansen"}, contactpersoonRol=contact)
    return str(zaak["url"])


def _done() -> bool:
    """Tell whether nothing is on its way any more."""
    open_ones = (
        "SELECT (SELECT count(*) FROM ledger_outbox) "
        "+ (SELECT count(*) FROM ledger_delivery WHERE state = 'wacht') "
        "+ (SELECT count(*) FROM output_klantnotificatie WHERE status = 'gepland')"
    )
    return bool(one(open_ones)[0] == 0)


@pytest.mark.req("M13", "M55", "M58")
@pytest.mark.timeout(3600)
def test_no_message_is_lost(
    post: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    began = time.monotonic()
    for nr in range(KILLS):
        before = post.taken
        post.news(MESSAGES // KILLS)
        enough = before + MESSAGES // KILLS // 2
        with working(tmp_path):  # it is killed at the end of this block, in the middle of its work
            if nr % 5 == 1:
                within(SLICE, lambda before=before: post.taken > before)  # type: ignore[misc]
                post.let_the_server_crash()
            within(SLICE, lambda enough=enough: post.taken >= enough)  # type: ignore[misc]
        post.pick_up()
    with working(tmp_path):
        assert within(PATIENCE, _done), "there is something on its way for ever"
    _each_is_known_and_arrived(post)
    copies = _copies_are_excused(post)
    _tell(post, copies, time.monotonic() - began, capsys)


def _each_is_known_and_arrived(post: Round) -> None:
    """One message for each status, sent, a klantcontact, and in the right box under its own id."""
    planned = rows(
        "SELECT status, kenmerk, adres, hoofd_object, klantcontact FROM output_klantnotificatie"
    )
    assert len(planned) == post.made == MESSAGES // KILLS * KILLS
    assert {status for status, *_ in planned} == {"verzonden"}
    assert len({klantcontact for *_, klantcontact in planned}) == post.made
    assert one("SELECT count(*) FROM klantinteracties_klantcontact") == (post.made,)
    wanted = {url.rpartition("/")[2]: address for url, address in post.zaken.items()}
    assert all(adres == wanted[zaak.rpartition("/")[2]] for _, _, adres, zaak, _ in planned)
    arrived = {(each.message_id, each.to) for each in mailserver.taken(post.server.file)}
    assert arrived == {(kenmerk, adres) for _, kenmerk, adres, *_ in planned}


def _copies_are_excused(post: Round) -> int:
    """A second copy follows a reply that got lost, or a worker that died with the mail in hand."""
    known = mailserver.taken(post.server.file)
    post.excuses.update(each.message_id for each in known if each.how == "lost")
    copies = Counter(each.message_id for each in known)
    without = {key for key, number in copies.items() if number > 1 + post.excuses[key]}
    assert without == set()
    return len(known) - len(copies)


def _tell(post: Round, copies: int, took: float, capsys: pytest.CaptureFixture[str]) -> None:
    known = mailserver.taken(post.server.file)
    lost = sum(each.how == "lost" for each in known)
    (again,) = one("SELECT count(*) FROM output_klantnotificatie WHERE pogingen > 1")
    (most,) = one("SELECT max(pogingen) FROM output_klantnotificatie")
    with capsys.disabled():
        print(  # noqa: T201
            f"\n{post.made} messages, {KILLS} kills of the worker: none lost, none planned twice, "
            f"{len({each.message_id for each in known})} Message-IDs; {again} needed more than one "
            f"attempt, at most {most}; {copies} came again on the wire under the same Message-ID: "
            f"{lost} for a lost reply, {copies - lost} for a kill; {took:.0f} s"
        )
