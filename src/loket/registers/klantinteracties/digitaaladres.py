"""Digitaal adres: an e-mail address, telephone number or another way to reach somebody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties import digitaaladres_regels as regels
from loket.registers.klantinteracties.betrokkene import Betrokkene
from loket.registers.klantinteracties.digitaaladres_filters import ADRES_FILTERS
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.partij_regels import volg_samenvoeging
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import SoortDigitaalAdres


class DigitaalAdres(Record):
    """Een e-mailadres, telefoonnummer of andere manier om iemand digitaal te bereiken."""

    verstrekt_door_betrokkene = field.ref(
        Betrokkene, "De BETROKKENE die het adres gaf.", back="digitale_adressen", optional=True
    )
    verstrekt_door_partij = field.ref(
        Partij, "De PARTIJ van wie het adres is.", back="digitale_adressen", optional=True
    )
    omschrijving = field.text("Waar het adres voor is.", 40, optional=True)
    adres = field.text("Het adres zelf.", 80)
    soort_digitaal_adres = field.choice(SoortDigitaalAdres, "Wat voor adres het is.")
    is_standaard_adres = field.flag(
        "Of dit voor de partij het adres van deze soort is.", optional=True, default=False
    )
    referentie = field.text(
        "Een naam voor machines, uniek per partij en soort.",
        50, pattern="[-a-zA-Z0-9_]+", optional=True,
    )  # fmt: skip
    verificatie_datum = field.day("Wanneer bleek dat het adres werkt.", optional=True)

    class Meta:
        verbose_name_plural = "digitaleadressen"
        indexes: ClassVar = [models.Index(fields=["adres"], name="digitaaladres_adres")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["verstrekt_door_partij", "soort_digitaal_adres"],
                condition=models.Q(is_standaard_adres=True),
                name="digitaaladres_standaard",
            ),
            models.UniqueConstraint(
                fields=["verstrekt_door_partij", "soort_digitaal_adres", "referentie"],
                condition=~models.Q(referentie=""),
                name="digitaaladres_referentie",
            ),
        ]

    def __str__(self) -> str:
        return str(self.omschrijving or self.get_soort_digitaal_adres_display())


digitaleadressen = Resource(
    KLANTINTERACTIES,
    "digitaleadressen",
    DigitaalAdres,
    parent="verstrekt_door_partij",
    filters=ADRES_FILTERS,
    derive=[
        volg_samenvoeging("verstrekt_door_partij"),
        regels.schrijf_gelijk,
        regels.wijk_voor_nieuwe_standaard,
    ],
    checks=[regels.is_van_iemand],
    rules=[regels.adres_past_bij_soort, regels.standaard_is_van_partij],
    unique={
        "digitaaladres_referentie": ("referentie", "unique"),
        "digitaaladres_standaard": ("isStandaardAdres", "unique"),
    },
)
