"""What was told to whom can be looked up, set going again, and told once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.kernel.problems import Forbidden
from loket.ledger import deliveries, dispatch
from loket.ledger.database import counted, one, rows
from loket.ledger.dispatch import Family, Subscriber
from loket.registers.notificaties.aflevering import lijst
from tests.conformance.test_refusing import faults
from tests.conftest import make_client
from tests.registers.klantinteracties.contactwerk import Contactwerk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from loket.ledger.dispatch import Happened
    from tests.conftest import Api

pytestmark = pytest.mark.req("M57", "M30")

ROOT = "/notificaties/api/v1/afleveringen"
BSN = "999990639"
Json = dict[str, Any]


class Post:
    """Subscribers that hear of contacts: one of the house, and two of a family."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []
        self.failing: set[str] = set()

    def calls(self, key: str, events: Sequence[Happened]) -> list[Callable[[], str]]:
        def call(position: int) -> str:
            if key in self.failing:
                raise dispatch.Refused(f"kent {BSN} niet")
            self.heard.append((key, position))
            return "204"

        return [lambda at=event.position: call(at) for event in events]  # type: ignore[misc]

    def wanting(self, events: Sequence[Happened]) -> list[list[str]]:
        return [["een", "twee"] if self.wants(event) else [] for event in events]

    @staticmethod
    def wants(event: Happened) -> bool:
        return event.register == "klantinteracties" and event.resource == "klantcontacten"


@pytest.fixture
def post(api: Api) -> Iterator[Post]:
    del api
    made, kept, others = Post(), dict(dispatch.families), dict(dispatch.subscribers)
    dispatch.families.clear()
    dispatch.subscribers.clear()
    dispatch.subscribe_family(Family("proef", made.wanting, made.calls))
    dispatch.subscribe(Subscriber("huis", made.wants, lambda event: f"gehoord {event.key}"))
    while dispatch.route():
        pass
    yield made
    dispatch.families.clear()
    dispatch.subscribers.clear()
    dispatch.families.update(kept)
    dispatch.subscribers.update(others)


@pytest.fixture
def werk(api: Api, post: Post) -> Contactwerk:
    del post
    return Contactwerk(api)


def deliver() -> None:
    while dispatch.route() or dispatch.deliver_one():
        pass
    asleep = dispatch.Asleep()
    while dispatch.deliver_to_family(asleep):
        pass


def found(api: Api, **asked: Any) -> list[Json]:
    answer = api.get(ROOT, params=asked)
    assert answer.status_code == 200, answer.text
    results: list[Json] = answer.json()["results"]
    assert answer.json()["count"] == len(results)
    return results


def beheerder(*scopes: str, **more: Any) -> Api:
    return make_client("bewaker", [{"component": "nrc", "scopes": list(scopes)}], **more)


def test_each_delivery_tells_what_happened_and_how_it_went(
    api: Api, post: Post, werk: Contactwerk
) -> None:
    post.failing = {"twee"}
    contact = werk.contact()
    deliver()
    bewaker = beheerder("notificaties.beheren")
    shown = {each["abonnee"]: each for each in found(bewaker)}
    assert {name: each["staat"] for name, each in shown.items()} == {
        "huis": "klaar", "proef:een": "klaar", "proef:twee": "vast",
    }  # fmt: skip
    told = shown["proef:een"]
    key = contact["url"].rsplit("/", 1)[1]
    position, moment = one("SELECT position, moment FROM ledger_event WHERE key = %s", (key,))
    told_at = told.pop("gewijzigdOp")
    assert told_at >= told["moment"]
    assert told == {
        "url": f"{contact['url'].split('/klantinteracties')[0]}{ROOT}/{told['uuid']}",
        "uuid": told["uuid"],
        "abonnee": "proef:een",
        "positie": position,
        "moment": moment.isoformat(),
        "register": "klantinteracties",
        "resource": "klantcontact",
        "actie": "create",
        "hoofdObject": contact["url"],
        "resourceUrl": contact["url"],
        "staat": "klaar",
        "pogingen": 1,
        "volgendePoging": None,
        "uitkomst": "204",
    }
    assert bewaker.get(told["url"]).json() == {**told, "gewijzigdOp": told_at}
    assert BSN not in api.get(ROOT).text
    assert shown["proef:twee"]["uitkomst"] == "kent ********* niet"


def test_it_is_searched_by_what_it_is_about_and_how_it_went(
    api: Api, post: Post, werk: Contactwerk
) -> None:
    first = werk.contact()
    deliver()
    post.failing = {"een"}
    second = werk.contact()
    deliver()
    positions = sorted({each["positie"] for each in found(api)})
    moments = sorted({each["moment"] for each in found(api)})
    assert len(found(api)) == 6
    numbers = {
        "abonnee": ("proef:een", 2, "nergens", 0),
        "staat": ("vast", 1, "wacht", 0),
        "hoofdObject": (first["url"], 3, f"{first['url'][:-36]}{uuid4()}", 0),
        "resourceUrl": (second["url"], 3, "https://elders.example/1", 0),
        "register": ("klantinteracties", 6, "zaken", 0),
        "resource": ("klantcontact", 6, "klantcontacten", 0),
        "positie__gte": (positions[1], 3, positions[0], 6),
        "positie__lte": (positions[0], 3, positions[0] - 1, 0),
        "moment__gte": (moments[1], 3, "2999-01-01T00:00:00Z", 0),
        "moment__lte": (moments[0], 3, "1999-01-01T00:00:00Z", 0),
    }
    for name, (value, number, other, rest) in numbers.items():
        assert len(found(api, **{name: value})) == number, name
        assert len(found(api, **{name: other})) == rest, name
    assert [each["positie"] for each in found(api, abonnee="proef:een", staat="vast")] == [
        positions[1]
    ]


def test_it_comes_by_the_page_what_was_handed_out_last_first(api: Api, werk: Contactwerk) -> None:
    for _ in range(2):
        werk.contact()
    deliver()
    first = api.get(ROOT, params={"pageSize": 4, "register": "klantinteracties"}).json()
    assert (first["count"], len(first["results"]), first["previous"]) == (6, 4, None)
    second = api.get(first["next"]).json()
    assert (second["count"], len(second["results"]), second["next"]) == (6, 2, None)
    all_of_it = [each["uuid"] for each in first["results"] + second["results"]]
    assert all_of_it == sorted(set(all_of_it), reverse=True)
    assert api.get(ROOT, params={"pageSize": 4, "page": 3}).status_code == 404
    assert api.get(ROOT, params={"page": "nul"}).status_code == 404


def test_a_list_is_one_statement(actor: Any, werk: Contactwerk) -> None:

    werk.contact()
    deliver()
    with counted() as noted:
        lijst(actor, Call(base="http://127.0.0.1", query={"staat": ["klaar"]}))
    assert len(noted) == 1


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"kleur": "rood"}, ("nonFieldErrors", "unknown-parameters")),
        ({"staat": "zoek"}, ("staat", "invalid_choice")),
        ({"positie__gte": "veel"}, ("positie__gte", "invalid")),
        ({"positie__lte": "-1"}, ("positie__lte", "min_value")),
        ({"moment__gte": "gisteren"}, ("moment__gte", "invalid")),
        ({"hoofdObject": "zaak 1"}, ("hoofdObject", "bad-url")),
        ({"pageSize": "0"}, ("pageSize", "invalid")),
        ({"abonnee": "\x00"}, ("abonnee", "invalid")),
    ],
)
def test_a_question_that_is_none_is_refused(
    api: Api, asked: dict[str, str], fault: tuple[str, str]
) -> None:
    assert faults(api.get(ROOT, params=asked)) == {fault}


def test_all_faults_are_told_at_once(api: Api) -> None:
    answer = api.get(ROOT, params={"staat": "zoek", "moment__lte": "nu", "pageSize": "x"})
    assert {name for name, _ in faults(answer)} == {"staat", "moment__lte", "pageSize"}


def test_without_the_scope_nothing_is_told_or_done(werk: Contactwerk) -> None:
    werk.contact()
    deliver()
    key = found(make_client("alles"))[0]["uuid"]
    vreemd = beheerder("notificaties.consumeren", "notificaties.publiceren")
    body = {"abonnee": "huis", "vanafPositie": 1}
    answers = (
        vreemd.get(ROOT),
        vreemd.get(f"{ROOT}/{key}"),
        vreemd.post(f"{ROOT}/{key}/vrijgeven"),
        vreemd.post(f"{ROOT}/herhalen", json=body),
    )
    assert [each.status_code for each in answers] == [403] * 4
    assert dispatch.status() == [
        row for row in dispatch.status() if row["state"] == "klaar"
    ]  # nothing was set going


def test_a_citizen_may_not_look(werk: Contactwerk) -> None:
    werk.contact()
    with pytest.raises(Forbidden):
        lijst(Actor.burger(uuid4(), "Jan", "substantieel"), Call(base="http://127.0.0.1"))


def test_what_the_law_keeps_from_an_application_is_not_in_its_list(
    api: Api, werk: Contactwerk
) -> None:
    contact = werk.contact()
    deliver()
    one("INSERT INTO ledger_delivery (subscriber, position, main_key, state, attempts, next_at, "
        "changed_at, outcome) SELECT 'huis', position + 1000000, main_key, 'vast', 1, now(), "
        "now(), '' FROM ledger_event WHERE key = %s", (contact["uuid"],))  # fmt: skip
    names = "id, moment, register, resource, key, url, main_resource, main_key, main_url, actie, "
    names += "status, label, actor_kind, actor_id, actor_label, user_id, user_label, toelichting, "
    names += "kenmerken, trace"
    one(f"INSERT INTO ledger_event (position, regime, {names}) SELECT position + 1000000, 'wpg', "  # noqa: S608 - our own names
        f"{names} FROM ledger_event WHERE key = %s", (contact["uuid"],))  # fmt: skip
    assert found(api, staat="vast") == []
    hidden = one("SELECT max(id) FROM ledger_delivery")[0]
    address = f"{ROOT}/00000000-0000-8000-8000-{hidden:012x}"
    assert api.get(address).status_code == 404
    assert api.post(f"{address}/vrijgeven").status_code == 404
    assert one("SELECT state FROM ledger_delivery WHERE id = %s", (hidden,))[0] == "vast"


def test_what_is_stuck_is_released_one_by_one(api: Api, post: Post, werk: Contactwerk) -> None:
    post.failing = {"een", "twee"}
    werk.contact()
    deliver()
    post.failing = set()
    stuck, other = found(api, staat="vast")
    bewaker = beheerder("notificaties.beheren")
    freed = bewaker.post(f"{stuck['url']}/vrijgeven")
    assert freed.status_code == 200, freed.text
    assert (freed.json()["staat"], freed.json()["pogingen"]) == ("wacht", 0)
    assert freed.json()["volgendePoging"] is not None
    deliver()
    assert api.get(stuck["url"]).json()["staat"] == "klaar"
    assert api.get(other["url"]).json()["staat"] == "vast"
    again = bewaker.post(f"{stuck['url']}/vrijgeven")
    assert (again.status_code, again.json()["code"]) == (409, "conflict")


def test_what_is_not_there_is_not_found(api: Api) -> None:
    for key in ("00000000-0000-8000-8000-ffffffffffff", uuid4()):
        assert api.get(f"{ROOT}/{key}").status_code == 404
        assert api.post(f"{ROOT}/{key}/vrijgeven").status_code == 404
    assert api.get(f"{ROOT}/12").status_code == 404


def test_from_a_position_on_it_is_told_again_in_order(
    api: Api, post: Post, werk: Contactwerk
) -> None:
    for _ in range(4):
        werk.contact()
    deliver()
    positions = sorted({each["positie"] for each in found(api)})
    post.heard.clear()
    body = {"abonnee": "proef:een", "vanafPositie": positions[1], "totPositie": positions[2]}
    answer = beheerder("notificaties.beheren").post(f"{ROOT}/herhalen", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {**body, "aantal": 2}
    deliver()
    assert post.heard == [("een", positions[1]), ("een", positions[2])]
    all_again = api.post(f"{ROOT}/herhalen", json={"abonnee": "proef:twee", "vanafPositie": 1})
    assert all_again.json()["aantal"] == 4
    assert all_again.json()["totPositie"] >= positions[3]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, {("abonnee", "required"), ("vanafPositie", "required")}),
        ({"abonnee": "niemand", "vanafPositie": 0},
         {("abonnee", "does_not_exist"), ("vanafPositie", "min_value")}),
        ({"abonnee": "huis", "vanafPositie": 5, "totPositie": 4}, {("totPositie", "min_value")}),
        ({"abonnee": "huis", "vanafPositie": True, "totPositie": "x"},
         {("vanafPositie", "invalid"), ("totPositie", "invalid")}),
        ({"abonnee": f"abonnement:{uuid4()}", "vanafPositie": 1}, {("abonnee", "does_not_exist")}),
        ({"abonnee": "abonnement:een", "vanafPositie": 1}, {("abonnee", "does_not_exist")}),
        ({"abonnee": ["huis"], "vanafPositie": 1}, {("abonnee", "does_not_exist")}),
    ],
)  # fmt: skip
def test_a_replay_that_cannot_be_is_refused(
    api: Api, post: Post, body: Json, expected: set[tuple[str, str]]
) -> None:
    del post
    answer = api.post(f"{ROOT}/herhalen", json=body)
    assert (answer.status_code, faults(answer)) == (400, expected)
    assert api.post(f"{ROOT}/herhalen", json=[]).status_code == 400


def test_a_replay_holds_few_events_at_a_time_and_asks_once_for_them(
    api: Api, post: Post, werk: Contactwerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its statements grow with the batches, not with the events; what it does is the same."""
    del api
    for _ in range(5):
        werk.contact()
    deliver()
    first = one("SELECT min(position) FROM ledger_delivery")[0]
    seen: list[int] = []

    def wanting(events: Sequence[Happened]) -> list[list[str]]:
        seen.append(len(events))
        return post.wanting(events)

    dispatch.subscribe_family(Family("proef", wanting, post.calls))
    monkeypatch.setattr(deliveries, "BATCH", 2)
    post.heard.clear()
    assert dispatch.replay("proef:een", first) == 5
    assert len(seen) > 2
    assert max(seen) == 2
    deliver()
    assert [position for _, position in post.heard] == sorted(
        row[0] for row in rows("SELECT DISTINCT position FROM ledger_delivery")
    )
    assert deliveries.extent("proef:een", first).number == 5
    part = deliveries.extent("proef:een", first, most=2)
    assert (part.complete, part.number < 5) == (False, True)
    with pytest.raises(KeyError):
        dispatch.replay("niemand", first)
