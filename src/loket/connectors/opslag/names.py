"""The names of files: letters, digits, `-` and `/`, so that none leads out of its folder."""

from __future__ import annotations

import re

_PART = r"[0-9a-z-]{1,200}"
_KEY = re.compile(rf"{_PART}(?:/{_PART}){{0,7}}")
_PREFIX = re.compile(rf"(?:{_PART}/){{0,7}}(?:{_PART})?")


def key(given: str) -> str:
    """Return a key as it was given; KeyError when it is none."""
    if not _KEY.fullmatch(given):
        raise KeyError(given)
    return given


def prefix(given: str) -> str:
    """Return the beginning of keys as it was given, or nothing; KeyError when it is none."""
    if not _PREFIX.fullmatch(given):
        raise KeyError(given)
    return given


def telling_prefix(given: str) -> str:
    """Return the beginning of keys; KeyError also when it would mean everything."""
    if not given:
        raise KeyError(given)
    return prefix(given)
