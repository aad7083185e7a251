"""Who a citizen or company is, as told by a provider over OpenID Connect or SAML."""

from loket.connectors.identiteit.discovery import forget
from loket.connectors.identiteit.entrance import begin, finish, logout_url
from loket.connectors.identiteit.saml.provider import SamlProvider
from loket.connectors.identiteit.values import (
    EIDAS_LEVELS,
    AanmeldenMislukt,
    Begin,
    Identiteit,
    Provider,
    Reason,
)

__all__ = [
    "EIDAS_LEVELS",
    "AanmeldenMislukt",
    "Begin",
    "Identiteit",
    "Provider",
    "Reason",
    "SamlProvider",
    "begin",
    "finish",
    "forget",
    "logout_url",
]
