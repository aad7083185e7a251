"""Samenvoeging: that two partijen were found to be one, on which ground, and what that changed.

Nothing is thrown away: the partij that went into the other stays, and says where it went; what
referred to it refers to the other from then on, and is noted, so that it can be undone exactly.
"""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.filters import reference
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Bewijs

VERANDERING = field.group(
    "Wat er veranderde.",
    soort=field.text("De soort.", 60),
    uuid=field.text("De sleutel.", 36),
    veld=field.text("Het veld.", 60),
    was=field.text("Wat er stond.", 40, optional=True),
    werd=field.text("Wat er kwam te staan.", 40, optional=True),
)


class Samenvoeging(Record):
    """Dat twee partijen dezelfde bleken te zijn; het kan ongedaan worden gemaakt."""

    blijvende_partij = field.ref(
        Partij, "De PARTIJ die bleef.", back="samenvoegingen", cascade=False, once=True
    )
    opgegane_partij = field.ref(
        Partij, "De PARTIJ die erin opging.", back="opgegaan_door", cascade=False, once=True
    )
    grond = field.text("Waarom het dezelfde is.", 1000)
    bewijs = field.many(field.choice(Bewijs, "Wat erop wees."), "Wat erop wees.", optional=True)
    door = field.text("Wie het besloot.", 255, optional=True)
    samengevoegd_op: Any = field.moment("Wanneer het gebeurde.", computed=True)
    ongedaan_op: Any = field.moment("Wanneer het is teruggedraaid.", computed=True, nullable=True)
    ongedaan_grond = field.text("Waarom het ongedaan is gemaakt.", 1000, optional=True)
    verplaatst = field.many(VERANDERING, "Wat er veranderde, om terug te zetten.", optional=True)

    class Meta:
        verbose_name_plural = "samenvoegingen"


samenvoegingen = Resource(
    KLANTINTERACTIES,
    "samenvoegingen",
    Samenvoeging,
    parent="blijvende_partij",
    owned="false",
    verbs=("list", "retrieve"),
    filters=[
        *reference("blijvendePartij", "blijvende_partij"),
        *reference("opgeganePartij", "opgegane_partij"),
        "ongedaan_op__isnull",
    ],
)
