"""Moments as the pages of the simulators show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.kernel.clock import AMSTERDAM

if TYPE_CHECKING:
    from datetime import datetime

_MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def in_words(moment: datetime) -> str:
    """Return a moment as people in the Netherlands write it."""
    local = moment.astimezone(AMSTERDAM)
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} om {local:%H.%M} uur"
