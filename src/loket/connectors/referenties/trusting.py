"""Which addresses are trusted, and where on the network they may stand."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

INTERN = "intern:"
"""Before a base: its name may lead to the municipality's own network."""

_PORTS = {"http": 80, "https": 443}
_STEPS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")


class BaseError(ValueError):
    """A base that is no address."""


@dataclass(frozen=True)
class Base:
    """The beginning of the addresses of one source."""

    scheme: str
    host: str
    port: int
    path: str
    inside: bool = False

    def holds(self, parts: SplitResult) -> bool:
        """Tell whether an address lies under this base."""
        return _stands_at(parts) == (self.scheme, self.host, self.port) and (
            parts.path == self.path or parts.path.startswith(f"{self.path}/")
        )


def based(text: str) -> Base:
    """Read a base, such as `https://selectielijst.openzaak.nl/api/v1`; BaseError."""
    address = text.strip()
    inside = address.startswith(INTERN)
    parts = understood(address.removeprefix(INTERN))
    if parts is None or parts.query:
        raise BaseError(f"Dit is geen adres van een bron: {text}")
    scheme, host, port = _stands_at(parts)
    return Base(scheme, host, port, parts.path.rstrip("/"), inside)


def plainly_inside(text: str) -> str:
    """Mark a base that is a network address, or this machine, as standing inside.

    For what the keeper of the house wrote down: who writes an address of the inside means it.
    """
    parts = understood(text.strip())
    host = parts.hostname if parts is not None else None
    return f"{INTERN}{text.strip()}" if host and (_is_number(host) or host == "localhost") else text


def understood(url: str) -> SplitResult | None:
    """Return the parts of an address that says plainly where it leads, else None.

    Names and passwords, steps up and signs that clients read differently have no place in it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or port == 0:
        return None
    if "@" in parts.netloc or re.search(r"[\\\s\x00-\x1f]", url) or parts.fragment:
        return None
    path = parts.path.lower().replace("%2e", ".").replace("%2f", "/")
    return None if _STEPS.search(path) or "%5c" in path else parts


def under(bases: Iterable[Base], url: str) -> Base | None:
    """Return the base that an address lies under, or None when it is not trusted."""
    parts = understood(url)
    if parts is None:
        return None
    return next((base for base in bases if base.holds(parts)), None)


def reachable(base: Base) -> list[str]:
    """Return the network addresses of a base, without those that its name may not lead to.

    OSError when the name is not known. A name of the public internet that leads into our own
    network is a trick, unless the base was marked as standing there.
    """
    found = socket.getaddrinfo(base.host, base.port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(each[4][0]) for each in found))
    return [number for number in numbers if base.inside or ip_address(number).is_global]


def _stands_at(parts: SplitResult) -> tuple[str, str, int]:
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS[parts.scheme]


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
