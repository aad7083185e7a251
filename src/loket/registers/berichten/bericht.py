"""Bericht: a message with content to a citizen or company; what was said does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.urns import company_sql, person_filter, related_filter, repeated
from loket.kernel.clock import now
from loket.registers.berichten.register import BERICHTEN
from loket.registers.berichten.waarden import HandelingsPerspectief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.change import Change
    from loket.grammar.filters import Along, Filter
    from loket.kernel.problems import Fault

TE_ZIEN = "{row}.publicatiedatum <= statement_timestamp()"
VAN_BURGER = f"{{row}}.ontvanger_nummer = %(burger)s AND {TE_ZIEN}"
"""SQL that tells whether the bericht `{row}` is for the citizen who asks, and may be seen yet."""

VAN_BEDRIJF = f"{company_sql('ontvanger')} AND {TE_ZIEN}"
"""The same for the company that asks, or one of its vestigingen."""

BIJLAGEN = (
    "SELECT substring(b->>'informatieObject' FROM "
    "'[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$')::uuid "
    "FROM jsonb_array_elements({row}.bijlagen) b"
)
"""SQL for the documents that a bericht brings along."""


NOG = models.Q(gepubliceerd_op=None)
"""Which berichten are still to be published."""


class Bericht(Record):
    """Een bericht met inhoud, aan een burger of bedrijf."""

    urn = field.derived(
        "'urn:nld:loket:berichten:bericht:' || {row}.id",
        {"type": "string", "format": "urn"},
        "De URN.",
    )
    onderwerp = field.text("Waar het over gaat.", 50, once=True)
    bericht_tekst = field.text("De tekst, met eenvoudige Markdown.", 4000, once=True)
    publicatiedatum = field.moment(
        "Vanaf wanneer de ontvanger het ziet; anders nu.", optional=True, default=now, once=True
    )
    referentie = field.text("Een kenmerk van de afzender.", 25, optional=True, once=True)
    ontvanger = field.person(
        "De URN van de ontvanger; een BSN staat er alleen voor wie een doel heeft.", once=True
    )
    geopend_op = field.moment("Wanneer de ontvanger het opende.", optional=True)
    bericht_type = field.text(
        "Het berichttype in de Berichtenbox van MijnOverheid.", 8, optional=True, once=True
    )
    is_gerelateerd_aan = field.related(once=True)
    handelings_perspectief = field.choice(
        HandelingsPerspectief, "Wat er verwacht wordt.", optional=True, once=True
    )
    einddatum_handelings_termijn = field.moment(
        "Tot wanneer iets gedaan kan worden.", optional=True, once=True
    )
    mijn_overheid_berichtenbox = field.flag(
        "Of het ook in de Berichtenbox van MijnOverheid komt.", once=True
    )
    bijlagen = field.many(
        field.group(
            "Een bijlage.",
            informatie_object=field.urn("De URN van het document."),
            omschrijving=field.text("Wat het is.", 40, optional=True),
            is_bericht_type_bijlage=field.flag(
                "Of de bijlage al bij het berichttype hoort.", optional=True, default=False
            ),
        ),
        "De bijlagen.",
        optional=True,
        once=True,
    )

    gepubliceerd_op = field.moment(
        "Wanneer het huis meldde dat het te zien is.", computed=True, optional=True
    )

    class Meta:
        verbose_name_plural = "berichten"
        indexes: ClassVar = [
            models.Index(fields=["publicatiedatum"], name="bericht_te_publiceren", condition=NOG),
            models.Index(fields=["publicatiedatum", "id"], name="bericht_publicatie"),
            GinIndex(
                fields=["is_gerelateerd_aan"], name="bericht_gerelateerd",
                opclasses=["jsonb_path_ops"],
            ),
        ]  # fmt: skip


def bijlagen_eenmaal(bericht: Bericht, change: Change) -> Sequence[Fault]:
    """Refuse a document that stands twice among the bijlagen."""
    del change
    held: Any = bericht.bijlagen
    return list(repeated("bijlagen", held))


FILTERS: list[str | Along | Filter] = [
    person_filter("ontvanger", "ontvanger", "De URN van de ontvanger."),
    "geopend_op__isnull",
    *(f"publicatiedatum{each}" for each in ("", "__gt", "__gte", "__lt", "__lte")),
    related_filter("is_gerelateerd_aan"),
]

berichten = Resource(
    BERICHTEN,
    "berichten",
    Bericht,
    owned=VAN_BURGER,
    concerns=Concerns("bericht", "SELECT {row}.ontvanger_nummer", "{row}.onderwerp"),
    owned_by_company=VAN_BEDRIJF,
    opens={"documenten.EnkelvoudigInformatieObject": BIJLAGEN},
    verbs=("list", "retrieve", "create", "partial_update"),
    default_order="-publicatiedatum",
    filters=FILTERS,
    checks=[bijlagen_eenmaal],
)

audit_commands(berichten)
