"""The municipality on whose behalf this code runs: a value in a context variable."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


@dataclass(frozen=True)
class Tenant:
    """A municipality: a short `name`, a `title` for people, its `hosts` and its own database."""

    name: str
    title: str
    hosts: tuple[str, ...]
    database: str

    @property
    def alias(self) -> str:
        """The name of its database connection."""
        return f"tenant_{self.name}"


_current: ContextVar[Tenant] = ContextVar("tenant")


def current() -> Tenant:
    """Return the tenant of this context; a LookupError means that nobody chose one."""
    return _current.get()


def chosen() -> Tenant | None:
    """Return the tenant of this context, or None outside any."""
    return _current.get(None)


@contextmanager
def entered(tenant: Tenant) -> Generator[Tenant]:
    """Run the block on behalf of `tenant`."""
    token = _current.set(tenant)
    try:
        yield tenant
    finally:
        _current.reset(token)
