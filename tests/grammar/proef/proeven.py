"""A register in the dialect ZGW: a main record with a type, what belongs to it, every word."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.register import ZGW, Register
from loket.grammar.resource import Resource
from loket.grammar.rule import rule

_LEZEN = ("proeven.lezen",)
_SCHRIJVEN = ("proeven.bijwerken",)

PROEVEN = Register(
    "proeven",
    "Proeven",
    "prf",
    "1.2.3",
    ZGW,
    kanaal="proeven",
    description="Proeven, alleen voor de tests.",
    scopes={
        "list": _LEZEN,
        "retrieve": _LEZEN,
        "create": _SCHRIJVEN,
        "update": _SCHRIJVEN,
        "partial_update": _SCHRIJVEN,
        "destroy": _SCHRIJVEN,
    },
)


class Kleur(models.TextChoices):
    """Kleuren."""

    ROOD = "rood", "Rood"
    BLAUW = "blauw", "Blauw"


class Niveau(models.TextChoices):
    """Hoe geheim een proef is."""

    OPENBAAR = "openbaar", "Openbaar"
    INTERN = "intern", "Intern"
    GEHEIM = "geheim", "Geheim"


class Aard(models.TextChoices):
    """Wat voor iemand de proef doet."""

    PERSOON = "persoon", "Een persoon"
    BEDRIJF = "bedrijf", "Een bedrijf"
    NIEMAND = "niemand", "Niemand"


class Soort(Record):
    """Een soort proef."""

    naam = field.text("De naam.", 40)
    proeven = field.back("De PROEVEN van deze soort.")

    class Meta:
        app_label = "proef"


class Proef(Record):
    """Een proef, met elk woord van de grammatica."""

    identificatie = field.number("PROEF", "Uniek binnen de organisatie.", once=True)
    organisatie = field.rsin("RSIN van de organisatie.")
    soort = field.ref(Soort, "De SOORT.", back="proeven", cascade=False, once=True)
    niveau = field.level(Niveau, "Hoe geheim.")
    naam = field.text("De naam.", 40)
    bijnaam = field.text("De bijnaam.", 40, optional=True)
    verslag = field.prose("Het verslag.", optional=True)
    code = field.text("Een code.", 4, pattern="[A-Z]{2,4}", optional=True)
    e_mail = field.email("Wie erover gaat.", optional=True)
    bron = field.url("Waar het vandaan komt.", optional=True)
    begindatum = field.day("Wanneer de proef begint.")
    einddatum = field.day("Wanneer de proef eindigt.", optional=True)
    gemeten_op = field.moment("Wanneer er gemeten is.", optional=True)
    looptijd = field.duration("Hoe lang de proef duurt.", optional=True)
    kosten = field.amount("Wat de proef kost.", optional=True)
    aantal = field.integer("Hoeveel deelnemers.", least=0, most=1000, optional=True, default=1)
    kleur = field.choice(Kleur, "De kleur.", optional=True)
    geslaagd = field.flag("Of de proef slaagde.", optional=True)
    plaats = field.geometry("Waar de proef is.")
    verlenging = field.group(
        "Een verlenging.",
        optional=True,
        blank_form={"reden": "", "duur": None},
        reden=field.text("De reden.", 100),
        duur=field.duration("De duur."),
    )
    kenmerken = field.many(
        field.group(
            "Een kenmerk.",
            naam=field.text("De naam.", 20),
            waarde=field.text("De waarde.", 20, optional=True),
        ),
        "Kenmerken.",
        optional=True,
    )
    trefwoorden = field.many(field.text("Een woord.", 20), "Trefwoorden.", optional=True)
    vrij = field.free("Wat dan ook.", optional=True)
    aard = field.choice(Aard, "Wie de proef doet.", optional=True)
    uitvoerder = field.variant(
        "aard",
        {
            "persoon": field.group(
                "Een persoon.",
                bsn=field.bsn("Het BSN."),
                naam=field.text("De naam.", 40, optional=True),
            ),
            "bedrijf": field.group("Een bedrijf.", kvk_nummer=field.text("Het nummer.", 8)),
        },
        "Wie de proef doet.",
    )
    hoofdproef = field.ref(
        "proef.Proef", "De PROEF waarvan dit een deel is.", back="deelproeven", optional=True
    )
    deelproeven = field.back("De delen.")
    verwante = field.refs("proef.Proef", "Verwante PROEVEN.")
    metingen = field.back("De METINGEN.")
    laatste_meting = field.back("De laatste METING.", of="metingen", first="-gemeten_op,-id")
    aantekeningen = field.back("De AANTEKENINGEN.")
    lengte = field.derived("length({row}.naam)", {"type": "integer"}, "De lengte van de naam.")

    class Meta:
        app_label = "proef"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["identificatie", "organisatie"], name="proef_identificatie"
            )
        ]


class Meting(Record):
    """Een meting bij een proef."""

    proef = field.ref(Proef, "De PROEF.", back="metingen", once=True)
    waarde = field.amount("De waarde.")
    gemeten_op = field.moment("Wanneer.")

    class Meta:
        app_label = "proef"


class Aantekening(Record):
    """Een aantekening bij een proef."""

    proef = field.ref(Proef, "De PROEF.", back="aantekeningen")
    tekst = field.prose("De tekst.")

    class Meta:
        app_label = "proef"


@rule("einde-voor-begin", on="einddatum")
def eindigt_na_begin(proef: Proef) -> bool:
    """De proef eindigt voor zij begint."""
    return proef.einddatum is None or bool(proef.einddatum >= proef.begindatum)


soorten = Resource(PROEVEN, "soorten", Soort, public=True, filters=["naam"], ordering=["naam"])

proeven = Resource(
    PROEVEN,
    "proeven",
    Proef,
    authorised_by="soort",
    level="niveau",
    filters=[
        "identificatie", "organisatie__in", "soort", "soort__uuid", "niveau", "naam__icontains",
        "begindatum__gte", "begindatum__lt", "einddatum__isnull", "gemeten_op__gt", "kosten__lte",
        "aantal", "aantal__gt", "kleur", "geslaagd", "hoofdproef", "verwante", "trefwoorden",
    ],
    ordering=["begindatum", "naam"],
    rules=[eindigt_na_begin],
    unique={"proef_identificatie": ("identificatie", "identificatie-niet-uniek")},
    kenmerken=["organisatie", "soort", "niveau"],
)  # fmt: skip

metingen = Resource(
    PROEVEN, "metingen", Meting, parent="proef", filters=["proef"], ordering=["gemeten_op"]
)

aantekeningen = Resource(
    PROEVEN, "proeven/{proef}/aantekeningen", Aantekening, parent="proef", paged=False
)
