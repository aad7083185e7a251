"""The glossary as a set of terms."""

from __future__ import annotations

import re
from functools import cache

from tests.architecture.source_tree import DOCS

GLOSSARY = DOCS / "reference" / "glossary.md"


@cache
def rows() -> tuple[tuple[str, str, str], ...]:
    """Return the rows of all tables: terms, meaning and source."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    cells = (line.strip("|").split("|") for line in lines if line.startswith("| `"))
    return tuple(
        (first.strip(), meaning.strip(), source.strip()) for first, meaning, source in cells
    )


@cache
def terms() -> frozenset[str]:
    """Return every term that the glossary explains."""
    return frozenset(term for first, _, _ in rows() for term in re.findall(r"`([^`]+)`", first))
