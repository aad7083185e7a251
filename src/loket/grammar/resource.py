"""A resource: one record, how it is found, who may reach it, and what happens when it changes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from loket.grammar import facets, reading, removing, writing
from loket.grammar.blobs import Blob
from loket.grammar.links import Back, Named, NamedBack, Ref, Refs, Via, declare, resource_of
from loket.grammar.shapes import Geometry, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from uuid import UUID

    from loket.grammar.concerning import Concerns
    from loket.grammar.filters import Along, Filter
    from loket.grammar.reading import Page, Query
    from loket.grammar.record import Record
    from loket.grammar.register import Register
    from loket.grammar.rule import Rule
    from loket.grammar.words import Word
    from loket.grammar.writing import Written
    from loket.kernel.actor import Actor
    from loket.kernel.problems import Fault

Verb = Literal["list", "retrieve", "create", "update", "partial_update", "destroy"]
ALL_VERBS: tuple[Verb, ...] = (
    "list", "retrieve", "create", "update", "partial_update", "destroy",
)  # fmt: skip

Relation = Ref | Refs | Back | Named | NamedBack | Via


@dataclass(frozen=True, eq=False)
class Resource:
    """What a register offers of one record, under one path.

    `path` may hold its parent's key: `zaken/{zaak}/zaakeigenschappen`.
    `parent` names the reference through which the record is authorised and audited; one that
    refers to nothing stands by itself;
    `authorised_by` the reference to its type, `level` its confidentiality: these for a main record.
    `owned` is SQL on `{row}` that tells whether a record is a citizen's own (`%(burger)s`); of what
    has a parent it says what a citizen who may see the parent sees of it. `owned_by_company` says
    it for a company (`%(kvk)s`, `%(vestiging)s`, `%(urn)s`), where it is not the same.
    `opens` maps the label of a record to SQL on `{row}` that selects the ids of what a citizen or
    company who sees this record may see there too: the documents of his zaak, say.
    `concerns` says whom a record is about: they see who looked at it.
    `withheld` is SQL on `{row}` that tells whether a record is not ready for publication, so that
    an application that may see only what is ready does not see it.
    `filters`, `ordering` name words, with `__gte` and the like; a Filter says it in SQL;
    `default_filters` holds what is asked of a list where the client leaves a parameter out.
    `derive` functions fill in what the client left out, before the rules are asked;
    `around` are context managers, entered with actor, body and call before the transaction; each
    yields the body to take, and undoes what it did when the write fails.
    `reactions` are effects in the same transaction, after the row is written; `farewells` are
    those of its removal, also when it goes with what it belongs to.
    `history` is the table of earlier versions (`versions.history_of`): a detail then takes
    `versie` and `registratieOp`. `told` is what the answer to a POST tells beside the record.
    `unique` maps a constraint of the table to the field and code of the fault.
    `numbered` names the word by whose number a record is known under its parent, instead of by a
    key of its own. `single`: a municipality has exactly one, which the house makes; it does not go.
    `facet_of` is the resource of which this is another door, to those of its records whose words
    have the values that are `fixed`; what is written goes through the resource itself.
    """

    register: Register
    path: str
    record: type[Record]
    authorised_by: str = ""
    level: str = ""
    parent: str = ""
    owned: str = ""
    owned_by_company: str = ""
    opens: Mapping[str, str] = field(default_factory=dict)
    concerns: Concerns | None = None
    withheld: str = ""
    public: bool = False
    verbs: tuple[Verb, ...] = ALL_VERBS
    filters: Sequence[str | Filter | Along] = ()
    default_filters: Mapping[str, str] = field(default_factory=dict)
    ordering: Sequence[str] = ()
    default_order: str = "-id"
    expand: Sequence[str] | None = None
    rules: Sequence[Rule] = ()
    derive: Sequence[Callable[..., None]] = ()
    around: Sequence[Callable[..., AbstractContextManager[Any]]] = ()
    reactions: Sequence[Callable[..., None]] = ()
    farewells: Sequence[Callable[..., None]] = ()
    checks: Sequence[Callable[..., Sequence[Fault]]] = ()
    unique: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    kenmerken: Sequence[str] = ()
    scopes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    single: bool = False
    numbered: str = ""
    paged: bool = True
    counted: bool = True
    with_uuid: bool = True
    read_query: Sequence[str] = ()
    history: Any = None
    facet_of: Resource | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)
    told: Callable[[Any], Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        """Make the resource known to its register and to what refers to it."""
        for name in (*self.filters, *self.ordering, *self.kenmerken):
            word = self.record.words.get(str(name).split("__", 1)[0])
            if word is not None and word.secret:
                raise TypeError(f"{name} is secret: nobody can filter, order or subscribe by it.")
        self.register.resources.append(self)
        if self.facet_of is not None:
            return
        declare(self.record, self)
        self.record._meta.verbose_name = self.record.__name__.lower()
        self.record._meta.verbose_name_plural = self.name

    @property
    def root(self) -> str:
        """The path of the API that the resource is part of."""
        return self.register.root

    @property
    def name(self) -> str:
        """The last part of the path: the plural that the standard uses."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def table(self) -> str:
        """The table of the record."""
        return self.record._meta.db_table

    @cached_property
    def by_wire(self) -> dict[str, Word]:
        """The words of the record by their name on the wire."""
        return {word.wire: word for word in self.record.words.values()}

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """The words that can be expanded, by their name on the wire."""
        return {
            name: word
            for word in self.record.words.values()
            if isinstance(word, Ref | Refs | Back | Named | NamedBack | Via)
            and (name := getattr(word, "expands", "") or word.wire)
            and (self.expand is None or word.name in self.expand)
        }

    def scopes_for(self, verb: str) -> tuple[str, ...]:
        """Return the scopes of which one is needed for a verb."""
        return self.scopes.get(verb) or self.register.scopes[verb]

    def url_sql(self, row: str, key: str | None = None) -> str:
        """Return SQL for the address of a row of this resource; `key` when only that is known."""
        path = (self.facet_of or self).path
        if self.numbered and key is None:
            key = f'{row}."{self.numbered}"'
        key = key or f"{row}.id"
        pieces = f"%(base)s::text || '{self.root}/"
        while "{" in path:
            before, rest = path.split("{", 1)
            name, path = rest.split("}", 1)
            pieces += f"{before}' || {row}.\"{name}_id\" || '"
        return f"{pieces}{path}/' || {key}"

    def address(self, record: Any, base: str) -> str:
        """Return the address of a record in Python."""
        path = (self.facet_of or self).path
        for name in self.path_keys:
            path = path.replace(f"{{{name}}}", str(getattr(record, f"{name}_id")))
        own = getattr(record, self.numbered) if self.numbered else record.pk
        return f"{base}{self.root}/{path}/{own}"

    @cached_property
    def has_geometry(self) -> bool:
        """Whether requests and answers carry the headers of a coordinate system."""
        return any(isinstance(word, Geometry) for word in self.record.words.values())

    @cached_property
    def blobs(self) -> tuple[str, ...]:
        """The names on the wire of the files in a body."""
        return tuple(w.wire for w in self.record.words.values() if isinstance(w, Blob) and w.wire)

    @cached_property
    def hides_numbers(self) -> bool:
        """Whether a BSN may stand in a record, which an event never holds."""
        return any(
            (isinstance(w, Variant) and w.numbers)
            or (isinstance(w, Back) and w.kept == "whole" and w.target(self.record).hides_numbers)
            for w in self.record.words.values()
        )

    @cached_property
    def composed(self) -> tuple[Back, ...]:
        """The words by which other records are written along with this one."""
        words = self.record.words.values()
        return tuple(w for w in words if isinstance(w, Back) and w.kept)

    @cached_property
    def path_keys(self) -> tuple[str, ...]:
        """The names of the keys in the path."""
        return tuple(piece.split("}")[0] for piece in self.path.split("{")[1:])

    def main(self, record: Any) -> tuple[Resource, Any]:
        """Return the resource and record in whose audit trail this record stands."""
        parent = getattr(record, self.parent) if self.parent else None
        return (self, record) if parent is None else resource_of(type(parent)).main(parent)

    def list(self, actor: Actor, query: Query) -> Page:
        """Return one page of what the actor may see."""
        return reading.page(self, actor, query)

    def get(self, actor: Actor, key: UUID, query: Query) -> bytes:
        """Return the JSON of one record; NotFound, Forbidden."""
        return reading.detail(self, actor, key, query)

    def create(self, actor: Actor, body: Any, call: Call, **keys: UUID) -> Written:
        """Make a record; Forbidden, Invalid."""
        home, body = facets.home(self, body)
        return writing.create(home, actor, body, call, **keys)

    def replace(self, actor: Actor, key: UUID, body: Any, call: Call, **keys: UUID) -> Written:
        """Change every field of a record (PUT); Forbidden, Invalid, NotFound."""
        home, body = facets.home(self, body, key)
        return writing.change(home, actor, key, body, call, partial=False, keys=keys)

    def patch(self, actor: Actor, key: UUID, body: Any, call: Call, **keys: UUID) -> Written:
        """Change the given fields of a record; Forbidden, Invalid, NotFound."""
        home, body = facets.home(self, body, key)
        return writing.change(home, actor, key, body, call, partial=True, keys=keys)

    def destroy(self, actor: Actor, key: UUID, call: Call, **keys: UUID) -> None:
        """Remove a record and all that belongs to it; Forbidden, Conflict, NotFound."""
        home, _ = facets.home(self, None, key)
        removing.destroy(home, actor, key, call, **keys)


@dataclass(frozen=True, eq=False)
class Command:
    """An action beside the ordinary verbs: mostly a POST or GET with a name of its own.

    `path` may hold `{uuid}`; `run(actor, call)` does it, in one transaction when it writes.
    `crs`: requests and answers carry the headers of a coordinate system, as those of `of` do.
    `media` are the forms that a body may have; `blobs` the dotted paths of files in a JSON body;
    `bare`: the body may be left out; `empty`: so may the answer, when `run` returns None.
    `produces` is the form of the answer. `fresh`: what a GET reads is itself held to the version of
    the rights. `purposeful`: a BSN may be asked for, though the register itself holds none.
    `name` is what an OpenAPI document calls it, when that does not follow from the path.
    """

    register: Register
    path: str
    run: Callable[..., Any]
    scopes: tuple[str, ...]
    summary: str
    method: Literal["GET", "POST", "PUT", "DELETE"] = "POST"
    query: Sequence[str] = ()
    request: Mapping[str, Any] | None = None
    response: Mapping[str, Any] | None = None
    success: int = 200
    of: Resource | None = None
    crs: bool = False
    media: Sequence[str] = ("application/json",)
    blobs: Sequence[str] = ()
    bare: bool = False
    empty: bool = False
    produces: str = "application/json"
    fresh: bool = False
    purposeful: bool = False
    name: str = ""

    def __post_init__(self) -> None:
        """Make the command known to its register."""
        self.register.commands.append(self)


@dataclass(frozen=True)
class Call:
    """What a command gets: the keys in its path, its body, its query, and where the house stands.

    `key` is the one called `uuid`; `keys` holds them all by name. `warnings` are what a command has
    to say beside its answer.
    """

    base: str
    key: UUID | None = None
    keys: Mapping[str, UUID] = field(default_factory=dict)
    body: Any = None
    query: Mapping[str, list[str]] = field(default_factory=dict)
    toelichting: str = ""
    trace: str = ""
    warnings: list[str] = field(default_factory=list, compare=False)
