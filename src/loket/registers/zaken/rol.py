"""Rol: what somebody has to do with a zaak (Zaken API 1.7.0)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KeyTextTransform

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.catalogi.waarden import OmschrijvingGeneriek
from loket.registers.zaken import rol_regels as regels
from loket.registers.zaken.auth_context import CONTEXTEN
from loket.registers.zaken.betrokkenen import BETROKKENEN, CONTACTPERSOON, NUMMERS
from loket.registers.zaken.eigen import ROL_BEDRIJF, ROL_BURGER
from loket.registers.zaken.register import ZAKEN
from loket.registers.zaken.rol_filters import BY_KIND, BY_NUMBER, OMSCHRIJVING
from loket.registers.zaken.waarden import BetrokkeneType, IndicatieMachtiging
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaak_regels import (
    adres_bestaat,
    bij_zaaktype,
    dagteken,
    is_open_of_geforceerd,
)

OF_ROLTYPE = "(SELECT aard.%s FROM catalogi_roltype aard WHERE aard.id = {row}.roltype_id)"


class Rol(Record):
    """Wat een persoon of organisatie met een zaak te maken heeft."""

    zaak = field.ref(Zaak, "De ZAAK.", back="rollen", once=True)
    betrokkene = field.url("Adres van de betrokkene.", optional=True)
    betrokkene_type = field.choice(BetrokkeneType, "Wat voor iemand de betrokkene is.")
    afwijkende_naam_betrokkene = field.text(
        "Hoe de betrokkene genoemd wil worden.", 625, optional=True
    )
    roltype = field.ref("catalogi.RolType", "Het ROLTYPE.", cascade=False)
    omschrijving = field.derived(
        OF_ROLTYPE % "omschrijving", {"type": "string"}, "De aard van de rol."
    )
    omschrijving_generiek = field.derived(
        OF_ROLTYPE % "omschrijving_generiek",
        {"type": "string", "enum": OmschrijvingGeneriek.values},
        "De aard van de rol, in algemene termen.",
    )
    roltoelichting = field.text("Toelichting.", 1000, optional=True)
    registratiedatum = field.moment("Moment van registratie.", computed=True)
    indicatie_machtiging = field.choice(
        IndicatieMachtiging, "Gemachtigde of machtiginggever.", optional=True
    )
    contactpersoon_rol = CONTACTPERSOON
    begin_geldigheid = field.day("De eerste dag van de rol.", optional=True)
    einde_geldigheid = field.day("De laatste dag van de rol.", optional=True)
    authenticatie_context = field.variant(
        "betrokkene_type", CONTEXTEN, "Hoe de betrokkene bewees wie hij is."
    )
    statussen = field.back("De statussen die in deze rol gezet zijn.")
    betrokkene_identificatie = field.variant(
        "betrokkene_type", BETROKKENEN, "Wie de betrokkene is; de vorm hangt van het type af."
    )

    class Meta:
        verbose_name_plural = "rollen"
        indexes: ClassVar = [
            models.Index(
                fields=["betrokkene"], name="rol_betrokkene", condition=~models.Q(betrokkene="")
            ),
            *(
                models.Index(
                    KeyTextTransform(key, "betrokkene_identificatie"),
                    name=f"rol_{kind[:3]}_{key.lower()}",
                    condition=models.Q(betrokkene_type=kind),
                )
                for kind, key in NUMMERS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.zaak}: {self.roltype}"


rollen = Resource(
    ZAKEN,
    "rollen",
    Rol,
    parent="zaak",
    owned=ROL_BURGER,
    owned_by_company=ROL_BEDRIJF,
    verbs=("list", "retrieve", "create", "update", "destroy"),
    filters=["zaak", "roltype", *BY_NUMBER, *BY_KIND, OMSCHRIJVING],
    derive=[dagteken],
    rules=[
        is_open_of_geforceerd,
        bij_zaaktype("roltype"),
        adres_bestaat("betrokkene"),
        regels.heeft_betrokkene,
        regels.is_enige,
    ],
)
