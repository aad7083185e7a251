"""Every resource is written as the standard says, in one transaction with its event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar import codec
from loket.grammar.record import written
from loket.grammar.times import Day, Moment
from loket.grammar.words import Text
from loket.grammar.writing import HOUSE
from loket.ledger import events
from loket.ledger.database import one, rows
from tests.conformance.cases import demanding, each_resource, several
from tests.conformance.example import asking_all, key_at, text
from tests.conformance.test_refusing import wrong_body

if TYPE_CHECKING:
    from uuid import UUID

    import httpx

    from loket.grammar.resource import Resource
    from tests.conformance.example import Examples
    from tests.conftest import Api


def happened(key: UUID) -> list[tuple[str, Any]]:
    """Return action and new state of each event of a record, oldest first."""
    sql = "SELECT actie, nieuw FROM ledger_event WHERE key = %s ORDER BY position"
    return [(action, new and codec.decode(new.encode())) for action, new in rows(sql, (key,))]


def position() -> int:
    """Return how far the ledger has come."""
    found: int = one("SELECT coalesce(max(position), 0) FROM ledger_event")[0]
    return found


def as_recorded(shown: Any, base: str) -> Any:
    """Return what a client sees as the ledger keeps it: with the house's own address, no BSN."""
    text = codec.encode(shown).decode().replace(f'"{base}/', f'"{HOUSE}/')
    return codec.decode(text.encode())


def _changeable(resource: Resource) -> list[Text]:
    return [
        word
        for word in written(resource.record)
        if type(word) is Text and not (word.once or word.check or word.pattern)
    ]


@each_resource("create")
@pytest.mark.parametrize("full", [False, True], ids=["least", "full"])
def test_what_is_made_is_answered_whole(
    resource: Resource, api: Api, examples: Examples, *, full: bool
) -> None:
    body, path = examples.body(resource, full=full), examples.path(resource)
    response = api.post(path, json=body)
    assert response.status_code == 201, response.text
    shown = record_of(resource, response)
    assert response.headers["Location"] == shown["url"]
    assert api.get(shown["url"]).json() == shown
    [(action, new)] = happened(key_at(shown["url"]))
    assert action == "create"
    if not resource.hides_numbers:
        assert new == as_recorded(shown, examples.base)


@each_resource("create", "update")
def test_what_is_read_can_be_written_back(resource: Resource, api: Api, examples: Examples) -> None:
    body, path = examples.body(resource, full=True), examples.path(resource)
    shown = record_of(resource, api.post(path, json=body))
    sent = examples.writable(resource, shown)
    sent |= examples.before_change(resource, key_at(shown["url"]))
    response = api.put(shown["url"], json=sent)
    assert response.status_code == 200, response.text
    assert without_times(resource, response.json()) == without_times(resource, shown)
    assert api.get(shown["url"]).json() == response.json()
    assert [action for action, _ in happened(key_at(shown["url"]))] == ["create", "update"]


@each_resource("create", "partial_update", where=several)
def test_a_patch_without_anything_changes_nothing(
    resource: Resource, api: Api, examples: Examples
) -> None:
    body, path = examples.body(resource), examples.path(resource)
    shown = record_of(resource, api.post(path, json=body))
    sent = examples.before_change(resource, key_at(shown["url"]))
    response = api.patch(shown["url"], json=sent)
    assert response.status_code == 200
    assert without_times(resource, response.json()) == without_times(resource, shown)


@each_resource("partial_update", where=_changeable)
def test_a_patch_changes_what_it_names(resource: Resource, api: Api, examples: Examples) -> None:
    record = examples.make(resource)
    address = resource.address(record, examples.base)
    before = api.get(address).json()
    word = _changeable(resource)[0]
    other = text(word, 77)
    ready = examples.before_change(resource, record.pk)
    response = api.patch(address, json={word.wire: other, **ready})
    assert response.status_code == 200, response.text
    assert response.json()[word.wire] == other != before[word.wire]
    assert api.get(address).json() == response.json()
    actions = happened(record.pk)
    assert [action for action, _ in actions][:: len(actions) - 1] == ["create", "partial_update"]
    assert actions[-1][1][word.wire] == other


@each_resource("destroy")
def test_what_is_removed_is_gone(resource: Resource, api: Api, examples: Examples) -> None:
    examples.one(resource)
    record = examples.make(resource)
    address, path = resource.address(record, examples.base), examples.path(resource)
    response = api.delete(address)
    assert (response.status_code, response.content) == (204, b"")
    assert api.get(address).status_code == 404
    listed = api.get(path, params=asking_all(resource)).json()
    found = listed["results"] if resource.paged else listed
    assert address not in {row["url"] for row in found}
    assert happened(record.pk)[-1] == ("destroy", None)


@each_resource("create", where=demanding)
def test_what_is_refused_leaves_no_trace(resource: Resource, api: Api, examples: Examples) -> None:
    body, path = examples.body(resource), examples.path(resource)
    for word in written(resource.record):
        if word.wire and not word.optional and word.name not in resource.path_keys:
            body.pop(word.wire)
            break
    before, known = position(), count(resource)
    assert api.post(path, json=body).status_code == 400
    assert (position(), count(resource)) == (before, known)


@each_resource("partial_update")
def test_a_change_that_is_refused_leaves_no_trace(
    resource: Resource, api: Api, examples: Examples
) -> None:
    address = resource.address(examples.make(resource), examples.base)
    shown, before = api.get(address).json(), position()
    assert api.patch(address, json=wrong_body(resource)).status_code == 400
    assert position() == before
    assert api.get(address).json() == shown


@each_resource("create")
def test_a_row_without_its_event_is_not_there(
    resource: Resource, api: Api, examples: Examples, monkeypatch: pytest.MonkeyPatch
) -> None:
    body, path = examples.body(resource), examples.path(resource)
    api.get(path)
    before, known = position(), count(resource)

    def fail(*_: object) -> None:
        raise RuntimeError("the ledger is full")

    monkeypatch.setattr(events, "record", fail)
    monkeypatch.setattr(events, "record_all", fail)
    assert api.post(path, json=body).status_code == 500
    assert (position(), count(resource)) == (before, known)


def count(resource: Resource) -> int:
    """Count the rows of a resource."""
    found: int = one(f'SELECT count(*) FROM "{resource.table}"')[0]  # noqa: S608
    return found


def record_of(resource: Resource, response: httpx.Response) -> dict[str, Any]:
    """Return the record in the answer to a POST, without what is told beside it."""
    beside = resource.told(resource.record()) if resource.told is not None else {}
    return {wire: value for wire, value in response.json().items() if wire not in beside}


def without_times(resource: Resource, shown: dict[str, Any]) -> dict[str, Any]:
    """Leave out the moments that the house itself notes, and the counting of versions."""
    words = resource.record.words.values()
    noted = {word.wire for word in words if word.computed and isinstance(word, Day | Moment)}
    if resource.history is not None:
        noted |= {"versie", "inhoud", "locked"}
    return {wire: value for wire, value in shown.items() if wire not in noted}
