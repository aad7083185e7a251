"""Veranderd: each hears of what is his own, not what he did himself, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.ledger.database import counted
from loket.services.mijnservices import berichten
from loket.services.mijnservices.veranderd import Gelezen, Verandering, veranderd
from tests.services.mijnservices.leven import key

if TYPE_CHECKING:
    from tests.services.mijnservices.leven import Leven


def test_each_hears_of_all_that_is_his_own(leven: Leven) -> None:
    een, ander, bedrijf = leven.burger(), leven.burger("De Vries"), leven.bedrijf()
    gelezen = Gelezen()
    dossier, zaak = leven.dossier(een), leven.zaak(bedrijf)
    found = list(veranderd([een.actor, ander.actor, bedrijf.actor], gelezen.nieuw()))
    assert {each for nr, each in found if nr == 0} >= {
        Verandering("zaak", dossier.zaak), Verandering("document", dossier.document),
        Verandering("taak", dossier.taak), Verandering("bericht", dossier.bericht),
        Verandering("document", dossier.bijlage), Verandering("contactmoment", dossier.contact),
    }  # fmt: skip
    assert dossier.concept not in {each.uuid for _, each in found}
    assert [each for nr, each in found if nr == 1] == []
    assert [each for nr, each in found if nr == 2] == [Verandering("zaak", key(zaak))]


def test_many_who_listen_cost_one_statement_for_each_kind(leven: Leven) -> None:
    actors = [leven.burger(str(nr)).actor for nr in range(5)]
    gelezen = Gelezen()
    leven.zaak(leven.burger())
    with counted() as statements:
        assert list(veranderd(actors, gelezen.nieuw())) == []
    assert len(statements) <= 3


def test_what_one_did_oneself_and_what_was_told_is_no_news(leven: Leven) -> None:
    klant = leven.burger()
    bericht = key(leven.bericht(klant))
    gelezen = Gelezen()
    assert gelezen.nieuw() == []
    berichten.lees(klant.actor, bericht)
    happened = gelezen.nieuw()
    assert [each.uuid for each in happened] == [bericht]
    assert list(veranderd([klant.actor], happened)) == []
    assert gelezen.nieuw() == []
