"""Where a register is, and as whom we come there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from loket.kernel.addresses import is_private

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Login:
    """A token that is had for a client id and a secret (OAuth 2.0 client credentials)."""

    url: str
    client_id: str
    secret: str = field(repr=False)
    scope: str = ""
    """At the BRP: the OIN of the municipality."""
    more: tuple[tuple[str, str], ...] = ()
    """What the provider wants besides, such as `resourceServer`."""

    def __post_init__(self) -> None:
        """Refuse an address where anybody on the way could read the secret."""
        if not is_private(self.url):
            raise ValueError(f"The address {self.url!r} of the tokens is not an https address.")


@dataclass(frozen=True, slots=True)
class Access:
    """Where a register is, and what lets us in."""

    root: str
    key: str = field(default="", repr=False)
    key_header: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    """What the provider wants for its own log, such as `x-doelbinding`."""
    login: Login | None = None
    certificate: Path | None = None
    """Our certificate with its private key, in PEM, where the other end wants to see one."""
    trusted: Path | None = None
    """Certificates in PEM that are trusted besides the world's, such as those of PKIoverheid."""
    timeout: float = 3.0
    """Seconds within which all of it must be done, since somebody waits for a page."""

    def __post_init__(self) -> None:
        """Refuse an address that anybody on the way could listen to."""
        if not is_private(self.root):
            raise ValueError(f"The address {self.root!r} of the register is not an https address.")
