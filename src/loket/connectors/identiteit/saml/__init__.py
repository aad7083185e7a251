"""SAML 2.0 as DigiD and eHerkenning speak it: signed requests out, an artifact back."""

from loket.connectors.identiteit.saml.keys import Keys
from loket.connectors.identiteit.saml.login import begin, finish, logout_url
from loket.connectors.identiteit.saml.metadata import describe
from loket.connectors.identiteit.saml.peer import Peer, read_peer
from loket.connectors.identiteit.saml.provider import SamlProvider

__all__ = [
    "Keys",
    "Peer",
    "SamlProvider",
    "begin",
    "describe",
    "finish",
    "logout_url",
    "read_peer",
]
