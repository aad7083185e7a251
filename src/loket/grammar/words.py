"""What a field word knows: its column, its place in the SELECT, its check, its schema."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from django.db import models

from loket.kernel.problems import Fault, InvalidValue

if TYPE_CHECKING:
    from collections.abc import Callable

MISSING: Final = object()
"""The value of a field that the client left out."""


@dataclass
class Intake:
    """One body being taken in: where the house stands, and the faults found so far."""

    base: str
    faults: list[Fault] = field(default_factory=list)

    def fault(self, name: str, code: str, reason: str) -> None:
        """Note a fault; `name` is the path on the wire, such as `verlenging.duur`."""
        self.faults.append(Fault(name, code, reason))


def camel(name: str) -> str:
    """Turn a snake_case name into the camelCase of the wire."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@dataclass(eq=False)
class Word:
    """A field of a record. Subclasses say how it is stored, checked, shown and described.

    `optional`: may be left out; `once`: not to be changed after creation; `computed`: made by
    the house, read-only; `nullable`: null is a value; `default`: used when left out; `hidden`:
    not shown, as what stands in the path already.
    """

    doc: str
    optional: bool = False
    once: bool = False
    computed: bool = False
    nullable: bool = False
    default: Any = MISSING
    wire: str = ""
    deprecated: bool = False
    unindexed: bool = False
    hidden: bool = False
    name: str = field(default="", init=False)

    links = False
    many_valued = False
    secret = False

    def named(self, name: str) -> None:
        """Learn the name under which the record declares the word."""
        self.name = name
        self.wire = "" if self.hidden else self.wire or camel(name)

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Return the Django fields that store this word, by attribute name."""
        return {}

    @property
    def writable(self) -> bool:
        """Whether a client may write it."""
        return not self.computed and bool(self.fields())

    def sql(self, row: str) -> str:
        """Return the SQL expression of the value on the wire; `row` is the table's alias."""
        return f'{row}."{self.name}"'

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Check a raw JSON value; note faults and return MISSING, or the value to store."""
        if raw is None:
            if self.nullable:
                return None
            return self._fault(intake, path, "null", "Dit veld mag niet leeg zijn.")
        try:
            return self.value(raw)
        except InvalidValue as problem:
            return self._fault(intake, path, problem.code, problem.reason)

    def value(self, raw: Any) -> Any:
        """Turn a raw JSON value into the value to store, or raise InvalidValue."""
        return raw

    def plain(self, value: Any) -> Any:
        """Return the value as JSON inside a group; most are JSON already."""
        return value

    def empty(self) -> Any:
        """Return what is stored when the field is left out."""
        if self.default is not MISSING:
            return self.default() if callable(self.default) else self.default
        return None if self.nullable else ""

    def columns(self, value: Any) -> dict[str, Any]:
        """Return the database values by column name for a stored value."""
        return {self.name: value}

    def schema(self) -> dict[str, Any]:
        """Return the OpenAPI schema, without the description."""
        return {}

    def described(self) -> dict[str, Any]:
        """Return the OpenAPI schema with what holds for every word."""
        schema = {"description": self.doc, **self.schema()}
        if self.nullable:
            schema["nullable"] = True
        if self.computed:
            schema["readOnly"] = True
        if self.deprecated:
            schema["deprecated"] = True
        if self.secret:
            schema["writeOnly"] = True
        return schema

    @staticmethod
    def _fault(intake: Intake, path: str, code: str, reason: str) -> Any:
        intake.fault(path, code, reason)
        return MISSING


def as_text(raw: Any) -> str:
    """Return a raw value as text that PostgreSQL can keep, or raise InvalidValue."""
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise InvalidValue("invalid", "Dit is geen geldige tekst.")
    text = str(raw)
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise InvalidValue("invalid", "Deze tekst bevat tekens die niet zijn toegestaan.")
    return text


@dataclass(eq=False)
class Text(Word):
    """A piece of text of at most `max` characters, or without limit.

    `blank`: the text is asked for, but may be empty.
    """

    max: int | None = None
    min: int = 0
    pattern: str | None = None
    check: Callable[[str], str] | None = None
    format: str | None = None
    blank: bool = False

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store short text as varchar, prose as text."""
        options: dict[str, Any] = {"blank": self.optional or self.blank, "null": self.nullable}
        if self.max is None:
            return {self.name: models.TextField(self.doc, **options)}
        return {self.name: models.CharField(self.doc, max_length=self.max, **options)}

    def value(self, raw: Any) -> str:
        """Check length, pattern and own rule; blank only where the field may be left out."""
        text = as_text(raw).strip()
        if not text:
            if self.optional or self.blank:
                return ""
            raise InvalidValue("blank", "Dit veld mag niet leeg zijn.")
        if self.max is not None and len(text) > self.max:
            raise InvalidValue(
                "max_length", f"Dit veld mag niet langer zijn dan {self.max} tekens."
            )
        if len(text) < self.min:
            raise InvalidValue("min_length", f"Dit veld moet minstens {self.min} tekens lang zijn.")
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise InvalidValue("invalid", "Deze waarde heeft niet de juiste vorm.")
        return self.check(text) if self.check else text

    def schema(self) -> dict[str, Any]:
        """Describe the text with its limits."""
        limits = {
            "maxLength": self.max,
            "minLength": None if self.optional or self.blank else max(self.min, 1),
            "pattern": f"^(?:{self.pattern})?$" if self.pattern and self.optional else self.pattern,
            "format": self.format,
        }
        return {"type": "string", **{key: value for key, value in limits.items() if value}}


@dataclass(eq=False)
class Number(Text):
    """An identification that the house hands out when the client does not.

    `asked_by_null`: a client may also ask for it by null.
    """

    prefix: str = ""
    asked_by_null: bool = False

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Let null stand for what is left out, where clients write it so."""
        if raw is None and self.asked_by_null:
            return None
        return super().taken(raw, path, intake)

    def empty(self) -> Any:
        """Leave it to the writing to draw a number."""
        return None


@dataclass(eq=False)
class Secret(Text):
    """A text that is written and never shown: not in an answer, an event or an audit trail.

    Left out of a PUT it stays as it is, since no reader could have sent it back.
    """

    secret = True


@dataclass(eq=False)
class Integer(Word):
    """A whole number within bounds."""

    min: int = -(2**31)
    max: int = 2**31 - 1

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as integer, or as a larger one where the bounds ask for it."""
        kind = models.IntegerField if self.max < 2**31 else models.BigIntegerField
        return {self.name: kind(self.doc, null=self.nullable, blank=self.optional)}

    def value(self, raw: Any) -> int:
        """Accept JSON numbers without fraction and strings of digits."""
        if isinstance(raw, str) and re.fullmatch(r"-?[0-9]{1,18}", raw):
            raw = int(raw)
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise InvalidValue("invalid", "Een geldig geheel getal is verplicht.")
        if raw > self.max:
            raise InvalidValue("max_value", f"Deze waarde mag niet groter zijn dan {self.max}.")
        if raw < self.min:
            raise InvalidValue("min_value", f"Deze waarde mag niet kleiner zijn dan {self.min}.")
        return raw

    def schema(self) -> dict[str, Any]:
        """Describe the bounds."""
        return {"type": "integer", "minimum": self.min, "maximum": self.max}


@dataclass(eq=False)
class Amount(Word):
    """An amount of money in euros, two decimals; a string on the wire so that no cent is lost."""

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as numeric(12, 2)."""
        return {
            self.name: models.DecimalField(
                self.doc, max_digits=12, decimal_places=2, null=self.nullable, blank=self.optional
            )
        }

    def sql(self, row: str) -> str:
        """Show it as a string."""
        return f'{row}."{self.name}"::text'

    def value(self, raw: Any) -> Decimal:
        """Accept strings and numbers with at most two decimals."""
        try:
            amount = Decimal(as_text(raw))
        except InvalidOperation:
            raise InvalidValue("invalid", "Een geldig bedrag is verplicht.") from None
        if not amount.is_finite() or abs(amount) >= 10**10:
            raise InvalidValue("invalid", "Een geldig bedrag is verplicht.")
        if amount != amount.quantize(Decimal("0.01")):
            raise InvalidValue("max_decimal_places", "Een bedrag heeft hoogstens twee decimalen.")
        return amount

    def plain(self, value: Any) -> Any:
        """Keep it exact in JSON."""
        return None if value is None else f"{value:.2f}"

    def schema(self) -> dict[str, Any]:
        """Describe it as a decimal string."""
        return {"type": "string", "format": "decimal", "pattern": r"^-?\d{1,10}(?:\.\d{1,2})?$"}


@dataclass(eq=False)
class Choice(Word):
    """One of the members of a published enumeration."""

    of: type[models.TextChoices] = models.TextChoices

    @property
    def may_be_blank(self) -> bool:
        """Whether blank is a value: where nothing stands in for what was left out."""
        return self.optional and self.default is MISSING

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store the value as text."""
        return {
            self.name: models.CharField(
                self.doc,
                max_length=60,
                choices=self.of.choices,
                blank=self.optional,
                null=self.nullable,
            )
        }

    def value(self, raw: Any) -> str:
        """Accept the published values; blank where the field may be left out."""
        if raw == "" and self.may_be_blank:
            return ""
        if not isinstance(raw, str) or raw not in self.of.values:
            raise InvalidValue("invalid_choice", f'"{raw}" is een ongeldige keuze.')
        return raw

    def schema(self) -> dict[str, Any]:
        """Describe the values; blank and null are values of their own."""
        values: list[Any] = [*self.of.values]
        if self.may_be_blank:
            values.append("")
        if self.nullable:
            values.append(None)
        return {"type": "string", "enum": values}


@dataclass(eq=False)
class Level(Choice):
    """A choice with a rank, stored as its rank so that it can be compared."""

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store the rank."""
        ranks = list(enumerate(self.of.labels))
        return {self.name: models.SmallIntegerField(self.doc, choices=ranks)}

    def sql(self, row: str) -> str:
        """Show the value that belongs to the rank."""
        values = ", ".join(f"'{value}'" for value in self.of.values)
        return f'(ARRAY[{values}])[{row}."{self.name}" + 1]'

    def value(self, raw: Any) -> Any:
        """Return the rank; blank means left out."""
        text = super().value(raw)
        return self.of.values.index(text) if text else None

    def empty(self) -> Any:
        """Leave it to the declaration's derivation."""
        return None


@dataclass(eq=False)
class Flag(Word):
    """Yes or no."""

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store as boolean."""
        return {self.name: models.BooleanField(self.doc, null=self.nullable, blank=self.optional)}

    def value(self, raw: Any) -> bool:
        """Accept JSON booleans, and the words true and false of a query."""
        if isinstance(raw, str) and raw.lower() in {"true", "false"}:
            return raw.lower() == "true"
        if not isinstance(raw, bool):
            raise InvalidValue("invalid", "Een geldige ja of nee (true, false) is verplicht.")
        return raw

    def empty(self) -> Any:
        """No, unless declared otherwise."""
        return super().empty() or (None if self.nullable else False)

    def schema(self) -> dict[str, Any]:
        """Describe it as a boolean."""
        return {"type": "boolean"}
