"""Flows between the registers and who handles zaken: reading, and making, changing, removing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import one, rows
from tests.conformance.example import asking_all, key_at, main_of
from tests.conftest import make_client

if TYPE_CHECKING:
    from loket.grammar.resource import Resource, Verb
    from tests.conformance.example import Examples
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk

READS = {
    "M-F3": "klantinteracties/partijen",
    "M-F4": "besluiten/besluiten",
    "M-F7": "catalogi/zaaktypen",
    "M-F9": "berichten/berichten",
    "M-F23": "documenten/enkelvoudiginformatieobjecten",
    "M-F29": "taken/externetaken",
    "M-F32": "zaken/zaken",
    "M-F39": "klantinteracties/klantcontacten",
}
WRITES = {
    "M-F11": "taken/externetaken",
    "M-F17": "besluiten/besluiten",
    "M-F18": "berichten/berichten",
    "M-F20": "documenten/enkelvoudiginformatieobjecten",
    "M-F31": "zaken/zaken",
    "M-F38": "klantinteracties/klantcontacten",
}
_WRITING: tuple[Verb, ...] = ("create", "partial_update", "destroy")


def flows(found: dict[str, str]) -> list[Any]:
    return [
        pytest.param(name, marks=pytest.mark.req(flow), id=flow) for flow, name in found.items()
    ]


def client_for(resource: Resource, examples: Examples, *verbs: Verb) -> Api:
    """Make an application with the rights that a flow takes, and no other."""
    main = main_of(resource)
    scopes = {scope for verb in verbs for scope in resource.scopes_for(verb)}
    right: dict[str, Any] = {
        "component": resource.register.component,
        "scopes": sorted(scopes),
        "maxVertrouwelijkheidaanduiding": "zeer_geheim",
    }
    if main.authorised_by:
        kind = main.record.words[main.authorised_by]
        right[kind.wire] = examples.reference(kind, main)
    return make_client("zaakafhandeling", [right])


def told(key: Any) -> list[tuple[str, str, str]]:
    """Return what the ledger has of a record, in order."""
    return rows(
        "SELECT register, resource, actie FROM ledger_event WHERE key = %s ORDER BY position",
        (key,),
    )


@pytest.mark.parametrize("name", flows(READS))
def test_a_register_is_read(name: str, examples: Examples) -> None:
    """List and detail, with the right to read and no other; nothing is written by it."""
    resource = examples.find(name)
    record = examples.make(resource)
    address = resource.address(record, examples.base)
    reader = client_for(resource, examples, "list", "retrieve")
    before = one("SELECT max(position) FROM ledger_event")
    listed = reader.get(examples.path(resource), params=asking_all(resource)).json()
    shown = [each["url"] for each in listed.get("results", listed)]
    assert address in shown
    assert reader.get(address).json()["url"] == address
    assert reader.delete(address).status_code in (403, 405)
    assert one("SELECT max(position) FROM ledger_event") == before
    assert told(record.pk)[-1][:2] == tuple(name.split("/"))


@pytest.mark.parametrize("name", flows(WRITES))
def test_a_register_is_written(name: str, examples: Examples) -> None:
    """Each write is one event, told in the order in which they came."""
    resource = examples.find(name)
    verbs = [verb for verb in _WRITING if verb in resource.verbs]
    body, path = examples.body(resource), examples.path(resource)
    writer = client_for(resource, examples, *verbs, "retrieve")
    answer = writer.post(path, json=body)
    assert answer.status_code == 201, answer.text
    url = answer.json()["url"]
    key = key_at(url)
    if "partial_update" in verbs:
        change = examples.before_change(resource, key)
        assert writer.patch(url, json=change).status_code == 200
    if "destroy" in verbs:
        examples.before_removal(resource, key)
    done = [actie for _, _, actie in told(key)]
    assert done[0] == "create"
    assert "partial_update" in done or "partial_update" not in verbs
    assert {each[:2] for each in told(key)} == {tuple(name.split("/"))}


@pytest.mark.parametrize(
    ("path", "wrong", "fault"),
    [
        pytest.param("besluiten", "besluittype", "bad-url", marks=pytest.mark.req("M-F28"),
                     id="M-F28"),
        pytest.param("documenten", "informatieobjecttype", "bad-url",
                     marks=pytest.mark.req("M-F34"), id="M-F34"),
        pytest.param("zaken", "zaaktype", "bad-url", marks=pytest.mark.req("M-F40"), id="M-F40"),
    ],
)  # fmt: skip
def test_types_come_from_the_catalogus(
    api: Api, examples: Examples, path: str, wrong: str, fault: str
) -> None:
    """A register reads the type from the catalogus: one that is not there is refused."""
    resource = next(
        each for each in examples.find(f"{path}/{_MAIN[path]}").register.resources
        if each.name == _MAIN[path]
    )  # fmt: skip
    body = examples.body(resource)
    made = api.post(examples.path(resource), json=body)
    assert made.status_code == 201, made.text
    assert made.json()[wrong] == body[wrong]
    before = one("SELECT count(*) FROM ledger_event")
    nowhere = body[wrong][:-12] + "000000000000"
    refused = api.post(examples.path(resource), json={**body, "identificatie": "", wrong: nowhere})
    assert {(f["name"], f["code"]) for f in refused.json()["invalidParams"]} == {(wrong, fault)}
    assert one("SELECT count(*) FROM ledger_event") == before


_MAIN = {
    "besluiten": "besluiten", "documenten": "enkelvoudiginformatieobjecten", "zaken": "zaken",
}  # fmt: skip


@pytest.mark.req("M-F5")
def test_output_reads_the_document_that_it_tells_of(api: Api, zaakwerk: Werk) -> None:
    """What a message about a document holds is read from the register, at that moment."""
    from loket.registers.output.waarden import Gebeurtenis
    from loket.services.output import onderwerp

    zaak = zaakwerk.zaak()
    relatie = zaakwerk.met_document(zaak, titel="Foto van de kuil")
    zaak_key = key_at(zaak["url"])
    about = onderwerp.van(Gebeurtenis.DOCUMENT_TOEGEVOEGD, key_at(relatie["url"]), zaak_key)
    assert about is not None
    assert about.waarden["document.titel"] == "Foto van de kuil"
    assert told(key_at(relatie["url"])) == [("zaken", "zaakinformatieobjecten", "create")]
    assert api.get(relatie["url"]).status_code == 200
