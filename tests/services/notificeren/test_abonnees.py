"""Notifications reach whoever subscribed: what he chose, in order, and never with a BSN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from loket.connectors.notificaties import Caller, Timeout
from loket.ledger import dispatch
from loket.ledger.database import one, rows
from loket.services.notificeren import abonnees
from tests.conformance.test_refusing import faults
from tests.registers.klantinteracties.contactwerk import Contactwerk
from tests.registers.zaken.zaakwerk import BSN, Typen, Werk
from tests.services.notificeren.abonnee import AUTH, Abonnee, listening

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Api

ROOT = "/notificaties/api/v1"
BASE = "https://loket.gemeente.example"
PATIENT, QUICK = Timeout(20.0, connect=20.0), Timeout(2.0, connect=2.0)


@pytest.fixture(autouse=True)
def family() -> Iterator[None]:
    """Nobody but the abonnementen hears of anything."""
    kept, others = dict(dispatch.families), dict(dispatch.subscribers)
    dispatch.families.clear()
    dispatch.subscribers.clear()
    abonnees.connect(lambda: BASE, Caller(PATIENT))
    yield
    dispatch.families.clear()
    dispatch.families.update(kept)
    dispatch.subscribers.update(others)


@pytest.fixture
def abonnee() -> Iterator[Abonnee]:
    with listening(Abonnee()) as made:
        yield made


@pytest.fixture
def zaakwerk(api: Api) -> Werk:
    typen = Typen(api)
    typen.publish()
    _out()
    return Werk(api, typen)


def subscribe(api: Api, to: Abonnee, *kanalen: str, **filters: str) -> dict[str, Any]:
    _out()
    body = {
        "callbackUrl": to.url, "auth": AUTH,
        "kanalen": [{"naam": naam, "filters": filters} for naam in kanalen],
    }  # fmt: skip
    answer = api.post(f"{ROOT}/abonnement", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    _out()
    return made


def _out() -> None:
    """Hand out what waits, so that a test begins with an empty outbox."""
    while dispatch.route():
        pass


def deliver(asleep: dispatch.Asleep | None = None) -> int:
    """Hand out and deliver all that is due; return how many were attempted."""
    _out()
    asleep, number = asleep or dispatch.Asleep(), 0
    while attempted := dispatch.deliver_to_family(asleep):
        number += attempted
    return number


def states() -> dict[str, int]:
    return dict(rows("SELECT state, count(*) FROM ledger_delivery GROUP BY 1"))


@pytest.mark.req("M30", "M57", "M-F14", "M-F15")
def test_who_subscribed_hears_of_a_zaak_in_order(
    api: Api, zaakwerk: Werk, abonnee: Abonnee
) -> None:
    subscribe(api, abonnee, "zaken")
    zaak = zaakwerk.zaak()
    zaakwerk.rol(zaak)
    zaakwerk.status(zaak, 1)
    deliver()
    address = zaak["url"].replace(api_base(zaak), BASE)
    told = [(each["resource"], each["actie"], each["hoofdObject"]) for each in abonnee.got]
    assert told == [
        ("zaak", "create", address), ("rol", "create", address), ("status", "create", address),
    ]  # fmt: skip
    first = abonnee.got[0]
    assert first["kanaal"] == "zaken"
    assert first["resourceUrl"] == address
    assert first["kenmerken"] == {
        "bronorganisatie": zaak["bronorganisatie"],
        "zaaktype": zaak["zaaktype"].replace(api_base(zaak), BASE),
        "zaaktype.catalogus": zaakwerk.read(zaak["zaaktype"])["catalogus"].replace(
            api_base(zaak), BASE
        ),
        "vertrouwelijkheidaanduiding": zaak["vertrouwelijkheidaanduiding"],
    }
    assert len(set(abonnee.identities)) == 3
    assert not any(BSN in str(each) for each in abonnee.got)
    assert states() == {"klaar": 3}


def api_base(record: dict[str, Any]) -> str:
    base: str = record["url"].split("/zaken/api/")[0]
    return base


@pytest.mark.req("M-F15")
def test_a_subscriber_hears_only_what_it_chose(api: Api, zaakwerk: Werk, abonnee: Abonnee) -> None:
    zaaktype = zaakwerk.typen.zaaktype
    mine = BASE + zaaktype[zaaktype.index("/catalogi/") :]
    subscribe(api, abonnee, "zaken", zaaktype=mine)
    with listening(Abonnee()) as other, listening(Abonnee()) as everything:
        subscribe(api, other, "zaken", zaaktype=f"{mine.rpartition('/')[0]}/{uuid4()}")
        subscribe(api, everything, "zaken", "klantcontacten")
        zaakwerk.zaak()
        Contactwerk(api).contact()
        deliver()
        assert [each["kanaal"] for each in abonnee.got] == ["zaken"]
        assert other.got == []
        assert sorted(each["kanaal"] for each in everything.got) == ["klantcontacten", "zaken"]


@pytest.mark.req("M30")
def test_what_fails_comes_again_and_keeps_its_place(
    api: Api, zaakwerk: Werk, abonnee: Abonnee
) -> None:
    subscribe(api, abonnee, "zaken")
    abonnee.answers = [500, 503]
    zaak = zaakwerk.zaak()
    zaakwerk.status(zaak, 1)
    asleep = dispatch.Asleep()
    assert deliver(asleep) == 1
    assert (abonnee.got, states()) == ([], {"wacht": 2})
    for _ in range(2):
        dispatch.release()
        deliver(dispatch.Asleep())
    assert [each["resource"] for each in abonnee.got] == ["zaak", "status"]
    assert states() == {"klaar": 2}


def test_one_that_fails_sleeps_longer_each_time_and_wakes(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "klantcontacten")
    abonnee.always = 500
    for _ in range(3):
        Contactwerk(api).contact()
    asleep = dispatch.Asleep()
    assert deliver(asleep) == 1  # the others wait as well: it is the subscriber that fails
    assert not asleep.may(one("SELECT subscriber FROM ledger_delivery LIMIT 1")[0])
    abonnee.always = 204
    dispatch.release()
    assert deliver(dispatch.Asleep()) == 3


def test_one_that_hangs_costs_the_others_nothing(api: Api, abonnee: Abonnee) -> None:
    """It is called once, and then left alone; the other hears everything."""
    abonnees.connect(lambda: BASE, Caller(QUICK))
    with listening(Abonnee(slow=4.0)) as hanging:
        subscribe(api, hanging, "klantcontacten")
        subscribe(api, abonnee, "klantcontacten")
        for _ in range(5):
            Contactwerk(api).contact()
        deliver()
        assert len(abonnee.got) == 5
        assert hanging.calls == 1


def test_one_that_is_gone_is_not_called_again(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "klantcontacten")
    abonnee.always = 410
    Contactwerk(api).contact()
    deliver()
    [(state, outcome)] = rows("SELECT state, outcome FROM ledger_delivery")
    assert state == "vast"
    assert "410" in outcome


def test_a_change_is_told_as_the_standard_calls_it(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "partijen")
    partij = Contactwerk(api).persoon()
    api.patch(partij["url"], json={"indicatieActief": False})
    deliver()
    assert [each["actie"] for each in abonnee.got] == ["create", "update"]


def test_who_unsubscribed_is_left_alone(api: Api, abonnee: Abonnee) -> None:
    made = subscribe(api, abonnee, "klantcontacten")
    Contactwerk(api).contact()
    _out()
    assert api.delete(made["url"]).status_code == 204
    deliver()
    assert abonnee.got == []
    assert states() == {"klaar": 1}


def test_from_a_position_on_it_is_told_again(api: Api, abonnee: Abonnee) -> None:
    made = subscribe(api, abonnee, "klantcontacten")
    for _ in range(3):
        Contactwerk(api).contact()
    deliver()
    (second,) = rows("SELECT position FROM ledger_delivery ORDER BY position OFFSET 1 LIMIT 1")
    name = f"abonnement:{made['url'].rsplit('/', 1)[1]}"
    assert dispatch.replay(name, second[0]) == 2
    deliver()
    assert len(abonnee.got) == 5
    assert abonnee.identities[1:3] == abonnee.identities[3:]


@pytest.mark.req("M57")
def test_what_others_tell_is_kept_and_handed_on(api: Api, abonnee: Abonnee) -> None:
    api.post(f"{ROOT}/kanaal", json={"naam": "bomen", "filters": ["soort"]})
    subscribe(api, abonnee, "bomen", soort="eik")
    told = {
        "kanaal": "bomen", "hoofdObject": "https://bomen.example/1", "resource": "boom",
        "resourceUrl": "https://bomen.example/1", "actie": "create",
        "aanmaakdatum": "2026-03-01T10:00:00+00:00", "kenmerken": {"soort": "eik"},
    }  # fmt: skip
    assert api.post(f"{ROOT}/notificaties", json=told).status_code == 201
    beuk = {**told, "kenmerken": {"soort": "beuk"}}
    assert api.post(f"{ROOT}/notificaties", json=beuk).status_code == 201
    deliver()
    assert abonnee.got == [told]
    kept = api.get(f"{ROOT}/notificaties", params={"kanaal": "bomen"}).json()
    assert kept["count"] == 2
    unknown = api.post(f"{ROOT}/notificaties", json={**told, "kanaal": "struiken"})
    assert faults(unknown) == {("kanaal", "message_kanaal")}
    api.post(f"{ROOT}/kanaal", json={"naam": "wind"})
    bare = {name: told[name] for name in told if name not in ("kanaal", "kenmerken")}
    assert api.post(f"{ROOT}/notificaties", json={**bare, "kanaal": "wind"}).status_code == 201
    deliver()
    strange = api.post(f"{ROOT}/notificaties", json={**told, "kenmerken": {"hoogte": "9"}})
    assert faults(strange) == {("kenmerken", "kenmerken_inconsistent")}


@pytest.mark.req("M-F8", "M-F21")
def test_klantinteracties_has_a_kanaal_for_partijen_contacten_and_taken(
    api: Api, abonnee: Abonnee
) -> None:
    """And none for what beheer sets: who follows contacts does not hear of a new norm."""
    werk = Contactwerk(api)
    subscribe(api, abonnee, "partijen", "klantcontacten", "internetaken")
    werk.persoon()
    contact = werk.contact()
    werk.make(
        "internetaken", aanleidinggevendKlantcontact={"uuid": contact["uuid"]},
        gevraagdeHandeling="Bel terug", status="te_verwerken",
        toegewezenAanActoren=[{"uuid": werk.actor()["uuid"]}],
    )  # fmt: skip
    werk.make("contactnormen", onderwerp="Bomen", kanaal="", termijn=3)
    deliver()
    assert [(each["kanaal"], each["resource"]) for each in abonnee.got] == [
        ("partijen", "partij"), ("klantcontacten", "klantcontact"), ("internetaken", "internetaak"),
    ]  # fmt: skip


def test_what_is_chosen_must_be_there(api: Api) -> None:
    body = {
        "callbackUrl": "http://127.0.0.1:9/hier", "auth": AUTH,
        "kanalen": [{"naam": "bomen"}, {"naam": "zaken", "filters": {"kleur": "rood"}}],
    }  # fmt: skip
    assert faults(api.post(f"{ROOT}/abonnement", json=body)) == {
        ("kanalen.0.naam", "kanaal_naam"),
        ("kanalen.1.filters", "inconsistent-abonnement-filters"),
    }


def test_the_authorisation_of_a_subscriber_is_shown_nowhere(api: Api, abonnee: Abonnee) -> None:
    made = subscribe(api, abonnee, "zaken")
    for shown in (made, api.get(made["url"]).json(), api.get(f"{ROOT}/abonnement").json()):
        assert "van-de-abonnee" not in str(shown)
    held = rows("SELECT e::text FROM ledger_event e")
    assert not [each for (each,) in held if "van-de-abonnee" in each]
    kept = {name: made[name] for name in ("callbackUrl", "kanalen")}
    assert (
        api.put(made["url"], json={**kept, "kanalen": [{"naam": "klantcontacten"}]}).status_code
        == 200
    )
    _out()
    Contactwerk(api).contact()
    deliver()
    assert len(abonnee.got) == 1


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ({}, ""),
        ({"open_to_all": True}, "no-auth-on-callback-url"),
        ({"always": 500}, "invalid-callback-url"),
    ],
)
def test_a_callback_is_tried(how: dict[str, Any], code: str) -> None:
    with listening(Abonnee(**how)) as made:
        assert Caller(PATIENT).probe(made.url, AUTH) == code
    assert Caller(PATIENT).probe(made.url, AUTH) == "invalid-callback-url"
