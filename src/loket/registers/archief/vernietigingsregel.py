"""Vernietigingsregel: one zaak on a list, and afterwards the proof that it was destroyed.

What stands here stays when the zaak is gone, so it holds nothing about a person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.archief.register import ARCHIEF
from loket.registers.archief.vernietigingslijst import Vernietigingslijst
from loket.registers.archief.waarden import Regelstand, Stand

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.grammar.change import Change

OPEN = (Regelstand.VOORGESTELD, Regelstand.UITGEZONDERD, Regelstand.TE_VERNIETIGEN)


class Vernietigingsregel(Record):
    """Een zaak op een vernietigingslijst."""

    lijst = field.ref(Vernietigingslijst, "De VERNIETIGINGSLIJST.", back="regels", once=True)
    zaak = field.url("Adres van de ZAAK.", once=True)
    zaaknummer = field.text("Identificatie van de zaak.", 40, computed=True, optional=True)
    zaaktype = field.text("Omschrijving van het zaaktype.", 80, computed=True, optional=True)
    resultaat = field.text("Omschrijving van het resultaattype.", 30, computed=True, optional=True)
    selectielijstklasse = field.url(
        "De categorie van de selectielijst.", computed=True, optional=True
    )
    startdatum: Any = field.day("Begin van de behandeling.", computed=True, nullable=True)
    einddatum: Any = field.day("Einde van de behandeling.", computed=True, nullable=True)
    archiefactiedatum: Any = field.day(
        "Vanaf wanneer vernietigd moet worden.", computed=True, nullable=True
    )
    stand = field.choice(
        Regelstand,
        "Wat er met de zaak gebeurt; een opsteller zondert haar uit of stelt haar weer voor.",
        optional=True,
        default=Regelstand.VOORGESTELD.value,
    )
    reden = field.prose("Waarom uitgezonderd, of niet vernietigd.", optional=True)
    vernietigd_op: Any = field.moment("Wanneer.", computed=True, nullable=True)
    documenten: int = field.integer("Hoeveel documenten meegingen.", computed=True)
    besluiten: int = field.integer("Hoeveel besluiten meegingen.", computed=True)
    controlegetal = field.text(
        "SHA-256 over alles wat de zaak is geweest, om een kopie elders te herkennen.",
        64, computed=True, optional=True,
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "vernietigingsregels"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["zaak"], name="vernietigingsregel_zaak", condition=models.Q(stand__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return str(self.zaaknummer)


@rule("lijst-niet-in-concept", on="lijst", verbs=("create", "update", "destroy"))
def lijst_is_concept(regel: Vernietigingsregel) -> bool:
    """De lijst is aangeboden of vastgesteld en verandert niet meer."""
    return bool(regel.lijst.stand == Stand.CONCEPT)


@rule("stand-niet-te-kiezen", on="stand")
def stand_is_te_kiezen(regel: Vernietigingsregel) -> bool:
    """Een opsteller kiest alleen tussen voorgesteld en uitgezonderd."""
    return regel.stand in (Regelstand.VOORGESTELD, Regelstand.UITGEZONDERD)


@rule("reden-ontbreekt", on="reden")
def uitzondering_heeft_reden(regel: Vernietigingsregel) -> bool:
    """Wie een zaak uitzondert zegt waarom."""
    return bool(regel.stand != Regelstand.UITGEZONDERD or regel.reden.strip())


class _Port:
    lezer: ClassVar[Callable[[Vernietigingsregel, Change], None] | None] = None


def lees_met(lezer: Callable[[Vernietigingsregel, Change], None]) -> None:
    """Say who reads zaken for this register: registers do not know each other."""
    _Port.lezer = lezer


def neem_kenmerken_over(regel: Vernietigingsregel, change: Change) -> None:
    """Note of the zaak what may stay known of it; what may not be destroyed is a fault."""
    if change.before is None:
        regel.documenten = regel.besluiten = 0
        if _Port.lezer is not None:
            _Port.lezer(regel, change)


vernietigingsregels = Resource(
    ARCHIEF,
    "vernietigingsregels",
    Vernietigingsregel,
    parent="lijst",
    filters=["lijst__uuid", "zaak", "zaaknummer", "stand"],
    derive=[neem_kenmerken_over],
    rules=[lijst_is_concept, stand_is_te_kiezen, uitzondering_heeft_reden],
    unique={"vernietigingsregel_zaak": ("zaak", "al-op-een-lijst")},
)
