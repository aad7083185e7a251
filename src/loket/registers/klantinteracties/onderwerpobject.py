"""Onderwerpobject: what a klantcontact was about, in whatever register it stands."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTextTransform

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.filters import identified, reference
from loket.registers.klantinteracties.groepen import identificator
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.klantcontact_regels import hoort_bij_contact
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.verwijzingen import DOCUMENT, hier


class Onderwerpobject(Record):
    """Waar een klantcontact over ging: iets in een register, of een eerder klantcontact."""

    klantcontact = field.ref(
        Klantcontact, "Het KLANTCONTACT.", back="ging_over_onderwerpobjecten", optional=True
    )
    was_klantcontact = field.ref(
        Klantcontact,
        "Het eerdere KLANTCONTACT waar het over ging.",
        back="was_onderwerpobjecten",
        optional=True,
    )
    onderwerpobjectidentificator = identificator("Waar het object te vinden is.")
    zaak = hier(
        "onderwerpobjectidentificator",
        "zaken.Zaak",
        "De ZAAK, als die van deze gemeente is.",
        "zaak",
    )
    besluit = hier(
        "onderwerpobjectidentificator",
        "besluiten.Besluit",
        "Het BESLUIT, als dat van deze gemeente is.",
        "besluit",
    )
    document = hier(
        "onderwerpobjectidentificator",
        "documenten.EnkelvoudigInformatieObject",
        "Het document, als dat van deze gemeente is.",
        *DOCUMENT,
    )

    class Meta:
        verbose_name_plural = "onderwerpobjecten"
        indexes: ClassVar = [
            models.Index(
                KeyTextTransform("objectId", "onderwerpobjectidentificator"),
                name="onderwerpobject_sleutel",
            ),
        ]


onderwerpobjecten = Resource(
    KLANTINTERACTIES,
    "onderwerpobjecten",
    Onderwerpobject,
    parent="klantcontact",
    verbs=("list", "retrieve", "create", "update", "partial_update"),
    rules=[hoort_bij_contact],
    filters=[
        *reference("klantcontact", "klantcontact"),
        *reference("wasKlantcontact", "was_klantcontact"),
        *identified("onderwerpobjectidentificator", "onderwerpobjectidentificator"),
    ],
)
