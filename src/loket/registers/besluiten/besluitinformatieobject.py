"""BesluitInformatieObject: a document in which a besluit is laid down (Besluiten API 1.1.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.removing import drop
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.grammar.writing import HOUSE, follow
from loket.kernel.clock import now
from loket.registers.besluiten.besluit import Besluit, besluiten
from loket.registers.besluiten.register import BESLUITEN
from loket.registers.documenten.enkelvoudiginformatieobject import DOCUMENT, TOONBAAR
from loket.registers.documenten.objectinformatieobject import (
    ObjectInformatieObject,
    objectinformatieobjecten,
)

if TYPE_CHECKING:
    from loket.grammar.writing import Change


class AardRelatie(models.TextChoices):
    """Hoe een besluit zich verhoudt tot een document."""

    LEGT_VAST = "legt_vast", "Legt vast, omgekeerd: kan vastgelegd zijn als"


class BesluitInformatieObject(Record):
    """Een document waarin (een deel van) een besluit is vastgelegd."""

    informatieobject = field.ref(
        "documenten.EnkelvoudigInformatieObject",
        "Het INFORMATIEOBJECT.",
        back="besluitinformatieobjecten",
        cascade=False,
        once=True,
    )
    besluit = field.ref(
        Besluit, "Het BESLUIT.", back="besluitinformatieobjecten", once=True, unindexed=True
    )
    aard_relatie = field.choice(
        AardRelatie, "De aard van de relatie; alleen binnenshuis.", computed=True, hidden=True
    )
    registratiedatum = field.moment(
        "Moment van registratie; alleen binnenshuis.", computed=True, hidden=True
    )

    class Meta:
        verbose_name_plural = "besluitinformatieobjecten"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["besluit", "informatieobject"], name="besluitinformatieobject_paar"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.besluit}: {self.informatieobject}"


def leg_vast(besluitinformatieobject: BesluitInformatieObject, change: Change) -> None:
    """Say what the relation is, and when it was registered (brc-004)."""
    if change.before is None:
        besluitinformatieobject.aard_relatie = AardRelatie.LEGT_VAST.value
        besluitinformatieobject.registratiedatum = now()


@rule("missing-besluittype-informatieobjecttype-relation")
def informatieobjecttype_hoort_bij_besluittype(
    besluitinformatieobject: BesluitInformatieObject,
) -> bool:
    """Documenten van dit type horen niet bij besluiten van dit besluittype."""
    besluittype = besluitinformatieobject.besluit.besluittype
    informatieobjecttype = besluitinformatieobject.informatieobject.informatieobjecttype
    return bool(
        besluittype.catalogus_id == informatieobjecttype.catalogus_id
        and informatieobjecttype.omschrijving in besluittype.informatieobjecttypen
    )


def spiegel(besluitinformatieobject: BesluitInformatieObject, change: Change) -> None:
    """Let the document know to which besluit it belongs (brc-005)."""
    document = besluitinformatieobject.informatieobject
    follow(
        objectinformatieobjecten,
        change,
        informatieobject=document,
        object=_address(besluitinformatieobject),
        object_type="besluit",
        regime=document.regime,
    )


def wis_spiegel(besluitinformatieobject: BesluitInformatieObject, change: Change) -> None:
    """Let the document know that it no longer belongs to the besluit (brc-005, brc-009)."""
    mirrors = ObjectInformatieObject.objects.filter(
        informatieobject=besluitinformatieobject.informatieobject_id,
        object=_address(besluitinformatieobject),
    )
    for mirror in mirrors:
        drop(objectinformatieobjecten, mirror, change)


def _address(besluitinformatieobject: BesluitInformatieObject) -> str:
    return besluiten.address(besluitinformatieobject.besluit, HOUSE)


besluitinformatieobjecten = Resource(
    BESLUITEN,
    "besluitinformatieobjecten",
    BesluitInformatieObject,
    parent="besluit",
    opens={DOCUMENT: TOONBAAR},
    paged=False,
    verbs=("list", "retrieve", "create", "destroy"),
    filters=["besluit", "informatieobject"],
    derive=[leg_vast],
    rules=[informatieobjecttype_hoort_bij_besluittype],
    reactions=[spiegel],
    farewells=[wis_spiegel],
    unique={"besluitinformatieobject_paar": ("nonFieldErrors", "unique")},
    with_uuid=False,
)
