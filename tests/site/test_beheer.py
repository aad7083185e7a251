"""A functioneel beheerder works through the same door as any application."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
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
