"""BestandsDeel: a part of a large file on its way in (Documenten API 1.7.1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject
from loket.registers.documenten.register import DOCUMENTEN


class BestandsDeel(Record):
    """Een deel van een groot bestand dat in delen wordt aangeleverd."""

    informatieobject = field.ref(
        EnkelvoudigInformatieObject, "Het INFORMATIEOBJECT.", back="delen", once=True, hidden=True
    )
    volgnummer: int = field.integer("De plaats in het bestand, vanaf 1.", 1, computed=True)
    omvang: int = field.integer("De grootte in bytes.", 0, 2**63 - 1, computed=True)
    inhoud: Any = field.blob("Het deel zelf.", path="''", hidden=True)
    voltooid = field.derived(
        "({row}.inhoud IS NOT NULL)", {"type": "boolean"}, "Of het deel er helemaal is."
    )

    class Meta:
        verbose_name_plural = "bestandsdelen"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["informatieobject", "volgnummer"], name="bestandsdeel_plaats"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.informatieobject}: deel {self.volgnummer}"


bestandsdelen = Resource(
    DOCUMENTEN,
    "bestandsdelen",
    BestandsDeel,
    parent="informatieobject",
    verbs=(),
    with_uuid=False,
)
