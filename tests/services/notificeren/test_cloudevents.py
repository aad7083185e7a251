"""CloudEvents of tasks, messages and contacts: the types that clients know, without who it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from loket.kernel.clock import today
from loket.ledger.events import forget
from loket.services.berichten import publiceren
from loket.services.taken import termijnen
from tests.conformance.test_refusing import faults
from tests.registers.berichten.test_berichten import body as bericht
from tests.registers.klantinteracties.contactwerk import Contactwerk
from tests.registers.taken.test_taken import BSN, PERSOON, body
from tests.registers.verzoeken.test_verzoeken import made, soort, verzoek
from tests.services.notificeren.abonnee import AUTH
from tests.services.notificeren.test_abonnees import BASE, ROOT, _out, abonnee, deliver, family

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.services.notificeren.abonnee import Abonnee

__all__ = ["abonnee", "family"]

TAKEN, BERICHTEN = "/taken/api/v1/externetaken", "/berichten/api/v1/berichten"


def subscribe(api: Api, to: Abonnee, *types: str, **more: Any) -> None:
    _out()
    filters = [{"typeSubstring": each} for each in types]
    given = {"callbackUrl": to.url, "auth": AUTH, "cloudeventFilters": filters, **more}
    answer = api.post(f"{ROOT}/abonnement", json=given)
    assert answer.status_code == 201, answer.text


def types(to: Abonnee, subject: str = "") -> list[str]:
    """Deliver what there is; return the last part of each type, of one subject or of all."""
    deliver()
    chosen = [each for each in to.got if subject in ("", each["subject"])]
    return [each["type"].rsplit(".", 1)[1] for each in chosen]


@pytest.mark.req("M-F22")
def test_the_life_of_a_task_is_told(
    api: Api, abonnee: Abonnee, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(api, abonnee, "nl.overheid.taken.")
    first, second = (api.post(TAKEN, json=body(isToegewezenAan=PERSOON)).json() for _ in range(2))
    api.patch(first["url"], json={"toelichting": "anders"})
    for status in ("uitgevoerd", "open", "uitgevoerd", "verwerkt"):
        assert api.patch(first["url"], json={"status": status}).status_code == 200
    for days in (25, 31):
        later = today() + timedelta(days)
        monkeypatch.setattr(termijnen, "today", lambda later=later: later)
        termijnen.herinner()
        termijnen.verstrijk()
    api.delete(second["url"])
    assert types(abonnee, first["uuid"]) == [
        "externetaak-geregistreerd", "externetaak-uitgevoerd", "externetaak-uitgevoerd",
        "externetaak-verwerkt",
    ]  # fmt: skip
    assert types(abonnee, second["uuid"]) == [
        "externetaak-geregistreerd", "externetaak-herinnerd", "externetaak-verlopen",
    ]  # fmt: skip
    last = next(each for each in abonnee.got if each["type"].endswith("-verlopen"))
    assert (last["specversion"], last["data"]["status"]) == ("1.0", "niet_uitgevoerd")
    assert set(abonnee.media) == {"application/cloudevents+json"}
    assert not any(BSN in str(each) or first["titel"] in str(each) for each in abonnee.got)


def test_what_was_forgotten_before_it_was_told_holds_nothing_up(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "nl.overheid.")
    taak, message = (
        api.post(path, json=given).json()
        for path, given in ((TAKEN, body()), (BERICHTEN, bericht()))
    )
    for each in (taak, message):
        forget(UUID(each["uuid"]))
    later = api.post(TAKEN, json=body()).json()
    deliver()
    assert [each["subject"] for each in abonnee.got] == [later["uuid"]]


@pytest.mark.req("M-F30")
def test_a_message_is_told_without_who_it_is_for(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "bericht-geregistreerd")
    made = api.post(BERICHTEN, json=bericht()).json()
    api.patch(made["url"], json={"geopendOp": "2026-03-01T10:00:00Z"})
    assert types(abonnee) == ["bericht-geregistreerd"]
    assert abonnee.got[0]["data"] == {"publicatiedatum": made["publicatiedatum"]}


@pytest.mark.req("M-F30")
def test_that_a_message_can_be_seen_is_told_once(api: Api, abonnee: Abonnee) -> None:
    publiceren.publiceer()
    subscribe(api, abonnee, "nl.overheid.berichten.")
    api.post(BERICHTEN, json=bericht())
    for _ in range(2):
        publiceren.publiceer()
    assert types(abonnee) == ["bericht-geregistreerd", "bericht-gepubliceerd"]


def test_a_contact_that_was_about_a_zaak_is_told(api: Api, abonnee: Abonnee) -> None:
    werk = Contactwerk(api)
    subscribe(api, abonnee, "zaak-gekoppeld", "zaak-ontkoppeld")
    zaak = "0190a6e2-0000-7000-8000-000000000001"
    about = {"objectId": zaak, "codeObjecttype": "zaak", "codeRegister": "zaken",
             "codeSoortObjectId": "uuid"}  # fmt: skip
    contact = {"uuid": werk.contact()["uuid"]}
    for more in ({}, {"codeObjecttype": "boom"}):
        werk.make(
            "onderwerpobjecten", klantcontact=contact,
            onderwerpobjectidentificator={**about, **more},
        )  # fmt: skip
    assert types(abonnee) == ["zaak-gekoppeld"]
    for each in werk.list("onderwerpobjecten"):
        assert api.delete(each["url"]).status_code == 204
    assert types(abonnee) == ["zaak-gekoppeld", "zaak-ontkoppeld"]
    assert {each["subject"] for each in abonnee.got} == {zaak}
    assert abonnee.got[0]["data"]["linkTo"].startswith(f"{BASE}/klantinteracties/")


def test_both_forms_may_be_asked_for(api: Api, abonnee: Abonnee) -> None:
    subscribe(api, abonnee, "externetaak-", kanalen=[{"naam": "taken"}])
    api.post(TAKEN, json=body())
    deliver()
    assert [each.get("kanaal") or each["type"] for each in abonnee.got] == [
        "taken", "nl.overheid.taken.externetaak-geregistreerd",
    ]  # fmt: skip


def test_somebody_subscribes_to_something(api: Api, abonnee: Abonnee) -> None:
    bare = {"callbackUrl": abonnee.url, "auth": AUTH}
    assert faults(api.post(f"{ROOT}/abonnement", json=bare)) == {("kanalen", "required")}


@pytest.mark.req("M10")
def test_a_verzoek_is_told_of_when_it_comes_and_when_it_is_dealt_with(
    api: Api, abonnee: Abonnee
) -> None:
    subscribe(api, abonnee, "nl.overheid.verzoeken.")
    there = made(verzoek(api, soort(api, "published"), initiator=PERSOON))
    for change in ({"kanaal": "balie"}, {"verwerkStatus": "verwerkt"}, {"kanaal": "post"}):
        assert api.patch(there["url"], json=change).status_code == 200
    assert types(abonnee, there["uuid"]) == ["verzoek-geregistreerd", "verzoek-verwerkt"]
    (last,) = (each for each in abonnee.got if each["type"].endswith("-verwerkt"))
    assert last["data"] == {
        "verzoekTypeUrn": there["verzoekTypeUrn"], "versie": 1, "verwerkStatus": "verwerkt",
    }  # fmt: skip
    assert not any(BSN in str(each) or "Dorpsweg" in str(each) for each in abonnee.got)
