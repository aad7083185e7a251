"""Instellingen: how one municipality presents itself and whom it trusts; each has exactly one."""

from __future__ import annotations

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.beheer import bestanden, kleuren
from loket.registers.beheer.logo import logo as checked_logo
from loket.registers.beheer.register import BEHEER

_LINE = r"[^\r\n]+"
"""One line: it goes into the headers of mail."""


class DocumentenTonen(models.TextChoices):
    """Welke documenten van hun zaak burgers en bedrijven zien."""

    AANGEWEZEN = "aangewezen", "Alleen documenten waarbij dat is aangegeven"
    DEFINITIEF = "definitief", "Ook alle andere documenten die definitief zijn"


class Instellingen(Record):
    """De instellingen van de gemeente."""

    naam = field.text("De naam van de gemeente, zoals burgers die zien.", 80, pattern=_LINE)
    rsin = field.rsin("Het RSIN van de gemeente.", optional=True)
    kleur_hoofd = field.text(
        "Achtergrond van de kop van het portaal, zoals #005ea5; leeg: wit.",
        7, pattern=kleuren.SHAPE, optional=True,
    )  # fmt: skip
    kleur_hoofd_tekst = field.text(
        "Tekst in de kop van het portaal; leeg: de kleur van het thema.",
        7, pattern=kleuren.SHAPE, optional=True,
    )  # fmt: skip
    kleur_accent = field.text(
        "Menubalk, knoppen en links van het portaal; leeg: de kleur van het thema.",
        7, pattern=kleuren.SHAPE, optional=True,
    )  # fmt: skip
    logo = field.prose(
        "Het logo als data-URI: een PNG of een SVG zonder scripts, van hoogstens 48 kB.",
        check=checked_logo, optional=True,
    )  # fmt: skip
    afzender_naam = field.text(
        "De naam van de afzender van e-mail.", 80, pattern=_LINE, optional=True
    )
    afzender_email = field.email(
        "Het adres van de afzender van e-mail; leeg: dat van het huis.", optional=True
    )
    portaal = field.url(
        "Het adres van het portaal in berichten; leeg: dat van het huis.", 200, optional=True
    )
    contactpagina = field.url("De pagina met contactgegevens.", 500, optional=True)
    privacyverklaring = field.url("De privacyverklaring.", 500, optional=True)
    toegankelijkheidsverklaring = field.url(
        "De toegankelijkheidsverklaring in het landelijke register.", 500, optional=True
    )
    documenten_tonen = field.choice(
        DocumentenTonen,
        "Welke documenten van hun zaak burgers en bedrijven in het portaal zien.",
        optional=True,
        default=DocumentenTonen.AANGEWEZEN.value,
    )
    grootste_bestand: int | None = field.integer(
        "Hoeveel MB een bestand dat burgers en bedrijven meesturen hoogstens mag zijn; leeg: "
        "zoveel als het huis toelaat.",
        least=1, optional=True, nullable=True,
    )  # fmt: skip
    bestandsoorten = field.many(
        field.choice(bestanden.Soort, "Een soort bestand."),
        "De soorten bestand die burgers en bedrijven mogen meesturen; leeg: alle die het huis "
        "toelaat.",
        optional=True,
    )
    selectielijst = field.url("De bron van de selectielijst.", 500, optional=True)
    vertrouwde_adressen = field.many(
        field.url("Een basisadres.", 500),
        "Basisadressen van anderen waarnaar verwezen mag worden.",
        optional=True,
    )
    doelbindingen = field.many(
        field.text("Een verwerkingsactiviteit.", 500),
        "De verwerkingsactiviteiten die clients als doelbinding mogen krijgen; leeg: elke.",
        optional=True,
    )

    class Meta:
        verbose_name_plural = "instellingen"


@rule("contrast-te-laag", on="kleurHoofdTekst")
def kop_is_leesbaar(instellingen: Instellingen) -> bool:
    """De tekst in de kop steekt te weinig af (contrast minder dan 4,5) bij de achtergrond."""
    ground = instellingen.kleur_hoofd or "#ffffff"
    return kleuren.readable(instellingen.kleur_hoofd_tekst or "#1a1a1a", ground)


@rule("contrast-te-laag", on="kleurAccent")
def accent_is_leesbaar(instellingen: Instellingen) -> bool:
    """De accentkleur steekt te weinig af (contrast minder dan 4,5) bij wit en lichtgrijs."""
    accent = instellingen.kleur_accent
    return not accent or kleuren.readable(accent, kleuren.LIGHT)


@rule("afzender-zonder-adres", on="afzenderEmail")
def afzender_heeft_adres(instellingen: Instellingen) -> bool:
    """Een naam van de afzender kan alleen met een adres erbij."""
    return bool(instellingen.afzender_email or not instellingen.afzender_naam)


instellingen = Resource(
    BEHEER,
    "instellingen",
    Instellingen,
    verbs=("list", "retrieve", "update", "partial_update"),
    single=True,
    rules=[kop_is_leesbaar, accent_is_leesbaar, afzender_heeft_adres],
    checks=[bestanden.past_binnen_grens, bestanden.past_bij_soorten],
)
audit_commands(instellingen)
