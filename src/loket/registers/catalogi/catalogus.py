"""Catalogus: de zaaktypecatalogus van een domein van een organisatie (Catalogi API 1.3.3)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.problems import Conflict
from loket.ledger.database import one
from loket.registers.catalogi.register import CATALOGI, WRITE_ONLY
from loket.registers.catalogi.versie import names

_HOLD = "SELECT 1 FROM catalogi_catalogus WHERE id = %s FOR UPDATE"
_ANY_TYPE = "SELECT " + " OR ".join(  # noqa: S608 - names from the line below
    f"EXISTS (SELECT FROM {table} WHERE catalogus_id = %(catalogus)s)"
    for table in ("catalogi_zaaktype", "catalogi_besluittype", "catalogi_informatieobjecttype")
)


class Catalogus(Record):
    """De verzameling van zaaktypen, besluittypen en informatieobjecttypen van een domein."""

    domein = field.text(
        "Afkorting van het domein, hoogstens vijf hoofdletters.", 5, pattern="[A-Z]{1,5}"
    )
    rsin = field.rsin("RSIN van de organisatie die de catalogus beheert.")
    contactpersoon_beheer_naam = field.text("Naam van de beheerder van de catalogus.", 40)
    contactpersoon_beheer_telefoonnummer = field.text(
        "Telefoonnummer van de beheerder.", 20, optional=True
    )
    contactpersoon_beheer_emailadres = field.email("E-mailadres van de beheerder.", optional=True)
    zaaktypen = field.back("De ZAAKTYPEn in deze catalogus.")
    besluittypen = field.back("De BESLUITTYPEn in deze catalogus.")
    besluittype_omschrijving = names(
        "b.omschrijving",
        "catalogi_besluittype b WHERE b.catalogus_id = {row}.id",
        "De omschrijvingen van die BESLUITTYPEn.",
    )
    informatieobjecttypen = field.back("De INFORMATIEOBJECTTYPEn in deze catalogus.")
    informatieobjecttype_omschrijving = names(
        "i.omschrijving",
        "catalogi_informatieobjecttype i WHERE i.catalogus_id = {row}.id",
        "De omschrijvingen van die INFORMATIEOBJECTTYPEn.",
    )
    naam = field.text("Naam van de catalogus.", 200, optional=True, nullable=True)
    versie = field.text("Versie van de catalogus.", 20, optional=True, nullable=True)
    begindatum_versie = field.day("Datum waarop deze versie begon.", optional=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["domein", "rsin"], name="catalogus_domein_rsin"),
        ]


class CatalogusNietLeeg(Conflict):
    """A catalogus that is to be removed, with types in it (rule ztc-017)."""

    code, title = "CATALOG_NOT_EMPTY", "De catalogus bevat nog typen."


@rule(CatalogusNietLeeg.code, verbs=("destroy",))
def is_leeg(catalogus: Catalogus) -> bool:
    """De catalogus bevat nog zaaktypen, besluittypen of informatieobjecttypen."""
    one(_HOLD, (catalogus.pk,))  # who is putting a type in goes first
    if one(_ANY_TYPE, {"catalogus": catalogus.pk})[0]:
        raise CatalogusNietLeeg
    return True


catalogussen = Resource(
    CATALOGI,
    "catalogussen",
    Catalogus,
    public=True,
    rules=[is_leeg],
    filters=["domein", "domein__in", "rsin", "rsin__in"],
    unique={"catalogus_domein_rsin": ("nonFieldErrors", "unique")},
    scopes=WRITE_ONLY,
    with_uuid=False,
)
