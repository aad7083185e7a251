"""Bijlage: a document that went along with a klantcontact, in whatever register it stands."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.filters import Along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.filters import identified
from loket.registers.klantinteracties.groepen import identificator
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.klantcontact_regels import hoort_bij_contact
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.verwijzingen import DOCUMENT, hier


class Bijlage(Record):
    """Een document dat bij een klantcontact hoorde."""

    was_bijlage_van_klantcontact = field.ref(
        Klantcontact, "Het KLANTCONTACT.", back="omvatte_bijlagen", optional=True
    )
    bijlageidentificator = identificator("Waar het document te vinden is.")
    document = hier(
        "bijlageidentificator",
        "documenten.EnkelvoudigInformatieObject",
        "Het document, als dat van deze gemeente is.",
        *DOCUMENT,
    )

    class Meta:
        verbose_name_plural = "bijlagen"


bijlagen = Resource(
    KLANTINTERACTIES,
    "bijlagen",
    Bijlage,
    parent="was_bijlage_van_klantcontact",
    rules=[hoort_bij_contact],
    filters=[
        Along("klantcontact__uuid", "was_bijlage_van_klantcontact.uuid"),
        *identified("bijlageidentificator", "bijlageidentificator"),
    ],
)
