from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.kernel.values import uuid7
from loket.ledger.database import atomic, one, rows
from loket.ledger.events import forget
from loket.registers.catalogi.catalogus import catalogussen
from loket.registers.zaken.zaak import zaken
from tests.conformance.example import Examples

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

BSN = "999970343"
PURPOSE = "urn:test:doel"


@pytest.fixture
def number(gemeente: Tenant) -> object:
    del gemeente
    return one("SELECT bsn.leg_vast(%s, %s, %s, 'spoor')", (BSN, uuid7(), PURPOSE))[0]


def log() -> list[tuple[str, str]]:
    return [
        (name, purpose)
        for name, purpose in rows(
            "SELECT name, processing_activity_id FROM ledger_verwerking ORDER BY id"
        )
    ]


def test_each_access_to_a_bsn_is_one_line_in_the_processing_log(number: object) -> None:
    assert one("SELECT bsn.onthul(%s, %s, 'spoor')", (number, PURPOSE))[0] == BSN
    assert one("SELECT bsn.zoek(%s, %s, 'spoor')", (BSN, PURPOSE))[0] == number
    assert log() == [
        ("bsn vastleggen", PURPOSE),
        ("bsn tonen", PURPOSE),
        ("bsn zoeken", PURPOSE),
    ]


def test_without_a_purpose_a_bsn_is_neither_shown_nor_logged(number: object) -> None:
    assert one("SELECT bsn.onthul(%s, NULL, 'spoor')", (number,))[0] == ""
    assert len(log()) == 1


def test_a_bsn_has_one_pseudonym(number: object) -> None:
    again = one("SELECT bsn.leg_vast(%s, %s, NULL, 'spoor')", (BSN, uuid7()))[0]
    assert again == number


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET label = ''",
        "DELETE FROM ledger_event",
        "UPDATE ledger_verwerking SET name = ''",
    ],
)
def test_the_ledger_only_grows(gemeente: Tenant, statement: str) -> None:
    del gemeente
    with pytest.raises(psycopg.errors.RaiseException), atomic():
        one(statement)


def test_what_is_forgotten_loses_its_content_and_not_its_place(gemeente: Tenant) -> None:
    del gemeente
    actor = Actor.system("test")
    key = Examples(actor, HOUSE).make(catalogussen).pk
    before = rows("SELECT position, actie, moment FROM ledger_event WHERE main_key = %s", [key])
    assert forget(key) == len(before) > 0
    after = rows(
        "SELECT position, actie, moment FROM ledger_event WHERE main_key = %s "
        "AND nieuw IS NULL AND label = '' AND vergeten_op IS NOT NULL",
        [key],
    )
    assert after == before
    assert forget(key) == 0
    with pytest.raises(psycopg.errors.RaiseException), atomic():
        one("UPDATE ledger_event SET label = '' WHERE main_key = %s", [key])


def test_a_zaak_that_is_removed_is_forgotten(gemeente: Tenant) -> None:
    del gemeente
    actor = Actor.system("test")
    zaak = Examples(actor, HOUSE).make(zaken)
    zaken.destroy(actor, zaak.pk, Call(base=HOUSE))
    told = rows("SELECT actie, nieuw, label FROM ledger_event WHERE main_key = %s", [zaak.pk])
    assert told == [("create", None, ""), ("destroy", None, "")]
