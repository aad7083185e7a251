"""The means by which one logs in: those that the municipality set, or else those of the house."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from loket.connectors.identiteit import EIDAS_LEVELS, Provider, SamlProvider
from loket.connectors.identiteit.saml import Keys, read_peer
from loket.connectors.identiteit.saml.provider import DIGID_LEVELS, EHERKENNING_LEVELS
from loket.kernel import tenant
from loket.registers.beheer.inloggen import Ingesteld, ingesteld
from loket.registers.beheer.inlogmiddel import Inlogprotocol, Middelsoort
from loket.services.mijnservices import bedrijf, burger
from loket.services.mijnservices.inloggen.geheugen import once

if TYPE_CHECKING:
    from loket.connectors.identiteit import Identiteit
    from loket.kernel.actor import Actor

_LEVELS: Final = {
    (Middelsoort.DIGID, Inlogprotocol.SAML): DIGID_LEVELS,
    (Middelsoort.DIGID_MACHTIGEN, Inlogprotocol.SAML): DIGID_LEVELS,
    (Middelsoort.EHERKENNING, Inlogprotocol.SAML): EHERKENNING_LEVELS,
    (Middelsoort.EIDAS, Inlogprotocol.SAML): EHERKENNING_LEVELS,
    (Middelsoort.EHERKENNING, Inlogprotocol.OIDC): EHERKENNING_LEVELS,
}
"""The levels of assurance, from low to high; brokers that speak OIDC mostly use those of eIDAS."""

_LOWEST: Final = {
    DIGID_LEVELS: DIGID_LEVELS[1],
    EHERKENNING_LEVELS: EHERKENNING_LEVELS[2],
    EIDAS_LEVELS: EIDAS_LEVELS[1],
}
"""With which level one may log in where the municipality set none: DigiD Midden, loa3."""


@dataclass(frozen=True)
class Middel:
    """A means of logging in."""

    soort: Middelsoort
    titel: str
    instelling: Ingesteld

    @property
    def naam(self) -> str:
        """The name in its address."""
        return self.instelling.naam

    @property
    def voor_bedrijven(self) -> bool:
        """Whether companies log in with it."""
        return self.soort is Middelsoort.EHERKENNING

    @property
    def saml(self) -> bool:
        """Whether it speaks SAML."""
        return self.instelling.protocol == Inlogprotocol.SAML.value

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels of assurance, from low to high."""
        kind = (self.soort, Inlogprotocol(self.instelling.protocol))
        return self.instelling.niveaus or _LEVELS.get(kind, EIDAS_LEVELS)

    @property
    def minimum(self) -> str:
        """The level with which one may log in at least."""
        return self.instelling.niveau or _LOWEST.get(self.levels, self.levels[0])

    def provider(self, entity_id: str) -> Provider | SamlProvider:
        """Return how to speak to it; a ValueError tells what was set wrong.

        `entity_id` is our name over there, where the municipality set no other.
        """
        return self._saml(entity_id) if self.saml else self._oidc()

    def keys(self) -> tuple[Keys, Keys | None]:
        """Return our certificate at this provider, and the next one around a change.

        Each stands in the folder of this municipality, so it can name none of another.
        """
        folder = Path(settings.CERTIFICATE_DIR) / tenant.current().name
        name = self.instelling.certificaat
        ca, following = folder / f"{name}.ca.pem", folder / f"{name}.next.pem"
        try:
            return (
                Keys.read(folder / f"{name}.pem", ca if ca.exists() else None),
                Keys.read(following) if following.exists() else None,
            )
        except OSError as error:
            raise ValueError(f"Het certificaat {name} is niet te lezen.") from error

    def actor(self, who: Identiteit) -> Actor:
        """Return as whom somebody acts who logged in with it."""
        return bedrijf.from_login(who) if self.voor_bedrijven else burger.from_login(who)

    def _saml(self, entity_id: str) -> SamlProvider:
        keys, following = self.keys()
        return SamlProvider(
            self.instelling.entity_id or entity_id,
            read_peer(self.instelling.metadata),
            keys,
            self.levels,
            once,
            company=self.voor_bedrijven,
            service=self.instelling.dienst_index,
            next_keys=following,
        )

    def _oidc(self) -> Provider:
        told = self.instelling
        return Provider(
            told.issuer,
            told.client_id,
            told.geheim,
            bsn_claim=_path(told.claim_bsn or "bsn"),
            loa_claim=_path(told.claim_niveau or "acr"),
            loa_order=self.levels,
            naam_claim=_path(told.claim_naam or "name"),
            scope=told.scope or "openid profile",
            company=self.voor_bedrijven,
            kvk_claim=_path(told.claim_kvk or "kvk"),
            vestiging_claim=_path(told.claim_vestiging or "vestiging"),
            acting_claim=_path(told.claim_handelende),
        )


def middelen() -> list[Middel]:
    """Return the means by which one can log in here, in the order of the page."""
    return [
        Middel(Middelsoort(each.soort), each.titel or str(Middelsoort(each.soort).label), each)
        for each in ingesteld() or _of_the_house()
    ]


def middel(naam: str) -> Middel | None:
    """Return the means with a name, or None."""
    return next((each for each in middelen() if each.naam == naam), None)


def _of_the_house() -> list[Ingesteld]:
    """Return what the environment sets, for municipalities that set nothing themselves."""
    oidc = Inlogprotocol.OIDC.value
    made = [
        Ingesteld(
            "digid", Middelsoort.DIGID.value, oidc, niveau=settings.OIDC_LOA,
            issuer=settings.OIDC_ISSUER, client_id=settings.OIDC_CLIENT_ID,
            geheim=settings.OIDC_CLIENT_SECRET,
        )
    ]  # fmt: skip
    if settings.OIDC_BEDRIJF_CLIENT_ID:
        made.append(
            Ingesteld(
                "eherkenning", Middelsoort.EHERKENNING.value, oidc,
                niveau=settings.OIDC_BEDRIJF_LOA, issuer=settings.OIDC_ISSUER,
                client_id=settings.OIDC_BEDRIJF_CLIENT_ID, geheim=settings.OIDC_CLIENT_SECRET,
            )
        )  # fmt: skip
    return made


def _path(claim: str) -> str | tuple[str, ...]:
    names = tuple(claim.split())
    return names if len(names) > 1 else claim
