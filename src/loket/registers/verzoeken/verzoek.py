"""Verzoek: what a citizen or company asks of the municipality, before it is a zaak."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.urns import company_sql
from loket.registers.verzoeken import regels
from loket.registers.verzoeken.delen import BETALING, BRON
from loket.registers.verzoeken.filters import FILTERS
from loket.registers.verzoeken.register import VERZOEKEN
from loket.registers.verzoeken.verzoektype import URN, VerzoekType
from loket.registers.verzoeken.waarden import VerwerkStatus

VAN_BURGER = "%(burger)s IN ({row}.initiator_nummer, {row}.mede_initiator_nummer)"
"""SQL that tells whether the verzoek `{row}` is of the citizen who asks."""

VAN_BEDRIJF = f"({company_sql('initiator')} OR {company_sql('mede_initiator')})"
"""The same of the company that asks, or one of its vestigingen."""

_URN_SCHEMA = {"type": "string", "format": "urn"}


class Verzoek(Record):
    """Wat een burger of bedrijf de gemeente vraagt."""

    urn = field.derived("'urn:nld:loket:verzoeken:verzoek:' || {row}.id", _URN_SCHEMA, "De URN.")
    verzoek_type = field.ref(VerzoekType, "Het verzoektype.", once=True, cascade=False)
    verzoek_type_urn = field.derived(
        f"'{URN}' || {{row}}.verzoek_type_id", _URN_SCHEMA, "De URN van het verzoektype."
    )
    geometrie = field.geometry("Waar het over gaat.")
    aanvraag_gegevens = field.free("Wat gevraagd wordt, naar het schema van de versie.")
    versie = field.integer(
        "De versie van het verzoektype; anders de nieuwste die gepubliceerd is.",
        most=32_767,
        optional=True,
        default=None,
    )
    bijlagen = field.many(
        field.group("Een bijlage.", informatie_object=field.urn("De URN van het document.")),
        "De bijlagen.",
        optional=True,
    )
    initiator = field.person(
        "De URN van wie het vraagt; een BSN staat er alleen voor wie een doel heeft.",
        optional=True,
    )
    mede_initiator = field.person(
        "De URN van wie het mede vraagt; een BSN staat er alleen voor wie een doel heeft.",
        optional=True,
    )
    is_gerelateerd_aan = field.related()
    kanaal = field.text("Langs welk kanaal het kwam.", 200, optional=True)
    verzoek_taal = field.text(
        "De taal van het verzoek (ISO 639-1).", 2, optional=True, default="nl", pattern="[a-z]{2}"
    )
    verwerk_status = field.choice(
        VerwerkStatus,
        "Of het verwerkt is.",
        optional=True,
        default=VerwerkStatus.GEREGISTREERD.value,
    )
    verzoek_informatie_object = field.urn(
        "De URN van het document waarin het verzoek staat.", optional=True
    )
    verzoek_bron = BRON
    verzoek_betaling = BETALING
    geregistreerd_op = field.moment("Wanneer het verzoek binnenkwam.", computed=True)

    class Meta:
        verbose_name_plural = "verzoeken"
        indexes: ClassVar = [
            GinIndex(
                fields=["is_gerelateerd_aan"],
                name="verzoek_gerelateerd",
                opclasses=["jsonb_path_ops"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verzoek_type} {self.verwerk_status}"


_PERSONEN = "SELECT unnest(ARRAY[{row}.initiator_nummer, {row}.mede_initiator_nummer])"

verzoeken = Resource(
    VERZOEKEN,
    "verzoeken",
    Verzoek,
    owned=VAN_BURGER,
    concerns=Concerns("verzoek", _PERSONEN, "''"),
    owned_by_company=VAN_BEDRIJF,
    expand=[],
    filters=FILTERS,
    derive=[regels.vul_in],
    checks=[regels.past_bij_zijn_versie, regels.bijlagen_eenmaal, regels.blijft_verwerkt],
    kenmerken=["verzoek_type", "verwerk_status"],
)

audit_commands(verzoeken)
