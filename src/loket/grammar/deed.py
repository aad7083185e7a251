"""A deed: several doors opened in one transaction, as one command does.

What is written within a deed is told to the ledger at its end, in one statement, with the state
that it has then: one event for each record. Records that were made or held within the deed are at
hand for what follows, so that nothing is fetched or locked twice.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from loket.ledger.events import Entry

_current: ContextVar[Deed | None] = ContextVar("deed", default=None)


@dataclass
class Deed:
    """What was done so far within one command.

    `asked`: the rights were found fresh; `held`: records at hand by their key; `made`: those that
    are new; `entries`: what the ledger has to hear.
    """

    asked: bool = False
    held: dict[UUID, Any] = field(default_factory=dict)
    made: list[Any] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def note(self, entry: Entry) -> None:
        """Keep an entry for the ledger; a change of what is told already is in its state."""
        told = (each for each in self.entries if each.happening.key == entry.happening.key)
        if entry.happening.actie == "partial_update" and any(told):
            return
        self.entries.append(entry)

    def is_new(self, record: Any) -> bool:
        """Tell whether a record was made within this deed, so that nothing else refers to it."""
        return any(each is record for each in self.made)


def current() -> Deed | None:
    """Return the deed that is being done, or None."""
    return _current.get()


def new(record: Any) -> None:
    """Note that a record was made."""
    deed = _current.get()
    if deed is not None:
        deed.made.append(record)


def is_new(record: Any) -> bool:
    """Tell whether a record was made within the deed that is being done."""
    deed = _current.get()
    return deed is not None and deed.is_new(record)


def made(model: type[Any]) -> list[Any]:
    """Return the records of a model that were made within the deed that is being done."""
    deed = _current.get()
    return [each for each in deed.made if isinstance(each, model)] if deed else []


@contextmanager
def doing() -> Iterator[Deed]:
    """Let what the block writes be one deed."""
    deed = Deed()
    token = _current.set(deed)
    try:
        yield deed
    finally:
        _current.reset(token)
