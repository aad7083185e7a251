"""What stands outside the house: addresses of others that a tenant trusts, and what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from loket.grammar.files import Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable


UNREADABLE: Final[dict[str, Any]] = {}
"""What is at an address where something is, but not JSON of a reasonable size."""


class Outside(Protocol):
    """The world as one tenant may see it."""

    def trusts(self, url: str) -> bool:
        """Tell whether an address lies under a source that the tenant chose."""

    def get(self, url: str) -> Any:
        """Return the JSON at a trusted address, or None when nothing is there; Unavailable.

        What was found is remembered for a while, so that a rule inside a transaction finds what
        was fetched before it began.
        """


class _Nobody:
    """Trusts no address: how a house stands that nobody connected."""

    def trusts(self, url: str) -> bool:
        del url
        return False

    def get(self, url: str) -> Any:
        del url


class _Port:
    outside: ClassVar[Callable[[], Outside]] = _Nobody


def bind(outside: Callable[[], Outside]) -> None:
    """Say who looks outside, on behalf of the current tenant."""
    _Port.outside = outside


def outside() -> Outside:
    """Return the world as the current tenant may see it."""
    return _Port.outside()


__all__ = ["UNREADABLE", "Outside", "Unavailable", "bind", "outside"]
