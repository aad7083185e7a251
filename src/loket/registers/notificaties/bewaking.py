"""No BSN goes over the bus: what others tell is searched for one before it is taken."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from loket.kernel.problems import Fault, InvalidValue
from loket.kernel.values import bsn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CODE: Final = "bsn"
REASON: Final = "Dit lijkt een burgerservicenummer; dat mag niet in een notificatie staan."

_NINE: Final = re.compile(r"(?<![0-9])[0-9]{9}(?![0-9])")
_OF_ORGANISATION: Final = re.compile(r"(?:rsin|organisatie)$", re.IGNORECASE)
"""Fields that hold the RSIN of an organisation, which passes the same test."""


def bsn_faults(told: Mapping[str, Any]) -> Sequence[Fault]:
    """Return a fault for each place, also deep inside, where a BSN seems to stand."""
    return [Fault(path, CODE, REASON) for path in _places(told, "")]


def _places(told: Any, path: str) -> Iterator[str]:
    if isinstance(told, dict):
        for name, value in told.items():
            inner = f"{path}.{name}" if path else str(name)
            if _holds_one(str(name)):
                yield inner
            elif not _is_rsin(str(name), value):
                yield from _places(value, inner)
    elif isinstance(told, list):
        for nr, value in enumerate(told):
            yield from _places(value, f"{path}.{nr}")
    elif isinstance(told, str | int | float) and _holds_one(str(told)):
        yield path


def _is_rsin(name: str, value: Any) -> bool:
    """Tell whether a value is nothing but the number of an organisation, by its name."""
    return bool(_OF_ORGANISATION.search(name)) and bool(_NINE.fullmatch(str(value)))


def _holds_one(text: str) -> bool:
    return any(_is_bsn(match[0]) for match in _NINE.finditer(text))


def _is_bsn(digits: str) -> bool:
    try:
        bsn(digits)
    except InvalidValue:
        return False
    return True
