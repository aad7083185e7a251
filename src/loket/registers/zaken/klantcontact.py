"""KlantContact: a talk with a customer about a zaak (Zaken API 1.7.0; deprecated there)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import is_open_of_geforceerd

if TYPE_CHECKING:
    from loket.grammar.writing import Change


class KlantContact(Record):
    """Een contact met een klant over een zaak."""

    zaak = field.ref(Zaak, "De ZAAK.", back="klantcontacten")
    identificatie = field.text("Identificatie van het contact.", 14, optional=True)
    datumtijd = field.moment("Moment waarop het contact begon.")
    kanaal = field.text("Het kanaal.", 20, optional=True)
    onderwerp = field.text("Het onderwerp.", 200, optional=True)
    toelichting = field.text("Waar het over ging.", 1000, optional=True)

    class Meta:
        verbose_name_plural = "klantcontacten"


def geef_identificatie(klantcontact: KlantContact, _: Change) -> None:
    """Give the contact an identification when the client did not."""
    klantcontact.identificatie = klantcontact.identificatie or klantcontact.pk.hex[-12:]


klantcontacten = Resource(
    ZAKEN,
    "klantcontacten",
    KlantContact,
    parent="zaak",
    verbs=("list", "retrieve", "create"),
    filters=["zaak"],
    derive=[geef_identificatie],
    rules=[is_open_of_geforceerd],
)
