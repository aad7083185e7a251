"""Vernietigingslijst: which zaken are to be destroyed, made by one person, approved by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.clock import now
from loket.registers.archief.register import ARCHIEF
from loket.registers.archief.waarden import Stand

if TYPE_CHECKING:
    from loket.grammar.change import Change


class Vernietigingslijst(Record):
    """Een lijst van zaken die vernietigd gaan worden (Archiefwet, artikel 3)."""

    nummer = field.number("VERNIETIGING", "Het nummer van de lijst.", once=True)
    naam = field.text("Waar de lijst over gaat.", 200)
    toelichting = field.prose("Toelichting voor de beoordelaar.", optional=True)
    stand = field.choice(Stand, "Hoe ver de lijst is.", computed=True)
    opsteller = field.text(
        "Wie de lijst maakte, en daarna: wie haar aanbood.", 255, computed=True, optional=True
    )
    opgesteld_op: Any = field.moment("Wanneer de lijst is gemaakt.", computed=True, nullable=True)
    beoordelaar = field.text("Wie de lijst beoordeelde.", 255, computed=True, optional=True)
    beoordeeld_op: Any = field.moment("Wanneer.", computed=True, nullable=True)
    oordeel = field.prose("Wat de beoordelaar ervan zei.", computed=True, optional=True)
    uitgevoerd_op: Any = field.moment(
        "Wanneer de laatste zaak van de lijst aan de beurt was.", computed=True, nullable=True
    )
    regels = field.back("De zaken op de lijst.", hidden=True)

    class Meta:
        verbose_name_plural = "vernietigingslijsten"
        permissions: ClassVar = [
            ("opstellen_vernietigingslijst", "Mag vernietigingslijsten opstellen en aanbieden"),
            (
                "vaststellen_vernietigingslijst",
                "Mag vernietigingslijsten van een ander vaststellen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nummer} {self.naam}"


def wie(change: Change) -> str:
    """Return who acts: the employee when the application names one, else the application."""
    actor = change.actor
    return (actor.user or f"{actor.kind.value}:{actor.id}")[:255]


def begin(lijst: Vernietigingslijst, change: Change) -> None:
    """Let a list begin as a concept, and note who made it."""
    if change.before is None:
        lijst.stand = Stand.CONCEPT.value
        lijst.opsteller, lijst.opgesteld_op = wie(change), now()


@rule("lijst-niet-in-concept", verbs=("update", "destroy"))
def is_concept(lijst: Vernietigingslijst) -> bool:
    """De lijst is aangeboden of vastgesteld en verandert niet meer."""
    return bool(lijst.stand == Stand.CONCEPT)


vernietigingslijsten = Resource(
    ARCHIEF,
    "vernietigingslijsten",
    Vernietigingslijst,
    filters=["nummer", "stand", "naam__icontains"],
    ordering=["nummer", "opgesteld_op"],
    derive=[begin],
    rules=[is_concept],
)

audit_commands(vernietigingslijsten)
