"""How to move, who looks on, and what a run did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from loket.services.verhuizing.admission import CHANGED, Outcome
from loket.services.verhuizing.plan import named

if TYPE_CHECKING:
    from loket.grammar.resource import Resource


class Stopped(Exception):
    """The move stopped at the first record that was refused, as asked."""


class Listener(Protocol):
    """Who wants to see how far it is."""

    def at(self, what: str, number: int, total: int | None) -> None:
        """Hear how many of a kind of main record are dealt with, of how many."""


@dataclass(frozen=True)
class Options:
    """How to move. `recheck` looks again at everything, `update` also takes over what changed.

    `by` is the command that moves, as the events and the processing log name it.
    """

    recheck: bool = False
    update: bool = False
    strict: bool = False
    stop: bool = False
    threads: int = 4
    by: str = "loket zgw copy"

    @property
    def thorough(self) -> bool:
        """Whether what is here already is looked at again."""
        return self.recheck or self.update


@dataclass
class Tally:
    """What this run did, by resource: `made`, `updated`, `changed`, `refused`."""

    by_resource: dict[str, dict[str, int]] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def note(self, resource: Resource, outcome: Outcome) -> None:
        """Count an outcome."""
        counted = self.by_resource.setdefault(named(resource), {})
        counted[outcome.what] = counted.get(outcome.what, 0) + 1
        if outcome.what == CHANGED:
            self.changed.append(outcome.line.url)
