"""Each access to a BSN is one line in the processing log, which the citizen sees, and he alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from loket.kernel.actor import Actor
from loket.kernel.problems import Forbidden
from loket.services.mijnservices import burger, sporen
from loket.services.mijnservices.sporen import Door
from tests.budgets.test_statements import statements
from tests.registers.klantinteracties.contactwerk import ROOT, Contactwerk, bsn, identificator

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def werk(api: Api) -> Contactwerk:
    return Contactwerk(api)


def test_whoever_sees_or_uses_a_number_leaves_one_line(werk: Contactwerk) -> None:
    """Recording (the answer shows it), showing and searching: by whom, for what; one statement."""
    number, other = bsn(), bsn()
    partij = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    werk.persoon(partijIdentificatoren=[identificator("bsn", other)])
    [shown] = werk.read(partij)["partijIdentificatoren"]
    assert shown["partijIdentificator"]["objectId"] == number
    name = "partijIdentificator__"
    werk.list("partijen", **{f"{name}codeSoortObjectId": "bsn", f"{name}objectId": number})
    werk.api.post(f"{ROOT}/zoek", json={"vraag": number})
    actor = burger.from_bsn(number, "Eva Jansen", "hoog")
    with statements() as asked:
        mijn = sporen.bladzijde(actor, 1)
    assert len(asked) == 1
    told = [(each.wat, each.doel.rsplit(":", 1)[1], each.wie, each.eigen) for each in mijn.sporen]
    assert told == [
        ("inloggen", "mijnservices", "", True),
        ("bsn zoeken", "dienstverlening", "test", False),
        ("bsn zoeken", "dienstverlening", "test", False),
        ("bsn tonen", "dienstverlening", "test", False),
        ("bsn tonen", "dienstverlening", "test", False),
        ("bsn vastleggen", "dienstverlening", "test", False),
    ]
    assert not mijn.volgende
    zelf, anderen = (sporen.bladzijde(actor, 1, door).sporen for door in (Door.UZELF, Door.ANDEREN))
    assert (zelf, anderen) == (mijn.sporen[:1], mijn.sporen[1:])
    elsewhere = sporen.bladzijde(burger.from_bsn(other, None, "laag"), 1)
    assert [each.wat for each in elsewhere.sporen] == [
        "inloggen",
        "bsn tonen",
        "bsn vastleggen",
    ]


@pytest.mark.usefixtures("gemeente")
def test_whom_one_authorised_is_not_oneself() -> None:
    principal, authorised = bsn(), bsn()
    acting = burger.from_bsn(principal, None, "substantieel", authorised)
    assert acting.logged_as == "gemachtigde:"
    [his] = sporen.bladzijde(replace(acting, user=""), 1).sporen
    assert (his.gemachtigde, his.eigen) == (True, False)
    [own] = sporen.bladzijde(Actor.burger(UUID(acting.user), None, "laag"), 1).sporen
    assert (own.gemachtigde, own.eigen) == (False, True)


def test_a_list_or_a_read_without_a_purpose_leaves_none(werk: Contactwerk) -> None:
    number = bsn()
    werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    actor = burger.from_bsn(number, None, "laag")
    before = sporen.bladzijde(actor, 1)
    werk.list("partijen")
    werk.list("partij-identificatoren")
    assert sporen.bladzijde(actor, 1) == before


def test_many_are_read_a_page_at_a_time(werk: Contactwerk) -> None:
    number = bsn()
    partij = werk.persoon(partijIdentificatoren=[identificator("bsn", number)])
    actor = burger.from_bsn(number, None, "laag")
    for _ in range(sporen.SIZE):
        werk.read(partij)
    first, second = (sporen.bladzijde(actor, nr) for nr in (1, 2))
    assert (len(first.sporen), first.volgende) == (sporen.SIZE, True)
    assert (len(second.sporen), second.volgende) == (3, False)
    assert first.sporen[-1].moment >= second.sporen[0].moment


def test_only_a_citizen_has_traces() -> None:
    with pytest.raises(Forbidden):
        sporen.bladzijde(Actor.system("nieuwsgierig"), 1)
