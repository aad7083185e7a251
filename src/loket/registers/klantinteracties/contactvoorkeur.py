"""Contactvoorkeur: over which channel somebody would rather be reached, for how much of it."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.klantinteracties.digitaaladres import DigitaalAdres
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Contactkanaal

LEVELS = ("klantcontact_id", "zaak", "zaaktype")


class Contactvoorkeur(Record):
    """Langs welk kanaal een partij het liefst bereikt wordt: in het algemeen, of voor een deel."""

    partij = field.ref(Partij, "De PARTIJ.", back="contactvoorkeuren", once=True)
    klantcontact = field.ref(
        Klantcontact, "Alleen voor dit KLANTCONTACT.", back="contactvoorkeuren", optional=True
    )
    zaak = field.url("Alleen voor deze zaak.", 500, optional=True)
    zaaktype = field.url("Alleen voor zaken van dit zaaktype.", 500, optional=True)
    kanaal = field.choice(Contactkanaal, "Het kanaal.")
    digitaal_adres = field.ref(
        DigitaalAdres, "Het adres; anders het standaardadres.", back="contactvoorkeuren",
        optional=True,
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "contactvoorkeuren"


@rule("een-niveau", on="nonFieldErrors")
def geldt_voor_een_deel(record: Contactvoorkeur) -> bool:
    """Een voorkeur geldt voor één klantcontact, één zaak of één zaaktype, of in het algemeen."""
    return sum(bool(getattr(record, name)) for name in LEVELS) <= 1


@rule("invalid", on="digitaalAdres")
def adres_is_van_partij(record: Contactvoorkeur) -> bool:
    """Dit adres is van een ander."""
    adres = record.digitaal_adres
    return adres is None or adres.verstrekt_door_partij_id == record.partij_id


contactvoorkeuren = Resource(
    KLANTINTERACTIES,
    "contactvoorkeuren",
    Contactvoorkeur,
    parent="partij",
    filters=["partij__uuid", "klantcontact__uuid", "zaak", "zaaktype", "kanaal"],
    rules=[geldt_voor_een_deel, adres_is_van_partij],
)
