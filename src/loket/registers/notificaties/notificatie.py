"""Notificatie of somebody else, received here and handed to whoever subscribed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.codec import decode
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.kernel.actor import Kind
from loket.kernel.problems import Fault
from loket.ledger.database import one
from loket.registers.notificaties.bewaking import bsn_faults
from loket.registers.notificaties.kanaal import kenmerk
from loket.registers.notificaties.register import NOTIFICATIES, PUBLICEREN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from loket.grammar.change import Change


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
        indexes: ClassVar = [models.Index(fields=["aanmaakdatum"], name="notificatie_aanmaakdatum")]

    def __str__(self) -> str:
        return f"{self.kanaal} {self.resource} {self.actie}"


def past_op_kanaal(notificatie: Notificatie, change: Change) -> Sequence[Fault]:
    """Hold a notification to its kanaal: that it is there, and tells by which kenmerken.

    What another Notificaties API hands us (the house does so itself) was held to its kanaal there.
    """
    sql = "SELECT filters::text FROM notificaties_kanaal WHERE naam = %s"
    found = one(sql, (notificatie.kanaal,))
    if found is None:
        return [Fault("kanaal", "message_kanaal", "Dit kanaal bestaat niet.")]
    if change.actor.kind is Kind.SYSTEM:
        return ()
    known = {kenmerk(each) for each in decode(found[0].encode())}
    told: Any = notificatie.kenmerken or {}
    if {kenmerk(name) for name in told} != known:
        reason = f"De kenmerken van dit kanaal zijn: {', '.join(sorted(known)) or 'geen'}."
        return [Fault("kenmerken", "kenmerken_inconsistent", reason)]
    return ()


def noemt_geen_bsn(notificatie: Notificatie, change: Change) -> Sequence[Fault]:
    """Let no BSN go over the bus."""
    del notificatie
    return bsn_faults(change.sent)


notificaties = Resource(
    NOTIFICATIES,
    "notificaties",
    Notificatie,
    verbs=("list", "retrieve", "create"),
    filters=["kanaal", "hoofd_object", "resource_url"],
    checks=[past_op_kanaal, noemt_geen_bsn],
    scopes={"create": PUBLICEREN},
)
