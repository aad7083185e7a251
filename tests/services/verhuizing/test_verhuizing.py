"""Moving from one municipality's house into another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.services.verhuizing.report import report

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.services.verhuizing.moving import Move


def test_everything_arrives(moved: Callable[..., Move]) -> None:
    made = report(moved())
    for row in made.lines():
        print(row)
    print(made.whole()["opmerkingen"], made.niet_overgenomen_velden)
    assert made.goed
