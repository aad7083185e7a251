"""Zaaktype: what holds for all zaken of one kind (Catalogi API 1.3.3)."""

from __future__ import annotations

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.register import CATALOGI


class ZaakType(Record):
    """Het geheel van karakteristieken van zaken van eenzelfde soort."""

    identificatie = field.text("Identificatie binnen de catalogus.", 50)
    omschrijving = field.text("Omschrijving van de aard van de zaken.", 80)
    catalogus = field.ref(Catalogus, "De CATALOGUS waartoe het ZAAKTYPE behoort.", back="zaaktypen")


zaaktypen = Resource(CATALOGI, "zaaktypen", ZaakType, public=True, filters=["catalogus", "identificatie"], with_uuid=False)
