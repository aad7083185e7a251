"""Every data flow has a test that says so, and the manual names it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/explanation/flows.md"
FLOWS = [f"M-F{nr}" for nr in range(1, 41)] + [f"M-X{nr}" for nr in range(1, 5)]
_ROW = re.compile(r"^\| (M-[FX]\d+) \| [^|]+ \| [^|]+ \| (.+) \|$", re.MULTILINE)
_TEST = re.compile(r"`([^`]+)::([^`]+)`")


def test_every_flow_is_in_the_table_once() -> None:
    assert [flow for flow, _ in _ROW.findall(PAGE.read_text())] == FLOWS


def test_the_test_of_a_flow_is_there_and_carries_its_number() -> None:
    for flow, cell in _ROW.findall(PAGE.read_text()):
        named = _TEST.findall(cell)
        assert named, flow
        for path, name in named:
            assert _marks(ROOT / path, name, flow), f"{path}::{name} does not show {flow}"


def _marks(path: Path, name: str, flow: str) -> bool:
    """Tell whether a test has the number of a flow, by itself or in the table that it goes by."""
    tree = ast.parse(path.read_text())
    tables = {
        ast.unparse(node.targets[0]): ast.unparse(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign)
    }
    test = next(
        (each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == name),
        None,
    )
    if test is None:
        return False
    said = " ".join(ast.unparse(each) for each in test.decorator_list)
    said += " ".join(held for table, held in tables.items() if re.search(rf"\b{table}\b", said))
    return f"'{flow}'" in said
