"""A version of a sjabloon: its texts per language, published as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.moving import only_along
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.grammar.urns import repeated
from loket.grammar.writing import adjust
from loket.kernel.clock import now
from loket.kernel.problems import Fault
from loket.ledger.database import fetch
from loket.registers.output import variabelen
from loket.registers.output.leesbaarheid import remarks
from loket.registers.output.register import OUTPUT
from loket.registers.output.sjabloon import Sjabloon
from loket.registers.output.waarden import Inhoud, Stand

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from loket.grammar.change import Change

NEDERLANDS = "nl"
SMS = 612
"""Characters of the longest text message: four parts."""

ONDERWERP, TEKST = 50, 4000
"""The longest that a bericht in the portal may have."""


class SjabloonVersie(Record):
    """Een versie van een sjabloon: de teksten, per taal."""

    versie = field.integer("Het nummer; de gemeente geeft het uit.", most=32_767, computed=True)
    sjabloon = field.ref(Sjabloon, "Het SJABLOON.", back="versies", once=True)
    stand = field.choice(
        Stand, "Of de versie gebruikt wordt.", optional=True, default=Stand.CONCEPT.value
    )
    teksten = field.many(
        field.group(
            "De tekst in een taal.",
            taal=field.text("De taal (ISO 639-1).", 2, pattern="[a-z]{2}"),
            onderwerp=field.text("Het onderwerp.", 150, pattern=r"[^\r\n]+"),
            tekst=field.prose("De tekst, met eenvoudige Markdown en variabelen.", 20_000),
            sms=field.prose("De tekst van een sms; zonder gaat er geen.", SMS, optional=True),
            onderwerp_portaal=field.text(
                "Het onderwerp van een bericht in het portaal of de Berichtenbox; wie dat leest is "
                "ingelogd, dus het mag zeggen wat er gebeurde. Zonder geldt `onderwerp`.",
                150,
                pattern=r"[^\r\n]+",
                optional=True,
            ),
            tekst_portaal=field.prose(
                "De tekst van dat bericht, met dezelfde Markdown en alle variabelen; een regel "
                "waarin een variabele leeg is, valt weg. Zonder geldt `tekst`.",
                TEKST,
                optional=True,
            ),
        ),
        "De teksten; Nederlands is er altijd bij.",
        least=1,
    )
    gepubliceerd_op = field.moment(
        "Wanneer de versie in gebruik kwam.", computed=True, optional=True
    )

    class Meta:
        verbose_name_plural = "versies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sjabloon", "versie"], name="sjabloon_versie")
        ]

    def __str__(self) -> str:
        return f"versie {self.versie}"


_NAAR: dict[str, tuple[str, ...]] = {
    Stand.CONCEPT: (Stand.GEPUBLICEERD, Stand.VERVALLEN),
    Stand.GEPUBLICEERD: (Stand.VERVALLEN,),
    Stand.VERVALLEN: (),
}


def noteer_publicatie(versie: Any, change: Change) -> None:
    """Note when a version came into use."""
    del change
    if versie.stand == Stand.GEPUBLICEERD and versie.gepubliceerd_op is None:
        versie.gepubliceerd_op = now()


@rule("geen-concept", on="teksten", verbs=("update",))
def is_een_concept(versie: SjabloonVersie, change: Change) -> bool:
    """Een tekst die gebruikt is, verandert niet; maak een nieuwe versie."""
    before: Any = change.before
    return bool(before.stand == Stand.CONCEPT or before.teksten == versie.teksten)


@rule("geen-concept", verbs=("destroy",))
def is_een_concept_om_te_verwijderen(versie: SjabloonVersie) -> bool:
    """Een versie die gebruikt is, blijft."""
    return versie.stand == Stand.CONCEPT


@rule("nederlands-ontbreekt", on="teksten")
def is_er_in_het_nederlands(versie: SjabloonVersie) -> bool:
    """Er is altijd een Nederlandse tekst."""
    teksten: Any = versie.teksten
    return any(each["taal"] == NEDERLANDS for each in teksten)


def kent_de_variabelen(versie: Any, change: Change) -> Sequence[Fault]:
    """Refuse a variable that is not known, and one language twice; tell what is hard to read."""
    found = list(repeated("teksten", versie.teksten, "taal"))
    inhoud = versie.sjabloon.inhoud
    may_hold = dict.fromkeys(("onderwerp", "tekst", "sms"), inhoud)
    may_hold |= dict.fromkeys(("onderwerpPortaal", "tekstPortaal"), Inhoud.BERICHT)
    for nr, each in enumerate(versie.teksten):
        for name, kind in may_hold.items():
            found += [
                Fault(f"teksten.{nr}.{name}", "onbekende-variabele", f"Onbekend hier: {what}.")
                for what in variabelen.strange(each.get(name) or "", kind)
            ]
        if each["taal"] == NEDERLANDS:
            for name in ("tekst", "tekstPortaal"):
                for remark in remarks(each.get(name) or ""):
                    change.warn(remark)
    return found


def heeft_heel_de_portaaltekst(versie: Any, change: Change) -> Sequence[Fault]:
    """Refuse half of a text for the portal, and a subject that never fits in a bericht."""
    del change
    found: list[Fault] = []
    for nr, each in enumerate(versie.teksten):
        onderwerp, tekst = each.get("onderwerpPortaal"), each.get("tekstPortaal")
        if bool(onderwerp) != bool(tekst):
            name = "tekstPortaal" if onderwerp else "onderwerpPortaal"
            found.append(
                Fault(
                    f"teksten.{nr}.{name}",
                    "portaaltekst-onvolledig",
                    "Geef het onderwerp en de tekst voor het portaal allebei, of geen van beide.",
                )
            )
        if len(variabelen.PLACE.sub("", onderwerp or "")) > ONDERWERP:
            found.append(
                Fault(
                    f"teksten.{nr}.onderwerpPortaal",
                    "onderwerp-te-lang",
                    f"Er is plaats voor {ONDERWERP} tekens, met wat er wordt ingevuld.",
                )
            )
    return found


def volg_op(versie: Any, change: Change) -> None:
    """Let the version that was in use until now end with the publication of this one."""
    before: Any = change.before
    if versie.stand != Stand.GEPUBLICEERD or (before and before.stand == versie.stand):
        return
    used = SjabloonVersie.objects.filter(sjabloon_id=versie.sjabloon_id, stand=Stand.GEPUBLICEERD)
    for each in used.exclude(pk=versie.pk):
        vorige = fetch(SjabloonVersie, each.pk, lock=True)
        adjust(change.resource, vorige, change, stand=Stand.VERVALLEN.value)


sjabloonversies = Resource(
    OUTPUT,
    "sjablonen/{sjabloon}/versies",
    SjabloonVersie,
    numbered="versie",
    with_uuid=False,
    parent="sjabloon",
    owned="false",
    default_order="-versie",
    expand=[],
    derive=[noteer_publicatie],
    checks=[
        only_along(_NAAR, "stand", Stand, "De versie"),
        kent_de_variabelen,
        heeft_heel_de_portaaltekst,
    ],
    rules=[is_een_concept, is_een_concept_om_te_verwijderen, is_er_in_het_nederlands],
    reactions=[volg_op],
)


def in_gebruik(sjabloon: UUID) -> Any:
    """Return the version of a sjabloon that is published now, or None."""
    return SjabloonVersie.objects.filter(sjabloon_id=sjabloon, stand=Stand.GEPUBLICEERD).first()
