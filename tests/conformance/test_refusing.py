"""Every resource refuses what it should: strangers, faults, what is not there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jwt
import pytest

from loket.grammar.links import Back, Named, NamedOne, Refs
from loket.grammar.record import written
from loket.grammar.resource import ALL_VERBS
from loket.grammar.shapes import Many, Variant
from loket.grammar.shown import Alias
from tests.conformance.cases import demanding, each_resource
from tests.conformance.example import key_in_path, nowhere
from tests.conftest import SECRET, Api, make_client

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from loket.grammar.resource import Resource
    from tests.conformance.example import Examples

_METHODS = {"update": "PUT", "partial_update": "PATCH", "destroy": "DELETE", "retrieve": "GET"}


def problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """Hold an answer to be a problem (RFC 9457) with a status and a code."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert (told["status"], told["code"]) == (status, code)
    return told


def faults(response: httpx.Response) -> set[tuple[str, str]]:
    """Return name and code of each fault in a refusal."""
    told = problem(response, 400, "invalid")
    return {(each["name"], each["code"]) for each in told["invalidParams"]}


def requests(resource: Resource, examples: Examples, key: object) -> Iterator[tuple[str, str]]:
    """Yield method and path of every verb that a resource has."""
    path = examples.path(resource)
    many = {"list": "GET", "create": "POST"}
    for verb in resource.verbs:
        yield (many[verb], path) if verb in many else (_METHODS[verb], f"{path}/{key}")


@pytest.mark.rule("zgw-parameters")
@each_resource()
def test_an_unknown_parameter_is_refused(resource: Resource, api: Api, examples: Examples) -> None:
    record = examples.make(resource)
    for method, path in requests(resource, examples, key_in_path(resource, record)):
        response = api.request(method, path, params={"onbekend": "1"}, json={})
        assert faults(response) == {("nonFieldErrors", "unknown-parameters")}


@each_resource("retrieve")
def test_what_is_not_there_is_not_found(resource: Resource, api: Api, examples: Examples) -> None:
    path = examples.path(resource)
    for verb in set(resource.verbs) - {"list", "create"}:
        response = api.request(_METHODS[verb], f"{path}/{nowhere(resource)}", json={})
        problem(response, 404, "not_found")
    problem(api.get(f"{path}/geen-uuid"), 404, "not_found")


@each_resource("create", where=lambda resource: resource.path_keys)
def test_nothing_is_made_under_what_is_not_there(
    resource: Resource, api: Api, examples: Examples
) -> None:
    body, path = examples.body(resource), examples.path(resource)
    for under in examples.keys(resource).values():
        problem(api.post(path.replace(str(under), str(uuid4())), json=body), 404, "not_found")


@each_resource("retrieve", where=lambda resource: resource.path_keys)
def test_a_record_is_not_found_under_another(
    resource: Resource, api: Api, examples: Examples
) -> None:
    address = resource.address(examples.make(resource), examples.base)
    for under in examples.keys(resource).values():
        problem(api.get(address.replace(str(under), str(uuid4()))), 404, "not_found")


@each_resource()
def test_a_method_that_is_not_offered_is_not_allowed(
    resource: Resource, api: Api, examples: Examples
) -> None:
    path = examples.path(resource)
    offered = {(method, path) for method, path in requests(resource, examples, "x")}
    beside = {each.method for each in resource.register.commands if each.path == resource.path}
    absent = [
        (method, path) for method in ("PUT", "PATCH", "DELETE", "POST") if method not in beside
    ]
    one = f"{path}/{nowhere(resource)}"
    commanded = {
        each.method
        for each in resource.register.commands
        if each.path == f"{resource.path}/{{uuid}}"
    }
    absent += [
        (method, one)
        for verb, method in _METHODS.items()
        if verb not in resource.verbs and method not in commanded
    ]
    for method, at in [*absent, ("POST", one)]:
        if (method, at) not in offered:
            response = api.request(method, at, json={})
            problem(response, 405, "method_not_allowed")
            assert method not in response.headers["Allow"]


STRANGERS = {
    "no token": None,
    "another scheme": "Basic dGVzdDp0ZXN0",
    "no jwt": "Bearer geen.token",
    "another secret": jwt.encode(
        {"client_id": "test", "iat": int(time.time())}, SECRET[::-1], algorithm="HS256"
    ),
    "no signature": jwt.encode(
        {"client_id": "test", "iat": int(time.time())}, "", algorithm="none"
    ),
    "too old": jwt.encode(
        {"client_id": "test", "iat": int(time.time()) - 4000}, SECRET, algorithm="HS256"
    ),
    "an unknown client": jwt.encode(
        {"client_id": "niemand", "iat": int(time.time())}, SECRET, algorithm="HS256"
    ),
    "no client": jwt.encode({"iat": int(time.time())}, SECRET, algorithm="HS256"),
}


@pytest.mark.rule("zgw-auth")
@each_resource(where=lambda resource: not resource.register.open)
def test_a_stranger_is_refused(resource: Resource, api: Api, examples: Examples) -> None:
    for method, path in requests(resource, examples, nowhere(resource)):
        for token in STRANGERS.values():
            bearer = token if token is None or " " in token else f"Bearer {token}"
            response = api.request(method, path, headers={"Authorization": bearer}, json={})
            status = 401 if resource.register.dialect.tokens else 403
            problem(response, status, "not_authenticated")


@each_resource(where=lambda resource: not resource.register.open)
def test_a_missing_scope_is_told_before_the_body_is_read(
    resource: Resource, api: Api, examples: Examples
) -> None:
    del api
    elsewhere = ["notificaties.consumeren", "nrc"]
    if resource.register.component == "nrc":
        elsewhere = ["taken.lezen", "taken"]
    scope, component = elsewhere
    stranger = make_client("vreemd", [{"component": component, "scopes": [scope]}])
    for method, path in requests(resource, examples, nowhere(resource)):
        problem(stranger.request(method, path, content=b"{"), 403, "permission_denied")


@each_resource("create", where=demanding)
def test_all_that_is_required_is_told_at_once(
    resource: Resource, api: Api, examples: Examples
) -> None:
    words = [word for word in written(resource.record) if word.name not in resource.path_keys]
    required = {(word.wire, "required") for word in words if not word.optional}
    assert faults(api.post(examples.path(resource), json={})) == required


@pytest.mark.rule("zgw-fouten")
@each_resource("create")
def test_all_faults_are_told_at_once(resource: Resource, api: Api, examples: Examples) -> None:
    body = wrong_body(resource)
    found = {name.split(".")[0] for name, _ in faults(api.post(examples.path(resource), json=body))}
    left_out = {
        word.wire
        for word in written(resource.record)
        if not word.optional and word.wire not in body and word.name not in resource.path_keys
    }
    assert found == set(body) | left_out


def wrong_body(resource: Resource) -> dict[str, Any]:
    """Return a body in which every field is at fault."""
    return {
        word.wire: _wrong(word)
        for word in written(resource.record)
        if word.name not in resource.path_keys and not isinstance(word, Variant | Alias)
    }


def _wrong(word: object) -> Any:
    listed = isinstance(word, Many | Refs | Named | Back) and not isinstance(word, NamedOne)
    return "geen lijst" if listed else []


@each_resource("create")
@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"content": b"{"}, 400, "parse_error"),
        ({"content": b""}, 400, "parse_error"),
        ({"content": b"[]"}, 400, "parse_error"),
        ({"content": b"\xff\xfe"}, 400, "parse_error"),
        ({"content": b"[" * 5000}, 400, "parse_error"),
        (
            {"content": b"<a/>", "headers": {"Content-Type": "text/xml"}},
            415,
            "unsupported_media_type",
        ),
        ({"content": b" " * (10 * 2**20 + 1)}, 413, "too_large"),
    ],
    ids=["half", "empty", "list", "bytes", "deep", "xml", "large"],
)
def test_a_body_that_is_none_is_refused(
    resource: Resource, sent: Any, status: int, code: str, api: Api, examples: Examples
) -> None:
    problem(api.post(examples.path(resource), **sent), status, code)


@pytest.mark.rule("zgw-crs")
@each_resource("list", where=lambda r: r.register.dialect.crs and r.has_geometry)
def test_a_coordinate_system_is_asked_for(resource: Resource, api: Api, examples: Examples) -> None:
    record = examples.make(resource)
    for method, path in requests(resource, examples, key_in_path(resource, record)):
        if method == "DELETE":
            continue
        for header in ("Accept-Crs", "Content-Crs"):
            if method == "GET" and header == "Content-Crs":
                continue
            absent = api.request(method, path, json={}, headers={header: None})
            problem(absent, 412, "precondition_failed")
            other = api.request(method, path, json={}, headers={header: "EPSG:28992"})
            problem(other, 406, "not_acceptable")


def test_the_verbs_are_all_gone_through() -> None:
    assert {*_METHODS, "list", "create"} == {*ALL_VERBS}
