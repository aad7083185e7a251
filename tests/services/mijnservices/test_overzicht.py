"""Mijn overzicht: what asks attention now, in one statement, however much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.kernel.problems import Forbidden
from loket.ledger.database import counted
from loket.services.mijnservices import berichten, overzicht
from tests.services.mijnservices.leven import key

if TYPE_CHECKING:
    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Leven


@pytest.mark.req("M35", "M40", "M44", "M47")
def test_what_asks_attention_comes_in_one_statement(leven: Leven) -> None:
    klant = leven.burger()
    dossier = leven.dossier(klant)
    with counted() as statements:
        mijn = overzicht.overzicht(klant.actor)
    assert len(statements) == 1
    assert [each.uuid for each in mijn.taken.regels] == [dossier.taak]
    assert [each.uuid for each in mijn.berichten.regels] == [dossier.bericht]
    assert [each.uuid for each in mijn.zaken.regels] == [dossier.zaak]
    assert [each.uuid for each in mijn.contactmomenten.regels] == [dossier.contact]
    assert not mijn.leeg
    assert not mijn.taken.meer


def test_the_most_urgent_task_stands_first(leven: Leven) -> None:
    klant = leven.burger()
    leven.taak(klant, einddatumHandelingsTermijn="2099-12-01")
    urgent = leven.taak(klant, einddatumHandelingsTermijn="2099-11-01")
    leven.taak(klant, einddatumHandelingsTermijn="2099-12-31")
    assert overzicht.overzicht(klant.actor).taken.regels[0].uuid == key(urgent)


def test_of_much_the_first_is_shown_and_all_is_counted(leven: Leven) -> None:
    """It stays one statement, with five of each."""
    klant = leven.burger()
    for _ in range(overzicht.SIZE + 2):
        leven.dossier(klant)
    with counted() as statements:
        mijn = overzicht.overzicht(klant.actor)
    assert len(statements) == 1
    for blok in (mijn.taken, mijn.berichten, mijn.zaken, mijn.contactmomenten):
        assert (len(blok.regels), blok.aantal) == (overzicht.SIZE, overzicht.SIZE + 2)
        assert blok.meer


def test_what_is_done_asks_no_attention(leven: Leven) -> None:
    """A bericht that was read, a zaak that ended."""
    klant = leven.burger()
    dossier = leven.dossier(klant)
    berichten.lees(klant.actor, dossier.bericht)
    leven.sluit(leven.zaak(klant))
    mijn = overzicht.overzicht(klant.actor)
    assert mijn.berichten.aantal == 0
    assert [each.uuid for each in mijn.zaken.regels] == [dossier.zaak]


def test_who_has_nothing_gets_an_empty_overview_and_who_is_no_klant_none(
    leven: Leven, actor: Actor
) -> None:
    leven.dossier(leven.burger("De Vries"))
    assert overzicht.overzicht(leven.burger().actor).leeg
    with pytest.raises(Forbidden):
        overzicht.overzicht(actor)
