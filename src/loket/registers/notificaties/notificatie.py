"""Notificatie of somebody else, received here and handed to whoever subscribed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.ledger.database import one
from loket.registers.notificaties.register import NOTIFICATIES, PUBLICEREN

if TYPE_CHECKING:
    from typing import Any


class Notificatie(Record):
    """Dat er ergens iets veranderde."""

    kanaal = field.text("Het kanaal.", 50)
    hoofd_object = field.url("Het adres van het hoofdobject.", 1000)
    resource = field.text("Wat voor ding er veranderde.", 100)
    resource_url = field.url("Het adres ervan.", 1000)
    actie = field.text("Wat ermee gebeurde.", 100)
    aanmaakdatum = field.moment("Wanneer.")
    kenmerken = field.free("De kenmerken waarop gekozen kan worden.", optional=True)

    class Meta:
        verbose_name_plural = "notificaties"

    def __str__(self) -> str:
        return f"{self.kanaal} {self.resource} {self.actie}"


@rule("kanaal_naam", on="kanaal")
def kanaal_bestaat(notificatie: Notificatie) -> bool:
    """Dit kanaal bestaat niet."""
    found: Any = one("SELECT 1 FROM notificaties_kanaal WHERE naam = %s", (notificatie.kanaal,))
    return found is not None


notificaties = Resource(
    NOTIFICATIES,
    "notificaties",
    Notificatie,
    verbs=("list", "retrieve", "create"),
    filters=["kanaal", "hoofd_object", "resource_url"],
    rules=[kanaal_bestaat],
    scopes={"create": PUBLICEREN},
)
