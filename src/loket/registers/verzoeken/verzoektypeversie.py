"""A version of a verzoektype: the JSON Schema of what is asked, and which documents come along."""

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
from loket.kernel.clock import today
from loket.ledger.database import fetch
from loket.registers.verzoeken import schema
from loket.registers.verzoeken.register import OF_TYPES, VERZOEKEN
from loket.registers.verzoeken.verzoektype import VerzoekType
from loket.registers.verzoeken.waarden import NAAR, VersieStatus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from loket.grammar.change import Change
    from loket.kernel.problems import Fault


class VerzoekTypeVersie(Record):
    """Een versie van een verzoektype: wat een verzoek bevat."""

    versie = field.integer("Het nummer; de gemeente geeft het uit.", most=32_767, computed=True)
    verzoek_type = field.ref(VerzoekType, "Het verzoektype.", back="versies", once=True)
    bijlage_typen = field.many(
        field.group(
            "Een soort document dat meekomt.",
            informatie_objecttype=field.urn("De URN van het informatieobjecttype."),
            omschrijving=field.prose("Wat er bedoeld is.", optional=True),
        ),
        "Welke documenten er bij een verzoek horen.",
        optional=True,
    )
    status = field.choice(
        VersieStatus,
        "Of de versie gebruikt kan worden.",
        optional=True,
        default=VersieStatus.DRAFT.value,
    )
    aanvraag_gegevens_schema = field.free("Het JSON Schema (2020-12) van wat gevraagd wordt.")
    aangemaakt_op = field.day("Wanneer de versie gemaakt is.", computed=True)
    gewijzigd_op = field.day("Wanneer zij voor het laatst gewijzigd is.", computed=True)
    begin_geldigheid = field.day("Wanneer de versie gepubliceerd is.", computed=True, optional=True)
    einde_geldigheid = field.day("Wanneer een volgende versie haar opvolgde.", optional=True)

    class Meta:
        verbose_name_plural = "versies"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["verzoek_type", "versie"], name="verzoektype_versie")
        ]

    def __str__(self) -> str:
        return f"versie {self.versie}"


def noteer_dagen(versie: Any, change: Change) -> None:
    """Note the days of making, changing and publishing."""
    before: Any = change.before
    versie.gewijzigd_op = today()
    if before is None:
        versie.aangemaakt_op = today()
    if versie.status == VersieStatus.PUBLISHED and versie.begin_geldigheid is None:
        versie.begin_geldigheid = today()


@rule("non-draft-versie-update", verbs=("update",))
def is_een_concept(versie: VerzoekTypeVersie, change: Change) -> bool:
    """Alleen een concept kan gewijzigd worden; een gepubliceerde versie kan alleen vervallen."""
    before: Any = change.before
    return before.status == VersieStatus.DRAFT or all(
        getattr(before, name) == getattr(versie, name) for name in _VAST
    )


@rule("non-draft-versie-destroy", verbs=("destroy",))
def is_een_concept_om_te_verwijderen(versie: VerzoekTypeVersie) -> bool:
    """Alleen een concept kan verwijderd worden."""
    return versie.status == VersieStatus.DRAFT


def schema_klopt(versie: Any, change: Change) -> Sequence[Fault]:
    """Hold the schema to JSON Schema 2020-12, and name each kind of document once."""
    del change
    return [
        *schema.faults("aanvraagGegevensSchema", versie.aanvraag_gegevens_schema),
        *repeated("bijlageTypen", versie.bijlage_typen, "informatieObjecttype"),
    ]


def volg_op(versie: Any, change: Change) -> None:
    """Let the version that was in use until now end on the day of publication."""
    before: Any = change.before
    if versie.status != VersieStatus.PUBLISHED or (before and before.status == versie.status):
        return
    earlier = VerzoekTypeVersie.objects.filter(
        verzoek_type_id=versie.verzoek_type_id,
        status=VersieStatus.PUBLISHED,
        einde_geldigheid=None,
    ).exclude(pk=versie.pk)
    for each in earlier:
        vorige = fetch(VerzoekTypeVersie, each.pk, lock=True)
        adjust(change.resource, vorige, change, einde_geldigheid=versie.begin_geldigheid)


_VAST = ("bijlage_typen", "aanvraag_gegevens_schema", "einde_geldigheid")

versies = Resource(
    VERZOEKEN,
    "verzoektypen/{verzoek_type}/versies",
    VerzoekTypeVersie,
    numbered="versie",
    with_uuid=False,
    parent="verzoek_type",
    default_order="-versie",
    expand=[],
    derive=[noteer_dagen],
    checks=[only_along(NAAR, "status", VersieStatus, "De versie"), schema_klopt],
    rules=[is_een_concept, is_een_concept_om_te_verwijderen],
    reactions=[volg_op],
    scopes=OF_TYPES,
)


def bruikbaar(verzoek_type: UUID, nummer: int | None = None) -> Any:
    """Return the version with a number, or else the newest, if it was ever published; or None."""
    known = VerzoekTypeVersie.objects.filter(verzoek_type_id=verzoek_type)
    if nummer is not None:
        return known.filter(versie=nummer).exclude(status=VersieStatus.DRAFT).first()
    return known.filter(status=VersieStatus.PUBLISHED).order_by("-versie").first()
