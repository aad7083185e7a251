"""Words with words inside: groups, lists of them, variants, and geometry."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models

from loket.grammar.geojson import shape_of
from loket.grammar.links import shown_sql
from loket.grammar.shown import Outer
from loket.grammar.words import MISSING, Intake, Word
from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BoxField", "Free", "Geometry", "Group", "Many", "Variant", "shape_of"]


@dataclass(eq=False)
class Group(Word):
    """A gegevensgroep: words that belong together. `blank_form` is shown when there is none."""

    words: dict[str, Word] = field(default_factory=dict)
    blank_form: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        """Let the words learn their names."""
        for name, word in self.words.items():
            word.named(name)
        self.links = any(word.links for word in self.words.values())
        if any(word.secret for word in self.words.values()):
            raise TypeError("A secret stands in a column of its own, where it can be left out.")

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as JSON."""
        return {self.name: models.JSONField(self.doc, null=self.nullable, blank=self.optional)}

    def sql(self, row: str) -> str:
        """Show the JSON; our own addresses as the client knows them."""
        column = f'{row}."{self.name}"'
        shown = f"{shown_sql(f'{column}::text')}::json" if self.links else column
        if self.blank_form is None:
            return shown
        return f"coalesce({shown}, '{json.dumps(self.blank_form)}')"

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Check every word inside, under its own path; the form of no group is no group."""
        if raw is None or (self.nullable and raw == self.blank_form):
            return super().taken(None, path, intake)
        if not isinstance(raw, dict):
            return self._fault(intake, path, "invalid", "Ongeldige data: hier hoort een object.")
        return {
            word.wire: word.plain(value)
            for word in self.words.values()
            if (value := self._inside(word, raw, path, intake)) is not MISSING
        }

    @staticmethod
    def _inside(word: Word, raw: dict[str, Any], path: str, intake: Intake) -> Any:
        if isinstance(word, Outer):
            return MISSING
        if word.computed:
            return word.empty()
        if word.wire in raw:
            return word.taken(raw[word.wire], f"{path}.{word.wire}", intake)
        if not word.optional:
            intake.fault(f"{path}.{word.wire}", "required", "Dit veld is vereist.")
            return MISSING
        return word.empty()

    def empty(self) -> Any:
        """Without the group there is none."""
        return super().empty() or None

    def schema(self) -> dict[str, Any]:
        """Describe the words inside."""
        required = [word.wire for word in self.words.values() if not word.optional]
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {word.wire: word.described() for word in self.words.values()},
        }
        return {**schema, "required": required} if required else schema

    def paths(self, kind: type[Word]) -> Iterator[tuple[str, ...]]:
        """Yield the paths of the words of a kind inside."""
        for word in self.words.values():
            if isinstance(word, kind):
                yield (word.wire,)
            elif isinstance(word, Group):
                for path in word.paths(kind):
                    yield (word.wire, *path)


@dataclass(eq=False)
class Many(Word):
    """A list of values of one word."""

    of: Word = field(default_factory=lambda: Word(""))
    least: int = 0

    def __post_init__(self) -> None:
        """Let the word inside know that it has no name of its own."""
        self.of.named("")
        self.links = self.of.links

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as JSON."""
        return {self.name: models.JSONField(self.doc, default=list, blank=True)}

    def sql(self, row: str) -> str:
        """Show the list; our own addresses as the client knows them."""
        column = f'{row}."{self.name}"'
        return f"{shown_sql(f'{column}::text')}::json" if self.links else column

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Check every value under its own number."""
        if raw is None and self.nullable:
            return None
        if not isinstance(raw, list):
            return self._fault(intake, path, "not_a_list", "Hier hoort een lijst.")
        if len(raw) < self.least:
            return self._fault(
                intake, path, "empty", f"Deze lijst heeft minstens {self.least} waarde(n)."
            )
        taken = [self.of.taken(value, f"{path}.{nr}", intake) for nr, value in enumerate(raw)]
        return [self.of.plain(value) for value in taken if value is not MISSING]

    def empty(self) -> Any:
        """An empty list, unless declared otherwise."""
        return None if self.nullable and self.default is MISSING else []

    def schema(self) -> dict[str, Any]:
        """Describe what is inside."""
        schema: dict[str, Any] = {"type": "array", "items": self.of.schema()}
        return {**schema, "minItems": self.least} if self.least else schema


@dataclass(eq=False)
class Free(Word):
    """A JSON object of whatever form; `loose`: or any other JSON."""

    loose: bool = False

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as JSON."""
        return {self.name: models.JSONField(self.doc, null=self.nullable, blank=self.optional)}

    def value(self, raw: Any) -> Any:
        """Accept any JSON object that PostgreSQL can keep."""
        if not self.loose and not isinstance(raw, dict):
            raise InvalidValue("invalid", "Ongeldige data: hier hoort een object.")
        if "\\u0000" in json.dumps(raw):
            raise InvalidValue("invalid", "Deze tekst bevat tekens die niet zijn toegestaan.")
        return raw

    def empty(self) -> Any:
        """Without one there is none, or an empty one."""
        return None if self.nullable else {}

    def schema(self) -> dict[str, Any]:
        """Describe it as an object."""
        return {} if self.loose else {"type": "object", "additionalProperties": True}


@dataclass(eq=False)
class Bsn(Word):
    """A burgerservicenummer inside a variant; kept apart, shown only for a purpose.

    `when` names a field beside it and the value with which it is a BSN; else it is a number of
    another kind, which stays where it is.
    """

    when: tuple[str, str] | None = None
    longest: int = 9

    def value(self, raw: Any) -> str:
        """Check nine digits and the eleven test; blank when unknown."""
        if raw == "":
            return ""
        if not isinstance(raw, str) or "\x00" in raw or len(raw) > self.longest:
            raise InvalidValue("invalid", "Dit is geen geldig nummer.")
        return raw if self.when else bsn(raw)

    def apart(self, beside: Mapping[str, Any], number: str) -> str:
        """Return the BSN that a number is, or nothing when it is of another kind."""
        if self.when is None:
            return number
        name, value = self.when
        return bsn(number) if number and beside.get(name) == value else ""

    def schema(self) -> dict[str, Any]:
        """Describe nine digits, or a number of another kind."""
        return {"type": "string", "maxLength": self.longest}


@dataclass(eq=False)
class Variant(Word):
    """A group whose form depends on the value of another field, `on`; without it there is one form.

    A BSN inside is taken out before storage: the row keeps only its pseudonym. `listed`: a list
    shows it to who has a purpose for it, as one record does. `merged`: a PATCH changes of the form
    only what it gives.
    """

    on: str = ""
    cases: dict[str, Group] = field(default_factory=dict)
    listed: bool = True
    merged: bool = False

    def __post_init__(self) -> None:
        """Know where a BSN may stand in each case."""
        self.numbers = {
            case: path for case, group in self.cases.items() for path in group.paths(Bsn)
        }
        self.outer = {
            part.of: case
            for case, group in self.cases.items()
            for part in group.words.values()
            if isinstance(part, Outer)
        }

    @property
    def pseudonym(self) -> str:
        """The column of the pseudonym."""
        return f"{self.name}_nummer"

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as JSON, with the pseudonym beside it."""
        stored: dict[str, models.Field[Any, Any]] = {
            self.name: models.JSONField(self.doc, null=True, blank=True)
        }
        if self.numbers:
            stored[self.pseudonym] = models.UUIDField(
                "pseudoniem van het BSN", null=True, blank=True, db_index=True
            )
        return stored

    def sql(self, row: str) -> str:
        """Show the JSON, with the BSN put back when the actor has a purpose for it."""
        column = f'{row}."{self.name}"'
        if not self.numbers:
            return column
        doel = "doel" if self.listed else "doel_van_een"
        return (
            f'CASE WHEN {row}."{self.pseudonym}" IS NULL THEN {column} ELSE jsonb_set({column}, '
            f'{self._place(row)}, to_jsonb(bsn.onthul({row}."{self.pseudonym}", '
            f"%({doel})s::text, %(trace)s::text, %(wie)s::text))) END"
        )

    def _place(self, row: str) -> str:
        """Return SQL for the path of the BSN in the form that a row has."""
        paths = {case: f"'{{{','.join(path)}}}'::text[]" for case, path in self.numbers.items()}
        if not self.on:
            return paths[""]
        cases = " ".join(f"WHEN '{case}' THEN {path}" for case, path in paths.items())
        return f'CASE {row}."{self.on}" {cases} END'

    def case_of(self, record: Any) -> str:
        """Return which form a record has."""
        return getattr(record, self.on) if self.on else ""

    def case(self, raw: Any, case: str, path: str, intake: Intake) -> tuple[Any, str]:
        """Check the form that belongs to `case`; return it without the BSN, and the BSN."""
        group = self.cases.get(case)
        if group is None or (raw is None and self.nullable):
            return None, ""
        taken = group.taken(raw, path, intake)
        if not isinstance(taken, dict) or case not in self.numbers:
            return taken, ""
        *outer, last = self.numbers[case]
        inner: Any = taken
        for step in outer:
            inner = inner.get(step) or {}
        try:
            number = self._word_at(case).apart(inner, inner.get(last) or "")
        except InvalidValue as problem:
            where = ".".join((path, *self.numbers[case]))
            return self._fault(intake, where, problem.code, problem.reason), ""
        if number:
            inner[last] = ""
        return taken, number

    def kept(self, value: Any, number: str, before: Any) -> bool:
        """Tell whether what is sent stands for the BSN that is there already."""
        del value, number, before
        return False

    def unknown(self, value: Any, number: str, before: Any) -> bool:
        """Tell whether what is sent stands for a BSN that is not there."""
        del value, number, before
        return False

    def _word_at(self, case: str) -> Bsn:
        """Return the word of the BSN in a case."""
        word: Any = self.cases[case]
        for step in self.numbers[case]:
            word = next(each for each in word.words.values() if each.wire == step)
        found: Bsn = word
        return found

    def empty(self) -> Any:
        """Without the form there is none."""
        return None

    def schema(self) -> dict[str, Any]:
        """Describe each form."""
        if not self.on:
            return self.cases[""].schema()
        return {"oneOf": [group.schema() for group in self.cases.values()], "nullable": True}


class BoxField(models.Field):  # type: ignore[type-arg]  # not generic at run time
    """A bounding box, PostgreSQL's `box`; written as text, only for searching."""

    def db_type(self, connection: Any) -> str:
        """Name PostgreSQL's type."""
        del connection
        return "box"


@dataclass(eq=False)
class Geometry(Word):
    """A GeoJSON geometry: EPSG:4326 (longitude, latitude), or EPSG:28992 in our own registers.

    Kept as given, with its bounding box beside it under a GiST index; the exact test comes after.
    """

    srid: int = 4326

    @property
    def box(self) -> str:
        """The column of the bounding box."""
        return f"{self.name}_omtrek"

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as JSON, with the bounding box."""
        return {
            self.name: models.JSONField(self.doc, null=True, blank=True),
            self.box: BoxField("omtrek", null=True, editable=False),
        }

    def value(self, raw: Any) -> Any:
        """Check the geometry, and the range of degrees."""
        shape = shape_of(raw)
        west, south, east, north = shape.bounds
        if self.srid == 4326 and not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            raise InvalidValue("invalid", "Deze coördinaten liggen buiten EPSG:4326.")
        return raw

    def columns(self, value: Any) -> dict[str, Any]:
        """Store the geometry and its box."""
        if value is None:
            return {self.name: None, self.box: None}
        west, south, east, north = shape_of(value).bounds
        return {self.name: value, self.box: f"({east},{north}),({west},{south})"}

    def empty(self) -> Any:
        """Without a geometry there is none."""
        return None

    def schema(self) -> dict[str, Any]:
        """Describe it as GeoJSON."""
        return {"$ref": "#/components/schemas/GeoJSONGeometry"}
