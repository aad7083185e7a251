"""A functioneel beheerder works through the same door as any application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client

from loket.grammar.resource import Call
from loket.ledger.database import one, rows
from loket.registers.catalogi.catalogus import catalogussen

if TYPE_CHECKING:
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

FORM = {
    "domein": "ABCDE",
    "rsin": "517439943",
    "contactpersoon_beheer_naam": "Beheer",
    "contactpersoon_beheer_telefoonnummer": "",
    "contactpersoon_beheer_emailadres": "",
    "naam": "",
    "versie": "",
    "begindatum_versie": "",
}


@pytest.fixture(name="beheerder")
def _beheerder(gemeente: Tenant) -> Client:
    del gemeente
    user = User.objects.create_superuser("beheerder", password="geheim")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    return client


def made() -> UUID:
    key: UUID = one("SELECT id FROM catalogi_catalogus")[0]
    return key


def test_what_is_made_in_beheer_stands_in_the_ledger(beheerder: Client) -> None:
    answer = beheerder.post("/beheer/catalogi/catalogus/add/", FORM)
    assert answer.status_code == 302
    events = rows(
        "SELECT actie, actor_kind, actor_id, toelichting FROM ledger_event WHERE key = %s",
        (made(),),
    )
    assert events == [("create", "medewerker", "beheerder", "gewijzigd in beheer")]


def test_a_change_in_beheer_is_one_event_with_the_new_state(
    beheerder: Client, actor: Actor
) -> None:
    body = {"domein": "ABCDE", "rsin": "517439943", "contactpersoonBeheerNaam": "Beheer"}
    key = catalogussen.create(actor, body, Call(base="http://127.0.0.1")).record.pk
    answer = beheerder.post(f"/beheer/catalogi/catalogus/{key}/change/", {**FORM, "naam": "Nieuw"})
    assert answer.status_code == 302
    nieuw = one(
        "SELECT nieuw FROM ledger_event WHERE key = %s ORDER BY position DESC LIMIT 1", (key,)
    )
    assert '"naam":"Nieuw"' in nieuw[0]


def test_what_the_register_refuses_is_shown_at_its_field_and_not_written(
    beheerder: Client,
) -> None:
    answer = beheerder.post("/beheer/catalogi/catalogus/add/", {**FORM, "rsin": "123456789"})
    assert answer.status_code == 200
    assert "Onjuist RSIN nummer. (invalid)" in answer.content.decode()
    assert one("SELECT count(*) FROM catalogi_catalogus")[0] == 0


@pytest.mark.parametrize("page", ["ledger/event", "ledger/delivery", "ledger/verwerking"])
def test_the_ledger_can_be_read_and_not_changed(beheerder: Client, page: str) -> None:
    assert beheerder.get(f"/beheer/{page}/").status_code == 200
    assert beheerder.get(f"/beheer/{page}/add/").status_code == 403


def test_without_a_log_in_beheer_shows_nothing(gemeente: Tenant) -> None:
    del gemeente
    answer = Client(HTTP_HOST="127.0.0.1").get("/beheer/catalogi/catalogus/")
    assert answer.status_code == 302
    assert "/beheer/login/" in answer.headers["location"]


def test_a_beheerder_of_one_municipality_is_nobody_in_another(
    beheerder: Client, andere: Tenant
) -> None:
    del andere
    answer = beheerder.get("/beheer/", HTTP_HOST="elders.localhost")
    assert answer.status_code == 302


def test_beheer_offers_of_files_what_the_house_takes(beheerder: Client) -> None:
    (key,) = one("SELECT id FROM beheer_instellingen")
    path = f"/beheer/beheer/instellingen/{key}/change/"
    page = beheerder.get(path).content.decode()
    assert "Grootste bestand:" in page
    assert "Het huis laat 50 MB toe." in page
    assert 'name="bestandsoorten" value="heic"' in page
    assert 'name="bestandsoorten" value="pptx"' not in page
    filled = {
        "naam": "Gemeente", "documenten_tonen": "aangewezen", "bestandsoorten": ["pdf", "jpg"],
    }  # fmt: skip
    refused = beheerder.post(path, {**filled, "grootste_bestand": "51"})
    says = "Het huis laat bestanden van hoogstens 50 MB toe. (groter-dan-huis)"
    assert (refused.status_code, says in refused.content.decode()) == (200, True)
    chosen = "SELECT grootste_bestand, bestandsoorten FROM beheer_instellingen"
    assert one(chosen) == (None, "[]")
    assert beheerder.post(path, {**filled, "grootste_bestand": "10"}).status_code == 302
    assert one(chosen) == (10, '["pdf", "jpg"]')
    emptied = {**filled, "grootste_bestand": "", "bestandsoorten": []}
    assert beheerder.post(path, emptied).status_code == 302
    assert one(chosen) == (None, "[]")


def test_a_choice_that_the_house_no_longer_offers_stands_until_another_is_made(
    beheerder: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (key,) = one("SELECT id FROM beheer_instellingen")
    path = f"/beheer/beheer/instellingen/{key}/change/"
    filled = {"naam": "Gemeente", "documenten_tonen": "aangewezen", "bestandsoorten": ["heic"]}
    assert beheerder.post(path, filled).status_code == 302
    monkeypatch.setattr(settings, "UPLOAD_FORMATS", ["pdf", "jpg"])
    for ticked, kept in (([], '["heic"]'), (["jpg"], '["jpg"]'), ([], "[]")):
        body = {**filled, "naam": f"Gemeente {kept}", "bestandsoorten": ticked}
        assert beheerder.post(path, body).status_code == 302
        assert one("SELECT bestandsoorten FROM beheer_instellingen") == (kept,)
