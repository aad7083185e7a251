"""Actor-klantcontact: an actor took part in a klantcontact."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.actor import Actor
from loket.registers.klantinteracties.filters import reference
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.klantcontact_regels import hoort_bij_contact
from loket.registers.klantinteracties.register import KLANTINTERACTIES


class ActorKlantcontact(Record):
    """Dat een actor namens de gemeente aan een klantcontact deelnam."""

    actor = field.ref(Actor, "De ACTOR.", back="actorklantcontacten", cascade=False)
    klantcontact = field.ref(Klantcontact, "Het KLANTCONTACT.", back="actorklantcontacten")

    class Meta:
        verbose_name_plural = "actorklantcontacten"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["klantcontact", "actor"], name="actorklantcontact_eenmaal"
            ),
        ]


actorklantcontacten = Resource(
    KLANTINTERACTIES,
    "actorklantcontacten",
    ActorKlantcontact,
    parent="klantcontact",
    rules=[hoort_bij_contact],
    filters=[*reference("actor", "actor"), *reference("klantcontact", "klantcontact")],
    unique={"actorklantcontact_eenmaal": ("nonFieldErrors", "unique")},
)
