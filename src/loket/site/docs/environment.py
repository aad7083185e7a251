"""The variables of the environment that the house reads, found in its source."""

from __future__ import annotations

import ast
import inspect
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import loket

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PREFIX = "LOKET_"


@dataclass(frozen=True)
class Variable:
    """A variable, its default as people write it, and what it means."""

    name: str
    default: str
    meaning: str


def variables() -> list[Variable]:
    """Return every variable, once, with the meaning that the house gives it."""
    found: dict[str, Variable] = {}
    house = Path(str(loket.__file__)).parent
    first = house / "site" / "settings.py"
    for path in (first, *sorted(house.rglob("*.py"))):
        for variable in variables_in(path.read_text(encoding="utf-8")):
            known = found.setdefault(variable.name, variable)
            if not known.meaning:
                found[variable.name] = variable
    return [found[name] for name in sorted(found)]


def variables_in(source: str) -> Iterator[Variable]:
    """Yield the variables that a module reads.

    The meaning is the text below an assignment, the docstring of the function that reads it, or
    the help of the option that it is the default of.
    """
    for node in ast.walk(ast.parse(source)):
        for statement, after in _statements(node):
            yield from _read(statement, _told(after))
        if isinstance(node, ast.FunctionDef):
            yield from _read(node, _told(node))
        if isinstance(node, ast.Call) and (option := _option(node)):
            yield option


def _statements(node: ast.AST) -> Iterator[tuple[ast.stmt, ast.stmt]]:
    body: Sequence[ast.stmt] = node.body if isinstance(node, ast.Module | ast.ClassDef) else ()
    for statement, after in pairwise([*body, ast.Pass()]):
        if isinstance(statement, ast.Assign | ast.AnnAssign):
            yield statement, after


def _told(node: ast.stmt) -> str:
    if isinstance(node, ast.FunctionDef):
        return " ".join((ast.get_docstring(node) or "").split())
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return " ".join(inspect.cleandoc(str(node.value.value)).split())
    return ""


def _read(statement: ast.stmt, meaning: str) -> Iterator[Variable]:
    for node in ast.walk(statement):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(
            ("environ.get", "getenv")
        ):
            name = _literal(node.args[0])
            if name.startswith(PREFIX):
                yield Variable(name, _default(node.args[1:]), meaning)
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            name = _literal(node.slice)
            if name.startswith(PREFIX):
                yield Variable(name, "", meaning)


def _option(call: ast.Call) -> Variable | None:
    said = {word.arg: _literal(word.value) for word in call.keywords}
    name = said.get("envvar", "")
    return Variable(name, "", said.get("help", "")) if name.startswith(PREFIX) else None


def _default(rest: Sequence[ast.expr]) -> str:
    return _literal(rest[0]) if rest else ""


def _literal(node: ast.expr) -> str:
    """Return a text, with what is filled in between braces."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_literal(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return f"{{{ast.unparse(node.value).replace('PORT', f'{PREFIX}PORT')}}}"
    return str(node.value) if isinstance(node, ast.Constant) else ""
