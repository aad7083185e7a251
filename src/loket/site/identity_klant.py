"""Identity at the door for citizens and companies: an access token of their own, in their own app.

A token is checked whole once, and remembered by its digest until it ends: the BSN in it is used,
and that use logged, once for a token and not once for a request.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings

from loket.connectors.identiteit import EIDAS_LEVELS, AanmeldenMislukt, Provider
from loket.connectors.identiteit.toegangstoken import toegang
from loket.connectors.identiteit.token import claim
from loket.kernel import tenant
from loket.kernel.actor import Actor, Grant
from loket.kernel.clock import now
from loket.kernel.problems import NotAuthenticated
from loket.registers.beheer.federatie import sleutels_van
from loket.registers.beheer.inloggen import Ingesteld
from loket.registers.beheer.inlogmiddel import Middelsoort
from loket.services.mijnservices.inloggen.middelen import Middel, middelen
from loket.services.mijnservices.mijn.register import BIJWERKEN, LEZEN, MIJNSERVICES, WIJZIGEN

if TYPE_CHECKING:
    from collections.abc import Mapping

log = logging.getLogger(__name__)

MOST = 10_000
"""How many tokens one process remembers."""


RECENT = timedelta(minutes=15)
"""How long after he showed who he is somebody may change how he is reached."""


@dataclass(frozen=True)
class _Known:
    actor: Actor
    scopes: frozenset[str]
    until: float
    authenticated: datetime | None

    def entered(self, moment: datetime) -> Actor:
        """Return who it is, with what he lets this app do, and nothing beyond MijnServices."""
        scopes = frozenset(each for each in self.scopes if each in _OFFERED)
        recent = self.authenticated is not None and moment - self.authenticated <= RECENT
        if recent and scopes & set(BIJWERKEN):
            scopes |= set(WIJZIGEN)
        return replace(self.actor, grants=(Grant(MIJNSERVICES.component, scopes),))


_OFFERED = {*LEZEN, *BIJWERKEN}


_known: dict[tuple[str, str], _Known] = {}


def is_klant(claims: Mapping[str, Any]) -> bool:
    """Tell whether a token is a provider's: a client of ours calls itself by no address."""
    return "://" in str(claims.get("iss", ""))


def identify(token: str, claims: dict[str, Any], base: str) -> Actor:
    """Return the citizen or company that a token is of; NotAuthenticated when it does not hold."""
    key = (tenant.current().name, sha256(token.encode()).hexdigest())
    found = _known.get(key)
    moment = now()
    if found is None or found.until < moment.timestamp():
        found = _checked(token, claims, base)
        if len(_known) >= MOST:
            _known.clear()
        _known[key] = found
    return found.entered(moment)


def forget() -> None:
    """Forget what was remembered of every token."""
    _known.clear()


def _checked(token: str, claims: dict[str, Any], base: str) -> _Known:
    middel, provider = _of(claims)
    audience = settings.MIJN_AUDIENCE or f"{base}{MIJNSERVICES.root}"
    try:
        found = toegang(provider, token, audience, middel.minimum)
    except AanmeldenMislukt as failure:
        log.warning("A token of a citizen or company was refused: %s", failure)
        raise NotAuthenticated(f"Het token klopt niet: {failure.reason}.") from None
    return _Known(middel.actor(found.wie), found.scopes, found.until, found.wie.authenticated)


def _of(claims: dict[str, Any]) -> tuple[Middel, Provider]:
    """Return the means of logging in that a token came by: that of its provider and its kind."""
    for middel in middelen():
        if middel.saml or middel.instelling.issuer != claims.get("iss"):
            continue
        provider = middel.provider("")
        if isinstance(provider, Provider) and _is_company(provider, claims) == provider.company:
            return middel, provider
    return _of_organisation(claims)


def _of_organisation(claims: dict[str, Any]) -> tuple[Middel, Provider]:
    """Return how somebody comes whom another organisation logged in, to see what is his here."""
    issuer = str(claims.get("iss", ""))
    keys = sleutels_van(issuer)
    if not keys:
        raise NotAuthenticated("Dit token is van een aanbieder die de gemeente niet kent.")
    provider = Provider(issuer, "", "", jwks_uri=keys)
    company = _is_company(provider, claims)
    soort = Middelsoort.EHERKENNING if company else Middelsoort.DIGID
    told = Ingesteld(issuer, soort.value, "oidc", niveaus=EIDAS_LEVELS, issuer=issuer)
    return Middel(soort, issuer, told), replace(provider, company=company)


def _is_company(provider: Provider, claims: dict[str, Any]) -> bool:
    return claim(claims, provider.kvk_claim) is not None
