"""Over what, about what and in which language somebody wants to hear (M52)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid
from loket.ledger.database import one
from loket.services.mijnservices import partij
from loket.services.mijnservices import profiel_wijzigen as wijzigen
from loket.services.mijnservices.voorkeuren import lees
from loket.services.mijnservices.voorkeuren_bewaren import Wens, bewaar
from tests.budgets.test_statements import statements
from tests.services.mijnservices.leven import VESTIGING

from .test_profiel_wijzigen import werkend

if TYPE_CHECKING:
    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Leven

CALL = Call(HOUSE)


def kanaal(leven: Leven, actor: Actor, soort: str = "zaakstatus", **about: str) -> tuple[str, str]:
    """Return how the municipality would reach somebody, and at which level he said so."""
    path = f"/klantinteracties/api/v1/partijen/{partij.eigen(actor)}/bereiken"
    told: dict[str, Any] = leven.api.post(path, json={"soortBericht": soort, **about}).json()
    return told["kanaal"], told["niveau"]


@pytest.mark.req("M52")
def test_what_somebody_says_is_what_the_municipality_does(leven: Leven) -> None:
    eva = leven.burger().actor
    werkend(eva)
    assert kanaal(leven, eva) == ("geen", "terugval")
    wens = Wens(
        "eng", ("email", "portaal"), {},
        frozenset({("zaakstatus", "email"), ("taak", "portaal"), ("zaakstatus", "portaal")}),
    )  # fmt: skip
    kept = bewaar(eva, wens, CALL)
    assert (kept.taal, kept.kanalen) == ("eng", ("email", "portaal"))
    assert {each.soort: each.kanalen for each in kept.toestemmingen if each.kanalen} == {
        "zaakstatus": ("portaal", "email"),
        "taak": ("portaal",),
    }
    assert kanaal(leven, eva) == ("email", "partij")
    assert kanaal(leven, eva, "taak") == ("portaal", "partij")
    bewaar(eva, replace(wens, kanalen=("portaal", "email")), CALL)
    assert kanaal(leven, eva) == ("portaal", "partij")
    bewaar(eva, replace(wens, kanalen=(), toestemming=frozenset()), CALL)
    assert kanaal(leven, eva) == ("geen", "terugval")
    assert lees(eva).kanalen == ()


@pytest.mark.req("M52")
def test_a_kind_of_zaak_may_go_over_another_channel(leven: Leven) -> None:
    eva = leven.burger()
    werkend(eva.actor)
    zaak = leven.zaak(eva)
    (kind,) = lees(eva.actor).per_zaaktype
    assert (kind.naam, kind.kanaal) != ("", "email")
    said = frozenset({("zaakstatus", "email"), ("zaakstatus", "portaal")})
    wens = Wens("", ("portaal",), {kind.sleutel: "email"}, said)
    kept = bewaar(eva.actor, wens, CALL)
    assert [each.kanaal for each in kept.per_zaaktype] == ["email"]
    assert kanaal(leven, eva.actor, zaaktype=zaak["zaaktype"]) == ("email", "zaaktype")
    assert kanaal(leven, eva.actor) == ("portaal", "partij")
    bewaar(eva.actor, replace(wens, per_zaaktype={}), CALL)
    assert kanaal(leven, eva.actor, zaaktype=zaak["zaaktype"]) == ("portaal", "partij")


def test_only_what_changed_is_written(leven: Leven) -> None:
    eva = leven.burger()
    leven.zaak(eva)
    (kind,) = lees(eva.actor).per_zaaktype
    wens = Wens("nld", ("email",), {kind.sleutel: "brief"}, frozenset({("taak", "email")}))
    bewaar(eva.actor, wens, CALL)
    before = one("SELECT count(*) FROM ledger_event")[0]
    bewaar(eva.actor, wens, CALL)
    assert one("SELECT count(*) FROM ledger_event")[0] == before
    bewaar(eva.actor, replace(wens, toestemming=frozenset()), CALL)
    row = one("SELECT bron, ingetrokken_op IS NOT NULL FROM klantinteracties_bereikbaarheid")
    assert row == ("MijnServices", True)


@pytest.mark.parametrize(
    ("wens", "fault"),
    [
        (Wens("xxx"), ("taal", "invalid_choice")),
        (Wens("", ("duif",)), ("kanalen", "invalid_choice")),
        (Wens("", ("email", "email")), ("kanalen", "unique")),
        (Wens("", (), {UUID(int=1): "email"}), ("perZaaktype", "invalid_choice")),
        (Wens("", (), {}, frozenset({("taak", "brief")})), ("toestemming", "invalid_choice")),
        (Wens("", (), {}, frozenset({("x", "email")})), ("toestemming", "invalid_choice")),
    ],
)
def test_what_cannot_be_chosen_is_refused(leven: Leven, wens: Wens, fault: tuple[str, str]) -> None:
    eva = leven.burger().actor
    with pytest.raises(Invalid) as refused:
        bewaar(eva, wens, CALL)
    assert [(each.name, each.code) for each in refused.value.faults] == [fault]


def test_they_are_read_in_one_statement_and_are_ones_own(leven: Leven) -> None:
    whole, part = leven.bedrijf().actor, leven.bedrijf(VESTIGING).actor
    said = frozenset({("taak", "email")})
    bewaar(part, Wens("deu", ("email",), {}, said), CALL)
    with statements() as asked:
        found = lees(part)
    assert len(asked) == 1
    assert (found.taal, found.kanalen) == ("deu", ("email",))
    of_whole = lees(whole)
    assert (of_whole.taal, of_whole.kanalen) == ("", ())
    assert not any(each.kanalen for each in of_whole.toestemmingen)
    stranger = leven.burger("De Vries").actor
    assert lees(stranger).kanalen == ()


def test_a_preference_for_an_address_survives_its_change(leven: Leven) -> None:
    eva = leven.burger().actor
    old = werkend(eva)
    bewaar(eva, Wens("", ("email",), {}, frozenset({("zaakstatus", "email")})), CALL)
    made = wijzigen.nieuw(eva, "email", "ander@nieuw.example", CALL, vervangt=old.uuid)
    assert made.werkt is False
    assert kanaal(leven, eva) == ("email", "partij")
