"""The form in which a record of the source and ours are compared, and digests of it.

Only what is kept is compared: what the house works out from it, such as lists of what refers
to a record, is counted instead. Hosts are left out of addresses, moments stand in UTC, and what
is empty is left out, since one installation writes null where another writes nothing. A BSN is
left out too: from a digest it could be guessed.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.blobs import Stored
from loket.grammar.codec import encode
from loket.grammar.links import Named, Ref
from loket.grammar.shapes import Bsn, Free, Geometry, Group, Many, Variant
from loket.grammar.shown import Outer
from loket.grammar.times import Moment
from loket.grammar.words import Flag, Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from loket.grammar.resource import Resource

Json = dict[str, Any]

EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
RESTLESS: Final = frozenset(
    {"laatstGeopend", "laatstGemuteerd", "locked", "bestandsdelen", "_expand"}
)
"""What changes without the record having changed."""

OURS: Final = frozenset({("klantinteracties", "klantcontacten", "beginRegistratie")})
"""What only this house keeps, of records that come from a house that does not."""


def compared(resource: Resource) -> Iterator[Word]:
    """Yield the words that both sides are compared on: those that are kept, and shown."""
    for word in resource.record.words.values():
        kept = word.fields() or isinstance(word, Named)
        if (resource.register.name, resource.name, word.wire) in OURS:
            continue
        if kept and word.wire and not word.secret and word.wire not in RESTLESS:
            yield word


def likeness(resource: Resource, shown: Mapping[str, Any]) -> Json:
    """Return what is compared of a record, by the names on the wire."""
    made = {}
    for word in compared(resource):
        raw = shown[word.wire] if word.wire in shown else word.empty()
        value = _cases(word, raw, shown, resource) if isinstance(word, Variant) else _of(word, raw)
        if value not in EMPTY:
            made[word.wire] = value
    return made


def _cases(word: Variant, raw: Any, shown: Mapping[str, Any], resource: Resource) -> Any:
    on = resource.record.words[word.on] if word.on else None
    group = word.cases.get(str(shown.get(on.wire, "")) if on else "")
    return _of(group, raw) if group is not None else None


def _of(word: Word, raw: Any) -> Any:
    """Return a value as it is compared."""
    if raw in EMPTY or isinstance(word, Bsn):
        return None
    if isinstance(word, Group):
        return _group(word, raw)
    if isinstance(raw, list) or isinstance(word, Ref | Outer):
        return _named(word, raw)
    if isinstance(word, Moment):
        return _moment(raw)
    if isinstance(raw, Stored):
        return raw.sha256
    return raw if isinstance(word, Geometry | Free | Flag) else str(raw)


def _key(raw: Any) -> str:
    """Return an address as it is; of a reference with key and address, the key."""
    return str(raw.get("uuid") if isinstance(raw, dict) else raw)


def _named(word: Word, raw: Any) -> Any:
    """Return a reference or a list as it is compared; of names the order means nothing."""
    if not isinstance(raw, list):
        return _key(raw)
    return (
        [_of(word.of, each) for each in raw] if isinstance(word, Many) else sorted(map(_key, raw))
    )


def _group(word: Group, raw: Any) -> Any:
    if not isinstance(raw, dict):
        return raw
    inside = {each.wire: _of(each, raw.get(each.wire)) for each in word.words.values()}
    kept = {name: value for name, value in inside.items() if value not in EMPTY}
    return kept if any(value is not False for value in kept.values()) else None


def _moment(raw: Any) -> str:
    text = str(raw)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def differing(one: Json, other: Json) -> list[str]:
    """Return the names of what differs between two likenesses."""
    names = sorted(one.keys() | other.keys())
    return [name for name in names if one.get(name) != other.get(name)]


def left_behind(resource: Resource, body: Mapping[str, Any]) -> list[str]:
    """Return what the source tells of a record for which this house has no place, by name."""
    found = []
    for wire, raw in body.items():
        word = resource.by_wire.get(wire)
        if word is None:
            if wire not in {"url", "uuid", *RESTLESS} and _told(raw):
                found.append(wire)
        elif isinstance(word, Group) and isinstance(raw, dict):
            inner = {each.wire for each in word.words.values()}
            found += [f"{wire}.{name}" for name in raw if name not in inner and _told(raw[name])]
    return found


def lacks_bsn(resource: Resource, body: Mapping[str, Any]) -> bool:
    """Tell whether a record has a place for a BSN, and none is there."""
    for word in resource.record.words.values():
        if not isinstance(word, Variant) or not isinstance(body.get(word.wire), dict):
            continue
        case = str(body.get(resource.record.words[word.on].wire, "")) if word.on else ""
        inner: Any = body[word.wire]
        for step in word.numbers.get(case, ()):
            inner = inner.get(step) if isinstance(inner, dict) else None
        if case in word.numbers and not inner:
            return True
    return False


def _told(raw: Any) -> bool:
    return raw is not False and raw not in EMPTY


def digest(value: Any) -> str:
    """Return the SHA-256 of JSON in one fixed order."""
    return hashlib.sha256(encode(_ordered(value))).hexdigest()


def fingerprint(resource: Resource, record: Json) -> str:
    """Return the digest of a record as the source gave it, without what is restless."""
    numbers = _numbers(resource)
    kept = {name: value for name, value in record.items() if name not in RESTLESS}
    return digest(_without(kept, numbers))


@lru_cache(maxsize=256)
def _numbers(resource: Resource) -> frozenset[str]:
    """Return the names under which a BSN may stand in a record, at whatever depth."""
    variants = [w for w in resource.record.words.values() if isinstance(w, Variant)]
    return frozenset(path[-1] for word in variants for path in word.numbers.values())


def _without(value: Any, names: frozenset[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without(each, names) for name, each in value.items() if name not in names}
    return [_without(each, names) for each in value] if isinstance(value, list) else value


def combined(digests: Iterable[str]) -> str:
    """Return one digest over those of many records, which come in the order of their keys."""
    made = hashlib.sha256()
    for each in digests:
        made.update(f"{each}\n".encode())
    return made.hexdigest()


def _ordered(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in sorted(value)}
    if isinstance(value, list):
        return [_ordered(each) for each in value]
    return value


__all__ = [
    "combined",
    "compared",
    "differing",
    "digest",
    "fingerprint",
    "lacks_bsn",
    "left_behind",
    "likeness",
]
