"""Zaaktype: what holds for all zaken of one kind (Catalogi API 1.3.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from django.db import models

from loket.grammar import field
from loket.grammar.filters import Filter
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.gerelateerd import (
    gerelateerde_zaaktypen,
    leave_own_catalogus_out,
)
from loket.registers.catalogi.namen import known_names
from loket.registers.catalogi.register import CATALOGI, WRITE_ONLY
from loket.registers.catalogi.selectielijst import PROCESTYPE, fetched_first, looked_up
from loket.registers.catalogi.versie import (
    DEFAULTS,
    STATUS,
    VALID_ON,
    VERSION_RULES,
    Versie,
    first_begin,
    last_end,
    names,
    new_is_concept,
    valid,
    versions_apart,
)
from loket.registers.catalogi.waarden import InternExtern, Vertrouwelijkheidaanduiding

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.kernel.problems import Fault

REFERENTIEPROCES: Final[dict[str, Any]] = {
    "naam": field.text("De naam van het referentieproces.", 80),
    "link": field.url("De URL van de beschrijving van het proces.", 200, optional=True),
}
BRONCATALOGUS: Final[dict[str, Any]] = {
    "url": field.url("De URL van de broncatalogus.", 200),
    "domein": field.text("Het domein van de broncatalogus.", 5),
    "rsin": field.rsin("RSIN van de organisatie die de broncatalogus beheert."),
}
BRONZAAKTYPE: Final[dict[str, Any]] = {
    "url": field.url("De URL van het bronzaaktype.", 200),
    "identificatie": field.text("De identificatie van het bronzaaktype.", 50),
    "omschrijving": field.text("De omschrijving van het bronzaaktype.", 80),
}
DOCUMENTEN: Final = (
    "{other}.catalogus_id = {row}.catalogus_id AND {other}.omschrijving IN "
    "(SELECT g.informatieobjecttype FROM catalogi_zaaktypeinformatieobjecttype g "
    "WHERE g.zaaktype_id = {row}.id)"
)


class ZaakType(Versie):
    """Het geheel van karakteristieken van zaken van eenzelfde soort."""

    naam_veld = "identificatie"

    identificatie = field.text("Identificatie binnen de catalogus.", 50)
    omschrijving = field.text("Omschrijving van de aard van de zaken.", 80)
    omschrijving_generiek = field.text(
        "Algemeen gehanteerde omschrijving van de aard van de zaken.", 80, optional=True
    )
    vertrouwelijkheidaanduiding = field.level(
        Vertrouwelijkheidaanduiding,
        "Hoe openbaar de dossiers zijn; geldt voor een zaak die zelf niets zegt.",
    )
    doel = field.prose("Wat met een zaak van dit type bereikt moet worden.")
    aanleiding = field.prose("De gebeurtenis waarmee een zaak van dit type begint.")
    toelichting = field.prose("Toelichting, zoals het procesverloop op hoofdlijnen.", optional=True)
    indicatie_intern_of_extern = field.choice(
        InternExtern, "Of zaken van buiten of van binnen de organisatie beginnen."
    )
    handeling_initiator = field.text("Werkwoord voor wat de initiator doet.", 20)
    onderwerp = field.text("Het onderwerp van de zaken, vaak een product of dienst.", 80)
    handeling_behandelaar = field.text("Werkwoord voor wat de behandelaar doet.", 20)
    doorlooptijd = field.duration("De termijn waarbinnen een zaak volgens de wet af moet zijn.")
    servicenorm = field.duration(
        "De termijn waarbinnen de organisatie een zaak wil afronden.", optional=True
    )
    opschorting_en_aanhouding_mogelijk = field.flag("Of zaken opgeschort kunnen worden.")
    verlenging_mogelijk = field.flag("Of de doorlooptijd van zaken verlengd kan worden.")
    verlengingstermijn = field.duration(
        "De termijn van de verlenging, als die mogelijk is.", optional=True
    )
    trefwoorden = field.many(
        field.text("Een trefwoord.", 30), "Woorden waarop gezocht kan worden.", optional=True
    )
    publicatie_indicatie = field.flag("Of de start van een zaak gepubliceerd moet worden.")
    publicatietekst = field.prose("De algemene tekst van die publicatie.", optional=True)
    verantwoordingsrelatie = field.many(
        field.text("Een relatie.", 40),
        "De relatie met de beleidsmatige of financiële verantwoording.",
        optional=True,
    )
    producten_of_diensten = field.many(
        field.url("Een product of dienst."), "De producten of diensten die zaken opleveren."
    )
    selectielijst_procestype = field.url("Het PROCESTYPE in de Selectielijst.", 200, optional=True)
    referentieproces = field.group(
        "Het proces dat aan dit type ten grondslag ligt.", **REFERENTIEPROCES
    )
    verantwoordelijke = field.text(
        "De eenheid of functie die voor de zaken verantwoordelijk is.", 50
    )
    broncatalogus = field.group(
        "De CATALOGUS waaraan het ZAAKTYPE is ontleend.",
        blank_form=dict.fromkeys(BRONCATALOGUS, ""),
        optional=True,
        **BRONCATALOGUS,
    )
    bronzaaktype = field.group(
        "Het ZAAKTYPE waaraan dit ZAAKTYPE is ontleend.",
        blank_form=dict.fromkeys(BRONZAAKTYPE, ""),
        optional=True,
        **BRONZAAKTYPE,
    )
    catalogus = field.ref(Catalogus, "De CATALOGUS waartoe het ZAAKTYPE behoort.", back="zaaktypen")
    zaakobjecttypen = field.back("De ZAAKOBJECTTYPEN binnen dit ZAAKTYPE.")
    statustypen = field.back("De STATUSTYPEN binnen dit ZAAKTYPE.")
    resultaattypen = field.back("De RESULTAATTYPEN binnen dit ZAAKTYPE.")
    eigenschappen = field.back("De EIGENSCHAPPEN van zaken van dit ZAAKTYPE.")
    roltypen = field.back("De ROLTYPEN binnen dit ZAAKTYPE.")
    informatieobjecttypen = field.via(
        "catalogi.InformatieObjectType",
        f"{DOCUMENTEN} AND {valid('{other}')}",
        "De geldende INFORMATIEOBJECTTYPEN van documenten bij zaken van dit ZAAKTYPE.",
    )
    informatieobjecttype_omschrijving = names(
        "g.informatieobjecttype",
        "catalogi_zaaktypeinformatieobjecttype g WHERE g.zaaktype_id = {row}.id",
        "De omschrijvingen van die INFORMATIEOBJECTTYPEN.",
    )
    besluittypen = field.named(
        "catalogi.BesluitType",
        "De geldende BESLUITTYPEN binnen dit ZAAKTYPE; geschreven als omschrijving.",
        length=80,
    )
    besluittype_omschrijving = names(
        "n", "unnest({row}.besluittypen) n", "De omschrijvingen van die BESLUITTYPEN."
    )
    deelzaaktypen = field.named(
        "catalogi.ZaakType",
        "De geldende ZAAKTYPEN van deelzaken; geschreven als identificatie.",
        by="identificatie",
        length=50,
        optional=True,
    )
    deelzaaktype_identificaties = names(
        "n", "unnest({row}.deelzaaktypen) n", "De identificaties van die ZAAKTYPEN."
    )
    gerelateerde_zaaktypen = gerelateerde_zaaktypen()
    begin_object = first_begin("catalogi_zaaktype", "identificatie")
    einde_object = last_end("catalogi_zaaktype", "identificatie")
    versiedatum = field.day(
        "De datum waarop de kenmerken zijn gaan gelden.",
        optional=True,
        nullable=False,
        deprecated=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["catalogus", "identificatie", "begin_geldigheid"], name="zaaktype_versie"
            ),
            versions_apart("zaaktype", "identificatie"),
        ]


@rule("verlenging-mismatch")
def verlengingstermijn_past_bij_verlenging(zaaktype: ZaakType) -> bool:
    """Een verlengingstermijn hoort bij een zaaktype met verlenging, en alleen daarbij."""
    return zaaktype.verlenging_mogelijk == bool(zaaktype.verlengingstermijn)


def procestype_staat_in_de_selectielijst(zaaktype: ZaakType, change: Change) -> list[Fault]:
    """Note that the selectielijstProcestype is none (rule ztc-001)."""
    url = zaaktype.selectielijst_procestype
    if not url or (change.before and change.before.selectielijst_procestype == url):
        return []
    return looked_up(url, PROCESTYPE, "selectielijstProcestype")[1]


def versiedatum_is_begin(zaaktype: ZaakType, _: Change) -> None:
    """Fill in a versiedatum that was left out."""
    zaaktype.versiedatum = zaaktype.versiedatum or zaaktype.begin_geldigheid


TREFWOORDEN = Filter(
    "trefwoorden",
    "{row}.trefwoorden @> to_jsonb({value}::text[])",
    lambda raw, _: [piece.strip() for piece in raw.split(",")],
    {"type": "array", "items": {"type": "string"}},
    "Alleen zaaktypen met al deze trefwoorden, gescheiden door komma's.",
)

zaaktypen = Resource(
    CATALOGI,
    "zaaktypen",
    ZaakType,
    public=True,
    filters=[
        "catalogus", "identificatie", "identificatie__icontains", "omschrijving__icontains",
        TREFWOORDEN, STATUS, VALID_ON,
    ],
    default_filters=DEFAULTS,
    read_query=["datumGeldigheid"],
    around=[fetched_first("selectielijstProcestype")],
    derive=[new_is_concept, versiedatum_is_begin, leave_own_catalogus_out],
    rules=[*VERSION_RULES, verlengingstermijn_past_bij_verlenging],
    checks=[
        procestype_staat_in_de_selectielijst, known_names("besluittypen", "deelzaaktypen"),
    ],
    unique={
        "zaaktype_versie": ("beginGeldigheid", "overlap"),
        "zaaktype_overlap": ("beginGeldigheid", "overlap"),
    },
    scopes=WRITE_ONLY,
    kenmerken=["catalogus"],
    counted=False,
    with_uuid=False,
)  # fmt: skip
