"""Words that show what stands elsewhere: in another field, in the row, or in another record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from loket.grammar.words import Word

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(eq=False)
class Alias(Word):
    """Another name, from an older version, for the value of the word `of`.

    `single`: the first of the records to which `of` refers.
    """

    of: str = ""
    shape: Mapping[str, Any] = field(default_factory=dict)
    single: bool = False

    @property
    def writable(self) -> bool:
        """What is written goes to the other word."""
        return True

    def sql(self, row: str) -> str:
        """Show the value of the other word."""
        return f'{row}."{self.of}"'

    def schema(self) -> dict[str, Any]:
        """Describe it as declared."""
        return dict(self.shape)


@dataclass(eq=False)
class Derived(Word):
    """A value that SQL works out from the row; `{row}` stands for the table's alias."""

    expression: str = "NULL"
    shape: Mapping[str, Any] = field(default_factory=dict)

    def sql(self, row: str) -> str:
        """Fill in the alias."""
        return self.expression.replace("{row}", row)

    def schema(self) -> dict[str, Any]:
        """Describe it as declared."""
        return dict(self.shape)


@dataclass(eq=False)
class Outer(Word):
    """A reference inside a form of a variant, kept as the record's own reference `of`."""

    of: str = ""

    def schema(self) -> dict[str, Any]:
        """Describe it as a reference."""
        return {
            "type": "object",
            "required": ["uuid"],
            "properties": {
                "uuid": {"type": "string", "format": "uuid"},
                "url": {"type": "string", "format": "uri", "readOnly": True},
            },
        }
