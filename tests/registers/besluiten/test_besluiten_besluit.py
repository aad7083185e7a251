"""Besluiten: type, number, dates, and the mirror of each under its zaak."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from loket.kernel.clock import today
from tests.conftest import make_client
from tests.registers.besluiten.besluitwerk import BESLUITEN, Besluitwerk
from tests.registers.zaken.zaakwerk import faults

if TYPE_CHECKING:
    from tests.conftest import Api

ANDERE_RSIN = "821002971"


@pytest.mark.rule("brc-001")
def test_brc_001_the_besluittype_is_published_and_stays(werk: Besluitwerk) -> None:
    concept = werk.maak_besluittype("Concept", publish=False)
    assert faults(werk.post(besluittype=concept)) == {("besluittype", "not-published")}
    for nothing in (f"{werk.besluittype[:-36]}{uuid4()}", "https://elders.nl/besluittypen/1"):
        assert faults(werk.post(besluittype=nothing)) == {("besluittype", "bad-url")}
    made = werk.besluit()
    other = werk.maak_besluittype("Ander")
    for answer in (
        werk.api.patch(made["url"], json={"besluittype": other}),
        werk.api.put(made["url"], json=werk.body(besluittype=other)),
    ):
        assert faults(answer) == {("besluittype", "wijzigen-niet-toegelaten")}
    assert werk.api.put(made["url"], json=werk.body()).status_code == 200


@pytest.mark.rule("brc-002")
def test_brc_002_the_number_is_unique_within_the_organisation(werk: Besluitwerk) -> None:
    first, second = werk.besluit(), werk.besluit()
    assert first["identificatie"] != second["identificatie"]
    taken = {"identificatie": first["identificatie"]}
    assert faults(werk.post(**taken)) == {("identificatie", "identificatie-niet-uniek")}
    werk.besluit(**taken, verantwoordelijkeOrganisatie=ANDERE_RSIN)


@pytest.mark.rule("brc-002")
@pytest.mark.parametrize(
    "change", [{"identificatie": "anders"}, {"verantwoordelijkeOrganisatie": ANDERE_RSIN}]
)
def test_brc_002_number_and_organisation_stay(werk: Besluitwerk, change: dict[str, str]) -> None:
    made = werk.besluit(identificatie="B-1")
    answer = werk.api.patch(made["url"], json=change)
    assert faults(answer) == {(next(iter(change)), "wijzigen-niet-toegelaten")}
    assert werk.read(made["url"]) == made


@pytest.mark.rule("brc-oas")
def test_brc_oas_datum_is_not_in_the_future(werk: Besluitwerk) -> None:
    werk.besluit(datum=str(today()))
    tomorrow = str(today() + timedelta(days=1))
    assert faults(werk.post(datum=tomorrow)) == {("datum", "date-in-future")}
    made = werk.besluit()
    assert faults(werk.api.patch(made["url"], json={"datum": tomorrow})) == {
        ("datum", "date-in-future")
    }


@pytest.mark.rule("brc-oas")
def test_brc_oas_rsin_and_zaak_are_real(werk: Besluitwerk) -> None:
    assert faults(werk.post(verantwoordelijkeOrganisatie="123456789")) == {
        ("verantwoordelijkeOrganisatie", "invalid")
    }
    zaak = werk.zaken.zaak()
    for nothing in (f"{zaak['url'][:-36]}{uuid4()}", "https://elders.nl/zaken/1", "zaak"):
        assert faults(werk.post(zaak=nothing)) == {("zaak", "bad-url")}


@pytest.mark.rule("brc-006")
def test_brc_006_a_besluit_stands_under_its_zaak_wherever_that_moves(werk: Besluitwerk) -> None:
    first, second = werk.zaken.zaak(), werk.zaken.zaak()
    made = werk.besluit(zaak=first["url"])
    assert werk.mirrors(first) == [made["url"]]
    moved = werk.api.patch(made["url"], json={"zaak": second["url"]})
    assert moved.json()["zaak"] == second["url"]
    assert (werk.mirrors(first), werk.mirrors(second)) == ([], [made["url"]])
    loose = werk.api.patch(made["url"], json={"zaak": ""})
    assert loose.json()["zaak"] == ""
    assert werk.mirrors(second) == []
    werk.api.put(made["url"], json=werk.body(zaak=first["url"]))
    assert werk.mirrors(first) == [made["url"]]
    werk.api.patch(made["url"], json={"toelichting": "Omdat"})
    assert werk.mirrors(first) == [made["url"]]


@pytest.mark.rule("brc-006")
def test_brc_006_the_mirror_is_in_the_trail_of_the_zaak(werk: Besluitwerk) -> None:
    zaak = werk.zaken.zaak()
    made = werk.besluit(zaak=zaak["url"])
    werk.api.delete(made["url"])
    trail = werk.read(f"{zaak['url']}/audittrail")
    assert [(each["resource"], each["actie"]) for each in trail] == [
        ("zaak", "create"),
        ("zaakbesluit", "create"),
        ("zaakbesluit", "destroy"),
    ]


@pytest.mark.rule("brc-006")
def test_brc_006_a_refused_move_leaves_the_mirror(werk: Besluitwerk) -> None:
    zaak = werk.zaken.zaak()
    made = werk.besluit(zaak=zaak["url"])
    foreign = Besluitwerk(werk.api, "TWEE").zaken.zaak()
    answer = werk.api.patch(made["url"], json={"zaak": foreign["url"]})
    assert faults(answer) == {("nonFieldErrors", "zaaktype-mismatch")}
    assert werk.mirrors(zaak) == [made["url"]]


@pytest.mark.rule("brc-007")
def test_brc_007_the_besluittype_belongs_to_the_zaaktype(werk: Besluitwerk) -> None:
    zaak = werk.zaken.zaak()
    other = werk.maak_besluittype("Ander")
    answer = werk.post(besluittype=other, zaak=zaak["url"])
    assert faults(answer) == {("nonFieldErrors", "zaaktype-mismatch")}
    namesake = Besluitwerk(werk.api, "TWEE").besluittype
    answer = werk.post(besluittype=namesake, zaak=zaak["url"])
    assert faults(answer) == {("nonFieldErrors", "zaaktype-mismatch")}


@pytest.mark.rule("brc-009")
def test_brc_009_a_besluit_goes_with_mirror_and_audit_trail(werk: Besluitwerk) -> None:
    zaak = werk.zaken.zaak()
    made = werk.besluit(zaak=zaak["url"])
    assert werk.api.delete(zaak["url"]).status_code == 400
    trail = f"{made['url']}/audittrail"
    line = f"{trail}/{werk.read(trail)[0]['uuid']}"
    assert werk.api.delete(made["url"]).status_code == 204
    assert werk.mirrors(zaak) == []
    for gone in (made["url"], trail, line):
        assert werk.api.get(gone).status_code == 404
    assert werk.api.delete(zaak["url"]).status_code == 204


def test_a_besluit_is_shown_as_published(werk: Besluitwerk) -> None:
    zaak = werk.zaken.zaak()
    made = werk.besluit(zaak=zaak["url"], vervalreden="tijdelijk", vervaldatum="2026-03-01")
    assert made == {
        "url": made["url"],
        "identificatie": made["identificatie"],
        "verantwoordelijkeOrganisatie": "517439943",
        "besluittype": werk.besluittype,
        "zaak": zaak["url"],
        "datum": "2026-02-01",
        "toelichting": "",
        "bestuursorgaan": "",
        "ingangsdatum": "2026-02-15",
        "vervaldatum": "2026-03-01",
        "vervalreden": "tijdelijk",
        "vervalredenWeergave": "Besluit met tijdelijke werking",
        "publicatiedatum": None,
        "verzenddatum": None,
        "uiterlijkeReactiedatum": None,
    }
    assert (loose := werk.besluit())["zaak"] == ""
    assert loose["vervalredenWeergave"] == ""


def test_besluiten_are_found_by_number_organisation_type_and_zaak(werk: Besluitwerk) -> None:
    zaak = werk.zaken.zaak()
    mine = werk.besluit(zaak=zaak["url"], identificatie="B-1")
    other = werk.besluit(
        besluittype=werk.maak_besluittype("Ander"), verantwoordelijkeOrganisatie=ANDERE_RSIN
    )
    for query, found in (
        ({"identificatie": "B-1"}, mine),
        ({"verantwoordelijkeOrganisatie": ANDERE_RSIN}, other),
        ({"besluittype": werk.besluittype}, mine),
        ({"zaak": zaak["url"]}, mine),
        ({"pageSize": 1}, other),
        ({"pageSize": 1, "page": 2}, mine),
    ):
        page = werk.read(f"{BESLUITEN}/besluiten", **query)
        assert [each["url"] for each in page["results"]] == [found["url"]]


def test_a_besluit_expands_to_its_type_and_zaak(werk: Besluitwerk) -> None:
    zaak = werk.zaken.zaak()
    made = werk.besluit(zaak=zaak["url"])
    shown = werk.read(made["url"], expand="besluittype.catalogus,zaak.zaaktype")["_expand"]
    assert shown["besluittype"]["_expand"]["catalogus"]["url"] == werk.catalogus
    assert shown["zaak"]["url"] == zaak["url"]
    assert shown["zaak"]["_expand"]["zaaktype"]["url"] == werk.typen.zaaktype
    assert werk.read(werk.besluit()["url"], expand="zaak")["_expand"] == {"zaak": {}}


def test_expand_shows_a_zaak_only_to_who_may_see_it(werk: Besluitwerk) -> None:
    made = werk.besluit(zaak=werk.zaken.zaak()["url"])
    reader = werk.client("besluiten.lezen")
    asked = {"expand": "zaak"}
    assert reader.get(made["url"], params=asked).status_code == 404
    (shown,) = reader.get(f"{BESLUITEN}/besluiten", params=asked).json()["results"]
    assert shown["_expand"] == {"zaak": {}}


def test_scopes_are_given_by_besluittype(werk: Besluitwerk) -> None:
    other = werk.maak_besluittype("Ander")
    mine, foreign = werk.besluit(), werk.besluit(besluittype=other)
    reader = werk.client("besluiten.lezen")
    listed = reader.get(f"{BESLUITEN}/besluiten").json()
    assert ([each["url"] for each in listed["results"]], listed["count"]) == ([mine["url"]], 1)
    assert reader.get(mine["url"]).status_code == 200
    assert reader.get(foreign["url"]).status_code == 403
    assert werk.post(reader).status_code == 403
    maker = werk.client("besluiten.aanmaken")
    assert werk.post(maker).status_code == 201
    assert werk.post(maker, besluittype=other).status_code == 403


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [("bijwerken", {"PATCH": 200, "PUT": 200}), ("verwijderen", {"DELETE": 204}), ("lezen", {})],
)
def test_each_write_asks_its_scope(werk: Besluitwerk, scope: str, allowed: dict[str, int]) -> None:
    client = werk.client(f"besluiten.{scope}")
    for method, body in (("PATCH", {}), ("PUT", werk.body()), ("DELETE", None)):
        made = werk.besluit()
        answer = client.request(method, made["url"], json=body)
        assert answer.status_code == allowed.get(method, 403)


def test_the_audit_trail_asks_its_own_scope(werk: Besluitwerk) -> None:
    made = werk.besluit()
    trail = f"{made['url']}/audittrail"
    assert werk.client("besluiten.lezen").get(trail).status_code == 403
    zaken: Api = make_client(
        "auditor",
        [
            {
                "component": "zrc",
                "scopes": ["audittrails.lezen"],
                "zaaktype": werk.typen.zaaktype,
                "maxVertrouwelijkheidaanduiding": "zeer_geheim",
            }
        ],
    )
    assert zaken.get(trail).status_code == 403
    assert werk.client("audittrails.lezen").get(trail).json()[0]["bron"] == "brc"


def test_head_gives_the_headers_of_a_besluit(werk: Besluitwerk) -> None:
    made = werk.besluit()
    read, head = werk.api.get(made["url"]), werk.api.head(made["url"])
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == read.headers["ETag"]
    assert head.headers["API-version"] == "1.1.0"
    known = {"If-None-Match": read.headers["ETag"]}
    assert werk.api.get(made["url"], headers=known).status_code == 304
