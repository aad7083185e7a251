"""What a portal of somebody else asks, and how its answers are held to the published file."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import yaml

from loket.site import oas
from tests.conformance.contract import CheckedApi
from tests.registers.taken.test_taken import BSN, PERSOON, made
from tests.registers.taken.test_taken import ROOT as TAKEN
from tests.registers.taken.test_taken import body as taak_body

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

Json = dict[str, Any]
ROOT = "/mijntaken/api/v1"
KVK, VESTIGING = "90001354", "000012345678"
BEDRIJF = f"urn:nld:hr:kvknummer:{KVK}"
RIGHTS = [{"component": "mijntaken", "scopes": ["mijntaken.lezen"]}]
HERE = Path(__file__).resolve().parents[3]


def checked(api: Api) -> Api:
    """Hold the answers to our own OpenAPI."""
    return CheckedApi(api.client_id)


def taak(api: Api, wie: str = PERSOON, soort: str = "urltaak", **more: Any) -> Json:
    """Let the municipality ask something of somebody."""
    body = taak_body(soort, isToegewezenAan=wie, **more)
    return made(api.post(f"{TAKEN}/externetaken", json=body))


def move(api: Api, shown: Json, *path: str) -> None:
    """Let a task go from status to status."""
    for status in path:
        assert api.patch(shown["url"], json={"status": status}).status_code == 200


def ask(portaal: Api, wie: str, **more: Any) -> httpx.Response:
    """Ask whose tasks there are."""
    return portaal.post(f"{ROOT}/context/zoek", json={"klantId": wie, **more})


def seen(portaal: Api, wie: str, **more: Any) -> list[Json]:
    """Return the tasks that a portal sees, in the form that is published, without a BSN."""
    answer = ask(portaal, wie, **more)
    assert answer.status_code == 200, answer.text
    assert published("ContextResultaat", answer.json()) == []
    assert BSN not in answer.text
    found: list[Json] = answer.json()["taken"]
    return found


def keys(portaal: Api, wie: str, **more: Any) -> list[str]:
    """Return the keys of the tasks that a portal sees."""
    return [each["uuid"] for each in seen(portaal, wie, **more)]


def detail(portaal: Api, uuid: str) -> Json:
    """Return one task as a portal sees it."""
    answer = portaal.get(f"{ROOT}/taken/{uuid}")
    assert answer.status_code == 200, answer.text
    assert published("Taak", answer.json()) == []
    assert BSN not in answer.text
    shown: Json = answer.json()
    return shown


@cache
def _published() -> Json:
    path = oas.standards(HERE) / oas.PUBLISHED["mijntaken"]
    read: Json = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def published(name: str, shown: Any) -> list[str]:
    """Return what of an answer is not as the published file says."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": _published()["components"]}
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return [f"{each.instance_path}: {each.message}" for each in validator.iter_errors(shown)]
