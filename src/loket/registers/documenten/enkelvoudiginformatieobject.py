"""EnkelvoudigInformatieObject: a document, its newest version (Documenten API 1.7.1)."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.versions import history_of, keeper_of
from loket.registers.catalogi.waarden import Vertrouwelijkheidaanduiding
from loket.registers.documenten import eio_regels as regels
from loket.registers.documenten.bestanden import bewaard
from loket.registers.documenten.eio_filters import EIO_FILTERS, EIO_ORDERING
from loket.registers.documenten.register import DOCUMENTEN
from loket.registers.documenten.waarden import Algoritme, Soort, Status

_DELEN: Final = (
    "(SELECT coalesce(json_agg(json_build_object("
    "'url', %(base)s::text || '/documenten/api/v1/bestandsdelen/' || d.id, "
    "'volgnummer', d.volgnummer, 'omvang', d.omvang, 'voltooid', d.inhoud IS NOT NULL, "
    "'lock', ''"
    ") ORDER BY d.volgnummer), '[]') "
    "FROM documenten_bestandsdeel d WHERE d.informatieobject_id = {row}.id)"
)
_DEEL: Final[dict[str, Any]] = {
    "type": "object",
    "properties": {
        "url": {"type": "string", "format": "uri"},
        "volgnummer": {"type": "integer", "minimum": 1},
        "omvang": {"type": "integer", "minimum": 0},
        "voltooid": {"type": "boolean"},
        "lock": {"type": "string", "description": "Leeg: een lock wordt niet getoond."},
    },
}
_DOWNLOAD: Final = (
    "'/documenten/api/v1/enkelvoudiginformatieobjecten/' || {row}.id || '/download?versie=' "
    "|| {row}.versie"
)


class EnkelvoudigInformatieObject(Record):
    """Een document: een bestand met wat ervan bekend is, in een of meer versies."""

    identificatie = field.number("DOCUMENT", "Uniek binnen de bronorganisatie.")
    bronorganisatie = field.rsin("RSIN van de organisatie die het document vastlegde.")
    creatiedatum = field.day("Datum waarop het document ontstond.")
    titel = field.text("De naam van het document.", 200)
    vertrouwelijkheidaanduiding = field.level(
        Vertrouwelijkheidaanduiding,
        "Hoe openbaar het document is; weggelaten: zoals het INFORMATIEOBJECTTYPE zegt.",
        optional=True,
    )
    is_gereed_voor_publicatie = field.flag(
        "Of het document gepubliceerd mag worden; null: nog niet bekend.",
        optional=True, nullable=True,
    )  # fmt: skip
    tonen_aan_initiator = field.flag(
        "Of de initiator van de zaak het document mag zien.", optional=True
    )
    auteur = field.text("Wie de inhoud maakte.", 200)
    status = field.choice(Status, "Hoe ver het document is.", optional=True)
    inhoud_is_vervallen = field.flag(
        "Of de inhoud niet langer geldt; null: nog niet bekend.", optional=True, nullable=True
    )
    formaat = field.text("Het mediatype van het bestand.", 255, optional=True)
    taal = field.text("De taal, als ISO 639-2/B.", 3, min=3)
    versie: int = field.integer(
        "Het nummer van de versie, vanaf 1.", 1, computed=True, default=1, optional=True
    )
    begin_registratie: Any = field.moment(
        "Moment waarop deze versie werd vastgelegd.", computed=True
    )
    bestandsnaam = field.text("De naam van het bestand.", 255, optional=True)
    inhoud: Any = field.blob("Het bestand.", path=_DOWNLOAD)
    bestandsomvang: int | None = field.integer(
        "De grootte van het bestand in bytes.", 0, 2**63 - 1, optional=True, nullable=True
    )
    link = field.url("Waar het document ook staat.", 200, optional=True)
    beschrijving = field.text("Wat het document inhoudt.", 1000, optional=True)
    ontvangstdatum: Any = field.day(
        "Datum van ontvangst (staat nu in Verzending).", optional=True, deprecated=True
    )
    verzenddatum: Any = field.day(
        "Datum van verzending (staat nu in Verzending).", optional=True, deprecated=True
    )
    indicatie_gebruiksrecht: bool | None = field.flag(
        "Of er gebruiksrechten gelden; null: nog niet bekend.", optional=True, nullable=True
    )
    verschijningsvorm = field.prose("Hoe het document eruitziet.", optional=True)
    ondertekening = field.group(
        "Hoe en wanneer het document is ondertekend.",
        optional=True,
        blank_form={"soort": "", "datum": None},
        soort=field.choice(Soort, "Hoe."),
        datum=field.day("Wanneer."),
    )
    integriteit: Any = field.group(
        "Een controlegetal van het bestand.",
        optional=True,
        blank_form={"algoritme": "", "waarde": "", "datum": None},
        algoritme=field.choice(Algoritme, "Waarmee het is gemaakt."),
        waarde=field.text("Het controlegetal.", 128),
        datum=field.day("Wanneer het is gemaakt."),
    )
    informatieobjecttype = field.ref(
        "catalogi.InformatieObjectType", "Het INFORMATIEOBJECTTYPE.",
        cascade=False, unindexed=True,
    )  # fmt: skip
    lock = field.secret("Het nummer waarmee het document is vergrendeld.", 100, optional=True)
    locked = field.derived(
        "({row}.lock <> '')", {"type": "boolean"}, "Of het document is vergrendeld."
    )
    bestandsdelen = field.derived(
        _DELEN, {"type": "array", "items": _DEEL}, "De delen van een upload die nog loopt."
    )
    trefwoorden = field.many(
        field.text("Een trefwoord.", 100), "Woorden waarop gezocht kan worden.", optional=True
    )

    class Meta:
        verbose_name_plural = "enkelvoudiginformatieobjecten"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identificatie", "bronorganisatie"], name="document_identificatie"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                name="document_lijst",
                include=["regime", "informatieobjecttype", "vertrouwelijkheidaanduiding"],
            ),
            models.Index(
                fields=["informatieobjecttype", "id"],
                name="document_type",
                include=["regime", "vertrouwelijkheidaanduiding"],
            ),
            models.Index(fields=["creatiedatum", "id"], name="document_creatiedatum"),
            GinIndex(fields=["trefwoorden"], name="document_trefwoorden"),
        ]


DOCUMENT: Final = "documenten.EnkelvoudigInformatieObject"
TE_TONEN: Final = (
    "({row}.vertrouwelijkheidaanduiding <= 3 AND {row}.status NOT IN ('in_bewerking', "
    "'ter_vaststelling') AND ({row}.tonen_aan_initiator OR (SELECT i.documenten_tonen = "
    "'definitief' FROM beheer_instellingen i LIMIT 1)))"
)
"""SQL that tells whether the initiator of what a document `{row}` belongs to may see it.

The municipality chooses: only what says so itself, or all that is final; never a draft, nor what is
more than zaakvertrouwelijk.
"""

TOONBAAR: Final = (
    "SELECT d.id FROM documenten_enkelvoudiginformatieobject d "  # noqa: S608 - fixed texts
    f"WHERE d.id = {{row}}.informatieobject_id AND {TE_TONEN.replace('{row}', 'd')}"
)
"""SQL for the document of a relation `{row}`, if whom that relation is of may see it."""

VERSIE = history_of(EnkelvoudigInformatieObject, "EioVersie", shared=("lock",))

_BETROKKENEN = (
    "SELECT r.betrokkene_identificatie_nummer FROM zaken_zaakinformatieobject z "
    "JOIN zaken_rol r ON r.zaak_id = z.zaak_id WHERE z.informatieobject_id = {row}.id"
)

enkelvoudiginformatieobjecten = Resource(
    DOCUMENTEN,
    "enkelvoudiginformatieobjecten",
    EnkelvoudigInformatieObject,
    authorised_by="informatieobjecttype",
    level="vertrouwelijkheidaanduiding",
    concerns=Concerns("document", _BETROKKENEN, "{row}.titel"),
    withheld="{row}.is_gereed_voor_publicatie IS NOT TRUE",
    history=VERSIE,
    filters=EIO_FILTERS,
    ordering=EIO_ORDERING,
    around=[bewaard],
    derive=[regels.vul_aan],
    rules=[
        regels.type_is_gepubliceerd,
        regels.status_past_bij_ontvangst,
        regels.heeft_gebruiksrechten,
        regels.ontkent_geen_gebruiksrechten,
        regels.ondertekening_past_bij_status,
        regels.omvang_klopt,
        regels.formaat_klopt,
        regels.controlegetal_klopt,
        regels.is_niet_vergrendeld,
        regels.hoort_nergens_bij,
    ],
    checks=[regels.lock_klopt],
    reactions=[regels.verdeel, keeper_of(VERSIE)],
    unique={"document_identificatie": ("identificatie", "identificatie-niet-uniek")},
    kenmerken=[
        "bronorganisatie", "informatieobjecttype", "vertrouwelijkheidaanduiding",
        "informatieobjecttype.catalogus",
    ],
    told=lambda document: {"lock": document.lock},
)  # fmt: skip

audit_commands(enkelvoudiginformatieobjecten)
