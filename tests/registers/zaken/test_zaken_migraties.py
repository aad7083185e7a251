"""A municipality that has zaken already is brought to the tables of now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from loket.kernel import tenant
from loket.ledger.database import one

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk

FIRST, NOW = ("zaken", "0002_zoeken"), ("zaken", "0004_documenten")


def test_zaken_from_before_the_rule_book_come_along(werk: Werk, api: Api) -> None:
    zaak = werk.zaak(opschorting={"indicatie": True, "reden": "wacht"})
    executor = MigrationExecutor(connections[tenant.current().alias])
    one("SET CONSTRAINTS ALL IMMEDIATE")
    executor.migrate([FIRST])
    one("UPDATE zaken_zaak SET opschorting = opschorting - 'eerdereOpschorting'")
    one(
        "INSERT INTO zaken_zaakinformatieobject "
        "(id, regime, informatieobject, titel, beschrijving, registratiedatum, zaak_id) "
        "VALUES (gen_random_uuid(), 'avg', 'https://elders.voorbeeld.nl/1', '', '', now(), %s)",
        (zaak["uuid"],),
    )
    one("SET CONSTRAINTS ALL IMMEDIATE")
    executor.loader.build_graph()
    executor.migrate([NOW])
    found = api.get(zaak["url"]).json()
    assert found["opschorting"]["eerdereOpschorting"] is False
    assert found["laatstGemuteerd"]
    assert found["zaakinformatieobjecten"] == []
    assert werk.met_document(zaak)["zaak"] == zaak["url"]
