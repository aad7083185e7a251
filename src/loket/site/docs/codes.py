"""The codes by which the house tells what is wrong with a single value, found in its source."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import loket

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOMS = ("kernel", "grammar", "registers")
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_PLACES = {"InvalidValue": 0, "Fault": 1, "fault": 1, "_fault": 2}
"""The functions that tell of a fault, with the place of the code among their arguments."""


def value_codes() -> dict[str, list[str]]:
    """Return the codes of single values, each with the reasons that go with it."""
    found: dict[str, list[str]] = {}
    house = Path(str(loket.__file__)).parent
    for room in _ROOMS:
        for path in sorted((house / room).rglob("*.py")):
            for code, reason in codes_in(path.read_text(encoding="utf-8")):
                reasons = found.setdefault(code, [])
                if reason and reason not in reasons:
                    reasons.append(reason)
    return dict(sorted(found.items()))


def codes_in(source: str) -> Iterator[tuple[str, str]]:
    """Yield each literal code in a module with its reason, or an empty one if that is made up."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            place = _PLACES.get(getattr(node.func, "attr", getattr(node.func, "id", "")))
            if place is not None and len(node.args) > place:
                code = _text(node.args[place])
                if _CODE.fullmatch(code):
                    yield (
                        code,
                        "".join(_text(reason) for reason in node.args[place + 1 : place + 2]),
                    )


def _text(node: ast.expr) -> str:
    """Return a literal text, with a sign of omission for what is filled in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) for part in node.values)
    return "…" if isinstance(node, ast.FormattedValue) else ""
