"""Filters that several resources share: along a relation to a partij and its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.filters import Along, Filter, Otherwise, taken_by
from loket.grammar.sealing import opened
from loket.grammar.shapes import Bsn
from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn

if TYPE_CHECKING:
    from collections.abc import Mapping

REFERENCE = ("objectId", "codeObjecttype", "codeRegister", "codeSoortObjectId")
_PARTS = ("codeObjecttype", "codeRegister", "codeSoortObjectId", "objectId")
_APART = "{row}.partij_identificator_nummer = {value}"
_EITHER = f"({{row}}.partij_identificator->>'objectId' = %(bsn)s OR {_APART})"
_BSN = Bsn("Het BSN.", optional=True)


def reference(name: str, path: str) -> tuple[Along, Along]:
    """Return the filters on the key and the address of what `path` leads to."""
    return Along(f"{name}__uuid", f"{path}.uuid"), Along(f"{name}__url", f"{path}.url")


def identified(name: str, path: str) -> tuple[Along, ...]:
    """Return the filters on a generic reference, the group at the end of `path`."""
    return tuple(
        Along(f"{name}{part[0].upper()}{part[1:]}", f"{path}->{part}") for part in REFERENCE
    )


def numbers(name: str, path: str) -> tuple[Along, ...]:
    """Return the filters on the number of a partij at the end of `path`."""
    return _numbers(f"{path}.", {part: f"{name}__{part}" for part in _PARTS})


def own_number(name: str) -> tuple[Along, ...]:
    """Return the filters on the number that stands in the record itself."""
    return _numbers("", {part: f"{name}{part[0].upper()}{part[1:]}" for part in _PARTS})


def _numbers(path: str, names: Mapping[str, str]) -> tuple[Along, ...]:
    """Make the filters on the parts of a number, which all hold of one and the same number.

    What is said to be a BSN is looked up apart, for a purpose, and logged. Where nothing is said
    of a number that can be a BSN, and the client has a purpose, both are searched.
    """
    kind, value = names["codeSoortObjectId"], names["objectId"]

    def is_bsn(asked: Mapping[str, str], purpose: str | None) -> bool:
        del purpose
        return asked.get(kind) == "bsn"

    def may_be_bsn(asked: Mapping[str, str], purpose: str | None) -> bool:
        return purpose is not None and kind not in asked and _passes(asked.get(value, ""))

    otherwise = (
        Otherwise(is_bsn, Filter(value, _APART, taken_by(_BSN), purposeful=True)),
        Otherwise(may_be_bsn, Filter(value, _EITHER, taken_by(_BSN), purposeful=True)),
    )
    return tuple(
        Along(
            name,
            f"{path}partij_identificator->{part}",
            otherwise=otherwise if part == "objectId" else (),
        )
        for part, name in names.items()
    )


def _passes(raw: str) -> bool:
    try:
        return bool(bsn(opened(raw)))
    except InvalidValue:
        return False
