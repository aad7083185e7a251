"""What is asked of the list of deliveries: by whom it is heard, of what it tells, how it went."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.addresses import resolved
from loket.grammar.filters import NOWHERE, Filter, taken_by, text_filter
from loket.grammar.reading import Query
from loket.grammar.register import registers
from loket.grammar.times import Moment
from loket.grammar.words import Integer
from loket.kernel.problems import Fault, Invalid, InvalidValue, NotFound
from loket.ledger.models import Delivery
from loket.ledger.positions import since_sql, until_sql
from loket.registers.notificaties.register import NOTIFICATIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from uuid import UUID

ABONNEE: Final = "abonnee"
STAAT: Final = "staat"
"""A word of ours, written out in the statement, so that an index of that state alone is used."""

MOST: Final = 2**63 - 1
"""The highest position that the ledger can have."""

_POSITIE: Final = Integer("De positie in het grootboek.", min=0, max=MOST)


def _staat(raw: str, _: str) -> str:
    if raw not in Delivery.State.values:
        raise InvalidValue("invalid_choice", f'"{raw}" is een ongeldige keuze.')
    return raw


def _key(raw: str, base: str) -> UUID:
    """Return the key in an address; one of another house names nothing here."""
    if not raw.lower().startswith(("http://", "https://")):
        raise InvalidValue("bad-url", "Dit is geen geldige URL.")
    found = resolved(raw, base)
    return found[1] if found else NOWHERE


def _moment(raw: str, base: str) -> Any:
    return taken_by(Moment(""))(raw.replace(" ", "+"), base)


def _resource(raw: str, _: str) -> list[str]:
    """Return what the ledger calls that which a message calls by its record."""
    return [
        path
        for register in registers.values()
        for path, name in names_of(register.resources)
        if name == raw
    ]


def names_of(resources: Any) -> Iterator[tuple[str, str]]:
    """Yield resources as the ledger names them, with how a message does."""
    for each in resources:
        yield f"{each.register.name}/{each.name}", each.record.__name__.lower()


def _bounds(name: str, column: str, take: Callable[[str, str], Any], schema: Any) -> list[Filter]:
    signs = {"gte": (">=", "Vanaf"), "lte": ("<=", "Tot en met")}
    return [
        Filter(f"{name}__{how}", f"{column} {sign} {{value}}", take, schema, f"{text}.")
        for how, (sign, text) in signs.items()
    ]


_ALL: Final = [
    text_filter(ABONNEE, "d.subscriber = {value}"),
    Filter(STAAT, "d.state = {value}", _staat),
    *_bounds("positie", "d.position", taken_by(_POSITIE), _POSITIE.schema()),
    Filter("hoofdObject", "e.main_key = {value}", _key),
    Filter("resourceUrl", "e.key = {value}", _key),
    text_filter("register", "e.register = {value}"),
    Filter("resource", "e.register || '/' || e.resource = ANY({value})", _resource),
    *(
        replace(each, sql=f"{each.sql} AND {near}")
        for each, near in zip(
            _bounds("moment", "e.moment", _moment, Moment("").schema()),
            (
                f"d.position >= {since_sql('{value}')}",
                f"d.position < {until_sql('{value}')}",
            ),
            strict=True,
        )
    ),
]
FILTERS: Final = {each.name: each for each in _ALL}
PAGING: Final = ("page", "pageSize")


def of_event(query: Query) -> bool:
    """Tell whether something is asked of the events themselves."""
    return any(chosen.sql.startswith("e.") for chosen, _ in query.filters)


def of_one(query: Query) -> bool:
    """Tell whether something is asked of one subscriber."""
    return any(chosen.name == ABONNEE for chosen, _ in query.filters)


def query_of(asked: Mapping[str, list[str]], base: str, trace: str) -> Query:
    """Read what is asked; Invalid with every fault at once, NotFound for a page that is none."""
    faults: list[Fault] = []
    made: list[tuple[Filter, Any]] = []
    size = _whole(asked, "pageSize", NOTIFICATIES.dialect.page_size)
    if size is None:
        faults.append(Fault("pageSize", "invalid", "Hier hoort een geheel getal vanaf 1."))
    for name, chosen in FILTERS.items():
        if name not in asked:
            continue
        try:
            made.append((chosen, chosen.take(",".join(asked[name]), base)))
        except InvalidValue as problem:
            faults.append(Fault(name, problem.code, problem.reason))
    if faults:
        raise Invalid(faults)
    page = _whole(asked, "page", 1)
    if page is None:
        raise NotFound("Ongeldige pagina.")
    size = min(size or 1, NOTIFICATIES.dialect.largest_page)
    return Query(base, tuple(made), page=min(page, 2**31), size=size, trace=trace)


def _whole(asked: Mapping[str, list[str]], name: str, default: int) -> int | None:
    if name not in asked:
        return default
    raw = ",".join(asked[name])
    plain = raw.isascii() and raw.isdigit() and len(raw) <= 10
    return int(raw) if plain and int(raw) > 0 else None
