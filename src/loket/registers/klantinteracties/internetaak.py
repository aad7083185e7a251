"""Interne taak: what an employee still has to do after a klantcontact, such as calling back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.filters import Along, Filter
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.words import Flag
from loket.registers.klantinteracties import internetaak_regels as regels
from loket.registers.klantinteracties.actor import Actor
from loket.registers.klantinteracties.filters import reference
from loket.registers.klantinteracties.klantcontact import Klantcontact
from loket.registers.klantinteracties.partij import NUMMER
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import InterneTaakStatus

_VERWIJZING = {
    "type": "object",
    "required": ["uuid"],
    "properties": {
        "uuid": {"type": "string", "format": "uuid"},
        "url": {"type": "string", "format": "uri", "readOnly": True},
    },
}


TE_LAAT = "{row}.status = 'te_verwerken' AND {row}.uiterste_datum < %(dag)s::date"
JA = Flag("")


class InterneTaak(Record):
    """Wat een medewerker na een klantcontact nog te doen heeft."""

    nummer = field.alias(
        "referentienummer", "De oude naam van het referentienummer.", NUMMER, deprecated=True
    )
    referentienummer = field.number(
        "",
        "Het nummer waarmee mensen de taak aanduiden.",
        10,
        pattern="[0-9]+",
        once=True,
        asked_by_null=True,
    )
    gevraagde_handeling = field.text("Wat er gedaan moet worden.", 200)
    aanleidinggevend_klantcontact = field.ref(
        Klantcontact, "Het KLANTCONTACT dat de aanleiding was.", back="leidde_tot_interne_taken"
    )
    toegewezen_aan_actor = field.alias(
        "toegewezen_aan_actoren",
        "De eerste ACTOR; gebruik toegewezenAanActoren.",
        _VERWIJZING,
        single=True,
        deprecated=True,
        nullable=False,
    )
    toegewezen_aan_actoren = field.refs(
        Actor, "Wie de taak uitvoeren: een medewerker, groep of afdeling.", back="interne_taken"
    )
    toelichting = field.text("Een toelichting.", 1000, optional=True)
    status = field.choice(InterneTaakStatus, "Of er nog iets te doen is.")
    toegewezen_op = field.moment("Wanneer de taak is toegewezen.", computed=True)
    afgehandeld_op = field.moment("Wanneer de taak is afgehandeld.", optional=True)
    uiterste_datum = field.day(
        "Wanneer de taak volgens de norm afgehandeld moet zijn.", computed=True, nullable=True
    )

    class Meta:
        verbose_name_plural = "internetaken"
        indexes: ClassVar = [
            models.Index(fields=["status", "uiterste_datum", "id"], name="internetaak_status")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referentienummer"], name="internetaak_nummer"),
        ]

    def __str__(self) -> str:
        return str(self.referentienummer)


internetaken = Resource(
    KLANTINTERACTIES,
    "internetaken",
    InterneTaak,
    parent="aanleidinggevend_klantcontact",
    owned="false",
    filters=[
        Along("nummer", "referentienummer"),
        "referentienummer",
        "status",
        "toegewezen_op",
        "uiterste_datum__lt",
        Filter("teLaat", f"({TE_LAAT}) = {{value}}", lambda raw, _: JA.value(raw), JA.schema()),
        *reference("toegewezenAanActor", "toegewezen_aan_actoren"),
        Along("actoren__naam", "toegewezen_aan_actoren.naam"),
        *reference("aanleidinggevendKlantcontact", "aanleidinggevend_klantcontact"),
        Along("klantcontact__uuid", "aanleidinggevend_klantcontact.uuid"),
        Along("klantcontact__nummer", "aanleidinggevend_klantcontact.referentienummer"),
        Along("klantcontact__referentienummer", "aanleidinggevend_klantcontact.referentienummer"),
    ],
    derive=[regels.houd_bij],
    checks=[regels.is_af_of_open, regels.heeft_actor],
    unique={"internetaak_nummer": ("referentienummer", "unique")},
)
