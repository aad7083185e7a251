"""Partij: a person or organisation that the municipality knows (Klantinteracties 0.9.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.filters import Along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.filters import numbers, reference
from loket.registers.klantinteracties.groepen import adres, contactnaam, volledige_naam
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import SoortPartij

if TYPE_CHECKING:
    from loket.grammar.change import Change

NUMMER = {"type": "string", "maxLength": 10}
VAN_BURGER = (
    "EXISTS (SELECT FROM klantinteracties_partijidentificator pi WHERE "
    "pi.identificeerde_partij_id = {row}.id AND pi.partij_identificator_nummer = %(burger)s)"
)
"""SQL that tells whether the partij `{row}` is the citizen who asks."""


def _volledige_naam() -> str:
    return field.prose("De naam als één tekst.", computed=True, optional=True)


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
        "v.vertegenwoordigde_partij_id = {other}.id)",
        "De partijen die deze partij vertegenwoordigt.",
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
        {
            "persoon": field.group(
                "Een persoon.",
                contactnaam=contactnaam("De naam."),
                volledige_naam=_volledige_naam(),
            ),
            "organisatie": field.group(
                "Een organisatie.", naam=field.text("De naam.", 200, optional=True)
            ),
            "contactpersoon": field.group(
                "Iemand die namens een organisatie spreekt.",
                contactnaam=contactnaam("De naam."),
                volledige_naam=_volledige_naam(),
                werkte_voor_partij=field.outer("werkte_voor_partij", "De organisatie."),
            ),
        },
        "Hoe de partij heet; de vorm hangt van de soort af.",
    )

    class Meta:
        verbose_name_plural = "partijen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["nummer"], name="partij_nummer"),
        ]

    def __str__(self) -> str:
        return str(self.nummer)


def noem_voluit(partij: Partij, change: Change) -> None:
    """Put the name as one text beside its parts."""
    del change
    form = partij.partij_identificatie
    if form is not None and partij.soort_partij != SoortPartij.ORGANISATIE:
        named = volledige_naam(form.get("contactnaam"))
        partij.partij_identificatie = {**form, "volledigeNaam": named}


_ADRES = ("adresregel1", "adresregel2", "adresregel3", "land", "nummeraanduidingId")

partijen = Resource(
    KLANTINTERACTIES,
    "partijen",
    Partij,
    owned=VAN_BURGER,
    filters=[
        "nummer",
        "soort_partij",
        "indicatie_actief",
        "indicatie_geheimhouding",
        *numbers("partijIdentificator", "partij_identificatoren"),
        *numbers("subIdentificatorVan", "partij_identificatoren.sub_identificator_van"),
        *reference("vertegenwoordigdePartij", "vertegenwoordigden"),
        Along("categorierelatie__categorie__naam", "categorie_relaties.categorie.naam"),
        *(
            Along(f"{soort}{part[0].upper()}{part[1:]}", f"{soort}->{part}")
            for soort in ("bezoekadres", "correspondentieadres")
            for part in _ADRES
        ),
    ],
    derive=[noem_voluit],
    unique={"partij_nummer": ("nummer", "unique")},
    kenmerken=["nummer", "soort_partij"],
)

audit_commands(partijen)
