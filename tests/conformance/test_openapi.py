"""Our OpenAPI: whole in itself, as written out, and holding all that is published."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar.openapi import document
from loket.grammar.register import registers
from loket.site import oas
from loket.site.oas_comparison import compare
from loket.site.oas_deviations import DEVIATIONS
from tests.grammar.proef import house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.register import Register
    from tests.conftest import Api

ROOT = Path(__file__).resolve().parents[2]
BASE = "http://127.0.0.1:8700"

each_register = pytest.mark.parametrize(
    "register", [*registers.values(), *house.REGISTERS], ids=lambda register: register.name
)


def operations(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any], list[Any]]]:
    """Yield path, method, operation and parameters of every operation."""
    for path, written in made["paths"].items():
        for method in set(written) - {"parameters"}:
            asked = [*written.get("parameters", []), *written[method].get("parameters", [])]
            yield path, method, written[method], asked


def references(part: Any) -> Iterator[str]:
    """Yield every reference in a document."""
    if isinstance(part, dict):
        yield from (each for key, each in part.items() if key == "$ref")
        part = list(part.values())
    for each in part if isinstance(part, list) else []:
        yield from references(each)


@each_register
def test_a_register_serves_its_document(register: Register, api: Api) -> None:
    response = api.get(f"{register.root}/openapi.json", headers={"Authorization": None})
    assert response.status_code == 200
    assert response.headers["API-version"] == register.version
    assert response.json() == json.loads(json.dumps(document(register, BASE)))
    assert response.json()["servers"] == [{"url": f"{BASE}{register.root}"}]


@each_register
def test_what_is_referred_to_is_there_and_what_is_there_is_referred_to(register: Register) -> None:
    made = document(register, BASE)
    there = {
        f"#/components/{kind}/{name}"
        for kind in ("schemas", "responses", "parameters", "headers")
        for name in made["components"][kind]
    }
    assert set(references(made)) == there


@each_register
def test_operations_have_a_name_of_their_own(register: Register) -> None:
    names = [each["operationId"] for _, _, each, _ in operations(document(register, BASE))]
    assert len(set(names)) == len(names)


@each_register
def test_every_key_in_a_path_is_a_parameter(register: Register) -> None:
    made = document(register, BASE)
    shared = made["components"]["parameters"]
    for path, _, _, asked in operations(made):
        known = [
            shared[each["$ref"].rsplit("/", 1)[-1]] if "$ref" in each else each for each in asked
        ]
        keys = {each["name"] for each in known if each["in"] == "path"}
        assert keys == set(re.findall(r"\{([^}]+)\}", path))


@each_register
def test_every_verb_and_command_is_an_operation(register: Register) -> None:
    told = {(path, method) for path, method, _, _ in operations(document(register, BASE))}
    assert len(told) == sum(
        len(each.verbs) + ("retrieve" in each.verbs) for each in register.resources
    ) + len(register.commands)


def test_the_written_documents_are_as_the_code_says() -> None:
    with_tests_only = {f"{each.name}.json" for each in house.REGISTERS}
    assert set(oas.stale(ROOT / oas.FOLDER)) <= with_tests_only


def test_a_stale_document_is_noticed(tmp_path: Path) -> None:
    for path in oas.write(tmp_path):
        path.write_text(path.read_text().replace("openapi", "OpenAPI", 1))
    (tmp_path / "verdwenen.json").write_text("{}")
    assert set(oas.stale(tmp_path)) == {*oas.written(), "verdwenen.json"}


@pytest.fixture(scope="module")
def verdicts() -> dict[str, oas.Verdict]:
    """What comes of holding each document beside the published one."""
    return {each.comparison.api: each for each in oas.verdicts(oas.standards(ROOT))}


@pytest.mark.rule("zgw-oas")
@pytest.mark.req("M4", "M5")
@pytest.mark.parametrize("api_name", list(oas.PUBLISHED))
def test_all_that_is_published_is_there_or_has_a_reason(
    api_name: str, verdicts: dict[str, oas.Verdict]
) -> None:
    verdict = verdicts[api_name]
    assert [str(gap) for gap in verdict.unexplained] == []
    assert list(verdict.needless) == []
    assert verdict.comparison.absent["operation"] == 0
    published = oas.OTHER_VERSION.get(api_name, registers_by_name()[api_name].version)
    assert verdict.comparison.version == published


def registers_by_name() -> dict[str, Register]:
    """Return the registers by their name."""
    return {each.name: each for each in registers.values()}


def _without(made: dict[str, Any], *path: str) -> dict[str, Any]:
    changed = copy.deepcopy(made)
    part = changed
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]
    return changed


def test_what_is_missing_is_noticed() -> None:
    made = document(registers_by_name()["zaken"], BASE)
    schemas = ("components", "schemas")
    planted = {
        "DELETE /zaken/{}: ontbreekt": _without(made, "paths", "/zaken/{uuid}", "delete"),
        "GET /statussen query zaak: ontbreekt": _unfiltered(made),
        "POST /resultaten request toelichting: ontbreekt": _without(
            made, *schemas, "ResultaatRequest", "properties", "toelichting"
        ),
        "GET /resultaten response results[].toelichting: ontbreekt": _without(
            made, *schemas, "Resultaat", "properties", "toelichting"
        ),
        "POST /resultaten request toelichting: wij eisen dit": _asking(made),
    }
    for told, changed in planted.items():
        assert told in {str(gap) for gap in compare("zaken", changed, made).gaps}
    assert compare("zaken", made, made).gaps == []


def _unfiltered(made: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(made)
    asked = changed["paths"]["/statussen"]["get"]["parameters"]
    asked[:] = [each for each in asked if each.get("name") != "zaak"]
    return changed


def _asking(made: dict[str, Any]) -> dict[str, Any]:
    changed = copy.deepcopy(made)
    changed["components"]["schemas"]["ResultaatRequest"]["required"].append("toelichting")
    return changed


@pytest.mark.parametrize("api", sorted(DEVIATIONS))
def test_each_difference_has_its_decision(api: str) -> None:
    decisions = ROOT / "docs" / "explanation" / "decisions"
    for reason in DEVIATIONS[api].values():
        (decision,) = decisions.glob(f"{reason.adr:04d}-*.md")
        assert "oas_deviations.py" in decision.read_text(encoding="utf-8")


def test_without_the_published_files_nothing_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(oas.STANDARDS, str(tmp_path / "nergens"))
    assert oas.main(ROOT, out=tmp_path) == 0
    assert "er is niets vergeleken" in " ".join(capsys.readouterr().out.split())
    assert oas.main(ROOT, out=tmp_path / "leeg", check=True) == 1


def test_a_comparison_can_be_read_by_a_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert oas.main(ROOT, out=tmp_path, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert {each["api"] for each in told} == set(oas.PUBLISHED)
    assert all(not each["unexplained"] for each in told)
