"""Size and names, as house.md asks."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture.glossary import terms
from tests.architecture.source_tree import SRC, Source, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
FORBIDDEN = {"data", "helper", "helpers", "item", "items", "manager", "object", "objects", "util"}
FORBIDDEN |= {"utils"}
HOOKS = {"data_received", "get_context_data", "handle_DATA", "handle_data", "receive_data_chunk"}
"""Names that a framework chose and calls."""
REASONS: dict[str, str] = {}
"""Functions that are longer, by their full name, with the reason."""


def words(name: str) -> list[str]:
    """Split a name in snake_case or CamelCase into its words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().strip("_").split("_")


def names(source: Source) -> Iterator[tuple[int, str]]:
    """Yield the names that a module gives to itself, its classes and its functions."""
    yield 1, source.name.rpartition(".")[2]
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.name


def says_nothing(name: str) -> bool:
    """Tell whether a name holds a word that fits anything; published terms may."""
    said = words(name)
    if name in HOOKS or {"".join(said), "_".join(said)} & terms():
        return False
    return bool(FORBIDDEN & set(said)) or (len(said) > 1 and said[-1] == "service")


def long_functions(source: Source) -> Iterator[str]:
    """Yield the functions that are longer than the house likes."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            told = len((ast.get_docstring(node) or "").splitlines())
            if length - told > LONGEST_FUNCTION and f"{source.name}.{node.name}" not in REASONS:
                yield f"{node.name}: {length - told} lines"


@pytest.mark.parametrize("source", sources(), ids=str)
def test_a_module_fits_in_the_head(source: Source) -> None:
    assert source.text.count("\n") <= LONGEST_MODULE
    assert list(long_functions(source)) == []


@pytest.mark.parametrize("source", sources(), ids=str)
def test_names_say_what_they_name(source: Source) -> None:
    vague = [f"{line}: {name}" for line, name in names(source) if says_nothing(name)]
    assert not vague


@pytest.mark.parametrize(
    "name", ["date_utils", "ZaakManager", "get_object", "MailService", "load_data", "line_item"]
)
def test_vague_names_are_seen(name: str) -> None:
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["ZaakObject", "zaakobjecten", "service", "update", "database"])
def test_published_and_plain_names_pass(name: str) -> None:
    assert not says_nothing(name)


def test_long_functions_are_seen() -> None:
    body = "    pass\n" * LONGEST_FUNCTION
    source = Source("planted", SRC, "", ast.parse(f"def endless():\n{body}"))
    assert list(long_functions(source)) == ["endless: 41 lines"]
