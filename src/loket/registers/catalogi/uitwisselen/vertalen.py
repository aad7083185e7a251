"""From a representation in a ZIP to a body that the register takes.

A representation holds more than a body (addresses, what is worked out, fields of another
installation), names types by address where we write names, and, from an older version of the API,
lacks what is required now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar.links import Ref
from loket.grammar.record import written
from loket.grammar.shapes import Group, Many
from loket.registers.catalogi.keuzelijsten import FIELDS, own
from loket.registers.catalogi.uitwisselen.bestanden import FILES, NAME, NAMED

if TYPE_CHECKING:
    from loket.grammar.words import Word
    from loket.registers.catalogi.uitwisselen.archief import Contents, Thing

UNKNOWN: Final = "onbekend"
_SINCE: Final = {
    "ZaakType.json": ("verantwoordelijke",),
    "InformatieObjectType.json": ("informatieobjectcategorie",),
}
"""Required texts that versions of the API before 1.3 did not have."""

_BLANK: Final[tuple[Any, ...]] = (None, "", False, [])


class MissingReferenceError(ValueError):
    """Something in the ZIP refers to what is not in it."""


class Translator:
    """Makes bodies of the things in one ZIP; finds what they refer to by address."""

    def __init__(self, contents: Contents) -> None:
        self.by_url = {
            each.url.rstrip("/"): each for things in contents.things.values() for each in things
        }
        self.besluittypen_of = self._named_from_besluittypen(contents)

    def body(self, thing: Thing) -> tuple[dict[str, Any], list[str]]:
        """Return the body without its references to records, and what was filled in."""
        body, remarks = {}, []
        for word in written(FILES[thing.file].record):
            if isinstance(word, Ref) or word.wire not in thing.body:
                continue
            value = _cleaned(word, thing.body[word.wire])
            if value is not _LEFT_OUT:
                body[word.wire] = value
        for wire in _SINCE.get(thing.file, ()):
            if not body.get(wire):
                body[wire] = UNKNOWN
                remarks.append(f"{wire} ontbreekt in de ZIP en is '{UNKNOWN}' geworden")
        for wire in FIELDS:
            if isinstance(body.get(wire), str):
                body[wire] = own(body[wire])
        self._name(thing, body)
        return body, remarks

    def referred(self, thing: Thing, wire: str, file: str) -> Thing | None:
        """Return the thing that a field refers to by address; MissingReferenceError."""
        value = thing.body.get(wire)
        if value in (None, ""):
            return None
        found = self._at(value, file)
        if found is None:
            raise MissingReferenceError(
                f"{wire} verwijst naar {value}, dat niet in {file} van de ZIP staat"
            )
        return found

    def _at(self, value: Any, file: str) -> Thing | None:
        found = self.by_url.get(value.rstrip("/")) if isinstance(value, str) else None
        return found if found is not None and found.file == file else None

    def _name(self, thing: Thing, body: dict[str, Any]) -> None:
        """Put names in the place of addresses of types."""
        for wire, file in NAMED.get(thing.file, {}).items():
            value = body.get(wire)
            if isinstance(value, list):
                named = [self._name_at(wire, each, file) for each in value]
                body[wire] = list(dict.fromkeys(each for each in named if isinstance(each, str)))
            elif value is not None:
                body[wire] = self._name_at(wire, value, file)
        if thing.file == "ZaakType.json":
            body.setdefault("deelzaaktypen", [])
            more = self.besluittypen_of.get(thing.url.rstrip("/"), [])
            named = body.setdefault("besluittypen", [])
            if isinstance(named, list):
                body["besluittypen"] = list(dict.fromkeys([*named, *more]))
            related = body.setdefault("gerelateerdeZaaktypen", [])
            if isinstance(related, list):
                body["gerelateerdeZaaktypen"] = [self._related(each) for each in related]

    def _name_at(self, wire: str, value: Any, file: str) -> Any:
        found = self._at(value, file)
        if found is not None:
            return str(found.body.get(NAME[file]) or "")
        if not isinstance(value, str) or value.startswith(("http://", "https://")):
            raise MissingReferenceError(
                f"{wire} verwijst naar {value}, dat niet in {file} van de ZIP staat"
            )
        return value

    def _related(self, relation: Any) -> Any:
        """Name a related zaaktype; one of another catalogus keeps its address."""
        if not isinstance(relation, dict):
            return relation
        found = self._at(relation.get("zaaktype"), "ZaakType.json")
        if found is None:
            return relation
        return {**relation, "zaaktype": str(found.body.get("identificatie") or "")}

    def _named_from_besluittypen(self, contents: Contents) -> dict[str, list[str]]:
        """Return besluittypen by address of a zaaktype: in version 1.0 only they say it."""
        named: dict[str, list[str]] = {}
        for thing in contents.things["BesluitType.json"]:
            zaaktypen, name = thing.body.get("zaaktypen"), thing.body.get("omschrijving")
            if not isinstance(zaaktypen, list) or not isinstance(name, str) or not name:
                continue
            for url in zaaktypen:
                if isinstance(url, str):
                    named.setdefault(url.rstrip("/"), []).append(name)
        return named


_LEFT_OUT: Final = object()


def _cleaned(word: Word, value: Any) -> Any:
    """Leave out what says nothing, so that each installation may say nothing in its own way."""
    if value is None and not word.nullable:
        return _LEFT_OUT
    if word.optional and value == "":
        return _LEFT_OUT
    if isinstance(word, Group) and isinstance(value, dict):
        if word.optional and all(each in _BLANK for each in value.values()):
            return _LEFT_OUT
        return _cleaned_group(word, value)
    if isinstance(word, Many) and isinstance(value, list):
        return [_cleaned(word.of, each) for each in value]
    return value


def _cleaned_group(word: Group, value: dict[str, Any]) -> dict[str, Any]:
    inside = {
        part.wire: _cleaned(part, value[part.wire])
        for part in word.words.values()
        if part.wire in value
    }
    return {wire: each for wire, each in inside.items() if each is not _LEFT_OUT}
