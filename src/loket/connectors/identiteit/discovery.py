"""What the provider says of itself: its addresses and its keys, kept for an hour."""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, import_key

from loket.connectors.identiteit.values import AanmeldenMislukt, Provider, Reason, is_safe

if TYPE_CHECKING:
    from joserfc.jwk import Key

_KEEP_SECONDS = 3600.0
_known: dict[str, tuple[float, Metadata]] = {}


@dataclass(frozen=True, slots=True)
class Metadata:
    """The provider's addresses, its keys, and how it wants to be spoken to."""

    authorization_endpoint: str
    token_endpoint: str
    end_session_endpoint: str | None
    token_auth_method: str
    names_itself: bool
    keys: KeySet


def discover(provider: Provider) -> Metadata:
    """Return what `provider` says of itself, at most an hour old."""
    known = _known.get(provider.issuer)
    if known is not None and time.monotonic() - known[0] < _KEEP_SECONDS:
        return known[1]
    return discover_again(provider)


def discover_again(provider: Provider) -> Metadata:
    """Ask `provider` anew, as after it changed its keys."""
    if provider.jwks_uri:
        keys = _keys(_fetch(provider, provider.jwks_uri))
        metadata = Metadata("", "", None, "", names_itself=False, keys=keys)
    else:
        metadata = _described(provider)
    _known[provider.issuer] = (time.monotonic(), metadata)
    return metadata


def _described(provider: Provider) -> Metadata:
    document = _fetch(provider, provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if document.get("issuer") != provider.issuer:
        raise AanmeldenMislukt(Reason.ISSUER, "The discovery document is of another issuer.")
    methods = document.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    return Metadata(
        authorization_endpoint=_address(document, "authorization_endpoint"),
        token_endpoint=_address(document, "token_endpoint"),
        end_session_endpoint=(
            _address(document, "end_session_endpoint")
            if "end_session_endpoint" in document
            else None
        ),
        token_auth_method=(
            "client_secret_basic" if "client_secret_basic" in methods else "client_secret_post"
        ),
        names_itself=document.get("authorization_response_iss_parameter_supported") is True,
        keys=_keys(_fetch(provider, _address(document, "jwks_uri"))),
    )


def forget() -> None:
    """Forget what every provider said of itself."""
    _known.clear()


def _fetch(provider: Provider, url: str) -> dict[str, Any]:
    try:
        reply = requests.get(url, timeout=provider.timeout, allow_redirects=False)
        document = reply.json()
    except requests.RequestException as error:
        raise AanmeldenMislukt(Reason.UNREACHABLE, f"{url}: {type(error).__name__}") from error
    if reply.status_code != HTTPStatus.OK or not isinstance(document, dict):
        raise AanmeldenMislukt(Reason.UNREACHABLE, f"{url} answered {reply.status_code}.")
    return document


def _address(document: dict[str, Any], name: str) -> str:
    url = document.get(name)
    if not isinstance(url, str) or not is_safe(url):
        raise AanmeldenMislukt(Reason.UNREACHABLE, f"The provider has no safe {name}.")
    return url


def _keys(document: dict[str, Any]) -> KeySet:
    """Read the signing keys; of a kind that we do not know are skipped (RFC 7517 §5)."""
    keys: list[Key] = []
    for raw in document.get("keys") or []:
        try:
            keys.append(import_key(raw))
        except (JoseError, ValueError, TypeError, KeyError):
            continue
    return KeySet(keys)
