"""How we know a SAML provider, and what it may tell us."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loket.connectors.identiteit.values import at_least

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from loket.connectors.identiteit.saml.keys import Keys
    from loket.connectors.identiteit.saml.peer import Peer

_CLASSES: Final = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
DIGID_LEVELS: Final = (
    f"{_CLASSES}PasswordProtectedTransport",
    f"{_CLASSES}MobileTwoFactorContract",
    f"{_CLASSES}Smartcard",
    f"{_CLASSES}SmartcardPKI",
)
EHERKENNING_LEVELS: Final = tuple(
    f"urn:etoegang:core:assurance-class:{level}" for level in ("loa2", "loa2plus", "loa3", "loa4")
)


@dataclass(frozen=True)
class SamlProvider:
    """A SAML provider.

    `once` remembers a mark until a moment and tells whether it is new; all workers must share its
    memory. `levels` run from low to high; `company` tells whom it logs in. `service` is the index
    of the AttributeConsumingService, by which eHerkenning knows the service.
    """

    entity_id: str
    peer: Peer
    keys: Keys
    levels: tuple[str, ...]
    once: Callable[[str, datetime], bool] = field(repr=False)
    company: bool = False
    service: str = ""
    next_keys: Keys | None = None
    timeout: float = 10.0

    def at_least(self, loa: str, minimum: str) -> bool:
        """Tell whether `loa` is known and not lower than `minimum`."""
        return at_least(self.levels, loa, minimum)
