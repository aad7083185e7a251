"""The words in which a record is written.

Each returns, for the reader and the type checker, the type that the field has on an instance;
the class body of a Record turns it into columns, checks, JSON and OpenAPI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from loket.grammar import urns
from loket.grammar.blobs import Blob
from loket.grammar.links import WHOLE, Back, Named, NamedBack, NamedOne, Ref, Refs, Url, Via
from loket.grammar.shapes import Bsn, Free, Geometry, Group, Many, Variant
from loket.grammar.shown import Alias, Derived, Outer
from loket.grammar.times import Day, Duration, Moment
from loket.grammar.urns import PersonUrn, Urn
from loket.grammar.words import (
    MISSING,
    Amount,
    Choice,
    Flag,
    Integer,
    Level,
    Number,
    Secret,
    Text,
    Word,
)
from loket.kernel.values import rsin as kernel_rsin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import TextChoices


def text(doc: str, length: int, **options: Any) -> str:
    """One line of at most `length` characters; options: optional, once, nullable, min, pattern."""
    return cast("str", Text(doc, max=length, **options))


def email(doc: str, **options: Any) -> str:
    """An e-mail address."""
    pattern = r"[^@\s\"<>]{1,64}@[^@\s\"<>.]+(?:\.[^@\s\"<>.]+)+"
    return cast("str", Text(doc, max=254, pattern=pattern, format="email", **options))


def prose(doc: str, length: int | None = None, **options: Any) -> str:
    """Running text, of at most `length` characters when given."""
    return cast("str", Text(doc, max=length, **options))


def number(prefix: str, doc: str, length: int = 40, **options: Any) -> str:
    """An identification; left out, the house hands out `prefix`-year-number, or only a number."""
    return cast("str", Number(doc, max=length, prefix=prefix, optional=True, **options))


def secret(doc: str, length: int = 255, **options: Any) -> str:
    """A text that is written and never shown again; left out of a change it stays as it is."""
    return cast("str", Secret(doc, max=length, **options))


def integer(doc: str, least: int = 0, most: int = 2**31 - 1, **options: Any) -> int:
    """A whole number between `least` and `most`."""
    return cast("int", Integer(doc, min=least, max=most, **options))


def rsin(doc: str, **options: Any) -> str:
    """An RSIN: nine digits with the eleven test."""
    return cast("str", Text(doc, max=9, check=kernel_rsin, **options))


def bsn(doc: str, **options: Any) -> str:
    """A BSN inside a variant; kept apart and shown only for a purpose.

    With `when=(field, value)` it is one only when the field beside it has that value; a number of
    another kind may have `longest` characters.
    """
    return cast("str", Bsn(doc, **{"optional": True, **options}))


def day(doc: str, **options: Any) -> Any:
    """A date; optional means nullable."""
    options.setdefault("nullable", options.get("optional", False))
    return Day(doc, **options)


def moment(doc: str, **options: Any) -> Any:
    """A date and time, kept in UTC; optional means nullable."""
    options.setdefault("nullable", options.get("optional", False))
    return Moment(doc, **options)


def duration(doc: str, **options: Any) -> Any:
    """A length of time, ISO 8601; optional means nullable."""
    options.setdefault("nullable", options.get("optional", False))
    return Duration(doc, **options)


def amount(doc: str, **options: Any) -> Any:
    """An amount in euros; optional means nullable."""
    options.setdefault("nullable", options.get("optional", False))
    return Amount(doc, **options)


def choice(of: type[TextChoices], doc: str, **options: Any) -> str:
    """One member of an enumeration; optional means that it may be blank."""
    return cast("str", Choice(doc, of=of, **options))


def level(of: type[TextChoices], doc: str, **options: Any) -> int:
    """One member of an enumeration with ranks; the value in Python is the rank."""
    return cast("int", Level(doc, of=of, **options))


def flag(doc: str, **options: Any) -> bool:
    """Yes or no."""
    return cast("bool", Flag(doc, **options))


def url(doc: str, length: int = 1000, **options: Any) -> str:
    """An address in or outside the house."""
    return cast("str", Url(doc, max=length, **options))


def urn(doc: str, **options: Any) -> str:
    """A URN of anything but a person."""
    return cast("str", Urn(doc, max=255, **options))


def person(doc: str, **options: Any) -> Any:
    """The URN of a person or organisation; a BSN inside is kept apart."""
    return PersonUrn(doc, **options)


def ref(to: Any, doc: str, **options: Any) -> Any:
    """A reference to one record; optional means nullable.

    Options: `back` (the name of the relation from there), `cascade` (False: the record pointed at
    cannot be removed while this one is there; None: it can, and this one lets go), `once`, `bad`
    (the standard's code for a reference that names nothing, when it has one of its own), `shows`
    (words of the record pointed at, beside its address), `shown_blank` (no reference is an empty
    text to a reader, where null was not published).
    """
    options.setdefault("nullable", options.get("optional", False))
    return Ref(doc, to=to, **options)


def refs(to: Any, doc: str, **options: Any) -> Any:
    """References to several records."""
    return Refs(doc, to=to, optional=options.pop("optional", True), **options)


def back(doc: str, of: str = "", first: str = "", expands: str = "", **options: Any) -> Any:
    """The records that refer to this one, by the `back` name of their reference.

    With `expands` they are no field on the wire, and can only be expanded, under that name; with
    `hidden=True` no client sees or expands them, and the house itself can. `shows` names words of
    theirs that stand beside each address.
    """
    options.setdefault("hidden", bool(expands))
    return Back(doc, of=of, first=first, expands=expands, computed=True, **options)


def alias(of: str, doc: str, schema: Mapping[str, Any], **options: Any) -> Any:
    """Another name, from an older version, for the value of the word `of`.

    With `single=True` it is the first of the records to which `of` refers.
    """
    return Alias(doc, of=of, shape=schema, **{"optional": True, "nullable": True, **options})


def outer(of: str, doc: str) -> Any:
    """A reference that stands inside a form of a variant, and is kept in the hidden ref `of`."""
    return Outer(doc, of=of, optional=True, nullable=True)


def links(doc: str, of: str = "", **options: Any) -> Any:
    """The records that refer to this one, as `back`; a client may say here which those are."""
    options = {"optional": True, "nullable": True, **options}
    return Back(doc, of=of, kept="links", **options)


def inline(doc: str, of: str = "", **options: Any) -> Any:
    """The records that refer to this one, written and read with it as a whole.

    One with a `uuid` is changed, one without is made, and one that is left out goes.
    """
    options = {"optional": True, "nullable": True, **options}
    return Back(doc, of=of, kept="whole", shows=WHOLE, **options)


def named(to: Any, doc: str, by: str = "omschrijving", **options: Any) -> Any:
    """References by name within the same catalogue."""
    return Named(doc, to=to, by=by, **options)


def named_one(to: Any, doc: str, by: str = "omschrijving", **options: Any) -> Any:
    """A reference by name to one record within the same catalogue, shown as the name."""
    return NamedOne(doc, to=to, by=by, **options)


def named_back(source: str, of: str, doc: str, by: str = "omschrijving") -> Any:
    """The records of `source` (app.Record) that name this one in their field `of`."""
    return NamedBack(doc, source=source, of=of, by=by, computed=True)


def via(source: str, where: str, doc: str, first: str = "", **options: Any) -> Any:
    """The records of `source` (app.Record) for which SQL on `{row}` and `{other}` holds.

    With `first="id"` it is one record; `expands` names the field on the wire whose addresses it
    only expands.
    """
    options.setdefault("hidden", bool(options.get("expands")))
    return Via(doc, source=source, where=where, first=first, computed=True, **options)


def group(doc: str, /, blank_form: Mapping[str, Any] | None = None, **parts: Any) -> Any:
    """A gegevensgroep of words; the keywords optional, once, nullable and deprecated are its own.

    An optional group is nullable; `blank_form` is what a reader sees when there is none.
    """
    own = {
        key: parts.pop(key)
        for key in ("optional", "once", "nullable", "deprecated", "wire", "default")
        if key in parts
    }
    own.setdefault("nullable", own.get("optional", False))
    form = dict(blank_form) if blank_form is not None else None
    return Group(doc, words=cast("dict[str, Word]", parts), blank_form=form, **own)


def many(of: Any, doc: str, **options: Any) -> Any:
    """A list of one kind of word or group."""
    return Many(doc, of=cast("Word", of), **options)


def free(doc: str, **options: Any) -> Any:
    """A JSON object of whatever form; with `loose=True` any JSON."""
    return Free(doc, **options)


def related(**options: Any) -> Any:
    """The URNs of what a record belongs to, such as a zaak."""
    return urns.related(**options)


def variant(on: str, cases: Mapping[str, Any], doc: str, **options: Any) -> Any:
    """A group whose form depends on the field `on`; by itself it may be left out.

    With `merged=True` a PATCH changes of the form only what it gives.
    """
    forms = cast("dict[str, Group]", dict(cases))
    options = {"nullable": True, "optional": True, **options}
    return Variant(doc, on=on, cases=forms, **options)


def numbered(doc: str, /, *, listed: bool = True, **parts: Any) -> Any:
    """A group with a BSN inside, which is kept apart; `listed`: whether a list shows it at all."""
    group = Group("", words=cast("dict[str, Word]", parts))
    return Variant(doc, cases={"": group}, listed=listed)


def geometry(doc: str, srid: int = 4326, **options: Any) -> Any:
    """A GeoJSON geometry."""
    return Geometry(doc, srid=srid, nullable=True, optional=True, **options)


def blob(doc: str, path: str, **options: Any) -> Any:
    """A file; `path` is SQL for where the one of `{row}` is downloaded, after the base."""
    return Blob(doc, path=path, optional=True, nullable=True, **options)


def derived(sql: str, schema: Mapping[str, Any], doc: str, **options: Any) -> Any:
    """A value worked out by SQL from the row `{row}`; percent signs doubled."""
    return Derived(doc, expression=sql, shape=schema, computed=True, **options)


__all__ = [
    "MISSING",
    "alias",
    "amount",
    "back",
    "blob",
    "bsn",
    "choice",
    "day",
    "derived",
    "duration",
    "email",
    "flag",
    "free",
    "geometry",
    "group",
    "inline",
    "integer",
    "level",
    "links",
    "many",
    "moment",
    "named",
    "named_back",
    "named_one",
    "number",
    "numbered",
    "outer",
    "person",
    "prose",
    "ref",
    "refs",
    "related",
    "rsin",
    "secret",
    "text",
    "url",
    "urn",
    "variant",
    "via",
]
