"""ObjectInformatieObject: to what a document belongs (Documenten API 1.7.1)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject
from loket.registers.documenten.register import DOCUMENTEN
from loket.registers.documenten.waarden import ObjectType


class ObjectInformatieObject(Record):
    """De relatie tussen een document en waar het bij hoort: een zaak, besluit of verzoek."""

    informatieobject = field.ref(
        EnkelvoudigInformatieObject, "Het INFORMATIEOBJECT.",
        back="objectinformatieobjecten", once=True,
    )  # fmt: skip
    object = field.url("Adres van het OBJECT.", once=True)
    object_type = field.choice(ObjectType, "Wat voor iets het OBJECT is.", once=True)

    class Meta:
        verbose_name_plural = "objectinformatieobjecten"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["object", "informatieobject"], name="objectinformatieobject_paar"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.informatieobject}: {self.object_type}"


objectinformatieobjecten = Resource(
    DOCUMENTEN,
    "objectinformatieobjecten",
    ObjectInformatieObject,
    parent="informatieobject",
    paged=False,
    verbs=("list", "retrieve", "create", "destroy"),
    filters=["object", "informatieobject"],
    unique={"objectinformatieobject_paar": ("nonFieldErrors", "unique")},
)
