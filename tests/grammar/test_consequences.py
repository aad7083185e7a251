"""What follows from a write: what goes along, what says farewell, what is undone."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.grammar.writing import follow
from loket.kernel.clock import today
from loket.kernel.problems import Fault, Invalid
from loket.ledger.database import one, rows
from tests.conformance.example import Examples
from tests.grammar.proef.proeven import Proef, aantekeningen, metingen, proeven

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.change import Change
    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

CALL = Call(base=HOUSE)


@pytest.fixture
def examples(gemeente: Tenant, actor: Actor) -> Examples:
    """Bodies and records to write with."""
    del gemeente
    return Examples(actor, HOUSE)


def let(monkeypatch: pytest.MonkeyPatch, resource: Resource, word: str, *doing: Any) -> None:
    """Give a resource another word for the length of a test."""
    monkeypatch.setitem(resource.__dict__, word, doing)


def removed(resource: str) -> list[Any]:
    """Return the keys of the records whose removal the ledger tells, oldest first."""
    sql = "SELECT key FROM ledger_event WHERE resource = %s AND actie = 'destroy' ORDER BY position"
    return [row[0] for row in rows(sql, (resource,))]


def test_a_main_record_that_goes_along_has_an_event_of_its_own(
    examples: Examples, actor: Actor
) -> None:
    hoofdproef = examples.make(proeven)
    body = examples.body(proeven) | {"hoofdproef": proeven.address(hoofdproef, HOUSE)}
    deelproef = examples.make(proeven, body)
    proeven.destroy(actor, hoofdproef.pk, CALL)
    assert removed("proeven") == [deelproef.pk, hoofdproef.pk]
    assert not Proef.objects.filter(pk=deelproef.pk).exists()


def test_what_refuses_to_go_along_keeps_the_whole(
    examples: Examples, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoofdproef = examples.make(proeven)
    body = examples.body(proeven) | {"hoofdproef": proeven.address(hoofdproef, HOUSE)}
    examples.make(proeven, body)

    def refuse(deelproef: Any, change: Change) -> None:
        if deelproef.hoofdproef_id:
            change.fault("hoofdproef", "blijft", "Dit deel blijft.")

    let(monkeypatch, proeven, "farewells", refuse)
    with pytest.raises(Invalid):
        proeven.destroy(actor, hoofdproef.pk, CALL)
    assert Proef.objects.filter(pk=hoofdproef.pk).exists()
    assert removed("proeven") == []


def test_what_belongs_to_a_record_says_farewell_with_it(
    examples: Examples, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Any, str]] = []
    let(
        monkeypatch, metingen, "farewells", lambda each, change: seen.append((each.pk, change.verb))
    )
    meting = examples.make(metingen)
    proeven.destroy(actor, meting.proef_id, CALL)
    assert seen == [(meting.pk, "destroy")]
    assert removed("metingen") == [meting.pk]


def test_a_consequence_is_written_with_an_event_and_asks_no_scope(
    examples: Examples, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def annotate(meting: Any, change: Change) -> None:
        follow(aantekeningen, change, proef=meting.proef, tekst="gemeten")

    let(monkeypatch, metingen, "reactions", annotate)
    meting = examples.make(metingen)
    row = one(
        "SELECT e.actie, e.actor_id, a.tekst FROM ledger_event e JOIN proef_aantekening a "
        "ON a.id = e.key WHERE a.proef_id = %s",
        (meting.proef_id,),
    )
    assert row == ("create", actor.id, "gemeten")


def test_what_was_done_before_a_write_that_fails_is_undone(
    examples: Examples, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    @contextmanager
    def keep(_: Actor, body: Any, __: Call) -> Iterator[Any]:
        told.append("gedaan")
        try:
            yield {**body, "bijnaam": "ervoor"}
        except Invalid:
            told.append("ongedaan")
            raise

    let(monkeypatch, proeven, "around", keep)
    made = examples.make(proeven)
    assert (made.bijnaam, told) == ("ervoor", ["gedaan"])
    with pytest.raises(Invalid):
        proeven.create(actor, {}, CALL)
    assert told == ["gedaan", "gedaan", "ongedaan"]


def test_a_drawn_number_passes_over_one_that_a_client_gave(examples: Examples) -> None:
    last = int(examples.make(proeven).identificatie.rsplit("-", 1)[-1])
    for ahead in (1, 2):
        number = f"PROEF-{today().year}-{last + ahead:010d}"
        examples.make(proeven, examples.body(proeven) | {"identificatie": number})
    assert examples.make(proeven).identificatie == f"PROEF-{today().year}-{last + 3:010d}"


def test_a_warning_travels_beside_what_was_written(
    api: Api, examples: Examples, monkeypatch: pytest.MonkeyPatch
) -> None:
    let(monkeypatch, proeven, "derive", lambda _, change: change.warn("Kijk hier\nnog eens naar."))
    body = examples.body(proeven)
    base = f"http://{api.host}"
    body["soort"] = body["soort"].replace(HOUSE, base)
    answer = api.post(f"{proeven.root}/proeven", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.headers["X-Warning"] == "Kijk hier nog eens naar."


def test_a_rule_is_asked_of_what_goes_along(
    examples: Examples, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoofdproef = examples.make(proeven)
    body = examples.body(proeven) | {"hoofdproef": proeven.address(hoofdproef, HOUSE)}
    deelproef = examples.make(proeven, body)

    class Blijft:
        verbs = frozenset({"destroy"})

        def faults(self, record: Any, _: Change) -> list[Fault]:
            return [Fault("x", "blijft", "")] if record.pk == deelproef.pk else []

    let(monkeypatch, proeven, "rules", Blijft())
    with pytest.raises(Invalid):
        proeven.destroy(actor, hoofdproef.pk, CALL)
