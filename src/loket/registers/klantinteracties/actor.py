"""Actor: who or what acts for the municipality."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.filters import Along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.klantinteracties.groepen import TELEFOONNUMMER, identificator
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import SoortActor

DELEN = ("objectId", "codeObjecttype", "codeRegister", "codeSoortObjectId")


class Actor(Record):
    """Een medewerker, een afdeling of een programma dat voor de gemeente handelt."""

    naam = field.text("De naam.", 200)
    soort_actor = field.choice(SoortActor, "Wat voor actor het is.")
    indicatie_actief = field.flag("Of de actor nog in gebruik is.", optional=True, default=True)
    actoridentificator = identificator("Waar de actor vandaan komt.")
    actor_identificatie = field.variant(
        "soort_actor",
        {
            "medewerker": field.group(
                "Een medewerker.",
                functie=field.text("De functie.", 40, optional=True),
                emailadres=field.email("Het e-mailadres.", optional=True),
                telefoonnummer=field.text(
                    "Het telefoonnummer.", 20, pattern=TELEFOONNUMMER, optional=True
                ),
            ),
            "geautomatiseerde_actor": field.group(
                "Een programma.",
                functie=field.text("Wat het doet.", 40, optional=True),
                omschrijving=field.text("Een omschrijving.", 200, optional=True),
            ),
            "organisatorische_eenheid": field.group(
                "Een afdeling of groep.",
                omschrijving=field.text("Een omschrijving.", 200, optional=True),
                emailadres=field.email("Het e-mailadres.", optional=True),
                faxnummer=field.text("Het faxnummer.", 20, optional=True),
                telefoonnummer=field.text(
                    "Het telefoonnummer.", 20, pattern=TELEFOONNUMMER, optional=True
                ),
            ),
        },
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
        *(
            Along(f"actoridentificator{part[0].upper()}{part[1:]}", f"actoridentificator->{part}")
            for part in DELEN
        ),
    ],
)
