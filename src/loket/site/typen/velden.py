"""Form fields from the words of a declaration: each knows its place on the wire, and its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django import forms

from loket.grammar.links import Named, NamedOne, Ref
from loket.grammar.shapes import Group, Many
from loket.grammar.times import Day, Duration
from loket.grammar.words import Choice, Flag, Integer, Text, Word
from loket.registers.catalogi.leesbaar import label
from loket.registers.catalogi.termijnen import parts
from loket.site.typen.invoer import DurationField, LinesField, day_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

LONG = 200
"""From how many characters on a text gets more than one line."""

SPARE_ROWS = 2
"""How many empty rows a list of groups offers beside what stands in it."""

Options = list[tuple[str, Any]]


@dataclass
class Veld:
    """One field on a form: `path` is its place on the wire (`specificatie.lengte`)."""

    path: str
    field: forms.Field
    required: bool
    raw: Callable[[Any], Any] = lambda value: value
    initial: Any = None


@dataclass
class Choices:
    """What references are chosen from: options by the name of the word."""

    by_word: Mapping[str, Sequence[tuple[str, Any]]] = field(default_factory=dict)

    def of(self, word: Word) -> Options | None:
        """Return the options of a word, or None where anything may be written."""
        found = self.by_word.get(word.name)
        return None if found is None else list(found)


def fields_of(word: Word, value: Any, choices: Choices) -> Iterator[Veld]:
    """Yield the fields of one word; `value` is what stands there now, as JSON."""
    if isinstance(word, Group):
        yield from _inside(word, value, choices, word.wire, needed=not word.optional)
    elif isinstance(word, Many) and isinstance(word.of, Group):
        for nr in range(len(value or []) + SPARE_ROWS):
            row = value[nr] if value and nr < len(value) else None
            yield from _inside(word.of, row, choices, f"{word.wire}.{nr}", needed=False)
    else:
        yield _one(word, value, choices, word.wire)


def _inside(
    group: Group, value: Any, choices: Choices, path: str, *, needed: bool
) -> Iterator[Veld]:
    """Yield the fields of a group; one that may be left out asks for nothing on its own."""
    for part in group.words.values():
        if not part.computed:
            inside = (value or {}).get(part.wire)
            made = _one(part, inside, choices, f"{path}.{part.wire}")
            yield replace(made, required=made.required and needed)


def _one(word: Word, value: Any, choices: Choices, path: str) -> Veld:
    options = choices.of(word)
    if isinstance(word, Named) and not isinstance(word, NamedOne):
        made: forms.Field = _several(options or [], value or [])
    elif options is not None or isinstance(word, NamedOne | Ref | Choice):
        made = _chosen(word, options, value)
    else:
        made = _written(word, value)
    made.label = label(word)
    made.help_text = "" if isinstance(word, Flag) and not word.nullable else word.doc
    if isinstance(made, forms.BooleanField):
        made.label = word.doc
    made.required = False
    return Veld(path, made, required=_required(word), raw=_raw_of(word), initial=_initial(value))


def _required(word: Word) -> bool:
    if isinstance(word, NamedOne):
        return True
    return not word.optional and not isinstance(word, Flag | Many | Named)


def _several(options: Options, value: list[str]) -> forms.Field:
    known = {name for name, _ in options}
    lost = [(name, f"{name} (bestaat niet meer)") for name in value if name not in known]
    return forms.MultipleChoiceField(choices=[*options, *lost], widget=forms.CheckboxSelectMultiple)


def _chosen(word: Word, options: Options | None, value: Any) -> forms.Field:
    if options is None:
        options = list(word.of.choices) if isinstance(word, Choice) else []
    flat = {
        str(name)
        for key, each in options
        for name in ([inner for inner, _ in each] if isinstance(each, list | tuple) else [key])
    }
    if value not in (None, "") and str(value) not in flat:
        options = [(str(value), f"{value} (huidige waarde)"), *options]
    return forms.ChoiceField(choices=[("", "Maak een keuze"), *options])


def _written(word: Word, value: Any) -> forms.Field:
    if isinstance(word, Flag):
        return _yes_or_no(word)
    if isinstance(word, Integer):
        return forms.IntegerField(widget=forms.NumberInput(attrs={"inputmode": "numeric"}))
    if isinstance(word, Day):
        return day_field()
    if isinstance(word, Duration):
        return DurationField() if parts(value) is not None else forms.CharField()
    return LinesField() if isinstance(word, Many) else _text(word)


def _text(word: Word) -> forms.Field:
    limit = word.max if isinstance(word, Text) else None
    if limit is None or (limit >= LONG and not word.links):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}))
    return forms.CharField(max_length=limit)


def _yes_or_no(word: Flag) -> forms.Field:
    if not word.nullable:
        return forms.BooleanField()
    return forms.ChoiceField(choices=[("", "Niet ingevuld"), ("true", "Ja"), ("false", "Nee")])


def _raw_of(word: Word) -> Callable[[Any], Any]:
    if isinstance(word, Flag) and word.nullable:
        return lambda value: None if value == "" else value
    if isinstance(word, Day):
        return lambda value: value.isoformat() if value else None
    return lambda value: value


def _initial(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    return value if value is None or isinstance(value, list) else str(value)
