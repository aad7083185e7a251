"""The settings of a provider, a log-in under way, its outcome and its failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

EIDAS_LEVELS = (
    "http://eidas.europa.eu/LoA/low",
    "http://eidas.europa.eu/LoA/substantial",
    "http://eidas.europa.eu/LoA/high",
)


class Reason(StrEnum):
    """Why nobody was logged in."""

    CANCELLED = "cancelled"
    """The citizen turned back at the provider."""
    REFUSED = "refused"
    """The provider refused, with an error of its own."""
    UNREACHABLE = "unreachable"
    """The provider is down, too slow, or answers with something that is not OpenID Connect."""
    STATE = "state"
    """The answer does not belong to the log-in that this browser began."""
    CODE = "code"
    """The code was used before, has expired, or was not meant for us."""
    TOKEN = "token"  # noqa: S105 - the name of a reason
    """There is no ID token in the answer, or it lacks what it must hold."""
    SIGNATURE = "signature"
    """The ID token is not signed, or not by the provider."""
    ISSUER = "issuer"
    """The answer or the token comes from another provider."""
    AUDIENCE = "audience"
    """The token is meant for another client."""
    NONCE = "nonce"
    """The token belongs to another log-in."""
    EXPIRED = "expired"
    """The token is no longer valid, or not yet."""
    ASSURANCE = "assurance"
    """The level of assurance is lower than asked, or unknown."""
    BSN = "bsn"
    """There is no burgerservicenummer, or it does not pass the eleven test."""


class AanmeldenMislukt(Exception):
    """The log-in failed; `detail` is for the log and holds no personal details."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


def on_this_machine(host: str | None) -> bool:
    """Tell whether `host` is the loopback, the one place where plain http is safe."""
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return host == "localhost" or (host or "").endswith(".localhost")


def is_safe(url: str) -> bool:
    """Tell whether `url` is https, or http that does not leave this machine."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and on_this_machine(parts.hostname))
    )


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider and what its claims are called.

    A claim is a name, or a path of names into nested claims. `loa_order` runs from low to high.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    bsn_claim: str | tuple[str, ...] = "bsn"
    loa_claim: str | tuple[str, ...] = "acr"
    loa_order: tuple[str, ...] = EIDAS_LEVELS
    naam_claim: str | tuple[str, ...] = "name"
    scope: str = "openid profile"
    timeout: float = 5.0

    def __post_init__(self) -> None:
        """Refuse an issuer that anybody on the way could speak for."""
        if not is_safe(self.issuer):
            raise ValueError(f"The issuer {self.issuer!r} is not an https address.")

    def at_least(self, loa: str, minimum: str) -> bool:
        """Tell whether `loa` is known and not lower than `minimum`."""
        levels = self.loa_order
        return minimum in levels and loa in levels[levels.index(minimum) :]


@dataclass(frozen=True, slots=True)
class Begin:
    """A log-in under way: send the browser to `url`, keep the rest in its session, use it once.

    All fields are strings, so that a session stores `asdict(begun)` and restores `Begin(**stored)`.
    """

    url: str = field(repr=False)
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)
    redirect_uri: str
    minimum_loa: str


@dataclass(frozen=True, slots=True)
class Identiteit:
    """Who logged in, and how sure the provider is. `id_token` holds the BSN too."""

    bsn: str = field(repr=False)
    loa: str
    naam: str | None = field(repr=False)
    subject: str = field(repr=False)
    id_token: str = field(repr=False)
