"""The keys with which the municipality at hand signs, and what others may know of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from joserfc.jwk import OKPKey

from loket.connectors.notificaties.signing import Signer
from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.ledger.database import atomic, one, rows
from loket.registers.beheer.ondertekensleutel import ondertekensleutels

_NEWEST: Final = """
SELECT kenmerk, openbaar, geheim FROM beheer_ondertekensleutel
ORDER BY gemaakt_op DESC, id DESC LIMIT 1
"""
_PUBLIC: Final = """
SELECT kenmerk, openbaar FROM beheer_ondertekensleutel ORDER BY gemaakt_op DESC, id DESC
"""
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtext('loket ondertekensleutel'))"
_FIRST: Final = "De eerste sleutel"


def ondertekenaar() -> Signer:
    """Return who signs for the municipality; its first key is made when it is needed."""
    return _signer(*(one(_NEWEST) or _first()))


def openbaar() -> dict[str, Any]:
    """Return the public keys as a JWKS (RFC 7517)."""
    return {"keys": [_jwk(kenmerk, public) for kenmerk, public in rows(_PUBLIC)]}


def _first() -> Any:
    with atomic():
        one(_ALONE)
        if (found := one(_NEWEST)) is None:
            call = Call(base=HOUSE, toelichting="er was er nog geen")
            ondertekensleutels.create(Actor.system("notificeren"), {"omschrijving": _FIRST}, call)
            found = one(_NEWEST)
    return found


@lru_cache(maxsize=64)
def _signer(kenmerk: str, public: str, secret: str) -> Signer:
    key: Any = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": public, "d": secret})
    return Signer(kenmerk, key.private_key)


def _jwk(kenmerk: str, public: str) -> dict[str, str]:
    shown = {"kty": "OKP", "crv": "Ed25519", "x": public}
    return {**shown, "kid": kenmerk, "use": "sig", "alg": "EdDSA"}
