"""Templates with ((holes)), and what fills them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HOLE = re.compile(r"\(\((?P<name>[^()?]+)(?:\?\?(?P<text>[^()]*))?\)\)")
_YES = {"yes", "y", "true", "t", "1", "include", "show"}


@dataclass(frozen=True)
class Template:
    """A text for one kind of message; `((name??text))` is shown or not."""

    id: str
    kind: str
    body: str
    subject: str = ""
    version: int = 1

    def missing(self, given: Mapping[str, Any]) -> list[str]:
        """Return the holes that stay open, in the order of the text."""
        known = {_plain(name) for name, value in given.items() if value is not None}
        holes = [hole["name"] for hole in _HOLE.finditer(f"{self.subject} {self.body}")]
        return list(dict.fromkeys(name for name in holes if _plain(name) not in known))

    def filled(self, given: Mapping[str, Any]) -> tuple[str, str]:
        """Return subject and body with everything filled in."""
        known = {_plain(name): value for name, value in given.items()}

        def fill(hole: re.Match[str]) -> str:
            value = known[_plain(hole["name"])]
            if hole["text"] is not None:
                return hole["text"] if str(value).lower() in _YES else ""
            return _written(value)

        return _HOLE.sub(fill, self.subject), _HOLE.sub(fill, self.body)

    @classmethod
    def from_json(cls, told: Any) -> Template:
        """Read a template from JSON, or raise ValueError with what is wrong."""
        try:
            return cls(**told)
        except TypeError as problem:
            raise ValueError(f"Geen sjabloon: {problem}.") from None


def by_id(*templates: Template) -> dict[str, Template]:
    """Return templates by their id; ValueError when one has none."""
    return {str(UUID(each.id)): each for each in templates}


DEMO = by_id(
    Template("5a1c3c1e-0f0d-4b52-9d25-6b7a0c1f2e01", "sms", "((bericht))"),
    Template("5a1c3c1e-0f0d-4b52-9d25-6b7a0c1f2e02", "email", "((bericht))", "((onderwerp))"),
)
"""Templates that say what they are given."""


def _plain(name: str) -> str:
    """Return a name as it is compared: without case, spaces, dashes and underscores."""
    return re.sub(r"[\s_-]", "", name).lower()


def _written(value: Any) -> str:
    """Return a value as it stands in the text; a list has a bullet before each."""
    if isinstance(value, list):
        return "".join(f"\n* {each}" for each in cast("Sequence[Any]", value))
    return str(value)
