"""Contactinstellingen: what the municipality decides about klantcontacten; there is exactly one."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Lijst

INSTELLEN = ("klantinteracties.instellen",)


class Contactinstellingen(Record):
    """Hoe de gemeente met klantcontacten omgaat."""

    aanvultermijn = field.integer(
        "Tot hoeveel minuten na een contact het nog mag worden aangevuld.",
        most=10_080, optional=True, default=30,
    )  # fmt: skip
    vaste_lijsten = field.many(
        field.choice(Lijst, "Een lijst."),
        "De lijsten waarvan geen andere waarden mogen dan er in staan.",
        optional=True,
    )
    onderneming_ziet_vestigingen = field.flag(
        "Of een onderneming ook vindt wat van haar vestigingen is.", optional=True, default=True
    )
    vestiging_ziet_onderneming = field.flag(
        "Of een vestiging ook vindt wat van de hele onderneming is.", optional=True, default=False
    )

    class Meta:
        verbose_name_plural = "contactinstellingen"

    def __str__(self) -> str:
        return "contactinstellingen"


contactinstellingen = Resource(
    KLANTINTERACTIES,
    "contactinstellingen",
    Contactinstellingen,
    owned="false",
    verbs=("list", "retrieve", "update", "partial_update"),
    single=True,
    scopes={"update": INSTELLEN, "partial_update": INSTELLEN},
)
