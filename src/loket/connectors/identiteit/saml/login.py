"""Begin a log-in and finish it (SAML 2.0, web browser SSO by artifact)."""

from __future__ import annotations

import base64
import hmac
import secrets
from typing import TYPE_CHECKING

from loket.connectors.identiteit.saml.artifact import resolve
from loket.connectors.identiteit.saml.assertion import believed
from loket.connectors.identiteit.saml.attributes import identiteit
from loket.connectors.identiteit.saml.markup import sign
from loket.connectors.identiteit.saml.messages import authn_request, new_id, redirected
from loket.connectors.identiteit.saml.peer import REDIRECT
from loket.connectors.identiteit.values import AanmeldenMislukt, Begin, Identiteit, Reason
from loket.kernel import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.connectors.identiteit.saml.provider import SamlProvider


def begin(
    provider: SamlProvider, redirect_uri: str, minimum_loa: str, *, anew: bool = False
) -> Begin:
    """Begin a log-in that comes back at `redirect_uri`, with at least `minimum_loa`.

    Of what we keep, `state` is the RelayState and `nonce` the id of the request.
    """
    if minimum_loa not in provider.levels:
        raise ValueError(f"{minimum_loa!r} is not a level of this provider.")
    state, request_id = secrets.token_urlsafe(32), new_id()
    since = clock.now().isoformat() if anew else ""
    message = authn_request(provider, request_id, redirect_uri, minimum_loa, anew=anew)
    url, form = provider.peer.sso, ""
    if provider.peer.binding == REDIRECT:
        url = redirected(url, message, state, provider.keys)
    else:
        form = base64.b64encode(sign(message, provider.keys).encode()).decode()
    return Begin(url, state, request_id, "", redirect_uri, minimum_loa, form, since)


def finish(provider: SamlProvider, begun: Begin, params: Mapping[str, str]) -> Identiteit:
    """Finish the log-in with the parameters that the browser brought back; `begun` serves once."""
    if not hmac.compare_digest(params.get("RelayState", "").encode(), begun.state.encode()):
        raise AanmeldenMislukt(Reason.STATE)
    response = resolve(provider, params.get("SAMLart", ""))
    assertion, loa = believed(provider, begun, response)
    return identiteit(provider, assertion, loa)
