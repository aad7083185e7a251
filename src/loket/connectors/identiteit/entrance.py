"""One entrance to the providers, whichever protocol they speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.connectors.identiteit import login as oidc
from loket.connectors.identiteit.saml import login as saml
from loket.connectors.identiteit.saml import logout
from loket.connectors.identiteit.saml.provider import SamlProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.connectors.identiteit.values import Begin, Identiteit, Provider


def begin(
    config: Provider | SamlProvider, redirect_uri: str, minimum_loa: str, *, anew: bool = False
) -> Begin:
    """Begin a log-in that comes back at `redirect_uri`, with at least `minimum_loa`.

    With `anew` whoever logs in must show again who he is.
    """
    if isinstance(config, SamlProvider):
        return saml.begin(config, redirect_uri, minimum_loa, anew=anew)
    return oidc.begin(config, redirect_uri, minimum_loa, anew=anew)


def finish(
    config: Provider | SamlProvider, begun: Begin, callback_params: Mapping[str, str]
) -> Identiteit:
    """Finish the log-in with the parameters that the browser brought back."""
    if isinstance(config, SamlProvider):
        return saml.finish(config, begun, callback_params)
    return oidc.finish(config, begun, callback_params)


def logout_url(
    config: Provider | SamlProvider,
    id_token: str | None,
    post_logout_redirect: str,
    leave: tuple[str, ...] = (),
) -> str | None:
    """Return where to end the session at the provider, or None if it has no such place."""
    if isinstance(config, SamlProvider):
        return logout.logout_url(config, leave)
    return oidc.logout_url(config, id_token, post_logout_redirect)
