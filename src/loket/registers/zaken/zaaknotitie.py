"""ZaakNotitie: a note with a zaak (Zaken API 1.7.0, experimental there; GZAC uses it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.clock import now
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.waarden import NotitieStatus, NotitieType
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import is_open_of_geforceerd

if TYPE_CHECKING:
    from loket.grammar.writing import Change


class ZaakNotitie(Record):
    """Een notitie bij een zaak."""

    onderwerp = field.text("Het onderwerp.", 255)
    tekst = field.prose("De tekst.")
    aangemaakt_door = field.text("Wie de notitie schreef.", 255, optional=True)
    notitie_type = field.choice(
        NotitieType,
        "Intern: alleen voor medewerkers; extern: ook voor de initiator.",
        optional=True,
        default=NotitieType.INTERN.value,
    )
    status = field.choice(
        NotitieStatus,
        "Een definitieve notitie verandert niet meer.",
        optional=True,
        default=NotitieStatus.CONCEPT.value,
    )
    aanmaakdatum = field.moment("Moment van aanmaken.", computed=True)
    wijzigingsdatum = field.moment("Moment van de laatste wijziging.", computed=True)
    gerelateerd_aan = field.ref(Zaak, "De ZAAK.", back="zaaknotities")

    class Meta:
        verbose_name_plural = "zaaknotities"

    def __str__(self) -> str:
        return f"{self.gerelateerd_aan}: {self.onderwerp}"


def dagteken(notitie: ZaakNotitie, change: Change) -> None:
    """Note who wrote it, and when."""
    if change.given or change.before is None:
        notitie.wijzigingsdatum = now()
    if change.before is None:
        notitie.aanmaakdatum = notitie.wijzigingsdatum
        notitie.aangemaakt_door = notitie.aangemaakt_door or change.actor.user_label


@rule("notitie-definitief", verbs=("update",))
def is_concept(_: ZaakNotitie, change: Change) -> bool:
    """Een definitieve notitie verandert niet meer."""
    return bool(change.before.status == NotitieStatus.CONCEPT)


FILTERS = [
    "aangemaakt_door", "aangemaakt_door__icontains", "aanmaakdatum", "aanmaakdatum__gt",
    "aanmaakdatum__gte", "aanmaakdatum__lt", "aanmaakdatum__lte", "gerelateerd_aan",
    "notitie_type", "onderwerp", "onderwerp__icontains", "status", "tekst", "tekst__icontains",
    "wijzigingsdatum", "wijzigingsdatum__gt", "wijzigingsdatum__gte", "wijzigingsdatum__lt",
    "wijzigingsdatum__lte",
]  # fmt: skip

zaaknotities = Resource(
    ZAKEN,
    "zaaknotities",
    ZaakNotitie,
    parent="gerelateerd_aan",
    owned="{row}.notitie_type = 'extern' AND {row}.status = 'definitief'",
    filters=FILTERS,
    derive=[dagteken],
    rules=[is_open_of_geforceerd, is_concept],
    with_uuid=False,
    scopes={
        "create": ("zaken.bijwerken",),
        "update": ("zaken.bijwerken",),
        "partial_update": ("zaken.bijwerken",),
        "destroy": ("zaken.bijwerken",),
    },
)
