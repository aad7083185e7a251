"""Zaak: a case, from its start to its archiving (Zaken API 1.7.0)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.ledger.events import BASE
from loket.registers.catalogi.waarden import Archiefnominatie, Vertrouwelijkheidaanduiding
from loket.registers.zaken import relaties
from loket.registers.zaken import zaak_regels as regels
from loket.registers.zaken.eigen import BETROKKENEN, EIGEN, EIGEN_BEDRIJF
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.waarden import AardRelatie, Archiefstatus, Betalingsindicatie
from loket.registers.zaken.zaak_filters import ZAAK_FILTERS, ZAAK_ORDERING

WEERGAVE = " ".join(f"WHEN '{value}' THEN '{label}'" for value, label in Betalingsindicatie.choices)

ANDERE = (
    "SELECT substring(andere->>'url', '/zaken/([0-9a-fA-F-]{36})')::uuid "  # noqa: S608 - a fixed text
    "FROM jsonb_array_elements({row}.relevante_andere_zaken) andere "
    f"WHERE andere->>'url' LIKE '{BASE}zaken/api/%%'"
)


def _known(name: str) -> Any:
    """Make an index on a date that most zaken do not have."""
    return models.Index(
        fields=[name], name=f"zaak_{name[:24]}", condition=models.Q(**{f"{name}__isnull": False})
    )


class Zaak(Record):
    """Werk met een begin en een eind, voor een burger, bedrijf of de organisatie zelf."""

    identificatie = field.number("ZAAK", "Uniek binnen de bronorganisatie.", once=True)
    bronorganisatie = field.rsin("RSIN van de organisatie die de zaak heeft gemaakt.")
    omschrijving = field.text("Korte omschrijving.", 80, optional=True)
    toelichting = field.text("Toelichting.", 1000, optional=True)
    zaaktype = field.ref(
        "catalogi.ZaakType", "Het ZAAKTYPE.", cascade=False, once=True, unindexed=True
    )
    registratiedatum = field.day(
        "Datum van registratie; weggelaten: vandaag.", optional=True, nullable=False
    )
    verantwoordelijke_organisatie = field.rsin("RSIN van de organisatie die de zaak behandelt.")
    startdatum = field.day("Datum waarop de behandeling begon.")
    einddatum = field.day("Datum waarop de zaak is afgerond.", computed=True, nullable=True)
    einddatum_gepland = field.day("Geplande einddatum.", optional=True)
    uiterlijke_einddatum_afdoening = field.day(
        "Datum waarop de zaak volgens de wet afgerond moet zijn.", optional=True
    )
    publicatiedatum = field.day("Datum van publicatie van de start.", optional=True)
    laatst_gemuteerd = field.moment("Moment van de laatste wijziging.", computed=True)
    laatst_geopend = field.moment("Moment waarop de eigenaar de zaak opende.", optional=True)
    communicatiekanaal = field.url("Het kanaal van de aanleiding.", optional=True)
    communicatiekanaal_naam = field.text("De naam van dat kanaal.", 250, optional=True)
    producten_of_diensten = field.many(
        field.url("Een product of dienst."),
        "Producten en diensten die de zaak oplevert; die van het ZAAKTYPE.",
        optional=True,
    )
    vertrouwelijkheidaanduiding = field.level(
        Vertrouwelijkheidaanduiding,
        "Hoe openbaar het dossier is; weggelaten: zoals het ZAAKTYPE zegt.",
        optional=True,
    )
    betalingsindicatie = field.choice(
        Betalingsindicatie, "Of de kosten betaald zijn.", optional=True
    )
    betalingsindicatie_weergave = field.derived(
        f"CASE {{row}}.\"betalingsindicatie\" {WEERGAVE} ELSE '' END",
        {"type": "string"},
        "Betalingsindicatie in woorden.",
    )
    laatste_betaaldatum = field.moment("Moment van de laatste betaling.", optional=True)
    zaakgeometrie = field.geometry("Punt, lijn of vlak waar de zaak over gaat.")
    verlenging = field.group(
        "Verlenging van de doorlooptijd.",
        optional=True,
        blank_form={"reden": "", "duur": None},
        reden=field.text("Waarom er verlengd is.", 200, blank=True),
        duur=field.duration("Hoe lang er verlengd is."),
    )
    opschorting = field.group(
        "Opschorting van de behandeling.",
        optional=True,
        blank_form={"indicatie": False, "eerdereOpschorting": False, "reden": ""},
        indicatie=field.flag("Of de behandeling nu is opgeschort."),
        eerdere_opschorting=field.flag("Of zij eerder opgeschort was.", computed=True),
        reden=field.text("Waarom, of waarom niet meer.", 200, blank=True),
    )
    selectielijstklasse = field.url("De categorie in de selectielijst.", optional=True)
    hoofdzaak = field.ref(
        "zaken.Zaak", "De ZAAK waarvan dit een deel is.", back="deelzaken", optional=True,
        bad="no_match",
    )  # fmt: skip
    deelzaken = field.back("De delen van deze ZAAK.")
    relevante_andere_zaken = field.many(
        field.group(
            "Een andere zaak.",
            url=field.url("De andere ZAAK."),
            aard_relatie=field.choice(AardRelatie, "Wat die met deze te maken heeft."),
            overige_relatie=field.text("De relatie, als die overig is.", 100, optional=True),
            toelichting=field.text("Toelichting.", 255, optional=True),
        ),
        "Andere zaken die ertoe doen.",
        optional=True,
    )
    andere_zaken = field.via(
        "zaken.Zaak",
        "{other}.id = ANY(ARRAY(" + ANDERE + "))",
        "De relevante andere zaken, voor zover van deze gemeente.",
        expands="relevanteAndereZaken",
    )
    gerelateerde_zaken = field.many(
        field.group("Een zaak.", url=field.url("De andere ZAAK.")),
        "Zaken die met deze te maken hebben; die van dit huis noemen deze ook.",
        optional=True,
    )
    eigenschappen = field.back("De ZAAKEIGENSCHAPPEN.")
    rollen = field.back("De ROLLEN.")
    statussen = field.back("Alle STATUSSEN, voor wie de zaak volgt.", hidden=True)
    status = field.back("De laatste STATUS.", of="statussen", first="-datum_status_gezet,-id")
    zaakinformatieobjecten = field.back("De documenten bij deze ZAAK.")
    zaakobjecten = field.back("Waar deze ZAAK over gaat.")
    kenmerken = field.many(
        field.group(
            "Een kenmerk.",
            kenmerk=field.text("Het kenmerk.", 40),
            bron=field.text("De administratie waarin het geldt.", 40),
        ),
        "Hoe de zaak in andere administraties heet.",
        optional=True,
    )
    archiefnominatie = field.choice(
        Archiefnominatie, "Bewaren of vernietigen.", optional=True, nullable=True
    )
    archiefstatus = field.choice(
        Archiefstatus,
        "Hoe ver de archivering is.",
        optional=True,
        default=Archiefstatus.NOG_TE_ARCHIVEREN.value,
    )
    archiefactiedatum = field.day("Datum van vernietiging of overbrenging.", optional=True)
    afgeleide_archiefactiedatum = field.day(
        "De datum die het huis zelf afleidde.", computed=True, nullable=True, hidden=True
    )
    resultaat = field.back("Het RESULTAAT.", of="resultaten", first="id")
    opdrachtgevende_organisatie = field.rsin("RSIN van de opdrachtgever.", optional=True)
    processobjectaard = field.text(
        "Waar de zaak voor het archief over gaat.", 200, optional=True, nullable=True
    )
    startdatum_bewaartermijn = field.day("Begin van de bewaartermijn.", optional=True)
    processobject = field.group(
        "Het gegeven dat het begin van de bewaartermijn bepaalt.",
        optional=True,
        blank_form={"datumkenmerk": "", "identificatie": "", "objecttype": "", "registratie": ""},
        datumkenmerk=field.text("Naam van het gegeven.", 250, blank=True),
        identificatie=field.text("Identificatie van het object.", 250, blank=True),
        objecttype=field.text("Soort object.", 250, blank=True),
        registratie=field.text("De registratie waarin het staat.", 250, blank=True),
    )

    class Meta:
        verbose_name_plural = "zaken"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identificatie", "bronorganisatie"], name="zaak_identificatie"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["id"],
                name="zaak_lijst",
                include=["regime", "zaaktype", "vertrouwelijkheidaanduiding"],
            ),
            models.Index(
                fields=["zaaktype", "id"],
                name="zaak_zaaktype",
                include=["regime", "vertrouwelijkheidaanduiding"],
            ),
            models.Index(fields=["startdatum", "id"], name="zaak_startdatum"),
            models.Index(fields=["registratiedatum", "id"], name="zaak_registratiedatum"),
            _known("einddatum"),
            _known("einddatum_gepland"),
            _known("uiterlijke_einddatum_afdoening"),
            _known("archiefactiedatum"),
            GistIndex(fields=["zaakgeometrie_omtrek"], name="zaak_omtrek"),
            *(
                GinIndex(fields=[name], opclasses=["jsonb_path_ops"], name=f"zaak_{name[:25]}")
                for name in ("kenmerken", "relevante_andere_zaken", "gerelateerde_zaken")
            ),
        ]


zaken = Resource(
    ZAKEN,
    "zaken",
    Zaak,
    authorised_by="zaaktype",
    level="vertrouwelijkheidaanduiding",
    owned=EIGEN,
    concerns=Concerns("zaak", BETROKKENEN, "{row}.identificatie"),
    owned_by_company=EIGEN_BEDRIJF,
    filters=ZAAK_FILTERS,
    ordering=ZAAK_ORDERING,
    derive=[regels.vul_aan],
    rules=[
        regels.is_open_of_geforceerd,
        regels.zaaktype_is_gepubliceerd,
        regels.is_niet_eigen_hoofdzaak,
        regels.hoofdzaak_is_geen_deelzaak,
        regels.deelzaak_heeft_geen_deelzaken,
        relaties.zaaktype_past_bij_hoofdzaak,
        regels.betaald_alleen_bij_kosten,
        regels.betaald_in_verleden,
        regels.producten_bij_zaaktype,
        regels.heeft_geen_besluiten,
    ],
    checks=[
        regels.gereed_voor_archief,
        relaties.andere_zaken_bestaan,
        relaties.overige_relatie_is_benoemd,
        relaties.kanaal_is_communicatiekanaal,
    ],
    around=[relaties.kijk_buiten],
    reactions=[relaties.relateer_over_en_weer],
    farewells=[relaties.verbreek_relaties],
    unique={"zaak_identificatie": ("identificatie", "identificatie-niet-uniek")},
    kenmerken=["bronorganisatie", "zaaktype", "vertrouwelijkheidaanduiding", "zaaktype.catalogus"],
    scopes={"create": ("zaken.aanmaken",), "destroy": ("zaken.verwijderen",)},
)

audit_commands(zaken)
