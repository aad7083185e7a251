"""Corrections: who may expressly force it, may widen what is published, and remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar.record import written
from loket.kernel.actor import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.grammar.writing import Change

FORCED: Final = "catalogi.geforceerd-schrijven"
FORCED_REMOVAL: Final = "catalogi.geforceerd-verwijderen"


def forces(change: Change, scope: str) -> bool:
    """Tell whether the actor forces a write: an application only by a scope of its own.

    To have all rights is not to ask for this one: what thousands of zaken rest on is not changed
    by whoever may happen to do everything.
    """
    actor = change.actor
    if actor.kind is Kind.APPLICATION:
        return bool(actor.granted(change.resource.register.component, (scope,)))
    return change.may(scope)


def widens(before: Any, after: Any, but: Iterable[str] = ()) -> bool:
    """Tell whether a change only adds: to a list, or where nothing was filled in."""
    return all(
        _adds(getattr(before, name), getattr(after, name))
        for word in written(type(after))
        if word.name not in but
        for name in word.columns(None)
    )


def _adds(old: Any, new: Any) -> bool:
    if old == new or old in (None, "", [], {}):
        return True
    if isinstance(old, list) and isinstance(new, list):
        return all(each in new for each in old)
    if isinstance(old, dict) and isinstance(new, dict):
        return all(_adds(value, new.get(name)) for name, value in old.items())
    return False
