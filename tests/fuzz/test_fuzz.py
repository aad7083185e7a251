"""Whatever a client sends, it gets an answer that our OpenAPI tells of, and never a 5xx.

Requests are made by schemathesis from our OpenAPI, right and wrong. Half of the bodies are a valid
one with some of those values put in, and most of the keys are of records that exist, for otherwise
the rules behind the checks of form would hardly be reached. LOKET_SOAK=1 asks four hundred a door.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from loket.grammar.openapi import document
from loket.grammar.register import registers
from loket.site.wsgi import application
from tests.conformance.example import elf
from tests.conftest import HOST, make_client
from tests.grammar.proef import house
from tests.services.mijnservices.aanbieder import Aanbieder, aanbieder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.register import Register
    from loket.grammar.resource import Resource
    from tests.conformance.example import Examples

BASE = f"http://{HOST}"
SOAK = os.environ.get("LOKET_SOAK") == "1"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SOME = settings(
    max_examples=400 if SOAK else 8,
    derandomize=not SOAK,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
SHOWN = {"mijn": "/taken/api/v1", "mijntaken": "/taken/api/v1"}
"""Registers that record nothing, with the root of the one of which they show the records."""
ASKED = {"mijntaken": {"klantId": "urn:nld:hr:kvknummer:90001354"}}
"""A body that such a register takes."""
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


def operations() -> Iterator[Any]:
    """Yield every operation of every register."""
    for register in [*registers.values(), *house.REGISTERS]:
        schema = schemathesis.openapi.from_dict(document(register, BASE))
        schema.app = application
        found: Any
        for found in schema.get_all_operations():
            operation = found.ok()
            name = f"{register.name}-{operation.definition.raw['operationId']}"
            yield pytest.param(register, operation, id=name)


@pytest.mark.parametrize(("register", "operation"), list(operations()))
def test_any_request_gets_a_documented_answer(
    register: Register, operation: Any, examples: Examples, provider: Aanbieder
) -> None:
    raw = _token(register, provider)
    resource = _resource(register, operation.path)
    guide = Guide(resource, examples, ASKED.get(register.name) or examples.body(resource))

    @SOME
    @given(st.data())
    def answers(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from(MODES))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        guide.lead_inside(case, data)
        token = {"Authorization": f"Bearer {raw}"}
        response = case.call(base_url=f"{BASE}{register.root}", headers=token)
        case.validate_response(response, checks=CHECKS)

    answers()


@pytest.fixture
def provider() -> Iterator[Aanbieder]:
    """The provider of the tokens of citizens."""
    with aanbieder() as made, override_settings(OIDC_ISSUER=made.issuer):
        yield made


def _token(register: Register, provider: Aanbieder) -> str:
    """Return what opens a register: a client's token, or that of a citizen for what is his own."""
    if not register.dialect.personal:
        return make_client("fuzz").token()
    moment = int(time.time())
    return provider.token(bsn=elf(815), auth_time=moment, exp=moment + 3600)


def _resource(register: Register, path: str) -> Resource:
    """Return the resource that a path is about."""
    plain = path.replace("_uuid}", "}").lstrip("/")
    offered = register.resources or registers[SHOWN[register.name]].resources
    fitting = [each for each in offered if plain.startswith(each.path)]
    return max(fitting or offered[:1], key=lambda each: len(each.path))


class Guide:
    """Leads requests past the gate: most to what exists, half with a body that is nearly valid."""

    def __init__(self, resource: Resource, examples: Examples, valid: dict[str, Any]) -> None:
        self.resource = resource
        self.examples = examples
        self.valid = valid
        self.under = {f"{name}_uuid": str(k) for name, k in examples.keys(resource).items()}
        self.record = self.made()

    def made(self) -> Any:
        """Return a record of the resource, made for this; a part comes with a document."""
        if self.resource.verbs:
            return self.examples.make(self.resource)
        whole = self.examples.find("documenten/enkelvoudiginformatieobjecten")
        body = {**self.examples.body(whole), "inhoud": None, "bestandsomvang": 5}
        return self.resource.record.objects.get(informatieobject=self.examples.make(whole, body))

    def lead_inside(self, case: Any, data: st.DataObject) -> None:
        """Change a request that was made up."""
        mostly, maybe = st.integers(0, 4), st.booleans()
        if data.draw(mostly) and case.path_parameters:
            case.path_parameters |= self.existing(case)
        if isinstance(case.body, dict) and data.draw(maybe):
            names = st.sets(st.sampled_from(sorted(case.body)), max_size=3)
            kept = data.draw(names) if case.body else set()
            case.body = self.valid | {name: case.body[name] for name in kept}
        if "expand" in (case.query or {}) and self.resource.relations and data.draw(maybe):
            case.query["expand"] = data.draw(st.sampled_from(sorted(self.resource.relations)))
        for name in ("Accept-Crs", "Content-Crs"):
            if case.headers is not None and data.draw(mostly):
                case.headers[name] = "EPSG:4326"

    def existing(self, case: Any) -> dict[str, str]:
        """Return the keys of what exists, for the keys that a path asks for."""
        if not type(self.record).objects.filter(pk=self.record.pk).exists():
            self.record = self.made()
        known = {**self.under, "uuid": str(self.record.pk)}
        return {name: known[name] for name in set(case.path_parameters) & set(known)}
