"""A resource stays small: it says what is peculiar, and the grammar does the rest."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar.record import Record
from loket.grammar.register import registers
from tests.architecture.source_tree import Source, read

if TYPE_CHECKING:
    from collections.abc import Iterator

PLAIN, LARGE = 30, 70
WORDS_OF_PLAIN, WORDS_OF_LARGE = 12, 16
"""Besluit, the measure of a large resource, has sixteen words as published."""

EXTRAS = ("rules", "checks", "derive", "reactions", "expand")


def resources() -> dict[str, list[Any]]:
    """Return the resources of the house, by the module that holds their record."""
    found: dict[str, list[Any]] = {}
    for register in registers.values():
        for resource in register.resources:
            if resource.record.__module__.startswith("loket."):
                found.setdefault(resource.record.__module__, []).append(resource)
    return found


def budget(words: int, *, plain: bool) -> int:
    """Return how many lines a resource may take; one larger than Besluit in proportion."""
    if plain and words <= WORDS_OF_PLAIN:
        return PLAIN
    return max(LARGE, LARGE * words // WORDS_OF_LARGE)


def declared_lines(source: Source) -> int:
    """Count the lines that declare records and resources, without docstrings and blank lines."""
    counted: set[int] = set()
    for node in source.tree.body:
        if _declares(node):
            counted |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
            counted -= set(_docstring_lines(node))
    lines = source.text.splitlines()
    return sum(1 for number in counted if lines[number - 1].strip())


def _declares(node: ast.stmt) -> bool:
    if isinstance(node, ast.ClassDef):
        return any(ast.unparse(base).endswith("Record") for base in node.bases)
    value = getattr(node, "value", None)
    return isinstance(value, ast.Call) and ast.unparse(value.func) in {"Resource", "Command"}


def _docstring_lines(node: ast.AST) -> Iterator[int]:
    for inner in ast.walk(node):
        first = inner.body[0] if isinstance(inner, ast.ClassDef) and inner.body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            yield from range(first.lineno, (first.end_lineno or first.lineno) + 1)


@pytest.mark.parametrize("module", sorted(resources()))
def test_a_resource_is_as_small_as_the_issue_asks(module: str) -> None:
    served = resources()[module]
    words = sum(len(resource.record.words) for resource in served)
    plain = not any(getattr(resource, extra) for resource in served for extra in EXTRAS)
    lines = declared_lines(read_module(module))
    assert lines <= budget(words, plain=plain) * len(served), f"{lines} lines for {words} words"


def read_module(module: str) -> Source:
    path = str(sys.modules[module].__file__)
    return read(Path(path))


def test_declarations_are_counted_without_their_texts() -> None:
    text = (
        "import this\n\n"
        "class Zaak(Record):\n"
        '    """De\n    zaak."""\n\n'
        "    een = field.text(\n        'Een.', 1\n    )\n\n"
        "def unrelated():\n    pass\n\n"
        "zaken = Resource(ZAKEN, 'zaken', Zaak)\n"
    )
    source = Source("planted", read_module(Record.__module__).path, text, ast.parse(text))
    assert declared_lines(source) == 5


def test_the_budget_grows_with_the_words() -> None:
    assert budget(9, plain=True) == 30
    assert budget(9, plain=False) == 70
    assert budget(16, plain=True) == 70
    assert budget(32, plain=False) == 140
