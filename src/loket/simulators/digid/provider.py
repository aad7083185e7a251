"""The provider itself: Authlib's server with codes that serve once and PKCE for everybody."""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode

from loket.simulators.digid.settings import EHERKENNING

if TYPE_CHECKING:
    from flask import Flask

    from loket.simulators.digid.companies import Bedrijf
    from loket.simulators.digid.persons import Persoon
    from loket.simulators.digid.settings import Client, Settings

_CODE_SECONDS = 60


@dataclass(frozen=True)
class LoggedIn:
    """Somebody who logged in just now, and how surely."""

    persoon: Persoon | Bedrijf
    acr: str


@dataclass(frozen=True)
class Code:
    """A code as handed out; the methods are those that Authlib asks for."""

    client_id: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str
    code_challenge_method: str
    who: LoggedIn
    issued: float

    def get_redirect_uri(self) -> str:
        """Return where the log-in returned to."""
        return self.redirect_uri

    def get_scope(self) -> str:
        """Return what was asked."""
        return self.scope

    def get_nonce(self) -> str | None:
        """Return the client's mark on this log-in."""
        return self.nonce

    def get_auth_time(self) -> int:
        """Return when somebody logged in."""
        return int(self.issued)

    def get_acr(self) -> str:
        """Return how surely."""
        return self.who.acr

    def get_amr(self) -> None:
        """Say nothing of the means."""


class Codes:
    """The codes under way; each can be taken once, within a minute."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._codes: dict[str, Code] = {}

    def put(self, name: str, code: Code) -> None:
        """Keep a code, and forget those that nobody came for."""
        with self._lock:
            fresh = time.time() - _CODE_SECONDS
            self._codes = {key: kept for key, kept in self._codes.items() if kept.issued > fresh}
            self._codes[name] = code

    def take(self, name: str, client_id: str) -> Code | None:
        """Return the code, for the first and only time."""
        with self._lock:
            code = self._codes.pop(name, None)
        if code is None or code.client_id != client_id:
            return None
        return code if time.time() - code.issued <= _CODE_SECONDS else None


class _Pkce(CodeChallenge):  # type: ignore[misc] # Authlib has no types
    """PKCE with S256, also for a client with a secret."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        """Demand a challenge, and one that does not give the verifier away."""
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class _Grant(AuthorizationCodeGrant):  # type: ignore[misc] # Authlib has no types
    """Ties codes to log-ins."""

    codes: Codes

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Keep what the code stands for."""
        asked = request.payload.data
        self.codes.put(
            code,
            Code(
                client_id=request.client.get_client_id(),
                redirect_uri=asked["redirect_uri"],
                scope=request.scope,
                nonce=asked.get("nonce"),
                code_challenge=asked["code_challenge"],
                code_challenge_method=asked["code_challenge_method"],
                who=request.user,
                issued=time.time(),
            ),
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        """Return what the code stands for; it is used up, whatever happens next."""
        return self.codes.take(code, client.get_client_id())

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Do nothing: the code was used up when it was looked at."""

    def authenticate_user(self, authorization_code: Code) -> LoggedIn:
        """Return who logged in."""
        return authorization_code.who


class _IdToken(OpenIDCode):  # type: ignore[misc] # Authlib has no types
    """Writes the ID token."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(require_nonce=True)
        self._settings = settings

    def exists_nonce(self, _nonce: str, _request: Any) -> bool:
        """Leave it to the client to guard its nonces."""
        return False

    def resolve_client_private_key(self, _client: Client) -> Any:
        """Return the key to sign with."""
        return self._settings.key

    def get_encode_header(self, _client: Client) -> dict[str, str]:
        """Name the key."""
        return {"alg": "RS256", "kid": str(self._settings.key.kid)}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        """Return the claims that hold for any log-in."""
        return {
            "iss": self._settings.issuer,
            "aud": client.get_client_id(),
            "exp": int(time.time()) + self._settings.token_seconds,
        }

    def generate_user_info(self, user: LoggedIn, scope: str) -> dict[str, str]:
        """Return the claims about who logged in."""
        claims = user.persoon.claims(self._settings.bsn_claim)
        return claims | ({"name": user.persoon.naam} if "profile" in scope.split() else {})


def make_server(app: Flask, settings: Settings) -> Any:
    """Make the provider for its clients."""

    def query_client(client_id: str) -> Client | None:
        return settings.find(client_id)

    def keep_no_token(_token: dict[str, Any], _request: Any) -> None:
        """There is nothing that an access token gives access to."""

    server = AuthorizationServer(app, query_client, keep_no_token)
    grant = type("Grant", (_Grant,), {"codes": Codes()})
    server.register_grant(grant, [_IdToken(settings), _Pkce()])
    return server


def discovery(settings: Settings) -> dict[str, Any]:
    """Return what the provider says of itself (OpenID Connect Discovery)."""
    issuer = settings.issuer
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/jwks",
        "end_session_endpoint": f"{issuer}/end-session",
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["public"],
        "scopes_supported": ["openid", "profile"],
        "claims_supported": ["sub", "name", "acr", settings.bsn_claim, "kvk", "vestiging"],
        "acr_values_supported": [
            *settings.levels,
            *(EHERKENNING if settings.companies else ()),
        ],
        "id_token_signing_alg_values_supported": ["RS256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": True,
    }
