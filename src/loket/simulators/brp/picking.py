"""From all that is known of a person to what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from loket.simulators.brp.shapes import AUTOMATIC

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]

_LOOKED = "inOnderzoek"
_SINCE = "datumIngang"


def pick(told: Json, paths: Iterable[str]) -> Json:
    """Return the asked part of a person, with what is always told."""
    found = _picked(told, _tree(paths))
    return found | {name: told[name] for name in AUTOMATIC if name in told}


def _tree(paths: Iterable[str]) -> Json:
    """Return the paths as a tree; an empty branch is all that grows there."""
    tree: Json = {}
    for path in sorted(paths):  # what is shorter comes first, and holds what is longer
        at, steps = tree, path.split(".")
        for place, step in enumerate(steps):
            if step in at and not at[step]:
                break
            at = at.setdefault(step, {})
            if place == len(steps) - 1:
                at.clear()
    return tree


def _picked(told: Json, tree: Json) -> Json:
    found = {name: _part(told[name], sub) for name, sub in tree.items() if name in told}
    found = {name: value for name, value in found.items() if value not in ({}, [])}
    if found and isinstance(told.get("type"), str):
        found["type"] = told["type"]
    looked: Json = told.get(_LOOKED, {})
    of_these = {name: True for name in looked if name in tree}
    if of_these:
        since = {name: value for name, value in looked.items() if name.startswith(_SINCE)}
        found[_LOOKED] = of_these | since
    return found


def _part(value: Any, sub: Json) -> Any:
    if not sub:
        return value
    if isinstance(value, list):
        parts = (_picked(each, sub) for each in cast("list[Json]", value))
        return [part for part in parts if part]
    told = cast("Json", value)
    return told if "langFormaat" in told else _picked(told, sub)  # a date is told whole
