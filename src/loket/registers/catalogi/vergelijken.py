"""Two versions of a type beside each other: field by field, and part by part."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from loket.registers.catalogi.leesbaar import told
from loket.registers.catalogi.soorten import DELEN, name_of, parts_of
from loket.registers.catalogi.zaaktype import zaaktypen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.grammar.resource import Resource


class Change(StrEnum):
    """What became of a field or a part between two versions."""

    SAME = "gelijk"
    CHANGED = "gewijzigd"
    ADDED = "toegevoegd"
    REMOVED = "verwijderd"


@dataclass(frozen=True)
class Difference:
    """One field: what the one version says and what the other."""

    label: str
    old: str
    new: str

    @property
    def change(self) -> Change:
        """What became of the field."""
        if self.old == self.new:
            return Change.SAME
        if not self.old:
            return Change.ADDED
        return Change.CHANGED if self.new else Change.REMOVED


@dataclass(frozen=True)
class Part:
    """One part of a zaaktype in the two versions, with the fields that differ."""

    kind: str
    name: str
    change: Change
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Comparison:
    """All that two versions say, beside each other."""

    fields: tuple[Difference, ...]
    parts: tuple[Part, ...]

    @property
    def differing(self) -> tuple[Difference, ...]:
        """The fields that differ."""
        return tuple(each for each in self.fields if each.change is not Change.SAME)

    @property
    def differing_parts(self) -> tuple[Part, ...]:
        """The parts that were added, removed or changed."""
        return tuple(each for each in self.parts if each.change is not Change.SAME)


def compare(resource: Resource, old: Any, new: Any) -> Comparison:
    """Lay two versions of a type beside each other."""
    parts: list[Part] = []
    if resource is zaaktypen:
        for each in DELEN.values():
            parts += _parts(each, parts_of(each, old), parts_of(each, new))
    return Comparison(_fields(old, new), tuple(parts))


def _fields(
    old: Any, new: Any, leave_out: tuple[str, ...] = ("catalogus",)
) -> tuple[Difference, ...]:
    """Pair the fields of two records; of a record that is not there every field is empty."""
    before = dict(told(old, leave_out)) if old is not None else {}
    after = dict(told(new, leave_out)) if new is not None else {}
    return tuple(
        Difference(label, before.get(label, ""), after.get(label, ""))
        for label in dict.fromkeys([*before, *after])
    )


def _parts(resource: Resource, old: list[Any], new: list[Any]) -> list[Part]:
    """Pair the parts of one kind by what people call them, in the order of the new version."""
    before, after = _named(old), _named(new)
    kind = str(resource.record._meta.verbose_name_plural)
    found = []
    for name, nr in dict.fromkeys([*after, *before]):
        one, other = before.get((name, nr)), after.get((name, nr))
        differences = tuple(
            each for each in _fields(one, other, ("zaaktype",)) if each.change is not Change.SAME
        )
        if one is None or other is None:
            change = Change.ADDED if one is None else Change.REMOVED
        else:
            change = Change.CHANGED if differences else Change.SAME
        found.append(Part(kind, name, change, differences))
    return found


def _named(parts: Iterable[Any]) -> dict[tuple[str, int], Any]:
    """Return parts by name, and by number where two have the same name."""
    seen: Counter[str] = Counter()
    named = {}
    for part in parts:
        name = name_of(part)
        seen[name] += 1
        named[name, seen[name]] = part
    return named
