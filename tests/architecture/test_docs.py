"""The manual is complete: what the code knows stands in it, and nothing in it is stale."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
import typer
from django.apps import apps
from django.db.models import TextChoices

from loket.grammar.record import Record
from loket.grammar.register import Register, registers
from loket.site.docs import build, check, write
from loket.site.docs.codes import codes_in, value_codes
from loket.site.docs.environment import Variable, variables, variables_in
from loket.site.docs.pages import DECISIONS, DecisionError, Manual, decision_index
from loket.site.docs.reference import PROBLEM_MODULES, problems, verbs
from tests.architecture.glossary import rows, terms
from tests.architecture.source_tree import DOCS, ROOT, sources

if TYPE_CHECKING:
    import enum
    from collections.abc import Iterator
    from pathlib import Path


def page(name: str) -> str:
    return (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")


@cache
def known_registers() -> tuple[Register, ...]:
    """Return the registers of the house; other tests may have made some of their own."""
    return tuple(
        register
        for register in registers.values()
        if all(resource.record.__module__.startswith("loket.") for resource in register.resources)
    )


def records() -> Iterator[type[Record]]:
    for model in apps.get_models():
        if issubclass(model, Record) and model.__module__.startswith("loket."):
            yield model


def snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def explained(name: str) -> bool:
    """Tell whether the glossary has the name as a whole, or each of its words."""
    known = terms()
    pieces = [piece for piece in name.split("_") if not piece.isdigit()]
    return bool({name, name.replace("_", "")} & known) or all(p in known for p in pieces)


def test_the_manual_is_fresh_and_its_links_hold() -> None:
    assert check(Manual(ROOT)) == []


def test_every_decision_stands_in_the_index() -> None:
    index = (DOCS / DECISIONS / "index.md").read_text(encoding="utf-8")
    for path in (DOCS / DECISIONS).glob("[0-9]*.md"):
        assert f"({path.name})" in index


def test_every_setting_stands_in_the_reference() -> None:
    known, told = variables(), page("settings")
    assert {"LOKET_PORT", "LOKET_DATA_DIR", "LOKET_DATABASE_URL", "LOKET_DEMO"} <= {
        each.name for each in known
    }
    assert not {each.name for each in known if f"`{each.name}`" not in told}
    assert not {each.name for each in known if not each.meaning}


def test_every_scope_stands_in_the_reference() -> None:
    told = page("scopes")
    for register in known_registers():
        needed = [command.scopes for command in register.commands]
        for resource in register.resources:
            needed += [resource.scopes_for(verb) for verb in resource.verbs]
        scopes = {scope for one_of in needed for scope in one_of}
        assert not {scope for scope in scopes if f"`{scope}`" not in told}, register.name


def test_every_rule_code_stands_in_the_reference() -> None:
    told = page("rule-codes")
    rules = [rule for r in known_registers() for resource in r.resources for rule in resource.rules]
    codes = {rule.code for rule in rules} | set(value_codes()) | {p.code for p in problems()}
    assert not {code for code in codes if f"`{code}`" not in told}
    assert not {rule.code for rule in rules if rule.reason not in told}


def test_problems_are_defined_where_the_reference_looks_for_them() -> None:
    names = {"Problem"} | {problem.__name__ for problem in problems()}
    elsewhere = [
        f"{source.name}.{node.name}"
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and source.name not in PROBLEM_MODULES
        if names & {ast.unparse(base).rpartition(".")[2] for base in node.bases}
    ]
    assert elsewhere == []


def test_every_event_type_stands_in_the_reference() -> None:
    told = page("event-types")
    for register in known_registers():
        for resource in register.resources:
            for verb in set(resource.verbs) - {"list", "retrieve"}:
                row = rf"\| `{resource.name}` \| `{verb}` \|"
                assert re.search(row, told), (register.name, resource.name, verb)


def test_every_command_line_verb_stands_in_the_reference() -> None:
    root = typer.main.get_command(importlib.import_module("loket.site.cli").assembled())
    told = page("commands")
    found = [path for path, _ in verbs(root, "loket")]
    assert "loket events status" in found
    assert not {path for path in found if f"## `{path}`" not in told}


def test_the_glossary_explains_every_name_of_the_domain() -> None:
    names = {register.name for register in known_registers()}
    names |= {resource.name for register in known_registers() for resource in register.resources}
    names |= {snake(record.__name__) for record in records()}
    names |= {snake(choices.__name__) for choices in _enumerations()}
    names |= {word for record in records() for word in record.words}
    unexplained = {name for name in names if not explained(name.replace("-", "_"))}
    assert not unexplained


def _enumerations() -> Iterator[type[enum.Enum]]:
    for source in sources("loket.registers"):
        for value in vars(importlib.import_module(source.name)).values():
            if isinstance(value, type) and TextChoices in value.__mro__[1:]:
                yield value


def test_the_glossary_gives_meaning_and_source_once() -> None:
    assert all(meaning and source for _, meaning, source in rows())
    listed = [term for first, _, _ in rows() for term in re.findall(r"`([^`]+)`", first)]
    assert sorted(listed) == sorted(set(listed))


def test_an_unknown_word_is_not_explained() -> None:
    assert explained("einddatum_gepland")
    assert not explained("einddatum_onbestaanbaar")


@pytest.fixture(name="manual")
def _manual(tmp_path: Path) -> Manual:
    """A manual of two pages that link to each other."""
    decisions = tmp_path / "docs" / DECISIONS
    decisions.mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text("# Start\n\n[on](explanation/more.md#part-two)\n")
    (tmp_path / "docs" / "explanation" / "more.md").write_text("# More\n\n## Part two\n\nText.\n")
    (decisions / "0001-first.md").write_text("# 1. First\n\nDate: 2026-01-02 · Status: in force\n")
    return Manual(tmp_path)


def test_writing_makes_the_manual_fresh_and_a_second_time_changes_nothing(manual: Manual) -> None:
    assert any("stale" in fault for fault in check(manual))
    assert manual.docs / DECISIONS / "index.md" in write(manual)
    assert check(manual) == []
    assert write(manual) == []


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("gone.md", "leads nowhere"),
        ("explanation/more.md#gone", "no such heading"),
        ("#gone", "no such heading"),
        ("../../outside.md", "leads nowhere"),
    ],
)
def test_a_broken_link_is_a_fault(manual: Manual, link: str, fault: str) -> None:
    write(manual)
    (manual.docs / "index.md").write_text(f"# Start\n\n[on]({link})\n")
    (found,) = check(manual)
    assert found.startswith("docs/index.md")
    assert fault in found


def test_a_page_that_was_changed_by_hand_is_stale(manual: Manual) -> None:
    write(manual)
    (manual.docs / "reference" / "scopes.md").write_text("# Scopes\n")
    assert check(manual) == ["docs/reference/scopes.md: stale; run `make docs`"]


def test_a_decision_needs_its_number(manual: Manual) -> None:
    (manual.docs / DECISIONS / "0002-second.md").write_text("# 3. Second\n")
    with pytest.raises(DecisionError, match=r"0002-second\.md"):
        decision_index(manual.docs / DECISIONS)


def test_building_gives_pages_that_lead_to_each_other(manual: Manual, tmp_path: Path) -> None:
    build(manual, tmp_path / "html")
    start = (tmp_path / "html" / "index.html").read_text()
    assert 'href="explanation/more.html#part-two"' in start
    assert '<html lang="en">' in start
    assert 'id="part-two"' in (tmp_path / "html" / "explanation" / "more.html").read_text()


def test_variables_are_found_in_source() -> None:
    source = (
        'A = os.environ.get("LOKET_A", f"x{PORT + 1}")\n"""First."""\n'
        'def key():\n    """Second."""\n    return os.environ["LOKET_B"]\n'
        'typer.Option(envvar="LOKET_C", help="Third.")\n'
        'os.environ.get("HOME")\n'
    )
    assert set(variables_in(source)) == {
        Variable("LOKET_A", "x{LOKET_PORT + 1}", "First."),
        Variable("LOKET_B", "", "Second."),
        Variable("LOKET_C", "", "Third."),
    }


def test_codes_are_found_in_source() -> None:
    source = (
        'raise InvalidValue("bad", f"{name} is bad.")\n'
        'Fault(name, "worse", "Worse.")\n'
        "Fault(name, code, reason)\n"
    )
    assert list(codes_in(source)) == [("bad", "… is bad."), ("worse", "Worse.")]
