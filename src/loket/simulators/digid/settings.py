"""How the provider is set up."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from joserfc.jwk import RSAKey

# from low to high, with the names that people know
EIDAS = {
    "http://eidas.europa.eu/LoA/low": "Midden",
    "http://eidas.europa.eu/LoA/substantial": "Substantieel",
    "http://eidas.europa.eu/LoA/high": "Hoog",
}
EHERKENNING = {
    f"urn:etoegang:core:assurance-class:{level}": name
    for level, name in (("loa2", "EH2"), ("loa2plus", "EH2+"), ("loa3", "EH3"), ("loa4", "EH4"))
}
_KEY_BITS = 2048


def _new_key() -> RSAKey:
    return RSAKey.generate_key(_KEY_BITS, {"use": "sig", "alg": "RS256"}, auto_kid=True)


def is_on_this_machine(url: str) -> bool:
    """Tell whether `url` is a page on this machine."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and (
        host in {"127.0.0.1", "localhost"} or host.endswith(".localhost")
    )


@dataclass(frozen=True)
class Client:
    """The one site that may ask who somebody is; the methods are those that Authlib asks for.

    Without addresses of its own it may be anywhere on this machine, and nowhere else.
    """

    id: str
    secret: str = field(repr=False)
    redirect_uris: tuple[str, ...] = ()
    logout_uris: tuple[str, ...] = ()

    def get_client_id(self) -> str:
        """Return the client's name."""
        return self.id

    def get_default_redirect_uri(self) -> None:
        """Demand that each request says where to return."""

    def get_allowed_scope(self, scope: str) -> str:
        """Return the scopes that we know."""
        return " ".join(name for name in scope.split() if name in {"openid", "profile"})

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Tell whether a log-in may return there."""
        return _allowed(redirect_uri, self.redirect_uris)

    def check_logout_uri(self, uri: str) -> bool:
        """Tell whether a log-out may return there."""
        return _allowed(uri, self.logout_uris)

    def check_client_secret(self, client_secret: str) -> bool:
        """Tell whether the secret is right."""
        return hmac.compare_digest(self.secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        """Tell whether the client may prove itself like this."""
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        """Tell whether the client may have this type of answer."""
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        """Tell whether the client may exchange this for tokens."""
        return grant_type == "authorization_code"


def _allowed(uri: str, registered: tuple[str, ...]) -> bool:
    return uri in registered if registered else is_on_this_machine(uri)


@dataclass(frozen=True)
class Settings:
    """The provider's own name, its clients, its key, and what it calls its claims.

    Who comes from the client `companies` logs in for a company, in the role of eHerkenning.
    """

    issuer: str
    client: Client
    bsn_claim: str = "bsn"
    levels: dict[str, str] = field(default_factory=lambda: dict(EIDAS))
    companies: Client | None = None
    token_seconds: int = 300
    key: RSAKey = field(default_factory=_new_key, repr=False)

    def __post_init__(self) -> None:
        """Refuse an issuer that is not a plain address."""
        parts = urlsplit(self.issuer)
        plain = f"{parts.scheme}://{parts.netloc}"
        if parts.scheme not in {"http", "https"} or not parts.hostname or plain != self.issuer:
            raise ValueError(
                f"The issuer {self.issuer!r} is not of the form http(s)://host[:port]."
            )

    def find(self, client_id: str | None) -> Client | None:
        """Return the client of a name, or None."""
        known = (self.client, self.companies)
        return next((each for each in known if each and each.id == client_id), None)

    def for_companies(self, client_id: str | None) -> bool:
        """Tell whether a client asks for companies."""
        return self.companies is not None and self.companies.id == client_id

    def levels_for(self, client_id: str | None) -> dict[str, str]:
        """Return the levels that a client can ask for, from low to high."""
        return EHERKENNING if self.for_companies(client_id) else self.levels

    @property
    def host(self) -> str:
        """Return the host name that the provider goes by."""
        return urlsplit(self.issuer).hostname or ""
