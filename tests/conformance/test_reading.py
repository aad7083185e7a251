"""Every resource is read as the standard says: detail, headers, list, pages, expand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar.urns import HIDDEN, OF_PERSON
from loket.ledger.database import counted
from tests.conformance.cases import each_resource
from tests.conformance.example import asking_all
from tests.conformance.test_refusing import faults

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from tests.conformance.example import Examples
    from tests.conftest import Api


def rows(resource: Resource, response: Any) -> list[dict[str, Any]]:
    """Return the records of a list, in whichever form the resource gives it."""
    listed = response.json()
    found: list[dict[str, Any]] = listed["results"] if resource.paged else listed
    return found


@pytest.mark.rule("zgw-versie")
@each_resource("retrieve")
def test_a_record_is_read_at_its_address(resource: Resource, api: Api, examples: Examples) -> None:
    record = examples.make(resource)
    address = resource.address(record, examples.base)
    response = api.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["API-version"] == resource.register.version
    shown = response.json()
    assert shown["url"] == address
    assert shown.get("uuid") == (str(record.pk) if resource.with_uuid else None)
    words = resource.record.words.values()
    named = {word.wire for word in words if word.wire and not word.secret}
    assert set(shown) - {"url", "uuid"} == named


@pytest.mark.rule("zgw-caching")
@each_resource("retrieve")
def test_head_is_get_without_the_body(resource: Resource, api: Api, examples: Examples) -> None:
    address = resource.address(examples.make(resource), examples.base)
    whole, head = api.get(address), api.head(address)
    assert head.status_code == 200
    assert head.content == b""
    one_off = {"x-trace-id"}
    assert {k: v for k, v in head.headers.items() if k not in one_off} == {
        k: v for k, v in whole.headers.items() if k not in one_off
    }


@pytest.mark.rule("zgw-caching")
@each_resource("retrieve")
def test_a_known_etag_needs_no_body(resource: Resource, api: Api, examples: Examples) -> None:
    address = resource.address(examples.make(resource), examples.base)
    tag = api.get(address).headers["ETag"]
    for known in (tag, f'"anders", {tag}', "*"):
        response = api.get(address, headers={"If-None-Match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tag
    assert api.get(address, headers={"If-None-Match": '"anders"'}).status_code == 200


@pytest.mark.rule("zgw-caching")
@each_resource("retrieve", "partial_update")
def test_the_etag_is_that_of_the_content(resource: Resource, api: Api, examples: Examples) -> None:
    first, second = (
        api.get(resource.address(examples.make(resource), examples.base)) for _ in range(2)
    )
    assert first.headers["ETag"] != second.headers["ETag"]


@each_resource("list", "retrieve", where=lambda resource: not resource.single)
def test_a_list_holds_what_details_show(resource: Resource, api: Api, examples: Examples) -> None:
    path = examples.path(resource)
    before = len(rows(resource, api.get(path, params=asking_all(resource))))
    made = [examples.make(resource) for _ in range(3)]
    response = api.get(path, params=asking_all(resource))
    assert response.status_code == 200
    shown = {row["url"]: row for row in rows(resource, response)}
    assert len(shown) == before + 3
    if resource.paged:
        assert response.json()["count"] == before + 3
    for record in made:
        address = resource.address(record, examples.base)
        assert shown[address] == listed(api.get(address).json())


def listed(shown: dict[str, Any]) -> dict[str, Any]:
    """Return what a list shows of a record: of a person never the BSN."""
    return {
        name: HIDDEN if isinstance(value, str) and value.startswith(OF_PERSON) else value
        for name, value in shown.items()
    }


@pytest.mark.rule("zgw-paginering")
@each_resource("list", where=lambda resource: resource.paged and not resource.single)
def test_pages_are_walked_by_their_addresses(
    resource: Resource, api: Api, examples: Examples
) -> None:
    for _ in range(3):
        examples.make(resource)
    first = api.get(examples.path(resource), params={**asking_all(resource), "pageSize": 2}).json()
    assert first["previous"] is None
    assert first["next"] is not None
    seen, page = list(first["results"]), first
    while page["next"]:
        before, page = page, api.get(page["next"]).json()
        assert page["count"] == first["count"]
        assert len(page["results"]) <= 2
        assert api.get(page["previous"]).json()["results"] == before["results"]
        seen += page["results"]
    assert len({row["url"] for row in seen}) == len(seen) == first["count"]
    beyond = {**asking_all(resource), "pageSize": 2, "page": math.ceil(first["count"] / 2) + 1}
    assert api.get(examples.path(resource), params=beyond).status_code == 404


@pytest.mark.rule("zgw-paginering")
@each_resource("list", where=lambda resource: resource.paged)
@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", ""])
def test_a_page_that_is_none_is_not_found(
    resource: Resource, page: str, api: Api, examples: Examples
) -> None:
    response = api.get(examples.path(resource), params={"page": page})
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.rule("zgw-expand", "zrc-026", "drc-012")
@each_resource("retrieve", where=lambda resource: resource.relations)
def test_expand_puts_relations_in_the_same_statement(
    resource: Resource, api: Api, examples: Examples
) -> None:
    record = examples.make(resource, examples.body(resource, full=True))
    address = resource.address(record, examples.base)
    shown = api.get(address).json()
    for wire in resource.relations:
        with counted() as statements:
            response = api.get(address, params={"expand": wire})
        assert response.status_code == 200
        assert len(statements) == 1
        expanded = response.json()
        inside = expanded.pop("_expand")
        assert expanded == shown
        assert set(inside) == {wire}
        if wire in shown:  # else it is no field, and can only be expanded
            _same_records(inside[wire], shown[wire], examples.base)


def _same_records(expanded: Any, told: Any, base: str) -> None:
    """Hold what is expanded to the references that are told; one that is absent is {}."""
    if isinstance(told, list):
        addresses = [each["zaaktype"] if "zaaktype" in each else _url(each) for each in told]
        ours = [address for address in addresses if address.startswith(base)]
        assert [each["url"] for each in expanded] == ours
    elif told is None or not expanded:
        assert expanded == {}
    else:
        assert expanded["url"] == _url(told) or told in expanded.values()


def _url(reference: Any) -> Any:
    return reference["url"] if isinstance(reference, dict) else reference


@pytest.mark.rule("zgw-expand", "zrc-027", "drc-013")
@each_resource("list", "retrieve", where=lambda resource: resource.relations)
def test_an_expand_that_is_none_is_not_found(
    resource: Resource, api: Api, examples: Examples
) -> None:
    address = resource.address(examples.make(resource), examples.base)
    for path in (address, examples.path(resource)):
        for wanted in ("nergens", f"{next(iter(resource.relations))}.nergens"):
            response = api.get(path, params={"expand": wanted})
            if resource.register.dialect.tokens:
                assert faults(response) == {("expand", "invalid_choice")}
            else:
                assert response.status_code == 404
