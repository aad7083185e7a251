"""Externe taken: four doors to one list, a path from open to done, and whose it is."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar import codec
from loket.grammar.reading import Query
from loket.grammar.urns import HIDDEN
from loket.kernel.clock import today
from loket.ledger.database import one, rows
from loket.registers.taken.externetaak import externetaken
from loket.services.mijnservices import burger
from tests.conformance.example import elf
from tests.conformance.test_refusing import faults
from tests.conftest import make_client

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

Json = dict[str, Any]
ROOT = "/taken/api/v1"
BSN = elf(4711)
PERSOON = f"urn:nld:brp:bsn:{BSN}"
BEDRIJF = "urn:nld:hr:kvknummer:90001354"
ZAAK = "urn:nld:gemeente:zaak:zaaknummer:ZAAK-2026-0000000001"
DETAILS: dict[str, Json] = {
    "betaaltaak": {
        "bedrag": "12.50", "transactieomschrijving": "Leges", "doelrekening": {"naam": "Gemeente"},
    },
    "urltaak": {"uitvraagLink": "https://formulier.gemeente.example/1"},
    "formuliertaak": {
        "formulierDefinitie": {
            "components": [{"label": "Kleur", "key": "kleur", "type": "textfield"}]
        }
    },
}  # fmt: skip
DOORS = {"betaaltaak": "betaaltaken", "urltaak": "urltaken", "formuliertaak": "formuliertaken"}


def body(soort: str = "urltaak", days: int = 30, **more: Any) -> Json:
    last = today() + timedelta(days)
    return {
        "titel": "Stuur een foto", "einddatumHandelingsTermijn": last.isoformat(),
        "taakSoort": soort, "details": DETAILS[soort], **more,
    }  # fmt: skip


def at_door(soort: str, **more: Any) -> Json:
    return {name: value for name, value in body(soort, **more).items() if name != "taakSoort"}


def made(answer: httpx.Response) -> Json:
    assert answer.status_code == 201, answer.text
    shown: Json = answer.json()
    return shown


def results(api: Api, path: str = "externetaken", **query: Any) -> list[Json]:
    answer = api.get(f"{ROOT}/{path}", params=query)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["results"]
    assert answer.json()["count"] == len(found)
    return found


@pytest.mark.req("M26", "M13")
@pytest.mark.parametrize("soort", DOORS)
def test_a_task_has_a_door_of_its_kind(api: Api, soort: str) -> None:
    """What is made at one door is found at that of all, under one address, and at no other."""
    door = f"{ROOT}/{DOORS[soort]}"
    taak = made(api.post(door, json=at_door(soort)))
    assert taak["taakSoort"] == soort
    assert taak["url"].endswith(f"/externetaken/{taak['uuid']}")
    assert taak["urn"] == f"urn:nld:loket:taken:externetaak:{taak['uuid']}"
    other = made(api.post(f"{ROOT}/externetaken", json=body(_other(soort))))
    assert [each["url"] for each in results(api, DOORS[soort])] == [taak["url"]]
    assert len(results(api)) == 2
    here = f"{door}/{taak['uuid']}"
    assert api.get(here).json() == api.get(taak["url"]).json()
    changed = api.patch(here, json={"titel": "Anders"})
    assert (changed.status_code, changed.json()["titel"]) == (200, "Anders")
    whole = api.put(here, json=at_door(soort, titel="Nog anders"))
    assert (whole.status_code, whole.json()["titel"]) == (200, "Nog anders")
    for method in ("GET", "PATCH", "DELETE"):
        strange = api.request(method, f"{door}/{other['uuid']}", json={})
        assert strange.status_code == 404, method
    assert api.delete(here).status_code == 204
    assert [each["uuid"] for each in results(api)] == [other["uuid"]]


def _other(soort: str) -> str:
    return next(each for each in DOORS if each != soort)


@pytest.mark.parametrize("soort", DOORS)
def test_a_door_says_itself_of_which_kind_it_is(api: Api, soort: str) -> None:
    told = faults(api.post(f"{ROOT}/{DOORS[soort]}", json=body(soort)))
    assert told == {("taakSoort", "invalid")}


def test_what_happened_is_told_of_the_task_itself(api: Api) -> None:
    taak = made(api.post(f"{ROOT}/urltaken", json=at_door("urltaak")))
    told = rows("SELECT resource, actie FROM ledger_event WHERE key = %s", (taak["uuid"],))
    assert told == [("externetaken", "create")]


@pytest.mark.parametrize(
    ("soort", "details", "wanted"),
    [
        ("betaaltaak", {"doelrekening": {}}, ("details.doelrekening", "required")),
        ("betaaltaak", {"doelrekening": {"iban": "NL92ABNA0417164300"}},
         ("details.doelrekening.iban", "invalid")),
        ("betaaltaak", {"valuta": "USD"}, ("details.valuta", "invalid_choice")),
        ("betaaltaak", {"korting": 1}, ("details.korting", "invalid")),
        ("betaaltaak", {"bedrag": "veel"}, ("details.bedrag", "invalid")),
        ("urltaak", {"uitvraagLink": "geen link"}, ("details.uitvraagLink", "bad-url")),
        ("formuliertaak", {"formulierDefinitie": {"components": []}},
         ("details.formulierDefinitie.components", "required")),
        ("formuliertaak", {"formulierDefinitie": {"components": [{"key": "k"}]}},
         ("details.formulierDefinitie.components.0.label", "required")),
        ("formuliertaak", {"formulierDefinitie": {"components": ["k"]}},
         ("details.formulierDefinitie.components.0", "invalid")),
    ],
)  # fmt: skip
def test_the_form_fits_its_kind(
    api: Api, soort: str, details: Json, wanted: tuple[str, str]
) -> None:
    whole = body(soort, details={**DETAILS[soort], **details})
    assert wanted in faults(api.post(f"{ROOT}/externetaken", json=whole))
    assert results(api) == []


def test_a_patch_changes_of_the_form_what_it_names(api: Api) -> None:
    taak = made(api.post(f"{ROOT}/externetaken", json=body("urltaak")))
    answers = {"ontvangenGegevens": {"kleur": "rood"}}
    shown = api.patch(taak["url"], json={"details": answers}).json()["details"]
    assert shown["ontvangenGegevens"] == {"kleur": "rood"}
    assert shown["uitvraagLink"] == DETAILS["urltaak"]["uitvraagLink"]
    swapped = {"taakSoort": "betaaltaak", "details": DETAILS["betaaltaak"]}
    assert "uitvraagLink" not in api.patch(taak["url"], json=swapped).json()["details"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (("uitgevoerd", "verwerkt"), 200),
        (("afgebroken",), 200),
        (("niet_uitgevoerd", "open"), 200),
        (("uitgevoerd", "open", "uitgevoerd"), 200),
        (("afgebroken", "uitgevoerd"), 409),
        (("uitgevoerd", "verwerkt", "open"), 409),
        (("niet_uitgevoerd", "uitgevoerd"), 409),
    ],
)
def test_a_task_goes_only_where_it_can(api: Api, path: tuple[str, ...], status: int) -> None:
    """What was withdrawn cannot be done any more: who was filling it in hears so."""
    taak = made(api.post(f"{ROOT}/externetaken", json=body()))
    answers = [api.patch(taak["url"], json={"status": each}) for each in path]
    assert [each.status_code for each in answers[:-1]] == [200] * (len(path) - 1)
    assert answers[-1].status_code == status
    if status == 409:
        assert "De taak is" in answers[-1].json()["detail"]
        assert api.get(taak["url"]).json()["status"] == path[-2]


def test_the_days_fit_each_other_and_the_reminder_is_a_week_before(api: Api) -> None:
    taak = made(api.post(f"{ROOT}/externetaken", json=body()))
    assert taak["datumHerinnering"] == (today() + timedelta(23)).isoformat()
    assert taak["startdatum"] == today().isoformat()
    short = made(api.post(f"{ROOT}/externetaken", json=body(days=3)))
    assert short["datumHerinnering"] == today().isoformat()
    early = body(startdatum="0001-01-01", einddatumHandelingsTermijn="0001-01-02")
    assert made(api.post(f"{ROOT}/externetaken", json=early))["datumHerinnering"] == "0001-01-01"
    far = (today() + timedelta(99)).isoformat()
    wrong = api.post(f"{ROOT}/externetaken", json=body(startdatum=far, datumHerinnering=far))
    assert faults(wrong) == {("startdatum", "date-mismatch"), ("datumHerinnering", "date-mismatch")}


def test_a_bsn_in_a_urn_is_kept_apart(api: Api) -> None:
    """It is in no list, event, table or address; one record shows it for a purpose, logged."""
    taak = made(api.post(f"{ROOT}/externetaken", json=body(isToegewezenAan=PERSOON)))
    made(api.post(f"{ROOT}/externetaken", json=body(isToegewezenAan=BEDRIJF)))
    assert taak["isToegewezenAan"] == PERSOON
    assert {each["isToegewezenAan"] for each in results(api)} == {HIDDEN, BEDRIJF}
    rights = [{"component": "taken", "scopes": ["taken.lezen", "taken.bijwerken"]}]
    aimless = make_client("doelloos", rights, purposes=())
    assert aimless.get(taak["url"]).json()["isToegewezenAan"] == HIDDEN
    for table in ("ledger_event", "taken_externetaak"):
        held = rows(f"SELECT t::text FROM {table} t")  # noqa: S608 - names from the line above
        assert not [each for (each,) in held if BSN in each]
    assert results(api)  # with the rights as they are since the new client came
    (before,) = one("SELECT coalesce(max(id), 0) FROM ledger_verwerking")
    assert api.get(taak["url"]).json()["isToegewezenAan"] == PERSOON
    logged = rows("SELECT name FROM ledger_verwerking WHERE id > %s ORDER BY name", (before,))
    assert list(logged) == [("bsn tonen",), ("taak bekijken",)]
    found = results(api, isToegewezenAan=PERSOON)
    assert [each["url"] for each in found] == [taak["url"]]
    refused = aimless.get(f"{ROOT}/externetaken", params={"isToegewezenAan": PERSOON})
    assert (refused.status_code, BSN in refused.text) == (403, False)
    assert len(results(api, isToegewezenAan=BEDRIJF)) == 1


def test_who_does_not_see_the_bsn_can_write_the_task_back(api: Api) -> None:
    taak = made(api.post(f"{ROOT}/externetaken", json=body(isToegewezenAan=PERSOON)))
    rights = [{"component": "taken", "scopes": ["taken.lezen", "taken.bijwerken"]}]
    for client in (make_client("doelloos", rights, purposes=()), api):
        [row] = results(client)
        kept = {name: row[name] for name in (*body(), "isToegewezenAan", "isGerelateerdAan")}
        assert client.put(taak["url"], json=kept).status_code == 200
        assert api.get(taak["url"]).json()["isToegewezenAan"] == PERSOON
    bare = api.post(f"{ROOT}/externetaken", json=body(isToegewezenAan=HIDDEN))
    assert faults(bare) == {("isToegewezenAan", "invalid")}
    other = api.patch(taak["url"], json={"isToegewezenAan": BEDRIJF}).json()
    assert other["isToegewezenAan"] == BEDRIJF


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("geen urn", "invalid_urn"),
        ("urn:x:y", "invalid_urn"),
        ("urn:nld:brp:bsn:123456789", "invalid"),
        (f"urn:nld:{'x' * 260}", "invalid_urn"),
        (7, "invalid_urn"),
    ],
)
def test_what_is_no_urn_is_refused(api: Api, given: Any, code: str) -> None:
    told = faults(api.post(f"{ROOT}/externetaken", json=body(isToegewezenAan=given)))
    assert told == {("isToegewezenAan", code)}


def test_a_person_is_not_what_a_task_belongs_to(api: Api) -> None:
    taak = made(api.post(f"{ROOT}/externetaken", json=body(isGerelateerdAan=[{"urn": ZAAK}])))
    assert [each["url"] for each in results(api, isGerelateerdAan=ZAAK)] == [taak["url"]]
    told = faults(api.post(f"{ROOT}/externetaken", json=body(isGerelateerdAan=[{"urn": PERSOON}])))
    assert told == {("isGerelateerdAan.0.urn", "invalid_urn")}


@pytest.mark.req("M26")
def test_a_citizen_sees_his_own_tasks_from_the_first_day(api: Api) -> None:
    later = (today() + timedelta(5)).isoformat()
    mine = made(api.post(f"{ROOT}/externetaken", json=body(isToegewezenAan=PERSOON)))
    others: tuple[Json, ...] = (
        {"isToegewezenAan": PERSOON, "startdatum": later}, {"isToegewezenAan": BEDRIJF},
                 {"isToegewezenAan": f"urn:nld:brp:bsn:{elf(8)}"}, {},
    )  # fmt: skip
    for more in others:
        made(api.post(f"{ROOT}/externetaken", json=body(**more)))
    actor = burger.from_bsn(BSN, None, "laag")
    shown = codec.decode(externetaken.list(actor, Query("http://mijn")).results)
    assert [each["uuid"] for each in shown] == [mine["uuid"]]
