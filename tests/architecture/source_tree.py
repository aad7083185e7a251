"""The source tree as the house rules see it: modules, their names and their syntax."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
DOCS = ROOT / "docs"


@dataclass(frozen=True)
class Source:
    """One module of the package."""

    name: str
    path: Path
    text: str
    tree: ast.Module

    def __str__(self) -> str:
        return self.name


def read(path: Path, base: Path = SRC) -> Source:
    parts = path.relative_to(base).with_suffix("").parts
    name = ".".join(part for part in parts if part != "__init__")
    text = path.read_text(encoding="utf-8")
    return Source(name, path, text, ast.parse(text))


@cache
def sources(below: str = "loket") -> tuple[Source, ...]:
    """Return the modules in a package, without migrations."""
    folder = SRC.joinpath(*below.split("."))
    return tuple(
        read(path) for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts
    )
