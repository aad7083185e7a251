"""A form for a record, made from its declaration; the register says what is wrong with it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from loket.grammar import codec
from loket.grammar.links import Ref
from loket.grammar.shapes import Group, Many
from loket.registers.catalogi.kopieren import body_of
from loket.registers.catalogi.leesbaar import label
from loket.site.typen.groepen import grouped
from loket.site.typen.velden import Choices, Veld, fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from loket.grammar.resource import Resource
    from loket.grammar.words import Word
    from loket.kernel.problems import Fault

BLANK: tuple[Any, ...] = ("", None, False, [])


@dataclass
class Block:
    """Fields that belong together: one, or those of a group or of a row in a list of groups."""

    fields: list[Any]
    legend: str = ""
    help: str = ""


@dataclass
class Section:
    """A heading with what stands under it."""

    heading: str
    blocks: list[Block] = field(default_factory=list)


def mark_of(resource: Resource, record: Any) -> str:
    """Return a mark of what a record says, by which a form knows that somebody changed it."""
    said = codec.encode({k: str(v) for k, v in body_of(resource, record).items()})
    return hashlib.sha256(said).hexdigest()[:16]


class TypeForm(forms.Form):
    """The fields of one record under their headings.

    `known` is what the page fills in itself (the catalogus, the zaaktype), by name on the wire.
    """

    def __init__(
        self,
        resource: Resource,
        values: Mapping[str, Any],
        choices: Choices,
        known: Mapping[str, Any] | None = None,
        posted: Any = None,
    ) -> None:
        super().__init__(posted)
        self.resource, self.known = resource, dict(known or {})
        self.velden: dict[str, Veld] = {}
        self.rows: dict[str, list[int]] = {}
        self.headings = {
            heading: shown
            for heading, words in grouped(resource).items()
            if (shown := [word for word in words if word.wire not in self.known])
        }
        for word in self._words():
            for veld in fields_of(word, values.get(word.wire), choices):
                self.velden[veld.path] = veld
                veld.field.initial = veld.initial
                self.fields[veld.path] = veld.field

    def _words(self) -> Iterator[Word]:
        for words in self.headings.values():
            yield from words

    def body(self) -> dict[str, Any]:
        """Return what was filled in, as a client would send it."""
        found = {word.wire: self._value(word, word.wire) for word in self._words()}
        given = {wire: value for wire, value in found.items() if value not in ("", None)}
        return {**given, **self.known}

    def _value(self, word: Word, path: str) -> Any:
        if isinstance(word, Group):
            return self._group(word, path)
        if isinstance(word, Many) and isinstance(word.of, Group):
            return self._filled_rows(word, word.of)
        value = self.velden[path].raw(self.cleaned_data.get(path))
        if isinstance(word, Ref) and value:
            return UUID(value)
        return value

    def _group(self, group: Group, path: str) -> dict[str, Any] | None:
        inside = {
            part.wire: self._value(part, f"{path}.{part.wire}")
            for part in group.words.values()
            if not part.computed
        }
        if all(value in BLANK for value in inside.values()) and group.optional:
            return None
        return {wire: value for wire, value in inside.items() if value not in ("", None)}

    def _filled_rows(self, word: Word, group: Group) -> list[dict[str, Any]]:
        """Return the rows in which something was filled in, and note which those were."""
        found, self.rows[word.wire] = [], []
        nr = 0
        while any(path.startswith(f"{word.wire}.{nr}.") for path in self.velden):
            row = self._group(group, f"{word.wire}.{nr}") or {}
            if any(value not in BLANK for value in row.values()):
                found.append(row)
                self.rows[word.wire].append(nr)
            nr += 1
        return found

    def show_faults(self, faults: tuple[Fault, ...]) -> None:
        """Put each fault at its field, or above the form where it has none."""
        for fault in faults:
            path = self._path_of(fault.name)
            self.add_error(path, fault.reason if path else f"{self._said(fault)}{fault.reason}")

    def _path_of(self, name: str) -> str | None:
        first, _, rest = name.partition(".")
        if first in self.rows and rest:
            nr, _, inner = rest.partition(".")
            used = self.rows[first]
            name = f"{first}.{used[int(nr)]}.{inner}" if nr.isdigit() else name
        while name:
            if name in self.velden:
                return name
            below = next((path for path in self.velden if path.startswith(f"{name}.")), None)
            if below:
                return below
            name = name.rpartition(".")[0]
        return None

    def _said(self, fault: Fault) -> str:
        return "" if fault.name == "nonFieldErrors" else f"{fault.name}: "

    def sections(self) -> Iterator[Section]:
        """Yield the headings with their fields, for the template."""
        for heading, words in self.headings.items():
            section = Section(heading)
            for word in words:
                section.blocks += self._blocks(word)
            yield section

    def _blocks(self, word: Word) -> Iterator[Block]:
        if isinstance(word, Many) and isinstance(word.of, Group):
            numbers = dict.fromkeys(
                path.split(".")[1] for path in self.velden if path.startswith(f"{word.wire}.")
            )
            for nr in numbers:
                legend = f"{label(word)}, {int(nr) + 1}"
                yield Block(self._bound(f"{word.wire}.{nr}."), legend, word.doc)
        elif isinstance(word, Group):
            yield Block(self._bound(f"{word.wire}."), label(word), word.doc)
        else:
            yield Block([self._with_mark(word.wire)])

    def _bound(self, prefix: str) -> list[Any]:
        return [self._with_mark(path) for path in self.velden if path.startswith(prefix)]

    def _with_mark(self, path: str) -> Any:
        bound: Any = self[path]
        bound.needed = self.velden[path].required
        bound.is_checkbox = isinstance(bound.field, forms.BooleanField)
        return bound

    def faulty(self) -> list[Any]:
        """Return the fields with a fault, in the order of the form."""
        return [self[path] for path in self.velden if path in self.errors]
