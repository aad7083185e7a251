"""A rule is a question about a record; its docstring is the answer to the client."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.kernel.problems import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.grammar.writing import Change


@dataclass(frozen=True)
class Rule:
    """A check with the standard's code and the name of the field that is at fault."""

    code: str
    on: str
    verbs: frozenset[str]
    holds: Callable[..., bool]
    takes_change: bool
    reason: str

    def faults(self, record: Any, change: Change) -> list[Fault]:
        """Return the fault when the rule does not hold."""
        holds = self.holds(record, change) if self.takes_change else self.holds(record)
        return [] if holds else [Fault(self.on, self.code, self.reason)]


def rule(
    code: str, on: str = "nonFieldErrors", verbs: tuple[str, ...] = ("create", "update")
) -> Callable[[Callable[..., bool]], Rule]:
    """Make a rule of a function on a record (and, if it asks, on the change).

    `code` comes from the standard; `on` is the field on the wire; `verbs` says when it is asked:
    create, update (PUT and PATCH), destroy.
    """

    def made(holds: Callable[..., bool]) -> Rule:
        takes_change = len(inspect.signature(holds).parameters) > 1
        reason = inspect.cleandoc(holds.__doc__ or "").splitlines()[0]
        return Rule(code, on, frozenset(verbs), holds, takes_change, reason)

    return made
