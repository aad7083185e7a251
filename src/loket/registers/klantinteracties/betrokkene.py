"""Betrokkene: somebody who took part in a klantcontact, known as a partij or not."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.filters import Along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.filters import numbers, reference
from loket.registers.klantinteracties.groepen import (
    NAAM_DELEN,
    VOLLEDIGE_NAAM_SQL,
    adres,
    contactnaam,
)
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.partij import VAN_BURGER, Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import BetrokkeneRol


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

    class Meta:
        verbose_name_plural = "betrokkenen"


betrokkenen = Resource(
    KLANTINTERACTIES,
    "betrokkenen",
    Betrokkene,
    parent="had_klantcontact",
    owned=f"EXISTS (SELECT FROM klantinteracties_partij bp WHERE bp.id = {{row}}.was_partij_id "
    f"AND {VAN_BURGER.replace('{row}', 'bp')})",
    filters=[
        *(
            Along(f"contactnaam{part[0].upper()}{part[1:]}", f"contactnaam->{part}")
            for part in NAAM_DELEN
        ),
        "organisatienaam",
        *reference("hadKlantcontact", "had_klantcontact"),
        Along("hadKlantcontact__nummer", "had_klantcontact.referentienummer"),
        Along("hadKlantcontact__referentienummer", "had_klantcontact.referentienummer"),
        *reference("wasPartij", "was_partij"),
        Along("wasPartij__nummer", "was_partij.nummer"),
        *numbers("wasPartij__partijIdentificator", "was_partij.partij_identificatoren"),
        *reference("verstrektedigitaalAdres", "digitale_adressen"),
        Along("verstrektedigitaalAdres__adres", "digitale_adressen.adres"),
    ],
)
