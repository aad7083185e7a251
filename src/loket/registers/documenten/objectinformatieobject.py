"""ObjectInformatieObject: to what a document belongs (Documenten API 1.7.1).

The registers of zaken and besluiten make and remove these along with their own links; a client
may do so only for what the source of the relation says (drc-004).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.problems import Fault
from loket.registers.documenten import bron
from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject
from loket.registers.documenten.register import DOCUMENTEN
from loket.registers.documenten.waarden import ObjectType

if TYPE_CHECKING:
    from loket.grammar.writing import Change


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


def past_bij_bron(relation: ObjectInformatieObject, change: Change) -> list[Fault]:
    """Note that the OBJECT is not there, or does not say that the document belongs to it."""
    code = bron.fault_of(relation)
    if code:
        return [Fault("object", code, "De URL verwijst niet naar zo'n OBJECT.")]
    known = relation.informatieobject.objectinformatieobjecten.filter(object=relation.object)
    if bron.is_told(relation, change.call.base) is False and not known.exists():
        return [Fault("nonFieldErrors", "inconsistent-relation", "De bron kent de relatie niet.")]
    return []


@rule("remote-relation-exists", verbs=("destroy",))
def bron_is_los(relation: ObjectInformatieObject, change: Change) -> bool:
    """De relatie bestaat nog bij de bron; verwijder haar daar."""
    return not bron.is_told(relation, change.call.base)


objectinformatieobjecten = Resource(
    DOCUMENTEN,
    "objectinformatieobjecten",
    ObjectInformatieObject,
    parent="informatieobject",
    paged=False,
    verbs=("list", "retrieve", "create", "destroy"),
    filters=["object", "informatieobject", "object_type"],
    rules=[bron_is_los],
    checks=[past_bij_bron],
    unique={"objectinformatieobject_paar": ("nonFieldErrors", "unique")},
)
