"""Who looks at what is somebody's own is told to him: what, which one, when, by whom and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from loket.grammar import reading
from loket.grammar.reading import Query
from loket.kernel.actor import Actor
from loket.registers.berichten import bericht
from loket.services.mijnservices import sporen, zaken
from tests.budgets.test_statements import statements
from tests.conftest import make_client

from .leven import Leven

if TYPE_CHECKING:
    from tests.conftest import Api

    from .leven import Klant

ZAKEN, DOCUMENTEN = "/zaken/api/v1", "/documenten/api/v1/enkelvoudiginformatieobjecten"


@pytest.fixture
def leven(api: Api) -> Leven:
    return Leven(api)


@pytest.fixture
def eva(leven: Leven) -> Klant:
    return leven.burger()


def bekeken(klant: Klant) -> list[tuple[str, str]]:
    shown = sporen.bladzijde(klant.actor, 1, sporen.Door.ANDEREN).sporen
    return [(each.wat, each.betreft) for each in shown if each.wat.endswith("bekijken")]


@pytest.mark.req("M53")
def test_a_look_at_anything_of_hers_is_one_line_each(leven: Leven, eva: Klant, api: Api) -> None:
    has = leven.dossier(eva)
    assert bekeken(eva) == []
    besluit = has.besluit["url"].rpartition("/")[2]
    without = make_client("stil", purposes=())
    for path in (
        f"{ZAKEN}/zaken/{has.zaak}", f"{DOCUMENTEN}/{has.document}",
        f"{DOCUMENTEN}/{has.document}/download", f"/besluiten/api/v1/besluiten/{besluit}",
        f"/taken/api/v1/externetaken/{has.taak}", f"/berichten/api/v1/berichten/{has.bericht}",
        f"/klantinteracties/api/v1/klantcontacten/{has.contact}",
    ):  # fmt: skip
        assert api.get(path).status_code == 200, path
    for each in (api, without):  # the first sees the number as well, which is logged by that
        assert (
            each.get(f"/klantinteracties/api/v1/partijen/{eva.partij['uuid']}").status_code == 200
        )
    assert Counter(wat for wat, _ in bekeken(eva)) == {
        "zaak bekijken": 1, "document bekijken": 2, "besluit bekijken": 1, "taak bekijken": 1,
        "bericht bekijken": 1, "klantcontact bekijken": 1, "partij bekijken": 1,
    }  # fmt: skip
    identificatie = api.get(f"{ZAKEN}/zaken/{has.zaak}").json()["identificatie"]
    newest = sporen.bladzijde(eva.actor, 1).sporen[0]
    assert (newest.betreft, newest.wie, newest.doel) == (
        identificatie, "test", "urn:loket:verwerking:dienstverlening",
    )  # fmt: skip


def test_it_costs_no_statement_more_and_counts_each_person_once(
    leven: Leven, eva: Klant, api: Api
) -> None:
    sam = leven.burger("Smit")
    made = leven.zaak(eva)
    for klant in (sam, eva):
        leven.werk.rol(made, "behandelaar", **klant.rol)
    with statements() as asked:
        assert api.get(made["url"]).status_code == 200
    assert len([each for each in asked if "zaken_zaak" in each]) == 1
    assert (len(bekeken(eva)), len(bekeken(sam))) == (1, 1)


def test_what_was_not_shown_was_not_looked_at(leven: Leven, eva: Klant, api: Api) -> None:
    made = leven.zaak(eva)
    assert make_client("kijker", []).get(made["url"]).status_code == 403
    assert api.get(f"{ZAKEN}/zaken").status_code == 200
    assert bekeken(eva) == []


def test_her_own_look_and_that_of_the_house_are_no_news(leven: Leven, eva: Klant) -> None:
    has = leven.dossier(eva)
    zaken.detail(eva.actor, has.zaak)
    reading.detail(bericht.berichten, Actor.system("output"), has.bericht, Query("", looks=True))
    shown = sporen.bladzijde(eva.actor, 1).sporen
    assert not [each for each in shown if each.wat.endswith("bekijken")]
