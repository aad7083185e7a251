"""Betrokkene: somebody who took part in a klantcontact, known as a partij or not."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.betrokkene_filters import BETROKKENE_FILTERS
from loket.registers.klantinteracties.groepen import (
    VOLLEDIGE_NAAM_SQL,
    adres,
    contactnaam,
)
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.klantcontact_regels import hoort_bij_contact
from loket.registers.klantinteracties.partij import VAN_BEDRIJF, VAN_BURGER, Partij
from loket.registers.klantinteracties.partij_regels import volg_samenvoeging
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import BetrokkeneRol, Zekerheid

IS_BURGER, IS_BEDRIJF = (
    "EXISTS (SELECT FROM klantinteracties_partij bp WHERE bp.id = {row}.was_partij_id "
    f"AND {wie.replace('{row}', 'bp')})"
    for wie in (VAN_BURGER, VAN_BEDRIJF)
)


class Betrokkene(Record):
    """Iemand die aan een klantcontact deelnam, gekend of ongekend."""

    was_partij = field.ref(
        Partij, "De PARTIJ; leeg voor wie de gemeente niet kent.", back="betrokkenen",
        optional=True, cascade=None,
    )  # fmt: skip
    had_klantcontact = field.ref(Klantcontact, "Het KLANTCONTACT.", back="had_betrokkenen")
    digitale_adressen = field.back("De digitale adressen die de betrokkene gaf.")
    bezoekadres = adres("Waar de betrokkene te bezoeken is.")
    correspondentieadres = adres("Waar post voor de betrokkene heen gaat.")
    contactnaam = contactnaam("De naam die de betrokkene gaf.")
    volledige_naam = field.derived(
        VOLLEDIGE_NAAM_SQL.replace("{groep}", "{row}.contactnaam"),
        {"type": "string"},
        "De naam als één tekst.",
    )
    rol = field.choice(BetrokkeneRol, "Voor wie de betrokkene sprak.")
    organisatienaam = field.text("De organisatie.", 200, optional=True)
    initiator = field.flag("Of de betrokkene het contact zocht.")
    zekerheid = field.choice(Zekerheid, "Hoe zeker het is wie de betrokkene was.", optional=True)

    class Meta:
        verbose_name_plural = "betrokkenen"


betrokkenen = Resource(
    KLANTINTERACTIES,
    "betrokkenen",
    Betrokkene,
    parent="had_klantcontact",
    derive=[volg_samenvoeging("was_partij")],
    rules=[hoort_bij_contact],
    owned=IS_BURGER,
    owned_by_company=IS_BEDRIJF,
    filters=BETROKKENE_FILTERS,
)
