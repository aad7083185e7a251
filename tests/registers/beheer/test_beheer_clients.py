"""Clients: a secret is written, used, and never shown."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar import field
from loket.grammar.record import Record
from loket.grammar.register import ZGW, Register
from loket.grammar.resource import Call, Resource
from loket.kernel.actor import Actor
from loket.ledger.database import one, rows
from loket.registers.beheer.client import clients
from tests.conftest import Api, make_client

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

ROOT = "/beheer/api/v1"
SECRET = "een geheim van minstens tweeëndertig tekens"
ANOTHER = "een ander geheim van minstens zo veel tekens"


@pytest.fixture(name="client")
def _client(api: Api) -> dict[str, Any]:
    made = api.post(f"{ROOT}/clients", json={"clientId": "zac", "geheim": SECRET})
    assert made.status_code == 201, made.text
    shown: dict[str, Any] = made.json()
    return shown


def grant(client_id: str) -> None:
    """Let a client do everything."""
    from loket.registers.autorisaties.applicatie import applicaties

    body = {"clientIds": [client_id], "label": client_id, "heeftAlleAutorisaties": True}
    applicaties.create(Actor.system("test"), body, Call(base="http://127.0.0.1:8700"))


def test_a_secret_is_shown_nowhere(api: Api, client: dict[str, Any]) -> None:
    assert "geheim" not in client
    assert client["geheimGezetOp"]
    api.patch(client["url"], json={"geheim": ANOTHER})
    api.put(client["url"], json={"clientId": "zac", "geheim": SECRET})
    seen = [
        api.get(client["url"]).text,
        api.get(f"{ROOT}/clients").text,
        api.get(f"{client['url']}/audittrail").text,
        *(str(row) for row in rows("SELECT * FROM ledger_event")),
    ]
    assert not [text for text in seen if SECRET in text or ANOTHER in text]


def test_a_secret_is_described_as_written_only(api: Api) -> None:
    schemas = api.get(f"{ROOT}/openapi.json").json()["components"]["schemas"]
    assert "geheim" not in schemas["Client"]["properties"]
    assert schemas["ClientRequest"]["properties"]["geheim"]["writeOnly"] is True
    assert "geheim" in schemas["ClientRequest"]["required"]


def test_the_trail_tells_who_changed_a_secret_and_when(api: Api, client: dict[str, Any]) -> None:
    api.patch(client["url"], json={"geheim": ANOTHER})
    trail = api.get(f"{client['url']}/audittrail").json()
    assert [line["actie"] for line in trail] == ["create", "partial_update"]
    assert [line["applicatieId"] for line in trail] == ["test", "test"]
    old, new = (trail[1]["wijzigingen"][which]["geheimGezetOp"] for which in ("oud", "nieuw"))
    assert old < new


@pytest.mark.parametrize("body", [{"clientId": "zac"}, {"clientId": "zac", "geheim": ""}])
def test_a_new_client_has_a_secret(api: Api, body: dict[str, str]) -> None:
    answer = api.post(f"{ROOT}/clients", json=body)
    assert answer.status_code == 400
    assert [each["name"] for each in answer.json()["invalidParams"]] == ["geheim"]


def test_a_secret_left_out_of_a_change_stays(api: Api, client: dict[str, Any]) -> None:
    grant("zac")
    answer = api.put(client["url"], json={"clientId": "zac", "doelbindingen": ["urn:een"]})
    assert answer.status_code == 200, answer.text
    assert answer.json()["geheimGezetOp"] == client["geheimGezetOp"]
    assert Api("zac", SECRET).get(f"{ROOT}/clients").status_code == 200


def test_another_secret_counts_at_once(api: Api, client: dict[str, Any]) -> None:
    grant("zac")
    assert Api("zac", SECRET).get(f"{ROOT}/clients").status_code == 200
    assert api.patch(client["url"], json={"geheim": ANOTHER}).status_code == 200
    assert Api("zac", ANOTHER).get(f"{ROOT}/clients").status_code in (200, 403)


def test_a_change_raises_the_version_of_the_rights(api: Api, client: dict[str, Any]) -> None:
    stand = one("SELECT stand FROM grammar_stand")[0]
    api.patch(client["url"], json={"doelbindingen": ["urn:een"]})
    assert one("SELECT stand FROM grammar_stand")[0] > stand
    assert api.delete(client["url"]).status_code == 204
    assert one("SELECT stand FROM grammar_stand")[0] > stand + 1


def test_a_client_that_is_removed_is_nobody(api: Api, client: dict[str, Any]) -> None:
    grant("zac")
    removed = Api("zac", SECRET)
    assert removed.get(f"{ROOT}/clients").status_code == 200
    assert api.delete(client["url"]).status_code == 204
    answer = removed.get(f"{ROOT}/clients")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_authenticated")


def test_a_client_id_is_used_once_and_does_not_change(api: Api, client: dict[str, Any]) -> None:
    again = api.post(f"{ROOT}/clients", json={"clientId": "zac", "geheim": SECRET})
    assert [(f["name"], f["code"]) for f in again.json()["invalidParams"]] == [
        ("clientId", "client-id-bestaat-al")
    ]
    other = api.patch(client["url"], json={"clientId": "ander"})
    assert [f["code"] for f in other.json()["invalidParams"]] == ["wijzigen-niet-toegelaten"]


def test_a_purpose_is_one_of_those_that_the_municipality_allows(
    api: Api, client: dict[str, Any]
) -> None:
    (settings,) = api.get(f"{ROOT}/instellingen").json()["results"]
    api.patch(settings["url"], json={"doelbindingen": ["urn:een", "urn:twee"]})
    assert api.patch(client["url"], json={"doelbindingen": ["urn:twee"]}).status_code == 200
    refused = api.patch(client["url"], json={"doelbindingen": ["urn:drie"]})
    assert [(f["name"], f["code"]) for f in refused.json()["invalidParams"]] == [
        ("doelbindingen", "doelbinding-onbekend")
    ]


def test_clients_are_for_who_has_the_scope(gemeente: Tenant) -> None:
    del gemeente
    right = {"component": "beheer", "scopes": ["beheer.lezen"]}
    reader = make_client("lezer", [right])
    other = make_client("ander", [{"component": "ac", "scopes": ["autorisaties.lezen"]}])
    assert reader.get(f"{ROOT}/clients").json()["count"] == 2
    body = {"clientId": "nieuw", "geheim": SECRET}
    assert reader.post(f"{ROOT}/clients", json=body).status_code == 403
    assert other.get(f"{ROOT}/clients").status_code == 403


@pytest.mark.parametrize("where", ["filters", "ordering", "kenmerken"])
def test_nobody_can_search_by_a_secret(where: str) -> None:
    register = Register("r", "R", "r", "1.0.0", ZGW, scopes={})
    with pytest.raises(TypeError, match="secret"):
        Resource(register, "clients", clients.record, **{where: ["geheim"]})  # type: ignore[arg-type]
    assert clients.record.words["geheim"].secret


def test_a_secret_is_no_part_of_a_group() -> None:
    with pytest.raises(TypeError, match="secret"):
        field.group("Een groep.", geheim=field.secret("Een geheim."))


def test_a_json_of_all_words_leaves_the_secret_out(client: dict[str, Any]) -> None:
    nieuw = one("SELECT nieuw FROM ledger_event WHERE key = %s", (client["uuid"],))[0]
    shown = {word.wire for word in clients.record.words.values() if not word.secret}
    assert set(json.loads(nieuw)) == {"url", "uuid", *shown}
    assert issubclass(clients.record, Record)
