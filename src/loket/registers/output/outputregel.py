"""Outputregel: which event, of which zaaktype, leads to which message, and over which channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.problems import Fault
from loket.registers.output.register import OUTPUT
from loket.registers.output.sjabloon import Sjabloon
from loket.registers.output.waarden import (
    ZONDER_INHOUD,
    Gebeurtenis,
    Inhoud,
    Ontvanger,
    Outputkanaal,
    SoortOntvanger,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.change import Change


class Outputregel(Record):
    """Welke gebeurtenis tot welk bericht leidt, en langs welk kanaal."""

    naam = field.text("De naam, voor wie haar beheert.", 100)
    actief = field.flag("Of de regel nu geldt.", optional=True, default=True)
    gebeurtenis = field.choice(Gebeurtenis, "Waardoor het bericht ontstaat.")
    zaaktype = field.text(
        "De identificatie van het zaaktype waarvoor de regel geldt; leeg: voor elk.",
        50, optional=True,
    )  # fmt: skip
    ontvanger = field.choice(
        Ontvanger, "Wie het krijgt.", optional=True, default=Ontvanger.INITIATOR.value
    )
    soort_ontvanger = field.choice(
        SoortOntvanger, "Voor wie zij geldt.", optional=True, default=SoortOntvanger.ALLEN.value
    )
    sjabloon = field.ref(Sjabloon, "Het SJABLOON.", back="outputregels", cascade=False)
    kanalen = field.many(
        field.choice(Outputkanaal, "Een kanaal."),
        "De kanalen, in volgorde; leeg: wat de ontvanger het liefst heeft.",
        optional=True,
    )
    stille_uren = field.flag(
        "Of een sms wacht tot de ochtend als het avond of nacht is.",
        optional=True,
        default=True,
    )
    verzamelen = field.flag(
        "Of meer nieuws over hetzelfde op één dag één bericht wordt.", optional=True, default=False
    )

    class Meta:
        verbose_name_plural = "outputregels"
        constraints: ClassVar = [models.UniqueConstraint(fields=["naam"], name="outputregel_naam")]

    def __str__(self) -> str:
        return str(self.naam)


@rule("kanaal-zonder-inhoud", on="kanalen")
def inhoud_past_bij_kanaal(regel: Outputregel) -> bool:
    """Een bericht met inhoud gaat niet per e-mail of sms: een ander kan het lezen."""
    if regel.sjabloon.inhoud == Inhoud.ATTENDERING:
        return True
    return not set(regel.kanalen) & set(ZONDER_INHOUD)


def kanaal_eenmaal(regel: Any, change: Change) -> Sequence[Fault]:
    """Refuse a channel that stands twice."""
    del change
    reason = "Dit kanaal staat er al bij."
    return [
        Fault(f"kanalen.{nr}", "unique", reason)
        for nr, kanaal in enumerate(regel.kanalen)
        if kanaal in regel.kanalen[:nr]
    ]


outputregels = Resource(
    OUTPUT,
    "outputregels",
    Outputregel,
    owned="false",
    default_order="naam",
    filters=["naam", "actief", "gebeurtenis", "zaaktype", "sjabloon__uuid"],
    checks=[kanaal_eenmaal],
    rules=[inhoud_past_bij_kanaal],
    unique={"outputregel_naam": ("naam", "unique")},
)

audit_commands(outputregels)
