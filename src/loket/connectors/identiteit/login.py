"""Begin a log-in, finish it, and leave again (OpenID Connect, authorization code with PKCE)."""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Any

import requests
from authlib.common.urls import add_params_to_uri
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

from loket.connectors.identiteit.discovery import discover
from loket.connectors.identiteit.token import identify
from loket.connectors.identiteit.values import (
    AanmeldenMislukt,
    Begin,
    Identiteit,
    Provider,
    Reason,
)
from loket.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECRET_BYTES = 32
_LONGEST_DETAIL = 200


def begin(config: Provider, redirect_uri: str, minimum_loa: str, *, anew: bool = False) -> Begin:
    """Begin a log-in that comes back at `redirect_uri`, with at least `minimum_loa`.

    With `anew` the citizen must show again who he is, also where the provider still knows him.
    """
    if minimum_loa not in config.loa_order:
        raise ValueError(f"{minimum_loa!r} is not a level of this provider.")
    state, nonce, code_verifier = (secrets.token_urlsafe(_SECRET_BYTES) for _ in range(3))
    more = {"prompt": "login", "max_age": "0"} if anew else {}
    since = clock.now().isoformat() if anew else ""
    with _session(config, redirect_uri) as session:
        url, _ = session.create_authorization_url(
            discover(config).authorization_endpoint,
            state=state,
            nonce=nonce,
            code_verifier=code_verifier,
            acr_values=minimum_loa,
            **more,
        )
    return Begin(url, state, nonce, code_verifier, redirect_uri, minimum_loa, anew=since)


def finish(config: Provider, begun: Begin, callback_params: Mapping[str, str]) -> Identiteit:
    """Finish the log-in with the parameters that the browser brought back.

    Take `begun` out of the session before this call: it serves once.
    """
    _check_origin(config, begun, callback_params)
    if "error" in callback_params:
        raise _refusal(callback_params["error"], callback_params.get("error_description", ""))
    if not callback_params.get("code"):
        raise AanmeldenMislukt(Reason.CODE, "The provider gave no code.")
    return identify(config, begun, _exchange(config, begun, callback_params["code"]))


def logout_url(config: Provider, id_token: str | None, post_logout_redirect: str) -> str | None:
    """Return where to end the session at the provider, or None if it has no such place.

    The ID token holds the BSN and would end up in an address: leave it out unless the provider
    insists; the client id tells it as much.
    """
    endpoint = discover(config).end_session_endpoint
    if endpoint is None:
        return None
    params = {"client_id": config.client_id, "post_logout_redirect_uri": post_logout_redirect}
    if id_token is not None:
        params["id_token_hint"] = id_token
    url: str = add_params_to_uri(endpoint, params)
    return url


def _session(config: Provider, redirect_uri: str) -> Any:
    return OAuth2Session(
        client_id=config.client_id,
        client_secret=config.client_secret,
        token_endpoint_auth_method=discover(config).token_auth_method,
        scope=config.scope,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        default_timeout=config.timeout,
    )


def _check_origin(config: Provider, begun: Begin, params: Mapping[str, str]) -> None:
    """Check that this browser began this log-in, and at this provider (RFC 9207)."""
    if not hmac.compare_digest(params.get("state", "").encode(), begun.state.encode()):
        raise AanmeldenMislukt(Reason.STATE)
    issuer = params.get("iss")
    if issuer is None and not discover(config).names_itself:
        return
    if issuer != config.issuer:
        raise AanmeldenMislukt(Reason.ISSUER, "The answer names another provider, or none.")


def _exchange(config: Provider, begun: Begin, code: str) -> dict[str, Any]:
    """Exchange the code for tokens."""
    with _session(config, begun.redirect_uri) as session:
        try:
            answer: dict[str, Any] = session.fetch_token(
                discover(config).token_endpoint,
                grant_type="authorization_code",
                code=code,
                redirect_uri=begun.redirect_uri,
                code_verifier=begun.code_verifier,
                allow_redirects=False,
            )
        except OAuthError as error:
            raise _refusal(error.error, error.description or "") from error
        except (requests.RequestException, ValueError) as error:
            raise AanmeldenMislukt(Reason.UNREACHABLE, type(error).__name__) from error
    return answer


def _refusal(code: str, description: str) -> AanmeldenMislukt:
    """Tell apart the refusals that a citizen can do something about."""
    reasons = {"access_denied": Reason.CANCELLED, "invalid_grant": Reason.CODE}
    detail = " ".join(f"{code} {description}".split())[:_LONGEST_DETAIL]
    return AanmeldenMislukt(reasons.get(code, Reason.REFUSED), detail)
