"""Partij: a person or organisation that the municipality knows (Klantinteracties 0.9.0)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties import partij_regels as regels
from loket.registers.klantinteracties.groepen import adres
from loket.registers.klantinteracties.partij_filters import PARTIJ_FILTERS
from loket.registers.klantinteracties.partij_vormen import PARTIJEN
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import SoortPartij

NUMMER = {"type": "string", "maxLength": 10}
VAN_BURGER = (
    "EXISTS (SELECT FROM klantinteracties_partijidentificator pi WHERE "
    "pi.identificeerde_partij_id = {row}.id AND pi.partij_identificator_nummer = %(burger)s)"
)
"""SQL that tells whether the partij `{row}` is the citizen who asks."""

_DEEL = (
    "k.partij_identificator->>'codeSoortObjectId' = 'kvk_nummer' "
    "AND k.partij_identificator->>'objectId' = %(kvk)s::text"
)
VAN_BEDRIJF = (
    "{row}.id = ANY(ARRAY(SELECT k.identificeerde_partij_id "  # noqa: S608 - fixed texts
    f"FROM klantinteracties_partijidentificator k WHERE {_DEEL} AND %(vestiging)s::text = '' "
    "UNION ALL SELECT v.identificeerde_partij_id FROM klantinteracties_partijidentificator k "
    "JOIN klantinteracties_partijidentificator v ON v.sub_identificator_van_id = k.id "
    f"WHERE {_DEEL} AND v.partij_identificator->>'codeSoortObjectId' = 'vestigingsnummer' "
    "AND %(vestiging)s::text IN ('', v.partij_identificator->>'objectId')))"
)
"""SQL that tells whether it is the company that asks, or one of its vestigingen."""

GELDIG = (
    "({row}.begin_datum IS NULL OR {row}.begin_datum <= %(dag)s::date) "
    "AND ({row}.eind_datum IS NULL OR {row}.eind_datum >= %(dag)s::date)"
)
"""SQL that tells whether a vertegenwoordiging holds on the day that is asked about."""


class Partij(Record):
    """Een persoon of organisatie die de gemeente kent, en met wie zij contact heeft."""

    nummer = field.number(
        "",
        "Het nummer waarmee mensen de partij aanduiden.",
        10,
        pattern="[0-9]+",
        deprecated=True,
        asked_by_null=True,
    )
    interne_notitie = field.text(
        "Een notitie voor medewerkers; de partij ziet haar niet.", 1000, optional=True
    )
    betrokkenen = field.back("Waar de partij bij betrokken was.")
    categorie_relaties = field.back(
        "De categorieën van de partij.", shows=("categorie_naam", "begin_datum", "eind_datum")
    )
    digitale_adressen = field.links("De digitale adressen van de partij.")
    voorkeurs_digitaal_adres = field.ref(
        "klantinteracties.DigitaalAdres",
        "Het digitale adres dat de partij het liefst gebruikt.",
        optional=True,
        cascade=None,
    )
    vertegenwoordigden = field.via(
        "klantinteracties.Partij",
        "EXISTS (SELECT FROM klantinteracties_vertegenwoordiging v WHERE "
        "v.vertegenwoordigende_partij_id = {row}.id AND "
        f"v.vertegenwoordigde_partij_id = {{other}}.id AND {GELDIG.replace('{row}', 'v')})",
        "De partijen die deze partij nu vertegenwoordigt.",
    )
    rekeningnummers = field.links("De rekeningnummers van de partij.")
    voorkeurs_rekeningnummer = field.ref(
        "klantinteracties.Rekeningnummer",
        "Het rekeningnummer dat de partij het liefst gebruikt.",
        optional=True,
        cascade=None,
    )
    partij_identificatoren = field.inline("De nummers waaronder registers de partij kennen.")
    soort_partij = field.choice(SoortPartij, "Wat voor partij het is.")
    indicatie_geheimhouding = field.flag(
        "Of de gegevens van de partij geheim zijn.", optional=True, nullable=True
    )
    voorkeurstaal = field.text("De taal, ISO 639-2/B.", 3, optional=True)
    indicatie_actief = field.flag("Of de partij nog in gebruik is.")
    bezoekadres = adres("Waar de partij te bezoeken is.")
    correspondentieadres = adres("Waar post voor de partij heen gaat.")
    opgegaan_in = field.ref(
        "klantinteracties.Partij",
        "De PARTIJ waarmee deze is samengevoegd, en waar nu alles bij staat.",
        back="opgegane_partijen",
        optional=True,
        cascade=False,
        computed=True,
    )
    opgegane_partijen = field.back("De partijen die in deze zijn opgegaan.")
    werkte_voor_partij = field.ref(
        "klantinteracties.Partij",
        "De organisatie waarvoor de contactpersoon werkt.",
        back="contactpersonen",
        optional=True,
        cascade=None,
        computed=True,
        hidden=True,
    )
    contactpersonen = field.back("De contactpersonen van de organisatie.", hidden=True)
    partij_identificatie = field.variant(
        "soort_partij",
        PARTIJEN,
        "Hoe de partij heet; de vorm hangt van de soort af.",
    )

    class Meta:
        verbose_name_plural = "partijen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nummer"], name="partij_nummer"),
        ]

    def __str__(self) -> str:
        return str(self.nummer)


_PERSONEN = (
    "SELECT pi.partij_identificator_nummer FROM klantinteracties_partijidentificator pi "
    "WHERE pi.identificeerde_partij_id = {row}.id AND %(doel)s::text IS NULL"
)
"""Who states a purpose sees the number itself, which is logged by that."""

partijen = Resource(
    KLANTINTERACTIES,
    "partijen",
    Partij,
    owned=VAN_BURGER,
    concerns=Concerns("partij", _PERSONEN, "''"),
    owned_by_company=VAN_BEDRIJF,
    filters=PARTIJ_FILTERS,
    derive=[regels.noem_voluit],
    rules=regels.REGELS,
    unique={"partij_nummer": ("nummer", "unique")},
    kenmerken=["nummer", "soort_partij"],
)

audit_commands(partijen)
