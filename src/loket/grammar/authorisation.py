"""Rights as a WHERE clause: one for list, detail, expand, search and export alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

from loket.grammar.facets import condition
from loket.grammar.links import resource_of
from loket.grammar.register import registers
from loket.kernel.actor import Kind
from loket.kernel.problems import Forbidden
from loket.ledger.database import one

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

Mode = Literal["alles", "gereed", "beperkt", "burger", "bedrijf"]
"""Sees everything; everything that is ready for publication; what rights reach; what is his."""

STAND: Final = "(SELECT stand FROM grammar_stand)"
"""SQL for the version of the rights."""

OWN: Final = ("burger", "bedrijf")
"""The modes of those who see what is their own, and nothing else."""


def mode_of(actor: Actor) -> Mode:
    """Return which of the clauses holds for an actor."""
    if actor.kind is Kind.BURGER:
        return "burger"
    if actor.kind is Kind.BEDRIJF:
        return "bedrijf"
    if actor.everything:
        return "gereed" if actor.only_ready else "alles"
    return "beperkt"


def visible_sql(resource: Resource, row: str, mode: Mode) -> str:
    """Return the condition under which a row of a resource may be seen."""
    regime = f"{row}.regime = ANY(%(regimes)s){_ready(resource, row, mode)}"
    regime += condition(resource, row)
    if mode == "alles" or (mode == "gereed" and not (resource.parent and withholds(resource))):
        return regime
    if mode in OWN:
        return f"{regime}{_owned(resource, row, mode)}"
    if resource.parent:
        return f"{regime} AND {_through_parent(resource, row, mode)}"
    if resource.authorised_by:
        return f"{regime} AND {_typed(resource, row)}"
    return f"{regime} AND %(mag_{resource.register.component})s"


def _owned(resource: Resource, row: str, mode: Mode) -> str:
    """Return the condition that a record is one's own: by itself, or by what it belongs to."""
    found = owned_sql(resource, mode)
    own = f" AND {found.replace('{row}', row)}" if found else ""
    if resource.parent:
        return f" AND {_through_parent(resource, row, mode)}{own}"
    opened = _opened(resource, row, mode)
    if opened:
        return f"{own} AND {opened}"
    return own or ("" if resource.public else " AND false")


def owned_sql(resource: Resource, mode: Mode) -> str:
    """Return what a resource says of being one's own; what a company sees is never guessed."""
    if mode == "burger":
        return resource.owned
    if resource.owned_by_company or "%(burger)s" not in resource.owned:
        return resource.owned_by_company or resource.owned
    return "false"


def _opened(resource: Resource, row: str, mode: Mode) -> str:
    """Return the condition that something of one's own leads to a record.

    The ids are gathered once for a statement: nobody has many of them.
    """
    label = resource.record._meta.label
    ids = [
        f'SELECT o.id FROM "{opener.table}" {row}_d CROSS JOIN LATERAL '
        f"({opener.opens[label].replace('{row}', f'{row}_d')}) o(id) "
        f"WHERE {visible_sql(opener, f'{row}_d', mode)}"
        for opener in _openers(label)
    ]
    return f"{row}.id = ANY(ARRAY({' UNION ALL '.join(ids)}))" if ids else ""


def _openers(label: str) -> list[Resource]:
    return [
        resource
        for register in registers.values()
        for resource in register.resources
        if label in resource.opens
    ]


def withholds(resource: Resource) -> bool:
    """Tell whether a record, or what it belongs to, may have to be ready before it is seen."""
    if resource.withheld or not resource.parent:
        return bool(resource.withheld)
    return withholds(parent_of(resource))


def _ready(resource: Resource, row: str, mode: Mode) -> str:
    if not resource.withheld or mode in ("alles", *OWN):
        return ""
    withheld = resource.withheld.replace("{row}", row)
    if mode == "gereed":
        return f" AND NOT ({withheld})"
    return f" AND NOT (%(alleen_gereed)s AND ({withheld}))"


def parent_of(resource: Resource) -> Resource:
    """Return the resource of what a record belongs to."""
    model: Any = resource.record._meta.get_field(resource.parent).related_model
    return resource_of(model)


def _through_parent(resource: Resource, row: str, mode: Mode) -> str:
    word: Any = resource.record.words[resource.parent]
    parent = parent_of(resource)
    inner = visible_sql(parent, f"{row}_o", mode)
    found = (
        f'EXISTS (SELECT FROM "{parent.table}" {row}_o '
        f"WHERE {row}_o.id = {word.column(row)} AND {inner})"
    )
    if not word.nullable or mode in OWN:
        return found
    alone = f"%(mag_{resource.register.component})s" if mode == "beperkt" else "true"
    return f"({found} OR ({word.column(row)} IS NULL AND {alone}))"


def _typed(resource: Resource, row: str) -> str:
    """Return the condition that a grant reaches the type and level of a row.

    IS TRUE keeps PostgreSQL from joining: it hashes what the grants reach once, and looks each row
    up in that.
    """
    kind, reached = type_of(resource, row), reach_sql(resource)
    if not resource.level:
        return f"({kind} IN (SELECT g.t FROM {reached})) IS TRUE"
    word: Any = resource.record.words[resource.level]
    levels = ", ".join(f"({rank})" for rank in range(len(word.of)))
    return (
        f'(({kind}, {row}."{resource.level}"::integer) IN (SELECT g.t, s.l FROM {reached} '
        f"JOIN (VALUES {levels}) s(l) ON s.l <= g.l)) IS TRUE"
    )


def type_of(resource: Resource, row: str) -> str:
    """Return the column with the type by which a row is authorised."""
    return f'{row}."{resource.authorised_by}_id"'


def reach_sql(resource: Resource) -> str:
    """Return the table of the types that an actor may read, each up to a level."""
    component = resource.register.component
    return f"unnest(%(typen_{component})s::uuid[], %(niveaus_{component})s::smallint[]) g(t, l)"


def parameters(actor: Actor, registers: Iterable[Any]) -> dict[str, Any]:
    """Return the parameters that the conditions name, for reading."""
    made: dict[str, Any] = {
        "regimes": [regime.value for regime in actor.regimes],
        "burger": actor.number,
        "kvk": actor.kvk,
        "vestiging": actor.vestiging,
        "urn": actor.urn,
    }
    if actor.everything:
        return made
    made["alleen_gereed"] = actor.only_ready
    for register in registers:
        component = register.component
        scopes = register.scopes["list"]
        made[f"mag_{component}"] = actor.allows(scopes)
        reach = _reach(actor, component, scopes)
        made[f"typen_{component}"] = list(reach)
        made[f"niveaus_{component}"] = list(reach.values())
    return made


def _reach(actor: Actor, component: str, scopes: tuple[str, ...]) -> dict[UUID, int]:
    """Return the highest level of each type that an actor has one of `scopes` for."""
    found: dict[UUID, int] = {}
    for grant in actor.granted(component, scopes):
        if grant.type is not None:
            found[grant.type] = max(grant.level, found.get(grant.type, 0))
    return found


def demand_scope(actor: Actor, scopes: tuple[str, ...], component: str | None = None) -> None:
    """Refuse the actor that has none of `scopes` for any type."""
    if not actor.allows(scopes, component):
        wanted = " of ".join(scopes)
        raise Forbidden(f"Voor deze actie is het recht {wanted} nodig.")


def demand_type(resource: Resource, record: Any, actor: Actor, scopes: tuple[str, ...]) -> None:
    """Refuse the actor whose rights do not reach the type, level and regime of a record."""
    main, main_record = resource.main(record)
    if main_record.regime not in actor.regimes or _is_withheld(main, main_record, actor):
        raise Forbidden
    if actor.everything or not main.authorised_by:
        return
    kind = getattr(main_record, f"{main.authorised_by}_id")
    level = getattr(main_record, main.level) if main.level else 0
    for grant in actor.granted(main.register.component, scopes):
        if grant.type == kind and level <= grant.level:
            return
    raise Forbidden


def _is_withheld(main: Resource, record: Any, actor: Actor) -> bool:
    """Tell whether a record is not ready for an actor who sees only what is; a new one is his."""
    if not (actor.only_ready and main.withheld):
        return False
    row = one(
        f'SELECT {main.withheld.replace("{row}", "t")} FROM "{main.table}" t WHERE t.id = %s',
        (record.pk,),
    )
    return bool(row and row[0])
