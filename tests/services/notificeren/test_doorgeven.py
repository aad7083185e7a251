"""What happens is published at the Notificaties API of somebody else, and never goes in circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import httpx
import pytest

from loket.connectors.notificaties.extern import Remote
from loket.grammar.resource import Call
from loket.kernel import tenant
from loket.ledger import dispatch
from loket.ledger.database import rows
from loket.registers.notificaties.notificatie import notificaties
from loket.services.notificeren import diensten, doorgeven
from tests.conformance.test_refusing import faults
from tests.registers.klantinteracties.contactwerk import Contactwerk
from tests.registers.taken.test_taken import body as taak
from tests.registers.zaken.zaakwerk import BSN, Typen, Werk
from tests.services.notificeren.abonnee import Abonnee, listening
from tests.services.notificeren.dienstwerk import DIENSTEN, dienst
from tests.services.notificeren.opennotificaties import CLIENT, SECRET, OpenNotificaties, running
from tests.services.notificeren.test_abonnees import (
    BASE,
    ROOT,
    _out,
    deliver,
    family,
    states,
    subscribe,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

__all__ = ["family"]

TOLD = {
    "kanaal": "bomen", "hoofdObject": "https://bomen.example/1", "resource": "boom",
    "resourceUrl": "https://bomen.example/1", "actie": "create",
    "aanmaakdatum": "2026-03-01T10:00:00+00:00", "kenmerken": {"soort": "eik"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def others(family: None) -> None:
    """Beside the abonnementen, services of others hear of what happens."""
    del family
    doorgeven.connect(lambda: BASE, Remote(httpx.Timeout(5.0)))


@pytest.fixture
def extern() -> Iterator[OpenNotificaties]:
    with running(OpenNotificaties()) as made:
        yield made


def bomen(api: Api) -> None:
    api.post(f"{ROOT}/kanaal", json={"naam": "bomen", "filters": ["soort"]})
    _out()


@pytest.mark.req("M30", "M57", "M59")
def test_a_zaak_is_told_on_a_kanaal_that_is_made_there(api: Api, extern: OpenNotificaties) -> None:
    typen = Typen(api)
    typen.publish()
    werk = Werk(api, typen)
    dienst(api, extern)
    _out()
    zaak = werk.zaak()
    werk.rol(zaak)
    werk.status(zaak, 1)
    deliver()
    assert [each["resource"] for each in extern.notificaties] == ["zaak", "rol", "status"]
    first = extern.notificaties[0]
    assert first["hoofdObject"].startswith(f"{BASE}/zaken/api/v1/zaken/")
    assert first["kenmerken"]["bronorganisatie"] == zaak["bronorganisatie"]
    assert set(extern.kanalen["zaken"]) == set(first["kenmerken"])
    assert extern.asked == [
        "GET /kanaal", "POST /kanaal", *["POST /notificaties"] * 3,
    ]  # fmt: skip
    assert not any(BSN in str(each) for each in extern.notificaties)
    claims = extern.claims[0]
    assert (claims["iss"], claims["client_id"]) == (CLIENT, CLIENT)
    assert (claims["user_id"], claims["user_representation"]) == ("loket", "Loket")
    assert states() == {"klaar": 3}


def test_a_kanaal_that_is_there_tells_by_its_own_kenmerken(
    api: Api, extern: OpenNotificaties
) -> None:
    extern.kanalen["klantcontacten"] = []
    dienst(api, extern, kanalen=["klantcontacten"])
    Contactwerk(api).persoon()
    Contactwerk(api).contact()
    deliver()
    assert [(each["kanaal"], each["kenmerken"]) for each in extern.notificaties] == [
        ("klantcontacten", {})
    ]
    assert "POST /kanaal" not in extern.asked


def test_a_kanaal_that_changed_there_is_looked_at_anew(api: Api, extern: OpenNotificaties) -> None:
    bomen(api)
    dienst(api, extern, kanalen=["bomen"])
    api.post(f"{ROOT}/notificaties", json=TOLD)
    deliver()
    extern.kanalen["bomen"] = []
    second = {**TOLD, "actie": "update"}
    api.post(f"{ROOT}/notificaties", json=second)
    deliver()
    ((outcome,),) = rows("SELECT outcome FROM ledger_delivery WHERE state = 'wacht'")
    assert "kenmerken_inconsistent" in outcome
    dispatch.release()
    deliver()
    assert [(each["actie"], each["kenmerken"]) for each in extern.notificaties] == [
        ("create", {"soort": "eik"}), ("update", {}),
    ]  # fmt: skip


@pytest.mark.req("M30")
def test_one_that_is_dead_or_refuses_holds_up_nobody(api: Api, extern: OpenNotificaties) -> None:
    away = OpenNotificaties(url="http://127.0.0.1:9")
    dienst(api, away, naam="weg")
    dienst(api, extern, naam="vreemd", geheim="een ander geheim dan daar bekend is")
    with running(OpenNotificaties()) as well, listening(Abonnee()) as abonnee:
        dienst(api, well, naam="goed")
        subscribe(api, abonnee, "klantcontacten")
        for _ in range(3):
            Contactwerk(api).contact()
        deliver()
        assert (len(abonnee.got), len(well.notificaties)) == (3, 3)
    assert states() == {"klaar": 6, "wacht": 6}
    assert extern.notificaties == []
    told = [text for (text,) in rows("SELECT outcome FROM ledger_delivery WHERE attempts > 0")]
    assert any("403" in each for each in told)
    assert not any(SECRET in each or "eyJ" in each for each in told)


@pytest.mark.req("M30")
def test_what_fails_comes_again(api: Api, extern: OpenNotificaties) -> None:
    bomen(api)
    dienst(api, extern)
    extern.answers = [200, 200, 503]
    api.post(f"{ROOT}/notificaties", json=TOLD)
    deliver()
    assert (extern.notificaties, states()) == ([], {"wacht": 1})
    dispatch.release()
    deliver()
    assert extern.notificaties == [TOLD]
    assert states() == {"klaar": 1}


@pytest.mark.req("M57", "M59")
def test_what_came_from_a_service_goes_to_the_others_only(
    api: Api, extern: OpenNotificaties
) -> None:
    bomen(api)
    made = dienst(api, extern, naam="herkomst")
    with running(OpenNotificaties()) as other:
        dienst(api, other, naam="ander")
        source = diensten.by_key(UUID(made["url"].rsplit("/", 1)[1]))
        assert source is not None
        notificaties.create(source.actor, TOLD, Call(base=BASE))
        deliver()
        assert (extern.notificaties, other.notificaties) == ([], [TOLD])


def test_what_is_ours_in_what_others_tell_has_our_address(
    api: Api, extern: OpenNotificaties
) -> None:
    bomen(api)
    dienst(api, extern)
    zaak = "/zaken/api/v1/zaken/0190a6e2-0000-7000-8000-000000000001"
    api.post(f"{ROOT}/notificaties", json={**TOLD, "hoofdObject": f"http://127.0.0.1:8700{zaak}"})
    deliver()
    assert extern.notificaties[0]["hoofdObject"] == f"{BASE}{zaak}"


@pytest.mark.parametrize("setting", [{"actief": False}, {"publiceert": False}, {"kanalen": ["x"]}])
def test_nothing_goes_where_it_is_not_set(
    api: Api, extern: OpenNotificaties, setting: dict[str, Any]
) -> None:
    dienst(api, extern, **setting)
    Contactwerk(api).contact()
    deliver()
    assert extern.asked == []


def test_one_that_was_switched_off_meanwhile_is_left_alone(
    api: Api, extern: OpenNotificaties
) -> None:
    made = dienst(api, extern)
    Contactwerk(api).contact()
    _out()
    api.patch(made["url"], json={"actief": False})
    deliver()
    assert extern.asked == []
    assert states() == {"klaar": 1}


@pytest.mark.req("M59")
def test_cloudevents_go_there_where_that_is_set(api: Api, extern: OpenNotificaties) -> None:
    dienst(api, extern, cloudevents=True, kanalen=["geen"])
    api.post("/taken/api/v1/externetaken", json=taak())
    deliver()
    assert [each["type"] for each in extern.cloudevents] == [
        "nl.overheid.taken.externetaak-geregistreerd"
    ]
    assert extern.notificaties == []


def test_the_secret_is_shown_nowhere(api: Api, extern: OpenNotificaties) -> None:
    made = dienst(api, extern)
    kept = {name: made[name] for name in ("naam", "apiRoot", "clientId")}
    assert api.put(made["url"], json={**kept, "naam": "anders"}).status_code == 200
    shown = [made, api.get(made["url"]).json(), api.get(DIENSTEN).json()]
    shown.append(api.get(f"{made['url']}/audittrail").json())
    assert not any(SECRET in str(each) or "callbackGeheim" in str(each) for each in shown)
    assert not [text for (text,) in rows("SELECT e::text FROM ledger_event e") if SECRET in text]
    Contactwerk(api).contact()
    deliver()
    assert len(extern.notificaties) == 1  # the secret stayed as it was


def test_a_municipality_publishes_only_at_its_own(
    api: Api, andere: Tenant, extern: OpenNotificaties
) -> None:
    dienst(api, extern)
    _out()
    with tenant.entered(andere):
        assert diensten.publishing() == []
        assert diensten.named(f"dienst {extern.url}") is None


@pytest.mark.parametrize(
    "address",
    [
        "http://notificaties.gemeente.example/api/v1",
        "https://naam:woord@notificaties.gemeente.example/api/v1",
        "https://notificaties.gemeente.example/api/v1?sleutel=1",
        "http://127.0.0.1:8700/notificaties/api/v1",
    ],
)
def test_an_address_is_safe_and_not_our_own(api: Api, address: str) -> None:
    body = {"naam": "n", "apiRoot": address, "clientId": CLIENT, "geheim": SECRET}
    assert faults(api.post(DIENSTEN, json=body)) == {("apiRoot", "adres-onveilig")}


def test_each_service_is_there_once(api: Api, extern: OpenNotificaties) -> None:
    made = dienst(api, extern)
    body = {"naam": "n", "apiRoot": f"{made['apiRoot']}//", "clientId": "c", "geheim": "g"}
    assert faults(api.post(DIENSTEN, json=body)) == {("apiRoot", "unique")}
