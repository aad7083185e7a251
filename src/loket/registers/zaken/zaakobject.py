"""ZaakObject: what a zaak is about (Zaken API 1.7.0)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.registers.catalogi.waarden import Objecttype
from loket.registers.zaken.archivering import herbereken_na
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import adres_bestaat, bij_zaaktype, is_open_of_geforceerd
from loket.registers.zaken.zaakobject_vormen import VORMEN


class ZaakObject(Record):
    """Iets of iemand waar een zaak over gaat."""

    zaak = field.ref(Zaak, "De ZAAK.", back="zaakobjecten", once=True)
    object = field.url("Adres van het OBJECT.", optional=True, once=True)
    zaakobjecttype = field.ref(
        "catalogi.ZaakObjectType", "Het ZAAKOBJECTTYPE.", optional=True, cascade=False
    )
    object_type = field.choice(Objecttype, "Wat voor iets het OBJECT is.", once=True)
    object_type_overige = field.text(
        "Wat voor iets, als objectType overige is.", 100, optional=True, pattern=r"[a-z_]+"
    )
    object_type_overige_definitie = field.group(
        "Waar de vorm van een ander OBJECT is vastgelegd.",
        optional=True,
        url=field.url("Adres van de definitie."),
        schema=field.text("Waar daarin het schema staat (jq).", 100),
        object_data=field.text("Waar in het OBJECT de gegevens staan (jq).", 100),
    )
    relatieomschrijving = field.text(
        "Wat de ZAAK met het OBJECT te maken heeft.", 80, optional=True
    )
    object_identificatie = field.variant(
        "object_type", VORMEN, "Welk OBJECT het is; de vorm hangt van objectType af."
    )

    class Meta:
        verbose_name_plural = "zaakobjecten"
        indexes: ClassVar = [
            models.Index(
                fields=["object"], name="zaakobject_object", condition=~models.Q(object="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.object_type}"


@rule("invalid-zaakobject")
def wijst_iets_aan(zaakobject: ZaakObject) -> bool:
    """Geef object (een adres) of objectIdentificatie."""
    return bool(zaakobject.object or zaakobject.object_identificatie)


@rule("missing-object-type-overige", on="objectTypeOverige")
def overige_is_benoemd(zaakobject: ZaakObject) -> bool:
    """Bij objectType overige hoort objectTypeOverige of objectTypeOverigeDefinitie."""
    named = zaakobject.object_type_overige or zaakobject.object_type_overige_definitie
    return zaakobject.object_type != Objecttype.OVERIGE or bool(named)


@rule("invalid-object-type-overige-usage", on="objectTypeOverige")
def overige_alleen_bij_overige(zaakobject: ZaakObject) -> bool:
    """Alleen bij objectType overige hoort objectTypeOverige."""
    return zaakobject.object_type == Objecttype.OVERIGE or not zaakobject.object_type_overige


zaakobjecten = Resource(
    ZAKEN,
    "zaakobjecten",
    ZaakObject,
    parent="zaak",
    filters=["zaak", "object", "object_type"],
    rules=[
        is_open_of_geforceerd,
        bij_zaaktype("zaakobjecttype"),
        adres_bestaat("object"),
        wijst_iets_aan,
        overige_is_benoemd,
        overige_alleen_bij_overige,
    ],
    reactions=[herbereken_na],
    farewells=[herbereken_na],
    scopes={
        "create": ("zaken.aanmaken", "zaken.bijwerken", "zaken.geforceerd-bijwerken"),
        "destroy": ("zaken.bijwerken", "zaken.geforceerd-bijwerken", "zaken.verwijderen"),
    },
)
