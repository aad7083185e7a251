"""What a client asks in query and headers, checked against what a resource offers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from loket.grammar.reading import Query, Tree, filters_of
from loket.grammar.relations import target_of
from loket.grammar.sealing import opened, sealed
from loket.grammar.times import Day, Moment
from loket.grammar.words import Integer
from loket.kernel.clock import today
from loket.kernel.problems import (
    Fault,
    Forbidden,
    Invalid,
    InvalidValue,
    NotAcceptable,
    NotFound,
    PreconditionFailed,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from uuid import UUID

    from loket.grammar.filters import Filter
    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

DEEPEST_EXPAND = 6
UNKEPT = "Deze tekst bevat tekens die niet zijn toegestaan."
VERSION_QUERY = {
    "versie": Integer("Het nummer van de versie.", min=1),
    "registratieOp": Moment("Het moment waarop de versie de nieuwste was."),
}
_DAY_NAMES = ("datumGeldigheid", "datum_geldigheid")


def unknown_parameters(names: Iterable[str]) -> Invalid:
    """Return the problem for query parameters that do not exist here."""
    listed = ", ".join(sorted(names))
    return Invalid(
        [Fault("nonFieldErrors", "unknown-parameters", f"Onbekende query parameters: {listed}")]
    )


def command_query(query: Iterable[tuple[str, str]], known: Container[str]) -> dict[str, list[str]]:
    """Return what a command is asked, by name; Invalid for a name or a sign that it cannot take."""
    asked: dict[str, list[str]] = {}
    for name, value in query:
        asked.setdefault(name, []).append(value)
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise unknown_parameters(unknown)
    unkept = [name for name, values in asked.items() if "\x00" in "".join(values)]
    if unkept:
        raise Invalid([Fault(name, "invalid", UNKEPT) for name in unkept])
    return asked


def no_parameters(query: list[tuple[str, str]]) -> None:
    """Refuse any query parameter."""
    if query:
        raise unknown_parameters({name for name, _ in query})


def demand_crs(resource: Resource, method: str, headers: Mapping[str, str]) -> None:
    """Hold a geometric resource's request to the standard's CRS headers."""
    if not (resource.register.dialect.crs and resource.has_geometry):
        return
    wanted = ["accept-crs"]
    if method in ("POST", "PUT", "PATCH"):
        wanted.append("content-crs")
    elif method == "DELETE":
        wanted = []
    for name in wanted:
        crs = headers.get(name)
        shown = name.title()
        if crs is None:
            raise PreconditionFailed(f"De header '{shown}' ontbreekt.")
        if crs != "EPSG:4326":
            raise NotAcceptable(f"CRS '{crs}' wordt niet ondersteund; wel: EPSG:4326.")


class _Asked:
    """The parameters of one request, taken one by one; what is left over is unknown."""

    def __init__(self, query: list[tuple[str, str]]) -> None:
        self.left: dict[str, str] = {}
        self.faults: list[Fault] = []
        for name, value in query:
            plain = name.removesuffix("[]")
            self.left[plain] = f"{self.left[plain]},{value}" if plain in self.left else value

    def take(self, name: str) -> str | None:
        """Take a parameter out."""
        return self.left.pop(name, None)

    def fault(self, name: str, code: str, reason: str) -> None:
        """Note a malformed value."""
        self.faults.append(Fault(name, code, reason))

    def done(self) -> None:
        """Raise what was wrong, all at once."""
        if self.left:
            self.faults.extend(unknown_parameters(self.left).faults)
        if self.faults:
            raise Invalid(self.faults)


def list_query(
    resource: Resource,
    query: list[tuple[str, str]],
    base: str,
    actor: Actor,
    trace: str,
    keys: Mapping[str, UUID],
    more: Mapping[str, Filter] = MappingProxyType({}),
) -> Query:
    """Check the query of a list; raises Invalid with every fault at once.

    `more` are filters beside those of the resource, by their name on the wire.
    """
    asked = _Asked(query)
    day = _day(resource, asked, filters_of(resource))
    page = _whole(asked, "page", 1, 2**31) if resource.paged else 1
    size = resource.register.dialect.page_size
    if resource.paged:
        size = _whole(asked, "pageSize", size, resource.register.dialect.largest_page)
    expand = _expand(resource, asked)
    ordering = _ordering(resource, asked)
    filters = _filters(resource, more, asked, base, actor)
    asked.done()
    return Query(
        base, tuple(filters), expand, ordering, page, size, day, trace, tuple(keys.items())
    )


def detail_query(
    resource: Resource,
    query: list[tuple[str, str]],
    base: str,
    trace: str,
    keys: Mapping[str, UUID],
) -> Query:
    """Check the query of a detail; raises Invalid, or NotFound for an expand that is none."""
    asked = _Asked(query)
    day = _day(resource, asked)
    expand = _expand(resource, asked)
    versie, moment = _version(asked) if resource.history is not None else (None, None)
    asked.done()
    return Query(
        base,
        expand=expand,
        day=day,
        trace=trace,
        path_keys=tuple(keys.items()),
        versie=versie,
        moment=moment,
    )


def _version(asked: _Asked) -> tuple[int | None, Any]:
    """Return which version is asked for: by its number, or by the moment at which it was newest."""
    found: list[Any] = []
    for name, word in VERSION_QUERY.items():
        raw = asked.take(name)
        try:
            found.append(None if raw is None else word.value(raw.replace(" ", "+")))
        except InvalidValue as problem:
            asked.fault(name, problem.code, problem.reason)
            found.append(None)
    return found[0], found[1]


def _day(resource: Resource, asked: _Asked, filters: Container[str] = ()) -> Any:
    """Return the day on which relations are read; a filter of that name hears of it as well."""
    for name in _DAY_NAMES:
        if name not in resource.read_query or (raw := asked.left.get(name)) is None:
            continue
        try:
            day = Day("").value(raw)
        except InvalidValue as problem:
            if name not in filters:
                asked.fault(name, problem.code, problem.reason)
            day = today()
        if name not in filters:
            asked.take(name)
        return day
    return today()


def _whole(asked: _Asked, name: str, default: int, most: int) -> int:
    raw = asked.take(name)
    if raw is None:
        return default
    if not raw.isascii() or not raw.isdigit() or len(raw) > 10 or int(raw) < 1:
        if name == "page":
            raise NotFound("Ongeldige pagina.")
        asked.fault(name, "invalid", "Hier hoort een geheel getal vanaf 1.")
        return default
    return min(int(raw), most)


def _filters(
    resource: Resource, more: Mapping[str, Filter], asked: _Asked, base: str, actor: Actor
) -> list[tuple[Filter, Any]]:
    known = {**filters_of(resource), **more}
    asked.left = {**resource.default_filters, **asked.left}
    everything = dict(asked.left)
    made = []
    for name in [name for name in asked.left if name in known]:
        chosen = _chosen(known[name], everything, actor)
        raw = asked.left.pop(name)
        if "\x00" in raw:
            asked.fault(name, "invalid", UNKEPT)
            continue
        try:
            value = chosen.take(opened(raw) if chosen.purposeful else raw, base)
        except InvalidValue as problem:
            asked.fault(name, problem.code, problem.reason)
            continue
        if chosen.purposeful:
            _demand_purpose(actor)
        made.append((chosen, value))
    return sorted(made, key=lambda pair: pair[0].name)


def _chosen(found: Filter, everything: Mapping[str, str], actor: Actor) -> Filter:
    """Return the filter, or the one that what else is asked puts in its place."""
    others = (o.filter for o in found.otherwise if o.applies(everything, actor.purpose))
    return next(others, found)


def _demand_purpose(actor: Actor) -> None:
    if actor.purpose is None:
        raise Forbidden("Zoeken op BSN kan alleen met een doelbinding (header X-Doelbinding).")


def _ordering(resource: Resource, asked: _Asked) -> tuple[str, ...]:
    raw = asked.take("ordering") if resource.ordering else None
    if not raw:
        return ()
    by_wire = {resource.record.words[name].wire: name for name in resource.ordering}
    made = []
    for piece in raw.split(","):
        sign = "-" if piece.startswith("-") else ""
        name = by_wire.get(piece.removeprefix("-"))
        if name is None:
            asked.fault("ordering", "invalid_choice", f'"{piece}" is een ongeldige keuze.')
        else:
            made.append(sign + name)
    return tuple(made)


def _expand(resource: Resource, asked: _Asked) -> Tree:
    raw = asked.take("expand")
    if not raw:
        return ()
    tree: dict[str, Any] = {}
    for path in raw.split(","):
        steps = path.strip().split(".")
        if len(steps) > DEEPEST_EXPAND:
            asked.fault("expand", "max_depth", f"Hoogstens {DEEPEST_EXPAND} niveaus diep.")
            return ()
        if not _check_path(resource, steps, asked):
            return ()
        below = tree
        for step in steps:
            below = below.setdefault(step, {})
    return _frozen(tree)


def _check_path(resource: Resource, steps: list[str], asked: _Asked) -> bool:
    """Tell whether a path leads somewhere; what does not is a fault, or NotFound (zrc-028)."""
    at = resource
    for step in steps:
        word = at.relations.get(step)
        if word is None:
            reason = f"'{step}' kan hier niet worden uitgeklapt."
            if not resource.register.dialect.tokens:
                raise NotFound(reason)
            asked.fault("expand", "invalid_choice", reason)
            return False
        at = target_of(at, word)
    return True


def _frozen(tree: dict[str, Any]) -> Tree:
    return tuple((name, _frozen(below)) for name, below in sorted(tree.items()))


def neighbours(
    path: str, asked: Iterable[tuple[str, str]], query: Query, count: int
) -> tuple[str | None, str | None]:
    """Return the addresses of the next and the previous page of a list at `path`."""
    hidden = {chosen.name: str(value) for chosen, value in query.filters if chosen.purposeful}

    def address(page: int) -> str:
        rest = [
            (name, sealed(hidden[name]) if name in hidden else value)
            for name, value in asked
            if name != "page"
        ]
        if page > 1:
            rest.append(("page", str(page)))
        return f"{query.base}{path}" + (f"?{urlencode(rest)}" if rest else "")

    following = address(query.page + 1) if query.page * query.size < count else None
    previous = address(query.page - 1) if query.page > 1 else None
    return following, previous
