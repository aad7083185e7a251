"""A record that goes from one status to another only along the ways that a table has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.kernel.problems import Conflict

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.db.models import TextChoices

    from loket.grammar.change import Change
    from loket.kernel.problems import Fault


def only_along(
    naar: Mapping[str, tuple[str, ...]], name: str, of: type[TextChoices], what: str
) -> Callable[[Any, Change], Sequence[Fault]]:
    """Make the check that word `name`, one of `of`, moves as `naar` has it.

    Another move is a Conflict, which calls the record `what` and says how it stands.
    """

    def mag_die_kant_op(record: Any, change: Change) -> Sequence[Fault]:
        if change.before is None:
            return ()
        now, then = (of(getattr(each, name)) for each in (change.before, record))
        if now == then or then in naar[now]:
            return ()
        said = f"{what} is {now.label.lower()} en kan niet {then.label.lower()} worden."
        raise Conflict(said)

    return mag_die_kant_op


__all__ = ["only_along"]
