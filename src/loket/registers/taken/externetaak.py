"""Externe taak: something that a citizen or company is asked to do, before a day."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.filters import Along, Filter
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.urns import company_sql, person_filter, related_filter
from loket.kernel.clock import today
from loket.registers.berichten.waarden import HandelingsPerspectief
from loket.registers.taken import regels
from loket.registers.taken.details import DETAILS
from loket.registers.taken.formulier import is_ingevuld
from loket.registers.taken.register import TAKEN
from loket.registers.taken.waarden import TaakSoort, TaakStatus

VAN_BURGER = "{row}.is_toegewezen_aan_nummer = %(burger)s AND {row}.startdatum <= %(dag)s::date"
"""SQL that tells whether the taak `{row}` is of the citizen who asks, and has begun."""

VAN_BEDRIJF = f"{company_sql('is_toegewezen_aan')} AND {{row}}.startdatum <= %(dag)s::date"
"""The same of the company that asks, or one of its vestigingen."""


class ExterneTaak(Record):
    """Iets wat een burger of bedrijf gevraagd wordt te doen."""

    urn = field.derived(
        "'urn:nld:loket:taken:externetaak:' || {row}.id",
        {"type": "string", "format": "urn"},
        "De URN.",
    )
    titel = field.text("Wat er gedaan moet worden; de burger ziet dit.", 100)
    verwerker_taak_id = field.text(
        "De sleutel bij het systeem dat de taak verwerkt.", 36, optional=True
    )
    status = field.choice(
        TaakStatus, "Hoe ver het is.", optional=True, default=TaakStatus.OPEN.value
    )
    startdatum = field.day("Vanaf wanneer het kan.", optional=True, nullable=False, default=today)
    handelings_perspectief = field.choice(
        HandelingsPerspectief, "Wat er verwacht wordt.", optional=True
    )
    einddatum_handelings_termijn = field.day("De laatste dag waarop het kan.")
    datum_herinnering = field.day(
        "Wanneer de burger herinnerd wordt; anders een week voor de laatste dag.", optional=True
    )
    toelichting = field.text("Een toelichting; de burger ziet dit.", 80, optional=True)
    is_toegewezen_aan = field.person(
        "De URN van wie het moet doen; een BSN staat er alleen voor wie een doel heeft.",
        optional=True,
    )
    is_gerelateerd_aan = field.related()
    taak_soort = field.choice(TaakSoort, "Wat voor taak het is.")
    details: Any = field.variant(
        "taak_soort",
        DETAILS,
        "Wat er verder van de taak te zeggen is; een PATCH wijzigt alleen wat zij noemt.",
        merged=True,
        nullable=False,
        optional=False,
    )
    herinnerd_op = field.moment("Wanneer de burger herinnerd is.", computed=True, optional=True)

    class Meta:
        verbose_name_plural = "externe taken"
        indexes: ClassVar = [
            models.Index(fields=["status", "einddatum_handelings_termijn"], name="taak_termijn"),
            GinIndex(
                fields=["is_gerelateerd_aan"], name="taak_gerelateerd", opclasses=["jsonb_path_ops"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taak_soort} {self.status}"


_DAGEN = ("startdatum", "datum_herinnering", "einddatum_handelings_termijn")
FILTERS: list[str | Along | Filter] = [
    Along("uuid", "uuid"),
    "titel",
    "status",
    "taak_soort",
    "handelings_perspectief",
    "verwerker_taak_id",
    person_filter("isToegewezenAan", "is_toegewezen_aan", "De URN van wie het moet doen."),
    related_filter("is_gerelateerd_aan"),
    *(f"{dag}{each}" for dag in _DAGEN for each in ("", "__gt", "__gte", "__lt", "__lte")),
]

OVER = Concerns("taak", "SELECT {row}.is_toegewezen_aan_nummer", "{row}.titel")

externetaken = Resource(
    TAKEN,
    "externetaken",
    ExterneTaak,
    owned=VAN_BURGER,
    concerns=OVER,
    owned_by_company=VAN_BEDRIJF,
    filters=FILTERS,
    derive=[regels.vul_in],
    checks=[regels.details_passen, regels.mag_die_kant_op, is_ingevuld],
    rules=[regels.begint_voor_het_eind, regels.herinnert_voor_het_eind],
    kenmerken=["taak_soort", "status"],
)

audit_commands(externetaken)

betaaltaken, urltaken, formuliertaken = (
    Resource(
        TAKEN,
        f"{soort.value.removesuffix('taak')}taken",
        ExterneTaak,
        owned=VAN_BURGER,
        concerns=OVER,
        owned_by_company=VAN_BEDRIJF,
        filters=FILTERS,
        counted=False,
        facet_of=externetaken,
        fixed={"taak_soort": soort.value},
    )
    for soort in TaakSoort
)
"""The doors to the tasks of one kind each."""
