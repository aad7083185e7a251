"""Klantnotificatie: one message to one client, from the event that caused it to its arrival."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.urns import company_sql, person_filter
from loket.registers.output.outputregel import Outputregel
from loket.registers.output.register import OUTPUT
from loket.registers.output.waarden import Gebeurtenis, Outputkanaal, Verzendstatus


class Klantnotificatie(Record):
    """Een bericht aan een klant, en wat ervan is geworden."""

    regel = field.ref(
        Outputregel, "De OUTPUTREGEL.", back="klantnotificaties", optional=True, cascade=None
    )
    sjabloonversie = field.integer("De versie van het sjabloon.", most=32_767)
    gebeurtenis = field.choice(Gebeurtenis, "Waardoor het bericht ontstond.")
    positie = field.integer("De plaats van de gebeurtenis in het logboek.", most=2**62)
    hoofd_object = field.url("Waar het over gaat.")
    onderdeel = field.url("Wat er gebeurde, zoals de status die gezet is.")
    ontvanger = field.person(
        "De URN van wie het krijgt; een BSN staat er alleen voor wie een doel heeft.",
        optional=True,
    )
    partij = field.url("De partij van Klantinteracties, als die bekend is.", optional=True)
    taal = field.text("De taal (ISO 639-1).", 2, optional=True, default="nl")
    kanaal = field.choice(Outputkanaal, "Het kanaal waarlangs het gaat.", optional=True)
    adres = field.text("Het e-mailadres of nummer waar het heen gaat.", 254, optional=True)
    geprobeerd = field.many(
        field.group(
            "Een kanaal dat afviel.",
            kanaal=field.choice(Outputkanaal, "Het kanaal."),
            reden=field.text("Waarom.", 500),
        ),
        "De kanalen die afvielen.",
        optional=True,
    )
    status = field.choice(
        Verzendstatus, "Hoe ver het is.", optional=True, default=Verzendstatus.GEPLAND.value
    )
    gepland_op = field.moment("Vanaf wanneer het verzonden wordt.")
    pogingen = field.integer("Hoe vaak het langs dit kanaal geprobeerd is.", most=10_000)
    verzonden_op = field.moment("Wanneer het is overgedragen.", optional=True)
    bezorgd_op = field.moment("Wanneer het is aangekomen.", optional=True)
    kenmerk = field.text("Hoe de bezorger het noemt.", 250, optional=True)
    uitkomst = field.text("Wat er het laatst gebeurde.", 500, optional=True)
    klantcontact = field.url("Het klantcontact dat ervan is vastgelegd.", optional=True)
    sleutel = field.text("Waaraan een herhaling te herkennen is.", 250)

    class Meta:
        verbose_name_plural = "klantnotificaties"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sleutel"], name="klantnotificatie_sleutel"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["gepland_op"],
                name="klantnotificatie_gepland",
                condition=models.Q(status=Verzendstatus.GEPLAND.value),
            ),
            models.Index(fields=["hoofd_object"], name="klantnotificatie_object"),
            models.Index(
                fields=["kenmerk"], name="klantnotificatie_kenmerk", condition=~models.Q(kenmerk="")
            ),
            models.Index(fields=["positie"], name="klantnotificatie_positie"),
        ]

    def __str__(self) -> str:
        return f"{self.gebeurtenis} {self.kanaal} {self.status}"


klantnotificaties = Resource(
    OUTPUT,
    "klantnotificaties",
    Klantnotificatie,
    owned="{row}.ontvanger_nummer = %(burger)s",
    owned_by_company=company_sql("ontvanger"),
    verbs=("list", "retrieve"),
    filters=[
        "regel__uuid",
        "gebeurtenis",
        "positie",
        "hoofd_object",
        "status",
        "kanaal",
        person_filter("ontvanger", "ontvanger", "De URN van wie het krijgt."),
        *(f"gepland_op{each}" for each in ("__gte", "__lte")),
    ],
)

audit_commands(klantnotificaties)
