"""Words that point at other records, and addresses that may be ours.

A reference is kept as a UUID and shown as a URL (or `{uuid, url}`), so that no row is joined only
to show an address. An address of the house inside other text is kept with `loket://` in the
place of the host, and shown with the address that the client used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from loket.grammar.words import Intake, Text, Word
from loket.kernel.problems import InvalidValue
from loket.ledger.database import fetch
from loket.ledger.events import BASE

if TYPE_CHECKING:
    from loket.grammar.register import Dialect
    from loket.grammar.resource import Resource

_UUID = r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
_LAST_UUID = re.compile(rf"({_UUID})/?$")
_URL = re.compile(r"https?://[^\s/?#]+(?:[/?#]\S*)?", re.IGNORECASE)

WHOLE: Final = ("*",)
"""Of what a relation shows: everything."""

_resources: dict[type[models.Model], Resource] = {}


def declare(model: type[models.Model], resource: Resource) -> None:
    """Note that `resource` serves `model`."""
    _resources[model] = resource


def resource_of(model: Any) -> Resource:
    """Return the resource that serves a record; KeyError when none does."""
    return _resources[model]


def served(model: Any) -> Resource | None:
    """Return the resource that serves a record, or None when none does."""
    return _resources.get(model)


def localised(base: str, text: str) -> str:
    """Put `loket://` in the place of the house's own address."""
    return BASE + text[len(base) + 1 :] if base and text.startswith(base + "/") else text


def shown_sql(expression: str) -> str:
    """Return SQL that shows a stored address with the client's base."""
    return f"replace({expression}, '{BASE}', %(base)s::text || '/')"


def key_in(raw: Any, target: Resource, base: str) -> UUID | None:
    """Return the key in an address of `target`, or None when it is not such an address."""
    if not isinstance(raw, str):
        return None
    text = raw.removesuffix("/")
    match = _LAST_UUID.search(text)
    prefix = f"{base}{target.root}/"
    if match is None or not text.startswith(prefix):
        return None
    key = UUID(match[1])
    middle = text[len(prefix) :]
    shape = re.sub(r"\{[a-z_]+\}", _UUID, target.path) + f"/{_UUID}"
    return key if re.fullmatch(shape, middle) else None


def leads_elsewhere(raw: Any, base: str) -> bool:
    """Tell whether an address leads to something of this house, of whatever kind."""
    text = raw.removesuffix("/") if isinstance(raw, str) else ""
    for resource in _resources.values():
        root = f"{base}{resource.root}"
        if text in (root, f"{root}/{resource.path}"):
            return True
        key = key_in(text, resource, base)
        if key is not None and fetch(resource.record, key) is not None:
            return True
    return False


@dataclass(eq=False)
class Url(Text):
    """An address, in or outside the house."""

    links = True

    def sql(self, row: str) -> str:
        """Show our own addresses as the client knows them."""
        return shown_sql(f'{row}."{self.name}"')

    def taken(self, raw: Any, path: str, intake: Intake) -> Any:
        """Check the form and keep our own address out of it."""
        value = super().taken(raw, path, intake)
        return localised(intake.base, value) if isinstance(value, str) else value

    def value(self, raw: Any) -> str:
        """Accept http and https addresses."""
        text = super().value(raw)
        if text and not _URL.fullmatch(text) and not text.startswith(BASE):
            raise InvalidValue("bad-url", "Dit is geen geldige URL.")
        return text

    def schema(self) -> dict[str, Any]:
        """Describe it as a URI."""
        return {**super().schema(), "format": "uri"}


@dataclass(eq=False)
class Ref(Word):
    """A reference to one record of this house."""

    to: Any = None
    back: str = "+"
    cascade: bool | None = True
    bad: str = ""
    shown_blank: bool = False
    shows: tuple[str, ...] = ()

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store a foreign key; what belongs to a thing goes with it."""
        rule = {True: models.CASCADE, False: models.PROTECT, None: models.SET_NULL}[self.cascade]
        return {
            self.name: models.ForeignKey(
                self.to,
                on_delete=rule,
                related_name=self.back,
                null=self.nullable,
                blank=self.nullable,
                verbose_name=self.doc,
                db_index=not self.unindexed,
            )
        }

    def column(self, row: str) -> str:
        """Return the column of the foreign key."""
        return f'{row}."{self.name}_id"'

    def target(self, model: type[models.Model]) -> Resource:
        """Return the resource that the reference points at."""
        return resource_of(model._meta.get_field(self.name).related_model)

    def columns(self, value: Any) -> dict[str, Any]:
        """Store the key."""
        return {f"{self.name}_id": getattr(value, "pk", value)}

    def key(self, raw: Any, path: str, intake: Intake, target: Resource, dialect: Dialect) -> Any:
        """Return the key that a raw reference names; note a fault when it names none."""
        if raw in (None, "") and self.nullable:
            return None
        if raw is None:
            return self._fault(intake, path, "null", "Dit veld mag niet leeg zijn.")
        key = dialect.key_of(raw, target, intake.base)
        if key is None:
            return self.refused(raw, path, intake, dialect)
        return key

    def refused(self, raw: Any, path: str, intake: Intake, dialect: Dialect) -> Any:
        """Note a fault for what names nothing here."""
        code, reason = dialect.bad_reference(raw)
        if code == "bad-url" and leads_elsewhere(raw, intake.base):
            code, reason = "invalid-resource", "De URL verwijst naar iets anders dan hier hoort."
        return self._fault(intake, path, self.bad or code, reason)

    def schema(self) -> dict[str, Any]:
        """Describe it as a URI; the dialect may say more."""
        return {"type": "string", "format": "uri", "minLength": 1, "maxLength": 1000}


@dataclass(eq=False)
class Refs(Word):
    """References to several records of this house, in no order that means anything."""

    to: Any = None
    back: str = "+"

    many_valued = True

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store a table between."""
        return {
            self.name: models.ManyToManyField(
                self.to, related_name=self.back, blank=True, verbose_name=self.doc
            )
        }

    def target(self, model: type[models.Model]) -> Resource:
        """Return the resource that the references point at."""
        return resource_of(model._meta.get_field(self.name).related_model)

    def columns(self, value: Any) -> dict[str, Any]:
        """Store nothing in the row itself."""
        del value
        return {}

    def empty(self) -> Any:
        """Refer to nothing."""
        return []

    def schema(self) -> dict[str, Any]:
        """Describe it as a list of URIs."""
        return {"type": "array", "items": {"type": "string", "format": "uri"}, "uniqueItems": True}


@dataclass(eq=False)
class Back(Word):
    """The records that refer to this one: `of` is the name of that relation from here.

    With `first` it is one record: the first in that order, such as the latest status.
    With `expands` it has no value of its own and is only to be expanded, under that name.
    `kept` says what a client may do here: say which records refer to this one ("links"), or send
    the records themselves ("whole"). `shows` are the words of them that stand beside each address.
    """

    of: str = ""
    first: str = ""
    expands: str = ""
    kept: Literal["", "links", "whole"] = ""
    shows: tuple[str, ...] = ()

    many_valued = True

    @property
    def writable(self) -> bool:
        """Whether a client writes it here."""
        return bool(self.kept)

    def empty(self) -> Any:
        """Nothing refers here."""
        return []

    def source(self, model: type[models.Model]) -> str:
        """Return the name of the reference by which the others refer here."""
        relation: Any = model._meta.get_field(self.of or self.name)
        return str(relation.field.name)

    def target(self, model: type[models.Model]) -> Resource:
        """Return the resource of the records that refer here."""
        return resource_of(model._meta.get_field(self.of or self.name).related_model)

    def schema(self) -> dict[str, Any]:
        """Describe it as one URI or a list of them."""
        one = {"type": "string", "format": "uri"}
        return {**one, "nullable": True} if self.first else {"type": "array", "items": one}


@dataclass(eq=False)
class Named(Word):
    """References by name within one catalogue, to whichever version is valid on the day asked.

    Since Catalogi 1.3 a writer names the other by `by` (omschrijving or identificatie); a reader
    gets the addresses of the versions that are published and valid. An address is taken as well,
    as older clients send it. `shared` is the reference that both have in common.
    """

    to: Any = None
    by: str = "omschrijving"
    shared: str = "catalogus"
    length: int = 100

    many_valued = True

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store the names."""
        return {
            self.name: ArrayField(
                models.CharField(max_length=self.length),
                default=list,
                blank=True,
                verbose_name=self.doc,
            )
        }

    def empty(self) -> Any:
        """Refer to nothing."""
        return []

    def schema(self) -> dict[str, Any]:
        """Describe it as a list of URIs."""
        return {"type": "array", "items": {"type": "string", "format": "uri"}}


@dataclass(eq=False)
class NamedOne(Named):
    """A reference by name to one record, shown as the name; expanded it is the valid version."""

    many_valued = False
    first = "id"

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store the name."""
        return {self.name: models.CharField(self.doc, max_length=self.length, blank=self.optional)}

    def empty(self) -> Any:
        """Refer to nothing."""
        return ""

    def schema(self) -> dict[str, Any]:
        """Describe it as the name."""
        return {"type": "string", "maxLength": self.length}


@dataclass(eq=False)
class NamedBack(Word):
    """The records that name this one in their word `of`, published and valid on the day asked."""

    source: str = ""
    of: str = ""
    by: str = "omschrijving"
    shared: str = "catalogus"

    many_valued = True

    def schema(self) -> dict[str, Any]:
        """Describe it as a list of URIs."""
        return {"type": "array", "items": {"type": "string", "format": "uri"}}


@dataclass(eq=False)
class Via(Word):
    """The records of `source` for which `where` holds, between `{row}` here and `{other}` there.

    With `first` it is one record, such as the catalogue of the type that a record belongs to.
    With `expands` it has no value of its own: it is what the addresses inside the field of that
    name on the wire are expanded to.
    """

    source: str = ""
    where: str = "false"
    first: str = ""
    expands: str = ""
    shows: tuple[str, ...] = ()

    many_valued = True

    def schema(self) -> dict[str, Any]:
        """Describe it as one URI or a list of them."""
        one = {"type": "string", "format": "uri"}
        return one if self.first else {"type": "array", "items": one}


def through_columns(resource: Resource, word: Refs) -> tuple[str, str]:
    """Return the columns of the table between: to this record, and to the other."""
    relation: Any = resource.record._meta.get_field(word.name)
    return relation.m2m_column_name(), relation.m2m_reverse_name()
