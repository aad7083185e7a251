"""Nothing of one municipality is reached from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.links import Ref
from loket.grammar.record import written
from loket.kernel import tenant
from tests.conformance.cases import each_resource
from tests.conformance.example import Examples, asking_all
from tests.conformance.test_refusing import faults, problem
from tests.conftest import OTHER_HOST

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

THERE = f"http://{OTHER_HOST}"


@each_resource("list", "retrieve")
def test_nothing_of_another_municipality_is_shown(
    resource: Resource, elsewhere: Api, andere: Tenant, examples: Examples
) -> None:
    record = examples.make(resource)
    key, path = str(record.pk), examples.path(resource)
    with tenant.entered(andere):
        fillers = Examples(examples.actor, THERE)
        own = fillers.make(resource)
    listed = elsewhere.get(fillers_path(fillers, resource, andere), params=asking_all(resource))
    assert listed.status_code == 200
    assert resource.address(own, THERE) in listed.text
    assert key not in listed.text
    assert key not in elsewhere.get(path, params=asking_all(resource)).text
    at = resource.address(record, THERE)
    for method in ("GET", "HEAD"):
        assert elsewhere.request(method, at).status_code == 404
    for verb, method in (("update", "PUT"), ("partial_update", "PATCH"), ("destroy", "DELETE")):
        if verb in resource.verbs:
            problem(elsewhere.request(method, at, json={}), 404, "not_found")


def _refers(resource: Resource) -> list[Ref]:
    return [
        word
        for word in written(resource.record)
        if isinstance(word, Ref) and word.wire and word.name not in resource.path_keys
    ]


def fillers_path(examples: Examples, resource: Resource, where: Tenant) -> str:
    """Return the path of a list in another municipality."""
    with tenant.entered(where):
        return examples.path(resource)


@each_resource("create", where=_refers)
def test_nothing_refers_to_another_municipality(
    resource: Resource, elsewhere: Api, andere: Tenant, examples: Examples
) -> None:
    word = _refers(resource)[0]
    reference = examples.reference(word, resource)
    with tenant.entered(andere):
        fillers = Examples(examples.actor, THERE)
        body, path = fillers.body(resource), fillers.path(resource)
    if isinstance(reference, str):
        reference = reference.replace(examples.base, THERE)
    told = faults(elsewhere.post(path, json={**body, word.wire: reference}))
    assert {name for name, _ in told} == {word.wire}
