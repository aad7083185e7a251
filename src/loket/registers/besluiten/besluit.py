"""Besluit: a decision with legal effect (Besluiten API 1.1.0)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.besluiten import besluit_regels as regels
from loket.registers.besluiten.besluit_zaak import volg_zaak, wis_bij_zaak
from loket.registers.besluiten.register import BESLUITEN
from loket.registers.zaken.eigen import BETROKKENEN, EIGEN, EIGEN_BEDRIJF


class Vervalreden(models.TextChoices):
    """Op grond waarvan een besluit vervalt of is vervallen."""

    TIJDELIJK = "tijdelijk", "Besluit met tijdelijke werking"
    INGETROKKEN_OVERHEID = "ingetrokken_overheid", "Besluit ingetrokken door overheid"
    INGETROKKEN_BELANGHEBBENDE = (
        "ingetrokken_belanghebbende",
        "Besluit ingetrokken o.v.v. belanghebbende",
    )


WEERGAVE = " ".join(f"WHEN '{value}' THEN '{label}'" for value, label in Vervalreden.choices)


class Besluit(Record):
    """Een beslissing van een bestuursorgaan met rechtsgevolg, soms de uitkomst van een zaak."""

    identificatie = field.number(
        "BESLUIT", "Uniek binnen de verantwoordelijke organisatie.", 50, once=True
    )
    verantwoordelijke_organisatie = field.rsin(
        "RSIN van de organisatie die het besluit heeft vastgesteld.", once=True
    )
    besluittype = field.ref(
        "catalogi.BesluitType", "Het BESLUITTYPE.", cascade=False, once=True, unindexed=True
    )
    zaak = field.ref(
        "zaken.Zaak", "De ZAAK waarvan het besluit uitkomst is.", back="besluiten",
        optional=True, cascade=False, shown_blank=True,
    )  # fmt: skip
    datum = field.day("De beslisdatum (Awb).")
    toelichting = field.prose("Toelichting bij het besluit.", optional=True)
    bestuursorgaan = field.text("Het orgaan dat het besluit nam.", 50, optional=True)
    ingangsdatum = field.day("Begin van de werkingsperiode.")
    vervaldatum = field.day("Einde van de werkingsperiode.", optional=True)
    vervalreden = field.choice(
        Vervalreden, "Waarom de werking eindigt of is geëindigd.", optional=True
    )
    vervalreden_weergave = field.derived(
        f"CASE {{row}}.\"vervalreden\" {WEERGAVE} ELSE '' END",
        {"type": "string"},
        "De vervalreden in woorden.",
    )
    publicatiedatum = field.day("Datum van publicatie.", optional=True)
    verzenddatum = field.day("Datum van verzending.", optional=True)
    uiterlijke_reactiedatum = field.day("Tot wanneer verweer mogelijk is.", optional=True)
    besluitinformatieobjecten = field.back(
        "De documenten waarin het besluit is vastgelegd.", expands="besluitinformatieobjecten"
    )

    class Meta:
        verbose_name_plural = "besluiten"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identificatie", "verantwoordelijke_organisatie"],
                name="besluit_identificatie",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], name="besluit_lijst", include=["regime", "besluittype"]),
            models.Index(
                fields=["besluittype", "id"], name="besluit_besluittype", include=["regime"]
            ),
            models.Index(
                fields=["verantwoordelijke_organisatie", "id"], name="besluit_organisatie"
            ),
        ]


_BEKENDGEMAAKT = (
    "coalesce({row}.verzenddatum, {row}.publicatiedatum, {row}.ingangsdatum) <= %(dag)s::date"
)
VAN_BURGER, VAN_BEDRIJF = (
    f"({_BEKENDGEMAAKT} AND {{row}}.zaak_id IN "  # noqa: S608 - fixed texts
    "(SELECT bz.id FROM zaken_zaak bz "
    f"WHERE {zaak.replace('{row}', 'bz')}))"
    for zaak in (EIGEN, EIGEN_BEDRIJF)
)
"""SQL that tells whether the besluit `{row}` is on one's own zaak and was made known (Awb 3:40)."""

OVER = Concerns("besluit", BETROKKENEN.replace("{row}.id", "{row}.zaak_id"), "{row}.identificatie")

besluiten = Resource(
    BESLUITEN,
    "besluiten",
    Besluit,
    authorised_by="besluittype",
    owned=VAN_BURGER,
    concerns=OVER,
    owned_by_company=VAN_BEDRIJF,
    filters=["identificatie", "verantwoordelijke_organisatie", "besluittype", "zaak"],
    rules=[
        regels.besluittype_is_gepubliceerd,
        regels.besluittype_hoort_bij_zaaktype,
        regels.is_genomen,
    ],
    reactions=[volg_zaak],
    farewells=[wis_bij_zaak],
    unique={"besluit_identificatie": ("identificatie", "identificatie-niet-uniek")},
    kenmerken=["verantwoordelijke_organisatie", "besluittype", "besluittype.catalogus"],
    with_uuid=False,
)

audit_commands(besluiten)
