"""Records that keep their versions: the row is the newest, a sibling table holds the others."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import models

from loket.grammar.storing import columns_of, values_of
from loket.ledger.database import one

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loket.grammar.resource import Resource
    from loket.grammar.writing import Change


def history_of(record: Any, name: str, shared: Sequence[str] = ()) -> Any:
    """Make the table for the versions of a record that are no longer the newest.

    It has the same columns, but for those that all versions share, such as a lock. The record
    has a number of its version in `versie`, and its moment in `begin_registratie`.
    """

    class Meta:
        app_label = record._meta.app_label
        db_table = f"{record._meta.db_table}_versie"
        verbose_name = f"versie van {record._meta.verbose_name}"
        constraints = (
            models.UniqueConstraint(fields=["document", "versie"], name=f"{name.lower()}_eenmaal"),
        )

    columns: dict[str, Any] = {
        "nr": models.BigAutoField(primary_key=True),
        "document": models.ForeignKey(
            record, on_delete=models.CASCADE, db_column="id", related_name="+"
        ),
    }
    for each in record._meta.concrete_fields:
        if not each.primary_key and each.name not in shared:
            columns[each.name] = _copied(each)
    spoken = lambda self: f"{self.document_id} versie {self.versie}"  # noqa: E731 - a method in a dict
    body = {"__module__": record.__module__, "__str__": spoken, "Meta": Meta, **columns}
    made: Any = type(name, (models.Model,), body)
    made.shared = tuple(shared)
    return made


def _copied(original: Any) -> Any:
    if isinstance(original, models.ForeignKey):
        return models.ForeignKey(
            original.remote_field.model,
            on_delete=models.PROTECT,
            related_name="+",
            null=original.null,
            db_index=False,
        )
    return original.clone()


def keeper_of(history: Any) -> Callable[[Any, Change], None]:
    """Make the reaction that keeps what a record was before it got a new version."""

    def keep_version(record: Any, change: Change) -> None:
        before: Any = change.before
        if before is None or before.versie == record.versie:
            return
        names = [
            name for name, _, _ in columns_of(before.__class__) if name not in _left_out(history)
        ]
        values = values_of(before)
        quoted = ", ".join(f'"{name}"' for name in names)
        places = ", ".join(f"%({name})s" for name in names)
        one(
            f'INSERT INTO "{history._meta.db_table}" ({quoted}) VALUES ({places})',
            {name: values[name] for name in names},
        )

    return keep_version


def _left_out(history: Any) -> tuple[str, ...]:
    shared: tuple[str, ...] = history.shared
    return shared


@lru_cache(maxsize=64)
def version_source(resource: Resource) -> str:
    """Return a FROM for the version that `%(versie)s` and `%(moment)s` ask of `%(key)s`."""
    history: Any = resource.history
    names = [name for name, _, _ in columns_of(resource.record)]
    current = ", ".join(f'c."{name}"' for name in names)
    older = ", ".join(f'{"c" if name in history.shared else "h"}."{name}"' for name in names)
    return (
        f'(SELECT v.* FROM (SELECT {current} FROM "{resource.table}" c WHERE c.id = %(key)s '
        f'UNION ALL SELECT {older} FROM "{history._meta.db_table}" h '
        f'JOIN "{resource.table}" c ON c.id = h.id WHERE h.id = %(key)s) v '
        "WHERE (%(versie)s::bigint IS NULL OR v.versie = %(versie)s::bigint) "
        "AND (%(moment)s::timestamptz IS NULL OR v.begin_registratie <= %(moment)s::timestamptz) "
        "ORDER BY v.versie DESC LIMIT 1)"
    )
