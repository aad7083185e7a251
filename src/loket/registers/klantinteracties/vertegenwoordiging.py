"""Vertegenwoordiging: a partij that acts for another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class Vertegenwoordiging(Record):
    """Dat een partij voor een andere partij mag optreden."""

    vertegenwoordigende_partij = field.ref(
        Partij, "De PARTIJ die optreedt.", back="vertegenwoordigingen"
    )
    vertegenwoordigde_partij = field.ref(
        Partij, "De PARTIJ voor wie zij optreedt.", back="vertegenwoordigers"
    )

    class Meta:
        verbose_name_plural = "vertegenwoordigingen"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vertegenwoordigende_partij", "vertegenwoordigde_partij"],
                name="vertegenwoordiging_eenmaal",
            ),
        ]


@rule("invalid", on="vertegenwoordigdePartij")
def vertegenwoordigt_een_ander(record: Vertegenwoordiging) -> bool:
    """Een partij kan zichzelf niet vertegenwoordigen."""
    return bool(record.vertegenwoordigende_partij_id != record.vertegenwoordigde_partij_id)


vertegenwoordigingen = Resource(
    KLANTINTERACTIES,
    "vertegenwoordigingen",
    Vertegenwoordiging,
    parent="vertegenwoordigde_partij",
    filters=[
        "vertegenwoordigende_partij__uuid",
        "vertegenwoordigende_partij__url",
        "vertegenwoordigde_partij__uuid",
        "vertegenwoordigde_partij__url",
    ],
    rules=[vertegenwoordigt_een_ander],
    unique={"vertegenwoordiging_eenmaal": ("nonFieldErrors", "unique")},
)
