"""SAML 2.0 as DigiD and eHerkenning speak it: signed requests out, an artifact back."""

from loket.connectors.identiteit.saml.carried import (
    Carried,
    from_envelope,
    from_form,
    from_query,
)
from loket.connectors.identiteit.saml.keys import Keys
from loket.connectors.identiteit.saml.login import begin, finish
from loket.connectors.identiteit.saml.logout import (
    Reply,
    answered,
    asked,
    envelope,
    logout_url,
    reply,
)
from loket.connectors.identiteit.saml.metadata import describe
from loket.connectors.identiteit.saml.peer import Peer, read_peer
from loket.connectors.identiteit.saml.provider import SamlProvider

__all__ = [
    "Carried",
    "Keys",
    "Peer",
    "Reply",
    "SamlProvider",
    "answered",
    "asked",
    "begin",
    "describe",
    "envelope",
    "finish",
    "from_envelope",
    "from_form",
    "from_query",
    "logout_url",
    "read_peer",
    "reply",
]
