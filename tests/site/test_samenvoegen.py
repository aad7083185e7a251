"""Judging in beheer whether two partijen are one: what is refused, and what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from loket.ledger.database import one
from tests.registers.klantinteracties.contactwerk import Contactwerk, identificator, ref

if TYPE_CHECKING:
    from tests.conftest import Api

PAGE = "/beheer/klantinteracties/samenvoegvoorstel"


def logged_in(*rights: str) -> Client:
    user = User.objects.create_user("beheerder", password="geheim", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(user)
    return client


def judge() -> Client:
    return logged_in("view_samenvoegvoorstel", "change_samenvoegvoorstel")


@pytest.fixture
def werk(api: Api) -> Contactwerk:
    return Contactwerk(api)


@pytest.fixture
def pair(werk: Contactwerk) -> str:
    """Two persons with one telephone number, proposed; returns the address of the page."""
    werk.make("samenvoegregels", soortPartij="persoon", bewijs="telefoon", besluit="FG")
    for _ in range(2):
        werk.make(
            "digitaleadressen", adres="0612345678", soortDigitaalAdres="telefoonnummer",
            verstrektDoorPartij=ref(werk.persoon()),
        )  # fmt: skip
    werk.make("samenvoegvoorstellen-opstellen")
    (proposal,) = werk.list("samenvoegvoorstellen")
    return f"{PAGE}/{proposal['uuid']}/change/"


def test_who_may_only_look_does_not_judge(pair: str) -> None:
    client = logged_in("view_samenvoegvoorstel")
    assert "niet beoordelen" in client.get(pair).content.decode()
    assert client.post(pair, {"grond": "Zo.", "oordeel": "aanvaard"}).status_code == 403
    assert client.post(f"{PAGE}/zoeken/").status_code == 403
    assert one("SELECT count(*) FROM klantinteracties_samenvoeging")[0] == 0


def test_who_may_not_look_sees_nothing(pair: str) -> None:
    assert logged_in().get(pair).status_code == 403


def test_without_a_ground_or_a_choice_nothing_happens(pair: str) -> None:
    client = judge()
    bare = client.post(pair, {"grond": "", "oordeel": "aanvaard"})
    assert (bare.status_code, "verplicht" in bare.content.decode()) == (422, True)
    neither = client.post(pair, {"grond": "Zo.", "oordeel": "weg"})
    assert (neither.status_code, "Kies of" in neither.content.decode()) == (422, True)
    assert one("SELECT count(*) FROM klantinteracties_samenvoeging")[0] == 0


def test_a_rejected_pair_stays_two(pair: str) -> None:
    client = judge()
    assert (
        client.post(pair, {"grond": "Moeder en kind.", "oordeel": "afgewezen"}).status_code == 302
    )
    shown = client.get(pair).content.decode()
    assert "twee verschillende partijen" in shown
    assert "Moeder en kind." in shown
    assert 'name="oordeel"' not in shown


def test_what_forbids_it_is_told(werk: Contactwerk, pair: str) -> None:
    """Each got a BSN of its own since: they are two persons."""
    for partij, number in zip(werk.list("partijen"), ("111222333", "123456782"), strict=True):
        werk.make(
            "partij-identificatoren",
            **identificator("bsn", number, identificeerdePartij=ref(partij)),
        )
    answer = judge().post(pair, {"grond": "Zelfde nummer.", "oordeel": "aanvaard"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Beide hebben een eigen bsn" in shown
    assert "BSN bekend" in shown
    assert "111222333" not in shown


@pytest.mark.parametrize("key", ["0190a6e2-0000-7000-8000-000000000001", "geen-sleutel"])
def test_a_proposal_that_is_none_is_not_found(werk: Contactwerk, key: str) -> None:
    del werk
    assert judge().get(f"{PAGE}/{key}/change/").status_code == 404


def test_looking_for_pairs_tells_how_many(werk: Contactwerk, pair: str) -> None:
    del pair
    client = judge()
    for number, told in (("0687654321", "1 nieuw voorstel."), ("", "Geen nieuwe voorstellen")):
        for _ in range(2 if number else 0):
            werk.make(
                "digitaleadressen", adres=number, soortDigitaalAdres="telefoonnummer",
                verstrektDoorPartij=ref(werk.persoon("Smit")),
            )  # fmt: skip
        answer = client.post(f"{PAGE}/zoeken/", follow=True)
        assert told in answer.content.decode()
