"""Who a citizen is, as told by an OpenID Connect provider such as a broker for DigiD."""

from loket.connectors.identiteit.discovery import forget
from loket.connectors.identiteit.login import begin, finish, logout_url
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
    "begin",
    "finish",
    "forget",
    "logout_url",
]
