"""Klantcontact: what was said between somebody and the municipality, over whichever channel."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.concerning import Concerns
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.versions import history_of, keeper_of
from loket.kernel.clock import now
from loket.registers.klantinteracties import klantcontact_regels as regels
from loket.registers.klantinteracties.gesprek import Gesprek
from loket.registers.klantinteracties.klantcontact_filters import KLANTCONTACT_FILTERS
from loket.registers.klantinteracties.lijsten import uit_lijst
from loket.registers.klantinteracties.partij import NUMMER, VAN_BEDRIJF, VAN_BURGER
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.waarden import Lijst

VAN_DE_BURGER, VAN_HET_BEDRIJF = (
    "EXISTS (SELECT FROM klantinteracties_betrokkene b "
    "JOIN klantinteracties_partij bp ON bp.id = b.was_partij_id "
    f"WHERE b.had_klantcontact_id = {{row}}.id AND {wie.replace('{row}', 'bp')})"
    for wie in (VAN_BURGER, VAN_BEDRIJF)
)
"""SQL that tells whether the citizen or company that asks took part in the klantcontact `{row}`."""


class Klantcontact(Record):
    """Een contact tussen een klant en de gemeente, over één onderwerp."""

    ging_over_onderwerpobjecten = field.back("Waar het contact over ging.")
    was_onderwerpobjecten = field.back("De latere contacten hierover.", hidden=True)
    had_betrokken_actoren = field.via(
        "klantinteracties.Actor",
        "EXISTS (SELECT FROM klantinteracties_actorklantcontact ak WHERE "
        "ak.klantcontact_id = {row}.id AND ak.actor_id = {other}.id)",
        "Wie er namens de gemeente aan deelnam.",
        shows=("*",),
    )
    omvatte_bijlagen = field.back("De bijlagen.")
    had_betrokkenen = field.back("Met wie het contact was.")
    leidde_tot_interne_taken = field.back("Wat er daarna nog te doen was.")
    nummer = field.alias(
        "referentienummer", "De oude naam van het referentienummer.", NUMMER, deprecated=True
    )
    referentienummer = field.number(
        "",
        "Het nummer waarmee mensen het contact aanduiden.",
        10,
        pattern="[0-9]+",
        once=True,
        asked_by_null=True,
    )
    kanaal = field.text("Het kanaal, zoals telefoon of balie.", 50)
    onderwerp = field.text("Waar het contact over ging.", 200)
    inhoud = field.text("Wat er gezegd is, in de voltooid verleden tijd.", 1000, optional=True)
    reactie = field.text("Wat de gemeente antwoordde.", 4000, optional=True)
    indicatie_contact_gelukt = field.flag(
        "Of er iemand bereikt is; null als dat niet bekend is.", optional=True, nullable=True
    )
    hoofd_onderwerp_type = field.url(
        "Het soort onderwerp waar het contact vooral over ging.", 200, optional=True
    )
    verdere_actie_ondernomen = field.flag(
        "Of er na een mislukt contact nog iets gedaan is.", optional=True, default=False
    )
    taal = field.text("De taal, ISO 639-2/B.", 3)
    vertrouwelijk = field.flag("Of het contact vertrouwelijk is.")
    plaatsgevonden_op = field.moment(
        "Wanneer het contact was; anders het moment van vastleggen.", optional=True, nullable=False,
        default=now,
    )  # fmt: skip
    metadata = field.free("Gegevens van de applicatie die het contact vastlegde.", optional=True)
    gesprek = field.ref(
        Gesprek, "Het GESPREK waar het een deel van was.", back="klantcontacten", optional=True
    )
    versie: int = field.integer(
        "De hoeveelste lezing dit is, vanaf 1.", 1, computed=True, default=1, optional=True
    )
    begin_registratie: Any = field.moment("Wanneer deze lezing werd vastgelegd.", computed=True)
    wijzigingsgrond = field.text(
        "Waarom het contact mag veranderen: aanvulling, correctie of een grond van de gemeente. "
        "Het laatste en een correctie vragen het recht klantinteracties.corrigeren.",
        40, optional=True,
    )  # fmt: skip
    wijzigingstoelichting = field.text(
        "Wie om de verandering vroeg, en waarom.", 1000, optional=True
    )
    eerdere_versies = field.derived(
        "(SELECT coalesce(json_agg(json_build_object('versie', v.versie, 'onderwerp', v.onderwerp, "
        "'inhoud', v.inhoud, 'reactie', v.reactie, 'begin', v.begin_registratie, "
        "'wijzigingsgrond', v.wijzigingsgrond) ORDER BY v.versie), '[]') "
        "FROM klantinteracties_klantcontact_versie v "
        "WHERE v.id = {row}.id AND v.versie < {row}.versie)",
        {"type": "array", "items": {"type": "object"}},
        "Wat er eerder stond, naast wat er nu staat.",
    )

    class Meta:
        verbose_name_plural = "klantcontacten"
        indexes: ClassVar = [
            models.Index(fields=["plaatsgevonden_op", "id"], name="klantcontact_plaatsgevonden"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referentienummer"], name="klantcontact_nummer"),
        ]

    def __str__(self) -> str:
        return str(self.referentienummer)


UIT_LIJST = uit_lijst(kanaal=Lijst.KANAAL, taal=Lijst.TAAL)

VERSIE = history_of(Klantcontact, "KlantcontactVersie")

_DEELNEMERS = (
    "SELECT pi.partij_identificator_nummer FROM klantinteracties_betrokkene b "
    "JOIN klantinteracties_partijidentificator pi ON pi.identificeerde_partij_id = b.was_partij_id "
    "WHERE b.had_klantcontact_id = {row}.id"
)

klantcontacten = Resource(
    KLANTINTERACTIES,
    "klantcontacten",
    Klantcontact,
    owned=VAN_DE_BURGER,
    concerns=Concerns("klantcontact", _DEELNEMERS, "{row}.onderwerp"),
    owned_by_company=VAN_HET_BEDRIJF,
    default_order="-plaatsgevonden_op",
    ordering=["plaatsgevonden_op"],
    filters=KLANTCONTACT_FILTERS,
    history=VERSIE,
    derive=[regels.tel_versies],
    checks=[regels.is_onveranderlijk, UIT_LIJST, regels.metadata_is_tekst, regels.let_op],
    rules=[regels.gelukt_is_gelukt],
    scopes={"destroy": (regels.VERNIETIGEN,)},
    reactions=[keeper_of(VERSIE)],
    unique={"klantcontact_nummer": ("referentienummer", "unique")},
    kenmerken=["indicatie_contact_gelukt", "verdere_actie_ondernomen"],
)

audit_commands(klantcontacten)
