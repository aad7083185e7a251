"""Vertegenwoordiging: a partij that acts for another."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.filters import Filter, taken_by
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.grammar.times import Day
from loket.grammar.words import Text
from loket.registers.klantinteracties.partij import GELDIG, Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Grondslag


class Vertegenwoordiging(Record):
    """Dat een partij voor een andere partij mag optreden."""

    vertegenwoordigende_partij = field.ref(
        Partij, "De PARTIJ die optreedt.", back="vertegenwoordigingen"
    )
    vertegenwoordigde_partij = field.ref(
        Partij, "De PARTIJ voor wie zij optreedt.", back="vertegenwoordigers"
    )
    grondslag = field.choice(
        Grondslag, "Waarom de partij mag optreden; leeg als dat niet bekend is.", optional=True
    )
    reikwijdte = field.many(
        field.text("Een zaaktype, dienst of soort zaken.", 200),
        "Waarvoor de partij mag optreden; leeg: voor alles.",
        optional=True,
    )
    begin_datum = field.day("De eerste dag waarop het geldt.", optional=True)
    eind_datum = field.day("De laatste dag waarop het geldt.", optional=True)

    class Meta:
        verbose_name_plural = "vertegenwoordigingen"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["vertegenwoordigende_partij", "vertegenwoordigde_partij"],
                name="vertegenwoordiging_eenmaal",
            ),
        ]


@rule("date-mismatch", on="eindDatum")
def eindigt_na_het_begin(record: Vertegenwoordiging) -> bool:
    """De laatste dag ligt niet voor de eerste."""
    begin, eind = record.begin_datum, record.eind_datum
    return begin is None or eind is None or begin <= eind


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
        Filter(
            "geldigOp",
            GELDIG.replace("%(dag)s", "{value}"),
            taken_by(Day("")),
            Day("").schema(),
            "De dag waarop het moet gelden.",
        ),
        Filter(
            "reikwijdte",
            "({row}.reikwijdte = '[]' OR {row}.reikwijdte @> to_jsonb(ARRAY[{value}::text]))",
            taken_by(Text("")),
            doc="Waarvoor het moet gelden.",
        ),
    ],
    rules=[vertegenwoordigt_een_ander, eindigt_na_het_begin],
    unique={"vertegenwoordiging_eenmaal": ("nonFieldErrors", "unique")},
)
