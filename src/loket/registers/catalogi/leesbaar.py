"""What a record says, in words that people read: for comparing and showing, never for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.links import Ref
from loket.grammar.record import written
from loket.grammar.shapes import Group, Many
from loket.grammar.times import Day, Duration
from loket.grammar.words import Choice, Flag, Level
from loket.registers.catalogi.keuzelijsten import label_at
from loket.registers.catalogi.soorten import name_of
from loket.registers.catalogi.termijnen import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.words import Word


def label(word: Word) -> str:
    """Return the name of a field as it stands before a value."""
    name = word.name or word.wire
    return name.replace("_", " ").capitalize()


def said(word: Word, value: Any) -> str:
    """Say a stored value; nothing for what is empty."""
    if isinstance(word, Flag) and value is not None:
        return "ja" if value else "nee"
    if value in (None, "", [], {}):
        return ""
    return _simple(word, value) or _composed(word, value)


def _simple(word: Word, value: Any) -> str:
    if isinstance(word, Level):
        return str(word.of.labels[value])
    if isinstance(word, Choice):
        return str(dict(word.of.choices).get(value, value))
    if isinstance(word, Duration):
        return in_words(value)
    return f"{value:%d-%m-%Y}" if isinstance(word, Day) else ""


def _composed(word: Word, value: Any) -> str:
    if isinstance(word, Ref):
        return name_of(value)
    if isinstance(word, Group):
        return "; ".join(
            f"{label(part).lower()}: {text}"
            for part in word.words.values()
            if (text := said(part, value.get(part.wire)))
        )
    if isinstance(word, Many):
        return "\n".join(said(word.of, each) for each in value)
    if isinstance(value, list):
        return "\n".join(sorted(map(str, value)))
    return label_at(str(value)) or str(value)


def told(record: Any, leave_out: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Yield what a record says: each field with its value in words, a group field by field."""
    for word in written(type(record)):
        if word.name in leave_out:
            continue
        value = getattr(record, word.name)
        if isinstance(word, Group):
            for part in word.words.values():
                inside = (value or {}).get(part.wire)
                yield f"{label(word)}: {label(part).lower()}", said(part, inside)
        else:
            yield label(word), said(word, value)
