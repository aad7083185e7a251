"""Contactinstellingen: what the municipality decides about klantcontacten; there is exactly one."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.register import KLANTINTERACTIES

INSTELLEN = ("klantinteracties.instellen",)


class Contactinstellingen(Record):
    """Hoe de gemeente met klantcontacten omgaat."""

    aanvultermijn = field.integer(
        "Tot hoeveel minuten na een contact het nog mag worden aangevuld.",
        most=10_080, optional=True, default=30,
    )  # fmt: skip
    wijzigingsgronden = field.many(
        field.group(
            "Een grond om een klantcontact te veranderen.",
            code=field.text("De code.", 40, pattern="[a-z][a-z-]*"),
            omschrijving=field.text("Wat de grond inhoudt, en wie dat besloot.", 500),
        ),
        "Gronden naast aanvulling en correctie.",
        optional=True,
    )

    class Meta:
        verbose_name_plural = "contactinstellingen"


contactinstellingen = Resource(
    KLANTINTERACTIES,
    "contactinstellingen",
    Contactinstellingen,
    owned="false",
    verbs=("list", "retrieve", "update", "partial_update"),
    single=True,
    scopes={"update": INSTELLEN, "partial_update": INSTELLEN},
)
