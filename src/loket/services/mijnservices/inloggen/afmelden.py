"""Log-outs that begin at the provider of a means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.connectors.identiteit import saml
from loket.ledger.database import atomic
from loket.services.mijnservices.inloggen import sessies

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml import Carried, SamlProvider
    from loket.services.mijnservices.inloggen.middelen import Middel


def beeindig(middel: Middel, provider: SamlProvider, carried: Carried, here: str) -> set[str]:
    """End the sessions that a request names, which came in at the address `here`.

    Return the keys of those sessions; AanmeldenMislukt when the request cannot be honoured.
    """
    with atomic():
        leaving = saml.asked(provider, carried, here)
        return sessies.beeindig_bij(middel.naam, leaving.name, leaving.indexes)
