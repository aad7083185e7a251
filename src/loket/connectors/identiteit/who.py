"""Numbers as a provider gives them: checked before anybody believes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from loket.connectors.identiteit.values import AanmeldenMislukt, Begin, Reason
from loket.kernel.problems import InvalidValue
from loket.kernel.values import bsn, digits

SKEW: Final = timedelta(seconds=30)
"""How much the clocks of two parties may differ."""


def checked_bsn(value: Any) -> str:
    """Return a BSN, or refuse what is none."""
    if not isinstance(value, str):
        raise AanmeldenMislukt(Reason.BSN, "The answer holds no BSN.")
    try:
        return bsn(value)
    except InvalidValue as error:
        # not "from error": its traceback would carry the number into a log
        raise AanmeldenMislukt(Reason.BSN, error.code) from None


def checked_kvk(value: Any) -> str:
    """Return a KvK-nummer, or refuse what is none."""
    return _checked(value, 8, "A KvK-nummer")


def checked_vestiging(value: Any) -> str:
    """Return the number of a vestiging, empty when the company is not restricted to one."""
    return _checked(value, 12, "A vestigingsnummer") if value else ""


def check_anew(begun: Begin, authenticated: datetime | None) -> None:
    """Refuse an earlier log-in where a new one was asked for."""
    if begun.anew and (
        authenticated is None or authenticated < datetime.fromisoformat(begun.anew) - SKEW
    ):
        raise AanmeldenMislukt(Reason.STALE, "The provider did not ask anew.")


def _checked(value: Any, length: int, name: str) -> str:
    try:
        return digits(value if isinstance(value, str) else "", length, name)
    except InvalidValue:
        raise AanmeldenMislukt(Reason.KVK, f"{name} is missing or wrong.") from None
