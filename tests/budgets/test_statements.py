"""What each door may ask of the database, in statements; reading is always one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from loket.grammar.register import registers
from loket.grammar.relations import target_of
from loket.kernel import tenant
from loket.ledger.database import Statement, counted
from tests.conformance.example import Examples, asking_all, key, key_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Resource
    from tests.conftest import Api

READ = 1
WRITES: dict[str, tuple[int, ...]] = {
    "archief/vernietigingslijsten": (3, 3, 3, 6),
    "archief/vernietigingsregels": (8, 8, 7, 8),
    "archief/vernietigingsverklaringen": (0, 0, 0, 0),
    "beheer/basisregistraties": (3, 3, 3, 4),
    "beheer/clients": (4, 7, 5, 5),
    "beheer/federatiebronnen": (3, 3, 3, 4),
    "beheer/inlogmiddelen": (3, 3, 3, 4),
    "beheer/instellingen": (0, 5, 4, 0),
    "beheer/notificatiediensten": (3, 3, 3, 4),
    "beheer/ondertekensleutels": (3, 0, 0, 4),
    "autorisaties/applicaties": (5, 8, 6, 5),
    "berichten/berichten": (5, 0, 4, 0),
    "besluiten/besluiten": (5, 6, 5, 9),
    "besluiten/besluitinformatieobjecten": (9, 0, 0, 15),
    "catalogi/besluittypen": (5, 6, 4, 5),
    "catalogi/catalogussen": (3, 4, 4, 13),
    "catalogi/eigenschappen": (4, 8, 7, 9),
    "catalogi/informatieobjecttypen": (5, 6, 5, 6),
    "catalogi/resultaattypen": (8, 12, 7, 9),
    "catalogi/roltypen": (4, 8, 7, 9),
    "catalogi/statustypen": (4, 8, 7, 12),
    "catalogi/zaakobjecttypen": (4, 8, 7, 9),
    "catalogi/zaaktype-informatieobjecttypen": (5, 9, 7, 8),
    "catalogi/zaaktypen": (6, 8, 5, 12),
    "contactgegevens/organisatie": (3, 3, 3, 4),
    "contactgegevens/persoon": (3, 3, 3, 4),
    "documenten/enkelvoudiginformatieobjecten": (6, 9, 8, 15),
    "documenten/gebruiksrechten": (7, 11, 10, 12),
    "documenten/objectinformatieobjecten": (6, 0, 0, 10),
    "documenten/verzendingen": (6, 9, 9, 9),
    "klantinteracties/actoren": (3, 3, 3, 6),
    "klantinteracties/actorklantcontacten": (5, 9, 7, 9),
    "klantinteracties/adresverificaties": (0, 0, 0, 0),
    "klantinteracties/bereikbaarheden": (5, 0, 7, 0),
    "klantinteracties/betrokkenen": (4, 8, 7, 10),
    "klantinteracties/bijlagen": (3, 5, 5, 6),
    "klantinteracties/categorie-relaties": (3, 5, 5, 6),
    "klantinteracties/categorieen": (3, 3, 3, 5),
    "klantinteracties/contactinstellingen": (0, 4, 4, 0),
    "klantinteracties/contactnormen": (3, 3, 3, 4),
    "klantinteracties/contactvoorkeuren": (5, 9, 7, 8),
    "klantinteracties/digitaleadressen": (3, 5, 5, 11),
    "klantinteracties/gesprekken": (3, 0, 0, 0),
    "klantinteracties/internetaken": (8, 10, 7, 9),
    "klantinteracties/klantcontacten": (4, 3, 3, 11),
    "klantinteracties/onderwerpobjecten": (3, 5, 5, 0),
    "klantinteracties/partij-identificatoren": (5, 9, 8, 10),
    "klantinteracties/partijen": (4, 7, 4, 19),
    "klantinteracties/referentiewaarden": (3, 3, 3, 4),
    "klantinteracties/rekeningnummers": (3, 5, 5, 7),
    "klantinteracties/samenvoegingen": (0, 0, 0, 0),
    "klantinteracties/samenvoegregels": (3, 3, 3, 4),
    "klantinteracties/samenvoegvoorstellen": (0, 0, 4, 0),
    "klantinteracties/vertegenwoordigingen": (5, 9, 7, 8),
    "klantinteracties/wijzigingsgronden": (3, 3, 3, 4),
    "notificaties/abonnement": (4, 4, 4, 4),
    "notificaties/cloudevents": (0, 0, 0, 0),
    "notificaties/kanaal": (3, 3, 3, 0),
    "notificaties/notificaties": (4, 0, 0, 0),
    "verzoeken/verzoeken": (7, 7, 5, 5),
    "verzoeken/verzoektypen": (3, 3, 3, 6),
    "verzoeken/verzoektypen/{verzoek_type}/versies": (5, 7, 7, 8),
    "output/klantnotificaties": (0, 0, 0, 0),
    "output/outputregels": (4, 4, 4, 5),
    "output/sjablonen": (3, 3, 3, 6),
    "output/sjablonen/{sjabloon}/versies": (5, 7, 7, 8),
    "taken/externetaken": (5, 5, 4, 5),
    "zaken/klantcontacten": (5, 0, 0, 0),
    "zaken/resultaten": (6, 11, 9, 10),
    "zaken/rollen": (7, 11, 0, 11),
    "zaken/statussen": (9, 0, 0, 0),
    "zaken/substatussen": (7, 0, 0, 0),
    "zaken/zaakcontactmomenten": (5, 0, 0, 9),
    "zaken/zaakinformatieobjecten": (10, 11, 9, 15),
    "zaken/zaaknotities": (5, 10, 8, 9),
    "zaken/zaakobjecten": (6, 10, 9, 9),
    "zaken/zaakverzoeken": (5, 0, 0, 9),
    "zaken/zaken": (5, 6, 5, 26),
    "zaken/zaken/{zaak}/besluiten": (5, 0, 0, 9),
    "zaken/zaken/{zaak}/zaakeigenschappen": (6, 10, 9, 10),
}
"""Per resource the budgets of POST, PUT, PATCH and DELETE; 0 where there is no such verb."""

VERBS = {"create": "POST", "update": "PUT", "partial_update": "PATCH", "destroy": "DELETE"}
RESOURCES = sorted(
    (
        each
        for one in registers.values()
        for each in one.resources
        if each.verbs and each.facet_of is None
    ),
    key=key,
)
each_resource = pytest.mark.parametrize("resource", RESOURCES, ids=key)


@contextmanager
def statements() -> Iterator[list[Statement]]:
    """Collect every statement of the block, those of the ORM included, but not savepoints."""
    with counted() as noted:

        def note(execute: Any, sql: str, *rest: Any) -> Any:
            noted.append(Statement(sql, ()))
            return execute(sql, *rest)

        with connections[tenant.current().alias].execute_wrapper(note):
            yield noted
        noted[:] = [sql for sql in noted if "SAVEPOINT" not in sql]


@each_resource
def test_a_read_is_one_statement(resource: Resource, api: Api, examples: Examples) -> None:
    for _ in range(3):
        record = examples.make(resource)
    address, path = resource.address(record, examples.base), examples.path(resource)
    api.get(path)
    for asked, extra in ((address, {}), (path, asking_all(resource))):
        for query in ({}, *({"expand": ",".join(paths)} for paths in _deep(resource))):
            with statements() as made:
                response = api.get(asked, params=query | extra)
            assert response.status_code == 200
            assert len(made) == READ, query


def _deep(resource: Resource) -> Iterator[list[str]]:
    """Yield what to expand: all relations, and one path of three steps."""
    if resource.relations:
        yield sorted(resource.relations)
        path: list[str] = []
        at = resource
        while at.relations and len(path) < 3:
            wire = max(at.relations)
            path.append(wire)
            at = target_of(at, at.relations[wire])
        yield [".".join(path)]


@pytest.mark.parametrize("resource", [r for r in RESOURCES if "create" in r.verbs], ids=key)
def test_a_write_stays_within_its_budget(resource: Resource, api: Api, examples: Examples) -> None:
    body, path = examples.body(resource), examples.path(resource)
    api.get(path)
    made = {}
    if resource.single:
        shown = api.get(path).json()["results"][0]
    else:
        with statements() as noted:
            shown = api.post(path, json=body).json()
        made["create"] = len(noted)
    record = key_at(shown["url"])
    ready = examples.before_change(resource, record)
    sent = {**examples.writable(resource, shown), **ready}
    for verb, content in (("update", sent), ("partial_update", ready), ("destroy", None)):
        if verb == "destroy":
            examples.before_removal(resource, record)
        if verb in resource.verbs:
            with statements() as noted:
                response = api.request(VERBS[verb], shown["url"], json=content)
            assert response.status_code < 300, response.text
            made[verb] = len(noted)
    budget = dict(zip(VERBS, WRITES[key(resource)], strict=True))
    assert {verb: count for verb, count in made.items() if count > budget[verb]} == {}
    assert {verb for verb, count in budget.items() if count} == set(made)
