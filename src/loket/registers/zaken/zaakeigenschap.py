"""ZaakEigenschap: what a zaak has of a property of its type (Zaken API 1.7.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.zaken.archivering import herbereken_na
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.specificatie import onjuist
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import bij_zaaktype, is_open_of_geforceerd

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.kernel.problems import Fault


class ZaakEigenschap(Record):
    """De waarde die een zaak heeft voor een eigenschap van het zaaktype."""

    zaak = field.ref(Zaak, "De ZAAK.", back="eigenschappen", once=True)
    eigenschap = field.ref("catalogi.Eigenschap", "De EIGENSCHAP.", cascade=False, once=True)
    naam = field.derived(
        "(SELECT soort.naam FROM catalogi_eigenschap soort WHERE soort.id = {row}.eigenschap_id)",
        {"type": "string"},
        "De naam van de EIGENSCHAP.",
    )
    waarde = field.prose("De waarde.")

    class Meta:
        verbose_name_plural = "zaakeigenschappen"

    def __str__(self) -> str:
        return f"{self.zaak}: {self.eigenschap}"


def waarde_past(zaakeigenschap: ZaakEigenschap, change: Change) -> list[Fault]:
    """Warn for a value that does not fit its specificatie; it is kept all the same (1.7)."""
    lacking = onjuist(zaakeigenschap.waarde, zaakeigenschap.eigenschap.specificatie)
    if lacking:
        change.warn(f"De waarde past niet bij de specificatie: {lacking}.")
    return []


zaakeigenschappen = Resource(
    ZAKEN,
    "zaken/{zaak}/zaakeigenschappen",
    ZaakEigenschap,
    parent="zaak",
    paged=False,
    rules=[is_open_of_geforceerd, bij_zaaktype("eigenschap")],
    checks=[waarde_past],
    reactions=[herbereken_na],
    farewells=[herbereken_na],
)
