"""Actor: who or what acts for the municipality."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.filters import identified
from loket.registers.klantinteracties.groepen import ACTOREN, identificator
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import SoortActor


class Actor(Record):
    """Een medewerker, een afdeling of een programma dat voor de gemeente handelt."""

    naam = field.text("De naam.", 200)
    soort_actor = field.choice(SoortActor, "Wat voor actor het is.")
    indicatie_actief = field.flag("Of de actor nog in gebruik is.", optional=True, default=True)
    actoridentificator = identificator("Waar de actor vandaan komt.")
    actor_identificatie = field.variant(
        "soort_actor",
        ACTOREN,
        "Wat er over de actor bekend is; de vorm hangt van de soort af.",
    )


actoren = Resource(
    KLANTINTERACTIES,
    "actoren",
    Actor,
    filters=[
        "naam",
        "soort_actor",
        "indicatie_actief",
        *identified("actoridentificator", "actoridentificator"),
    ],
)
