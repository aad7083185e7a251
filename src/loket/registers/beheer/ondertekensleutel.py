"""Ondertekensleutel: with which the municipality signs what it tells other machines.

The house makes the pair; its secret half never leaves. The newest signs. An older one stays
published, so that what it signed can still be checked, until it is removed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from joserfc.jwk import OKPKey

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.kernel.clock import now
from loket.registers.beheer.register import BEHEER

if TYPE_CHECKING:
    from loket.grammar.change import Change


class Ondertekensleutel(Record):
    """Een sleutelpaar waarmee de gemeente ondertekent; de nieuwste tekent."""

    omschrijving = field.text("Waarvoor of waarom de sleutel er kwam.", 200, optional=True)
    kenmerk = field.text(
        "Waaraan ontvangers de sleutel kennen (kid, RFC 7638).", 43, computed=True, optional=True
    )
    openbaar = field.text(
        "De openbare helft (Ed25519), zoals de JWKS haar noemt.", 43, computed=True, optional=True
    )
    geheim = field.secret(
        "De geheime helft; wordt nooit getoond.", 43, computed=True, optional=True
    )
    gemaakt_op: Any = field.moment("Wanneer het paar gemaakt is.", computed=True, nullable=True)

    class Meta:
        verbose_name_plural = "ondertekensleutels"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kenmerk"], name="ondertekensleutel_kenmerk"),
        ]

    def __str__(self) -> str:
        return str(self.omschrijving or self.kenmerk)


def maak_paar(sleutel: Ondertekensleutel, change: Change) -> None:
    """Make the pair itself: nobody outside ever has its secret half."""
    del change
    made = OKPKey.generate_key("Ed25519")
    halves: Any = made.as_dict(private=True)
    sleutel.kenmerk = made.thumbprint()
    sleutel.openbaar, sleutel.geheim = halves["x"], halves["d"]
    sleutel.gemaakt_op = now()


ondertekensleutels = Resource(
    BEHEER,
    "ondertekensleutels",
    Ondertekensleutel,
    verbs=("list", "retrieve", "create", "destroy"),
    filters=["kenmerk"],
    derive=[maak_paar],
)

audit_commands(ondertekensleutels)
