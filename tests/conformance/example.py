"""Valid bodies, made from the declarations, for any resource of any register."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from loket.grammar.blobs import Blob
from loket.grammar.links import Back, Named, NamedOne, Ref, Refs, Url
from loket.grammar.numbering import key_under
from loket.grammar.record import written
from loket.grammar.register import registers
from loket.grammar.relations import target_of
from loket.grammar.resource import Call
from loket.grammar.shapes import Bsn, Free, Geometry, Group, Many, Variant
from loket.grammar.shown import Alias
from loket.grammar.times import Day, Duration, Moment
from loket.grammar.urns import OF_PERSON, PersonUrn, Urn
from loket.grammar.words import Amount, Choice, Flag, Integer, Number, Text, Word, camel
from loket.kernel import tenant
from loket.kernel.problems import InvalidValue
from loket.ledger.database import one as sql
from tests.conformance.made import CHANGED, MADE, REMOVED
from tests.conformance.peculiar import PECULIAR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

Body = dict[str, Any]

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def elf(nr: int) -> str:
    """Return the `nr`th number of nine digits that passes the eleven test, each another one."""
    first = str(1_000_000 + nr)
    total = sum(weight * int(digit) for weight, digit in zip(range(9, 2, -1), first, strict=True))
    for eighth in range(10):
        ninth = (total + 2 * eighth) % 11
        if ninth < 10:
            return f"{first}{eighth}{ninth}"
    raise AssertionError(f"No number fits after {first}.")


def _texts(nr: int) -> Iterator[str]:
    """Yield texts of several forms; one of them will fit a word."""
    letters = "".join(_LETTERS[nr // 26**place % 26] for place in range(5))
    yield from (f"tekst {nr}", elf(nr), letters, letters[:4], f"nr{nr}@voorbeeld.nl")
    yield from (f"{nr:012d}", f"{nr + 10**9}", f"{nr:08d}", f"{nr % 10_000:04d}", str(nr % 10))
    yield from (letters[:2], letters.lower(), letters.lower()[:3], letters.lower()[:2])
    yield f"{1000 + nr % 9000}{letters[-2:]}"
    yield from (
        f"{1000 + nr % 9000} {letters[-2:]}",
        f"{nr:016d}",
        f"NL{nr % 90 + 10}LOKT{nr:010d}",
        "NL91ABNA0417164300",
    )
    yield from (f"06{nr + 10**7:08d}"[:10], f"een tekst van meer dan tweeendertig tekens {nr}")
    yield from (f"x-kop-{nr}: waarde", f"naam-{nr}=waarde")


def text(word: Text, nr: int) -> str:
    """Return a text that a word accepts."""
    if isinstance(word, Url):
        return f"https://voorbeeld.nl/{nr}"
    if isinstance(word, Urn):
        return f"urn:nld:voorbeeld:ding:{nr}"
    for raw in _texts(nr):
        try:
            if word.value(raw) == raw:
                return raw
        except InvalidValue:
            continue
    raise AssertionError(f"No text in store fits {word.name}.")


class Examples:
    """What a test fills a municipality with; every body is another."""

    def __init__(self, actor: Actor, base: str, first: int = 1) -> None:
        self.actor = actor
        self.base = base
        self.numbers = count(first)
        self._made: dict[int, Any] = {}
        self._cleared: set[tuple[str, str]] = set()

    def body(self, resource: Resource, *, full: bool = False) -> Body:
        """Return a valid body: with what is required, or (`full`) with all that may be given."""
        nr = next(self.numbers)
        made: Body = {}
        for word in written(resource.record):
            if word.name not in resource.path_keys and (full or not word.optional):
                value = self._value(word, resource, nr, full=full)
                if value is not None:
                    made[word.wire] = value
        for word in written(resource.record):
            if isinstance(word, Variant) and word.on and full:
                made[word.wire] = self._variant(word, made, nr)
        peculiar = PECULIAR.get(key(resource))
        return peculiar(self, made) if peculiar else made

    def make(self, resource: Resource, body: Body | None = None, **keys: UUID) -> Any:
        """Make a record, and return it."""
        if key(resource) in MADE:
            return MADE[key(resource)](self)
        keys = keys or self.keys(resource)
        call = Call(base=self.base)
        asked = self.body(resource) if body is None else body
        if resource.register.open:
            self._clear(resource)
        elif resource.single:
            there = resource.record.objects.get()
            return resource.patch(self.actor, there.pk, asked, call).record
        return resource.create(self.actor, asked, call, **keys).record

    def _clear(self, resource: Resource) -> None:
        """Take away the lists that came with the house, so that what is made is all there is."""
        place = (tenant.current().name, resource.register.name)
        if place not in self._cleared:
            self._cleared.add(place)
            for each in reversed(resource.register.resources):
                sql(f'DELETE FROM "{each.table}"')  # noqa: S608 - the name of a table

    def one(self, resource: Resource) -> Any:
        """Return the record of a resource to which others refer, made when first asked for."""
        if id(resource) not in self._made:
            self._made[id(resource)] = self.make(resource)
        return self._made[id(resource)]

    def find(self, name: str) -> Resource:
        """Return the resource with a name such as `zaken/zaken`."""
        found = (each for one in registers.values() for each in one.resources)
        return next(each for each in found if key(each) == name)

    def forget(self, resource: Resource) -> None:
        """Let the next reference to a resource be to a new record."""
        self._made.pop(id(resource), None)

    def address(self, resource: Resource) -> str:
        """Return the address of the record to which others refer."""
        return resource.address(self.one(resource), self.base)

    def keys(self, resource: Resource) -> dict[str, UUID]:
        """Return the keys in the path of a resource."""
        return {
            name: self.one(target_of(resource, resource.record.words[name])).pk  # type: ignore[arg-type]
            for name in resource.path_keys
        }

    def path(self, resource: Resource) -> str:
        """Return the path of a resource's list."""
        if resource.register.open:
            self._clear(resource)
        path = f"{resource.root}/{resource.path}"
        for name, under in self.keys(resource).items():
            path = path.replace(f"{{{name}}}", str(under))
        return path

    def writable(self, resource: Resource, shown: Body) -> Body:
        """Return what of an answer a client may send back."""
        words = written(resource.record)
        wires = {word.wire for word in words if word.name not in resource.fixed}
        return {wire: value for wire, value in shown.items() if wire in wires}

    def before_change(self, resource: Resource, record: Any) -> Body:
        """Make a record (by its key) ready to be changed; return what the change must say."""
        ready = CHANGED.get(key(resource))
        return ready(self, record) if ready else {}

    def before_removal(self, resource: Resource, record: Any) -> None:
        """Take back what was done to let a record (by its key) be changed."""
        if ready := REMOVED.get(key(resource)):
            ready(self, record)

    def _value(self, word: Word, resource: Resource, nr: int, *, full: bool) -> Any:
        if isinstance(word, Ref):
            return None if word.optional else self.reference(word, resource)
        if isinstance(word, Refs | Named):
            return None if word.optional else self._many(word, resource)
        if isinstance(word, Alias | Back):
            return None  # what it says stands under another name, or is made by itself
        if isinstance(word, PersonUrn):
            return f"{OF_PERSON}{elf(nr)}"
        if isinstance(word, Variant) and not word.on:
            return plain(word.cases[""], nr, full=True)
        return plain(word, nr, full=full)

    def reference(self, word: Any, resource: Resource) -> Any:
        """Return a reference in the dialect of a resource, to the one at the other end."""
        target = target_of(resource, word)
        if resource.register.dialect.nested:
            return {"uuid": str(self.one(target).pk)}
        return self.address(target)

    def _many(self, word: Any, resource: Resource) -> Any:
        if isinstance(word, NamedOne):
            return getattr(self.one(target_of(resource, word)), word.by)
        if isinstance(word, Named):
            return []
        return [self.reference(word, resource)]

    @staticmethod
    def _variant(word: Variant, made: Body, nr: int) -> Any:
        case = next((name for name in word.cases if name == made.get(camel(word.on))), None)
        return plain(word.cases[case], nr, full=True) if case else None


def plain(word: Word, nr: int, *, full: bool) -> Any:
    """Return a valid raw value of a word that refers to nothing; None to leave it out."""
    if isinstance(word, Group):
        parts = [part for part in word.words.values() if full or not part.optional]
        made = {part.wire: plain(part, nr, full=full) for part in parts if not part.computed}
        return {wire: value for wire, value in made.items() if value is not None}
    if isinstance(word, Many):
        return [plain(word.of, nr, full=full)] if full or word.least or not word.optional else []
    if isinstance(word, Choice):
        return word.of.values[0]
    if isinstance(word, Integer):
        return word.min + nr % (min(word.max, word.min + 1_000) - word.min + 1)
    if isinstance(word, Text) and not isinstance(word, Number):
        return text(word, nr)
    return _PLAIN[type(word)](nr)


_PLAIN: dict[type[Word], Any] = {
    Blob: lambda _: None,
    Amount: lambda nr: f"{nr % 1000}.50",
    Bsn: elf,
    Day: lambda nr: f"2020-01-{nr % 28 + 1:02d}",
    Duration: lambda nr: f"P{nr % 60 + 1}D",
    Flag: lambda nr: nr % 2 == 0,
    Free: lambda nr: {"nr": nr},
    Geometry: lambda nr: {"type": "Point", "coordinates": [5 + nr % 100 / 100, 52]},
    Moment: lambda nr: f"2020-02-{nr % 28 + 1:02d}T12:00:00Z",
    Number: lambda _: None,
    Variant: lambda _: None,
}


def key(resource: Resource) -> str:
    """Return the name of a resource among all: `zaken/zaken`."""
    return f"{resource.register.name}/{resource.path}"


def nowhere(resource: Resource) -> str:
    """Return the last part of an address at which nothing is."""
    return "31999" if resource.numbered else str(uuid4())


def key_in_path(resource: Resource, record: Any) -> str:
    """Return the last part of a record's address."""
    return resource.address(record, "").rpartition("/")[2]


def key_at(address: str) -> UUID:
    """Return the key at the end of an address; a number there stands for one under a parent."""
    above, _, last = address.rpartition("/")
    if not last.isdigit():
        return UUID(last)
    return key_under(UUID(above.split("/")[-2]), int(last))


def main_of(resource: Resource) -> Resource:
    """Return the resource in whose audit trail a resource stands."""
    if not resource.parent:
        return resource
    word: Any = resource.record.words[resource.parent]
    return main_of(target_of(resource, word))


def asking_all(resource: Resource) -> dict[str, str]:
    """Return the query with which a list leaves nothing out."""
    return dict.fromkeys(resource.default_filters, "alles")
