"""Identity numbers and other values with a check of their own."""

from __future__ import annotations

import os
import re
import time
from typing import Final
from uuid import UUID

from loket.kernel.problems import InvalidValue

_DIGITS: Final = re.compile(r"[0-9]+")


def elfproef(digits: str) -> bool:
    """Tell whether nine digits pass the eleven test of BSN and RSIN.

    The weights run 9, 8, … 2 and −1 for the last digit; the sum must divide by 11.
    """
    weighted = sum(
        weight * int(digit)
        for weight, digit in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True)
    )
    return weighted % 11 == 0


def digits(raw: str, length: int, name: str) -> str:
    """Return a number of so many digits or raise InvalidValue."""
    if len(raw) != length:
        raise InvalidValue("invalid-length", f"{name} moet {length} tekens lang zijn.")
    if not _DIGITS.fullmatch(raw):
        raise InvalidValue("only-digits", f"{name} mag alleen uit cijfers bestaan.")
    return raw


def _nine_digits(raw: str, name: str) -> str:
    if not elfproef(digits(raw, 9, name)):
        raise InvalidValue("invalid", f"Onjuist {name} nummer.")
    return raw


def rsin(raw: str) -> str:
    """Return the RSIN (nine digits, eleven test) or raise InvalidValue.

    Nine zeros pass the test; the field uses them for an organisation that does not matter.
    """
    return _nine_digits(raw, "RSIN")


def bsn(raw: str) -> str:
    """Return the burgerservicenummer (nine digits, eleven test) or raise InvalidValue."""
    if raw == "000000000":
        raise InvalidValue("invalid", "Onjuist BSN nummer.")
    return _nine_digits(raw, "BSN")


def uuid7() -> UUID:
    """Make a time-ordered UUID, version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then chance."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    value = milliseconds << 80 | chance
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    value = value & ~(0xC000 << 48) | 0x8000 << 48
    return UUID(int=value)
