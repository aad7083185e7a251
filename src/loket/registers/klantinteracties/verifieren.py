"""Verifying an address by a code that is sent to it.

The code itself stands nowhere: it follows from the key of the record and a secret of the house, so
that who sends it and who checks it come to the same.
"""

from __future__ import annotations

import hmac
import re
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.conf import settings

from loket.grammar import codec
from loket.grammar.change import Change, demand_fresh
from loket.grammar.reading import Query
from loket.grammar.resource import Command
from loket.grammar.writing import adjust, follow
from loket.kernel.clock import now, today
from loket.kernel.problems import Conflict, Fault, Invalid, NotFound
from loket.ledger.database import fetch, whole
from loket.registers.klantinteracties.adresverificatie import adresverificaties
from loket.registers.klantinteracties.digitaaladres import DigitaalAdres, digitaleadressen
from loket.registers.klantinteracties.register import BIJWERKEN, KLANTINTERACTIES
from loket.registers.klantinteracties.samenvoegopdrachten import checked
from loket.registers.klantinteracties.waarden import SoortDigitaalAdres

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

VALID = timedelta(minutes=30)
MOST_TRIES, MOST_CODES = 5, 3
"""How often one code may be guessed, and how many codes an address gets in an hour."""

_VAST = re.compile(r"(?:0(?!0)|\+31|0031)(?!6[1-58])")
"""How a Dutch number begins that is not mobile; 06 is, with what ACM gave out below it."""

_MISMATCH = "Deze code klopt niet."


def code_of(key: UUID) -> str:
    """Return the six digits that belong to a verification."""
    made = hmac.new(settings.SECRET_KEY.encode(), b"adres" + key.bytes, sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 1_000_000:06d}"


def kan_een_code_krijgen(soort: str, adres: str) -> bool:
    """Tell whether a code can be sent: by mail, or as a text message to a mobile number.

    Of numbers elsewhere nobody can see whether they are mobile, so these may be.
    """
    if soort == str(SoortDigitaalAdres.TELEFOONNUMMER):
        return _VAST.match(adres) is None
    return soort == str(SoortDigitaalAdres.EMAIL)


def verifieer(actor: Actor, call: Call) -> Any:
    """Ask for a code to be sent to an address."""
    with whole():
        demand_fresh(actor)
        adres = _held(call)
        if not kan_een_code_krijgen(adres.soort_digitaal_adres, adres.adres):
            raise Conflict("Een code sturen kan alleen naar een e-mailadres of mobiel nummer.")
        recent = adres.verificaties.filter(verzonden_op__gt=now() - timedelta(hours=1))
        if recent.count() >= MOST_CODES:
            raise Conflict(f"Er zijn in een uur al {MOST_CODES} codes gestuurd; wacht even.")
        change = Change(digitaleadressen, actor, "create", call, adres)
        made = follow(
            adresverificaties, change, digitaal_adres=adres, verzonden_op=now(),
            geldig_tot=now() + VALID, pogingen=0,
        )  # fmt: skip
    return codec.decode(adresverificaties.get(actor, made.pk, Query(call.base, trace=call.trace)))


def bevestig(actor: Actor, call: Call) -> Any:
    """Take a code; the address is verified when it is the one that was sent last."""
    given = checked(call.body).get("code")
    with whole():
        demand_fresh(actor)
        adres = _held(call)
        sent = adres.verificaties.order_by("-verzonden_op").first()
        if sent is None or sent.bevestigd_op or sent.geldig_tot < now():
            raise Conflict("Er is geen code die nog geldt; vraag een nieuwe.")
        if sent.pogingen >= MOST_TRIES:
            raise Conflict("Er is te vaak een verkeerde code ingevuld; vraag een nieuwe.")
        change = Change(adresverificaties, actor, "partial_update", call, sent)
        right = isinstance(given, str) and hmac.compare_digest(
            given.strip().encode(), code_of(sent.pk).encode()
        )
        adjust(
            adresverificaties, sent, change, pogingen=sent.pogingen + 1,
            bevestigd_op=now() if right else None,
        )  # fmt: skip
        if right:
            adjust(digitaleadressen, adres, change, verificatie_datum=today())
    if not right:
        raise Invalid([Fault("code", "invalid", _MISMATCH)])
    return codec.decode(digitaleadressen.get(actor, adres.pk, Query(call.base, trace=call.trace)))


def _held(call: Call) -> Any:
    found: Any = fetch(DigitaalAdres, call.key, lock=True) if call.key else None
    if found is None:
        raise NotFound
    return found


Command(
    KLANTINTERACTIES,
    "digitaleadressen/{uuid}/verifieren",
    verifieer,
    BIJWERKEN,
    "Stuur een code naar dit adres, om te zien of het werkt.",
    success=201,
    of=adresverificaties,
)
Command(
    KLANTINTERACTIES,
    "digitaleadressen/{uuid}/bevestigen",
    bevestig,
    BIJWERKEN,
    "Bevestig het adres met de code die erheen is gestuurd.",
    request={
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string", "pattern": "[0-9]{6}"}},
    },
    of=digitaleadressen,
)
