"""From what a register tells to our own words; what cannot be understood is a ValueError.

Registers leave out what they do not know, so what is not there is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

Told = dict[str, Any]

LONGEST: Final = 500
"""Characters that are kept of what a register says of a fault."""


def named(told: Any) -> Told:
    """Return what has names; empty when it is not there."""
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise ValueError("There are no names.")  # noqa: TRY004 - one kind, to be caught as one
    return cast("Told", told)


def listed(told: Any) -> Sequence[Any]:
    """Return a list; empty when it is not there."""
    if told is None:
        return ()
    if not isinstance(told, list):
        raise ValueError("There is no list.")  # noqa: TRY004 - idem
    return cast("Sequence[Any]", told)


def text(told: Told, name: str) -> str:
    """Return a text; empty when it is not there."""
    value = told.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text.")  # noqa: TRY004 - idem
    return value.strip()


def number(told: Told, name: str) -> str:
    """Return a whole number in digits; empty when it is not there."""
    value = told.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(f"{name} is no number.")  # noqa: TRY004 - idem
    return str(value)


def faults(told: Any) -> str:
    """Return what is wrong, in the register's words; never the values that were asked for."""
    if not isinstance(told, dict):
        return ""
    try:
        return _told(named(told))[:LONGEST]
    except ValueError:
        return ""


def _told(told: Told) -> str:
    params = [
        f"{text(each, 'name')}: {text(each, 'code')}"
        for each in map(named, listed(told.get("invalidParams")))
    ]
    codes = [
        f"{text(each, 'code')} {text(each, 'omschrijving')}".strip()
        for each in map(named, listed(told.get("fout")))
    ]
    return "; ".join(params or codes) or text(told, "title")
