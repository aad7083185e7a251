"""The pages of the manual that are written from the code and from other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from loket.site.docs import reference, screens, zgw_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DECISIONS = "explanation/decisions"

_HEADING = re.compile(r"# (?P<number>\d+)\. (?P<title>.+)")
_STATUS = re.compile(r"Date: (?P<date>\d{4}-\d\d-\d\d) · Status: (?P<status>.+)")


@dataclass(frozen=True)
class Manual:
    """Where the manual stands: a checkout of the repository."""

    root: Path

    @property
    def docs(self) -> Path:
        """The folder of the manual's own pages."""
        return self.root / "docs"


class DecisionError(ValueError):
    """A decision without the heading, date and status that the index needs."""


def generated(manual: Manual) -> Iterator[tuple[str, str]]:
    """Yield the name, below `docs`, and the text of each page that is not written by hand."""
    yield f"{DECISIONS}/index.md", decision_index(manual.docs / DECISIONS)
    for name, text in reference.pages():
        yield f"reference/{name}.md", text
    shown = zgw_rules.shown_by(manual.root / "tests")
    yield "reference/screens.md", screens.page()
    yield "reference/zgw-rules.md", reference.rules_page(zgw_rules.RULES, shown)


def decision_index(folder: Path) -> str:
    """Return the list of decisions in `folder`."""
    rows = [_decision(path) for path in sorted(folder.glob("[0-9]*.md"))]
    return "\n".join(
        [
            "# Decisions",
            "",
            "What was weighed, and what it costs. A decision that no longer holds is not edited",
            "but followed by one that says so. `make docs` writes this page.",
            "",
            "| number | decision | status | date |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _decision(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    heading, status = _HEADING.match(text), _STATUS.search(text)
    if heading is None or status is None or int(path.name[:4]) != int(heading["number"]):
        raise DecisionError(f"{path.name}: needs '# NUMBER. Title' and 'Date: … · Status: …'")
    title = f"[{heading['title']}]({path.name})"
    return f"| {heading['number']} | {title} | {status['status']} | {status['date']} |"
