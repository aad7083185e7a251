"""Verzending: how a document was received or sent (Documenten API 1.7.1)."""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject
from loket.registers.documenten.register import DOCUMENTEN
from loket.registers.documenten.waarden import AardRelatie, PostadresType

ADRESSEN = (
    "binnenlands_correspondentieadres",
    "buitenlands_correspondentieadres",
    "correspondentie_postadres",
    "faxnummer",
    "emailadres",
    "mijn_overheid",
    "telefoonnummer",
)
"""The forms in which an address may be given; exactly one of them is."""


def _line(nr: int, **options: Any) -> Any:
    wire = f"adresBuitenland{nr}"
    return field.text(f"Regel {nr} van het adres.", 35, wire=wire, **options)


class Verzending(Record):
    """De ontvangst van een document van, of de verzending aan, een betrokkene."""

    betrokkene = field.url("Van wie of aan wie.", 200)
    informatieobject = field.ref(
        EnkelvoudigInformatieObject, "Het INFORMATIEOBJECT.", back="verzendingen"
    )
    aard_relatie = field.choice(AardRelatie, "Wat de betrokkene is.")
    toelichting = field.text("Toelichting.", 200, optional=True)
    ontvangstdatum = field.day("Datum van ontvangst.", optional=True)
    verzenddatum = field.day("Datum van verzending.", optional=True)
    contact_persoon = field.url("Wie voor de betrokkene aanspreekpunt is.", 1000)
    contactpersoonnaam = field.text("De naam van het aanspreekpunt.", 40, optional=True)
    binnenlands_correspondentieadres = field.group(
        "Een adres in Nederland.",
        optional=True,
        huisletter=field.text("Huisletter.", 1, optional=True),
        huisnummer=field.integer("Huisnummer.", 1, 99999),
        huisnummer_toevoeging=field.text("Toevoeging.", 4, optional=True),
        naam_openbare_ruimte=field.text("Naam van de straat of andere ruimte.", 80),
        postcode=field.text("Postcode.", 6, optional=True),
        woonplaatsnaam=field.text("Naam van de woonplaats.", 80),
    )
    buitenlands_correspondentieadres = field.group(
        "Een adres in het buitenland.",
        optional=True,
        adres_buitenland1=_line(1),
        adres_buitenland2=_line(2, optional=True),
        adres_buitenland3=_line(3, optional=True),
        land_postadres=field.url("Het LAND.", 200),
    )
    correspondentie_postadres = field.group(
        "Een postbus of antwoordnummer.",
        optional=True,
        post_bus_of_antwoordnummer=field.integer("Het nummer.", 1, 9999),
        postadres_postcode=field.text("Postcode.", 7, pattern=r"[1-9][0-9]{3} ?[A-Z]{2}"),
        postadres_type=field.choice(PostadresType, "Postbus of antwoordnummer."),
        woonplaatsnaam=field.text("Naam van de woonplaats.", 80),
    )
    faxnummer = field.text("Faxnummer.", 15, optional=True, nullable=True)
    emailadres = field.text("E-mailadres.", 100, optional=True, nullable=True)
    mijn_overheid = field.flag("Of het via MijnOverheid ging.", optional=True)
    telefoonnummer = field.text("Telefoonnummer.", 15, optional=True, nullable=True)

    class Meta:
        verbose_name_plural = "verzendingen"

    def __str__(self) -> str:
        return f"{self.informatieobject}: {self.aard_relatie}"


@rule("invalid-address")
def heeft_precies_een_adres(verzending: Verzending) -> bool:
    """Geef precies één adres, in een van de zeven vormen."""
    return sum(bool(getattr(verzending, name)) for name in ADRESSEN) == 1


verzendingen = Resource(
    DOCUMENTEN,
    "verzendingen",
    Verzending,
    parent="informatieobject",
    filters=["aard_relatie", "informatieobject", "betrokkene"],
    rules=[heeft_precies_een_adres],
)
