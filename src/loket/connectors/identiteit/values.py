"""The settings of a provider, a log-in under way, its outcome and its failures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from datetime import datetime

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
    KVK = "kvk"
    """There is no KvK-nummer, or the number of the vestiging is none."""
    REPLAYED = "replayed"
    """The answer, or its artifact, was used before."""
    STALE = "stale"
    """The citizen had to log in anew, and the provider let him in on an earlier log-in."""
    ENCRYPTION = "encryption"
    """What was encrypted cannot be opened with our keys."""


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


def at_least(levels: tuple[str, ...], loa: str, minimum: str) -> bool:
    """Tell whether `loa` is one of `levels` (from low to high) and not lower than `minimum`."""
    return minimum in levels and loa in levels[levels.index(minimum) :]


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider and what its claims are called.

    A claim is a name, or a path of names into nested claims; without a name it is not read.
    `loa_order` runs from low to high. `jwks_uri` is where its keys are, when it only gives tokens
    and says no more of itself. `company` tells whom it logs in. `acting_claim` names who acts for
    the person or company that the others name.
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
    jwks_uri: str = ""
    company: bool = False
    kvk_claim: str | tuple[str, ...] = "kvk"
    vestiging_claim: str | tuple[str, ...] = "vestiging"
    acting_claim: str | tuple[str, ...] = ""

    def __post_init__(self) -> None:
        """Refuse an issuer that anybody on the way could speak for."""
        if not is_safe(self.issuer):
            raise ValueError(f"The issuer {self.issuer!r} is not an https address.")

    def at_least(self, loa: str, minimum: str) -> bool:
        """Tell whether `loa` is known and not lower than `minimum`."""
        return at_least(self.loa_order, loa, minimum)


@dataclass(frozen=True, slots=True)
class Begin:
    """A log-in under way: send the browser to `url`, keep the rest in its session, use it once.

    All fields are strings, so that a session stores `asdict(begun)` and restores `Begin(**stored)`.
    Where `form` holds something, it is posted there as `SAMLRequest`. `anew` is the moment since
    which the citizen must have shown who he is; empty if an earlier time will do.
    """

    url: str = field(repr=False)
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    code_verifier: str = field(repr=False)
    redirect_uri: str
    minimum_loa: str
    form: str = field(default="", repr=False)
    anew: str = ""


@dataclass(frozen=True, slots=True)
class Identiteit:
    """Who logged in, and how sure the provider is. `id_token` holds the BSN too.

    A citizen has a `bsn`, a company a `kvk` and perhaps a `vestiging`. `acting` is who logged in
    for him or it: a BSN for a citizen, for a company the pseudonym by which the provider knows an
    employee. `leave` is what the provider wants to hear when the session ends; no BSN is in it.
    `subject` and `session_index` are what the provider calls him and this session.
    `authenticated` is when that person showed who he is, where the provider says so.
    """

    bsn: str = field(repr=False)
    loa: str
    naam: str | None = field(repr=False)
    subject: str = field(repr=False)
    id_token: str = field(repr=False)
    kvk: str = ""
    vestiging: str = ""
    acting: str = field(default="", repr=False)
    leave: tuple[str, ...] = field(default=(), repr=False)
    authenticated: datetime | None = None
    session_index: str = field(default="", repr=False)
