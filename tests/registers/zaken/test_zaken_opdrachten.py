"""The commands that Open Zaak added: several doors, one transaction, faults under their part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import one, rows
from tests.registers.zaken.zaakwerk import BSN, ZAKEN, Typen, Werk, faults

if TYPE_CHECKING:
    from tests.conftest import Api

Json = dict[str, Any]
MOMENT = "2026-02-01T12:00:00Z"


def _rol(werk: Werk, generiek: str = "initiator", **body: Any) -> Json:
    made = werk.rol_body({"url": ""}, generiek, **body)
    del made["zaak"]
    return made


def _status(werk: Werk, nr: int = 1) -> Json:
    return {"statustype": werk.typen.statustypen[nr - 1], "datumStatusGezet": MOMENT}


def _registratie(werk: Werk, **body: Any) -> Json:
    pand = {"objectType": "pand", "objectIdentificatie": {"identificatie": "p1"}}
    return {
        "zaak": werk.body(omschrijving="Dakkapel"),
        "rollen": [_rol(werk), _rol(werk, "behandelaar")],
        "zaakobjecten": [pand],
        "status": _status(werk),
        **body,
    }


def _events(zaak: Json) -> list[tuple[str, str]]:
    sql = "SELECT resource, actie FROM ledger_event WHERE main_key = %s ORDER BY position"
    return [tuple(row) for row in rows(sql, (zaak["uuid"],))]


def test_a_zaak_is_registered_with_all_that_belongs_to_it(werk: Werk) -> None:
    made = werk.make("zaak_registreren", **_registratie(werk))
    zaak = werk.read(made["zaak"]["url"])
    assert made["zaak"] == zaak
    assert [each["url"] for each in made["rollen"]] == zaak["rollen"][::1]
    assert made["rollen"][0]["betrokkeneIdentificatie"]["inpBsn"] == BSN
    assert made["status"] == werk.read(zaak["status"])
    assert made["zaakobjecten"] == [werk.read(url) for url in zaak["zaakobjecten"]]
    assert made["zaakinformatieobjecten"] == []
    assert [werk.read(each["url"]) for each in made["rollen"]] == made["rollen"]


def test_what_is_registered_at_once_is_told_once_for_each_record(werk: Werk) -> None:
    made = werk.make("zaak_registreren", **_registratie(werk))
    assert _events(made["zaak"]) == [
        ("zaken", "create"),
        ("rollen", "create"),
        ("rollen", "create"),
        ("zaakobjecten", "create"),
        ("statussen", "create"),
    ]
    assert one("SELECT count(*) FROM ledger_event WHERE nieuw LIKE %s", (f"%{BSN}%",))[0] == 0


def test_every_fault_is_told_under_the_path_of_its_part(werk: Werk, api: Api) -> None:
    other = Typen(api, "TWEE")
    body = _registratie(werk)
    body["zaak"] |= {"bronorganisatie": "1"}
    body["rollen"][1]["roltype"] = "https://elders.voorbeeld.nl/1"
    assert faults(werk.post("zaak_registreren", **body)) == {
        ("zaak.bronorganisatie", "invalid-length"),
        ("rollen.1.roltype", "bad-url"),
    }
    body = _registratie(werk, status=_status(werk) | {"statustype": other.statustypen[0]})
    body["rollen"].append(_rol(werk))
    body["zaakobjecten"][0]["objectIdentificatie"] = None
    assert faults(werk.post("zaak_registreren", **body)) == {
        ("rollen.2.nonFieldErrors", "max-occurences"),
        ("zaakobjecten.0.nonFieldErrors", "invalid-zaakobject"),
        ("status.nonFieldErrors", "zaaktype-mismatch"),
    }
    assert werk.read(f"{ZAKEN}/zaken")["count"] == 0


def test_what_the_database_refuses_is_told_under_its_part_too(werk: Werk) -> None:
    werk.zaak(identificatie="Z1")
    body = _registratie(werk, zaak=werk.body(identificatie="Z1"))
    assert faults(werk.post("zaak_registreren", **body)) == {
        ("zaak.identificatie", "identificatie-niet-uniek")
    }
    assert werk.read(f"{ZAKEN}/rollen")["count"] == 0


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            {"zaak": None, "rollen": {}, "status": []},
            {("zaak", "invalid"), ("rollen", "not_a_list"), ("status", "invalid")},
        ),
        ({}, {("zaak", "required"), ("rollen", "required"), ("status", "required")}),
        (
            {"zaak": {}, "rollen": [3], "status": {}},
            {("rollen.0", "invalid")},
        ),
    ],
)
def test_a_body_of_another_form_is_refused(
    werk: Werk, body: Json, expected: set[tuple[str, str]]
) -> None:
    assert faults(werk.post("zaak_registreren", **body)) == expected


def test_a_command_asks_the_scopes_of_every_door(werk: Werk) -> None:
    maker = werk.client("zaken.aanmaken")
    body = _registratie(werk, rollen=[])
    assert werk.post("zaak_registreren", maker, **body).status_code == 403
    both = werk.client("zaken.aanmaken", "zaken.bijwerken")
    assert werk.post("zaak_registreren", both, **body).status_code == 201
    intern = werk.client("zaken.aanmaken", "zaken.bijwerken", level="intern")
    assert werk.post("zaak_registreren", intern, **body).status_code == 403


def test_a_zaak_is_changed_with_its_rollen_and_status(werk: Werk) -> None:
    zaak = werk.zaak()
    stays, goes = werk.rol(zaak), werk.rol(zaak, "behandelaar")
    kept = _rol(werk) | {"uuid": stays["uuid"], "roltoelichting": "nu anders"}
    body = {
        "zaak": {"omschrijving": "Uitbouw"},
        "rollen": [kept, _rol(werk, "zaakcoordinator")],
        "status": _status(werk),
    }
    answer = werk.api.post(f"{ZAKEN}/zaak_bijwerken/{zaak['uuid']}", json=body)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert shown["zaak"] == werk.read(zaak["url"])
    assert shown["zaak"]["omschrijving"] == "Uitbouw"
    assert [each["url"] for each in shown["rollen"]] == shown["zaak"]["rollen"]
    assert shown["rollen"][0]["roltoelichting"] == "nu anders"
    assert shown["status"]["url"] == shown["zaak"]["status"]
    assert werk.api.get(goes["url"]).status_code == 404
    unknown = [{**kept, "uuid": goes["uuid"]}]
    again = werk.api.post(
        f"{ZAKEN}/zaak_bijwerken/{zaak['uuid']}", json={**body, "rollen": unknown}
    )
    assert ("rollen.0.uuid", "does_not_exist") in faults(again)
    assert werk.read(stays["url"])["uuid"] == stays["uuid"]


def test_without_rollen_those_that_are_there_stay(werk: Werk) -> None:
    zaak = werk.zaak()
    rol = werk.rol(zaak)
    answer = werk.api.post(f"{ZAKEN}/zaak_bijwerken/{zaak['uuid']}", json={"status": _status(werk)})
    assert answer.status_code == 200, answer.text
    assert set(answer.json()) == {"status"}
    assert werk.read(zaak["url"])["rollen"] == [rol["url"]]


@pytest.mark.rule("zrc-012")
@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("opschorten", {"opschorting": {"indicatie": True, "reden": "wacht op advies"}}),
        ("verlengen", {"verlenging": {"reden": "meer tijd nodig", "duur": "P14D"}}),
    ],
)
def test_a_zaak_is_suspended_or_extended_with_a_status(
    werk: Werk, command: str, given: Json
) -> None:
    zaak = werk.zaak(omschrijving="Zo")
    path = f"{ZAKEN}/zaak_{command}/{zaak['uuid']}"
    body = {"zaak": {**given, "omschrijving": "anders"}, "status": _status(werk)}
    answer = werk.api.post(path, json=body)
    assert answer.status_code == 200, answer.text
    [(name, group)] = given.items()
    shown = answer.json()["zaak"]
    assert shown[name].items() >= group.items()
    assert shown["omschrijving"] == "Zo"
    assert shown["status"] == answer.json()["status"]["url"]
    lacking = werk.api.post(path, json={"zaak": {}, "status": _status(werk)})
    assert faults(lacking) == {(f"zaak.{name}", "required")}
    incomplete = {"zaak": {name: {"reden": "x"}}, "status": _status(werk)}
    [(where, code)] = faults(werk.api.post(path, json=incomplete))
    assert (where.startswith(f"zaak.{name}."), code) == (True, "required")


@pytest.mark.rule("zrc-007")
def test_a_zaak_is_closed_at_once(werk: Werk) -> None:
    zaak = werk.zaak()
    path = f"{ZAKEN}/zaak_afsluiten/{zaak['uuid']}"
    body = {
        "zaak": {"toelichting": "Klaar"},
        "resultaat": {"resultaattype": werk.typen.resultaattype},
        "status": _status(werk, 3),
    }
    early = werk.api.post(path, json={**body, "status": _status(werk, 1)})
    assert faults(early) == {("status.statustype", "invalid")}
    assert werk.read(zaak["url"])["resultaat"] is None
    answer = werk.api.post(path, json=body)
    assert answer.status_code == 200, answer.text
    shown = answer.json()
    closed = werk.read(zaak["url"])
    assert shown["zaak"] == closed
    assert (closed["einddatum"], closed["toelichting"]) == ("2026-02-01", "Klaar")
    assert closed["archiefactiedatum"] == "2031-02-01"
    assert shown["resultaat"] == werk.read(closed["resultaat"])
    assert _events(zaak) == [
        ("zaken", "create"),
        ("zaken", "partial_update"),
        ("resultaten", "create"),
        ("statussen", "create"),
    ]


def test_a_closed_zaak_is_worked_on_only_by_force(werk: Werk) -> None:
    zaak = werk.gesloten()
    body = {"zaak": {"toelichting": "later"}, "status": _status(werk, 3)}
    path = f"{ZAKEN}/zaak_bijwerken/{zaak['uuid']}"
    writer = werk.client("zaken.bijwerken", "zaken.statussen.toevoegen")
    assert writer.post(path, json=body).status_code == 403
    forced = werk.client("zaken.geforceerd-bijwerken", "zaken.statussen.toevoegen")
    assert forced.post(path, json=body).status_code == 200


@pytest.mark.parametrize("command", ["bijwerken", "opschorten", "verlengen", "afsluiten"])
def test_a_zaak_that_is_not_there_is_not_found(werk: Werk, command: str) -> None:
    path = f"{ZAKEN}/zaak_{command}/00000000-0000-0000-0000-000000000000"
    body = {
        "zaak": {
            "opschorting": {"indicatie": True, "reden": "x"},
            "verlenging": {"reden": "x", "duur": "P1D"},
        },
        "resultaat": {"resultaattype": werk.typen.resultaattype},
        "status": _status(werk, 3),
    }
    assert werk.api.post(path, json=body).status_code == 404
