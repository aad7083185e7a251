"""Status: where a zaak stands since a moment (Zaken API 1.7.0)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.filters import Filter
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.words import Flag
from loket.registers.zaken import status_regels as regels
from loket.registers.zaken.afsluiten import sluit_of_heropen
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import bij_zaak, bij_zaaktype

LAATSTE = (
    "NOT EXISTS (SELECT FROM zaken_status later WHERE later.zaak_id = {row}.zaak_id "
    "AND (later.datum_status_gezet, later.id) > ({row}.datum_status_gezet, {row}.id))"
)


class Status(Record):
    """Hoe ver de behandeling van een zaak is; een eenmaal gezette status verandert niet meer."""

    zaak = field.ref(Zaak, "De ZAAK.", back="statussen", unindexed=True)
    statustype = field.ref("catalogi.StatusType", "Het STATUSTYPE.", cascade=False)
    datum_status_gezet = field.moment("Moment waarop de zaak deze status kreeg.")
    statustoelichting = field.text("Toelichting voor de initiator.", 1000, optional=True)
    indicatie_laatst_gezette_status = field.derived(
        LAATSTE, {"type": "boolean"}, "Of dit de laatste status is."
    )
    gezetdoor = field.ref(
        "zaken.Rol", "De ROL die de status zette.", back="statussen", optional=True, cascade=None
    )
    zaakinformatieobjecten = field.back("Documenten bij deze status.")

    class Meta:
        verbose_name_plural = "statussen"
        indexes: ClassVar = [
            models.Index(fields=["zaak", "-datum_status_gezet", "-id"], name="status_zaak"),
        ]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.statustype}"


statussen = Resource(
    ZAKEN,
    "statussen",
    Status,
    parent="zaak",
    verbs=("list", "retrieve", "create"),
    filters=[
        "zaak",
        "statustype",
        Filter(
            "indicatieLaatstGezetteStatus",
            f"({LAATSTE}) = {{value}}",
            lambda raw, _: Flag("").value(raw),
            {"type": "boolean"},
            "Alleen de laatste status van elke zaak, of juist niet.",
        ),
    ],
    rules=[
        regels.mag_gezet_worden,
        bij_zaaktype("statustype"),
        bij_zaak("gezetdoor"),
        regels.is_niet_in_toekomst,
        regels.is_niet_voor_start,
        regels.eindstatus_heeft_resultaat,
        regels.deelzaken_zijn_gesloten,
        regels.hoofdzaak_is_open,
    ],
    checks=[regels.documenten_zijn_klaar],
    reactions=[sluit_of_heropen],
    scopes={"create": ("zaken.aanmaken", "zaken.statussen.toevoegen", "zaken.heropenen")},
)
