"""ZaakEigenschap: what a zaak has of a property of its type (Zaken API 1.7.0)."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import bij_zaaktype, is_open_of_geforceerd


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


zaakeigenschappen = Resource(
    ZAKEN,
    "zaken/{zaak}/zaakeigenschappen",
    ZaakEigenschap,
    parent="zaak",
    paged=False,
    rules=[is_open_of_geforceerd, bij_zaaktype("eigenschap")],
)
