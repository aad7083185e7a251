"""References by name: a type names others of its own catalogue, be it by their address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.links import key_in
from loket.grammar.relations import target_of
from loket.kernel.problems import Fault
from loket.ledger.database import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.grammar.links import Named
    from loket.grammar.writing import Change

_UNKNOWN = (
    "SELECT g.naam FROM unnest(%(namen)s::text[]) g(naam) WHERE NOT EXISTS "
    '(SELECT FROM "{table}" t WHERE t.catalogus_id = %(catalogus)s AND t."{by}" = g.naam)'
)
_ELSEWHERE = (
    ' UNION SELECT t."{by}" FROM "{table}" t WHERE t.id = ANY(%(sleutels)s) '
    "AND t.catalogus_id <> %(catalogus)s"
)


def known_names(*fields: str) -> Callable[[Any, Change], list[Fault]]:
    """Make a check that what `fields` name are types in the same catalogue (rule ztc-013)."""

    def check(record: Any, change: Change) -> list[Fault]:
        return [
            Fault("nonFieldErrors", "relations-incorrect-catalogus", reason)
            for name in fields
            if name in change.given
            for reason in _strangers(record, record.words[name], change)
        ]

    return check


def _strangers(record: Any, word: Named, change: Change) -> Iterator[str]:
    owner = record
    for step in word.shared.split(".")[:-1]:
        owner = getattr(owner, step)
    value = getattr(record, word.name)
    target = target_of(change.resource, word)
    sent = change.sent.get(word.wire)
    addresses = sent if isinstance(sent, list) else [sent]
    keys = [key for each in addresses if (key := key_in(each, target, change.call.base))]
    sql = (_UNKNOWN + (_ELSEWHERE if keys else "")).format(table=target.table, by=word.by)
    params = {
        "namen": [value] if isinstance(value, str) else value,
        "catalogus": owner.catalogus_id,
    }
    for (name,) in rows(sql, {**params, "sleutels": keys} if keys else params):
        yield f"{word.wire}: '{name}' hoort niet bij een type in deze catalogus."
