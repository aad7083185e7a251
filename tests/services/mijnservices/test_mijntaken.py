"""MijnTaken: a portal sees what a citizen or company has to do, and how it is done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from loket.kernel.clock import today
from tests.budgets.test_statements import statements
from tests.conformance.test_refusing import faults
from tests.registers.klantinteracties.contactwerk import Contactwerk, identificator
from tests.registers.taken.test_taken import BSN, DETAILS, PERSOON, ZAAK
from tests.services.mijnservices.portaalwerk import (
    BEDRIJF,
    ROOT,
    Json,
    ask,
    detail,
    keys,
    move,
    published,
    seen,
    taak,
)  # fmt: skip

if TYPE_CHECKING:
    from tests.conftest import Api

ONZE_ZAAK = f"urn:nld:loket:zaken:zaak:{uuid4()}"


@pytest.mark.req("M40", "M41")
def test_what_is_to_be_done_leaves_the_list_once_it_is_done(api: Api, portaal: Api) -> None:
    urgent, later = taak(api, days=3), taak(api, days=9)
    others = {each: taak(api) for each in ("uitgevoerd", "verwerkt", "afgebroken")}
    for status, other in others.items():
        move(api, other, status)
    late = taak(api)
    move(api, late, "niet_uitgevoerd")
    assert keys(portaal, PERSOON) == [urgent["uuid"], later["uuid"]]
    move(api, urgent, "uitgevoerd")
    assert keys(portaal, PERSOON) == [later["uuid"]]
    assert detail(portaal, urgent["uuid"])["status"] == "afgerond"


@pytest.mark.req("M-F16")
def test_what_is_finished_can_be_asked_for(api: Api, portaal: Api) -> None:
    """Portals know three statuses; what was withdrawn is nowhere."""
    open_one, done, dealt, late, away = (taak(api, days=5 + nr) for nr in range(5))
    move(api, done, "uitgevoerd")
    move(api, dealt, "uitgevoerd", "verwerkt")
    move(api, late, "niet_uitgevoerd")
    move(api, away, "afgebroken")
    found = seen(portaal, PERSOON, status=["afgerond", "geannuleerd"])
    assert [(each["uuid"], each["status"]) for each in found] == [
        (late["uuid"], "geannuleerd"),
        (dealt["uuid"], "afgerond"),
        (done["uuid"], "afgerond"),
    ]
    assert all("uitvoering" not in each for each in found)
    assert keys(portaal, PERSOON, status=["afgerond", "open"])[0] == open_one["uuid"]
    assert keys(portaal, PERSOON, status=[]) == [open_one["uuid"]]
    assert "uitvoering" not in detail(portaal, done["uuid"])
    assert portaal.get(f"{ROOT}/taken/{away['uuid']}").status_code == 404


@pytest.mark.req("M40", "M-F16")
@pytest.mark.parametrize(
    ("soort", "kind"),
    [("betaaltaak", "betaling"), ("urltaak", "url"), ("formuliertaak", "formulier")],
)
def test_a_task_says_how_it_is_done(api: Api, portaal: Api, soort: str, kind: str) -> None:
    one_of_them = taak(api, soort=soort, toelichting="Voor uw vergunning")
    [info] = seen(portaal, PERSOON)
    assert info["titel"] == {"nl": "Stuur een foto"}
    assert info["toelichting"] == {"nl": "Voor uw vergunning"}
    here = f"http://127.0.0.1:8700/mijn-taken/{one_of_them['uuid']}/"
    fallback = DETAILS[soort].get("uitvraagLink", here)
    assert info["uitvoering"] == {"type": kind, "fallbackUrl": fallback}
    whole = detail(portaal, one_of_them["uuid"])
    more = {name: whole["uitvoering"].pop(name, None) for name in ("submitUrl", "schema")}
    assert whole == info
    if soort == "formuliertaak":
        assert more == {
            "submitUrl": one_of_them["url"],
            "schema": DETAILS[soort]["formulierDefinitie"],
        }
    else:
        assert set(more.values()) == {None}


def test_a_portal_sees_no_filled_in_values(api: Api, portaal: Api) -> None:
    details = {**DETAILS["formuliertaak"], "voorinvullenGegevens": {"kleur": "geheim blauw"}}
    shown = taak(api, soort="formuliertaak", details=details)
    assert "geheim" not in str(detail(portaal, shown["uuid"]))


@pytest.mark.parametrize(
    ("day", "moment"),
    [("2030-01-15", "2030-01-15T23:59:59+01:00"), ("2030-07-15", "2030-07-15T23:59:59+02:00")],
)
def test_the_deadline_is_the_end_of_the_last_day(
    api: Api, portaal: Api, day: str, moment: str
) -> None:
    taak(api, einddatumHandelingsTermijn=day)
    assert seen(portaal, PERSOON)[0]["deadline"] == moment


def test_a_task_is_seen_from_its_first_day(api: Api, portaal: Api) -> None:
    later = taak(api, startdatum=(today() + timedelta(1)).isoformat())
    assert seen(portaal, PERSOON) == []
    assert portaal.get(f"{ROOT}/taken/{later['uuid']}").status_code == 404
    assert portaal.get(f"{ROOT}/taken/{uuid4()}").status_code == 404


def test_the_context_is_a_zaak_with_its_page_in_the_portal(api: Api, portaal: Api) -> None:
    """Of several the one that was asked for, else a zaak of ours, else the first."""
    product = "urn:nld:gemeente:product:uuid:1"
    related = [{"urn": each} for each in (product, ZAAK, ONZE_ZAAK)]
    mine = taak(api, isGerelateerdAan=related)
    other = taak(api, days=40, isGerelateerdAan=[{"urn": ZAAK}])
    bare = taak(api, days=50)
    page = f"http://127.0.0.1:8700/mijn-zaken/{ONZE_ZAAK[-36:]}/"
    ours = {"urn": ONZE_ZAAK, "canonicalUrl": page}
    assert [each.get("context") for each in seen(portaal, PERSOON)] == [ours, {"urn": ZAAK}, None]
    [found] = seen(portaal, PERSOON, contextId=product)
    assert (found["uuid"], found["context"]) == (mine["uuid"], {"urn": product})
    assert keys(portaal, PERSOON, contextId=ZAAK) == [mine["uuid"], other["uuid"]]
    assert seen(portaal, PERSOON, contextId="urn:nld:x:anders") == []
    assert detail(portaal, mine["uuid"])["context"] == ours
    assert "context" not in detail(portaal, bare["uuid"])


def test_the_portal_is_where_the_municipality_says(api: Api, portaal: Api) -> None:
    [row] = api.get("/beheer/api/v1/instellingen").json()["results"]
    address = {"portaal": "https://mijn.gemeente.example/loket/"}
    assert api.patch(row["url"], json=address).status_code == 200
    shown = taak(api, soort="betaaltaak")
    [info] = seen(portaal, PERSOON)
    link = f"https://mijn.gemeente.example/loket/mijn-taken/{shown['uuid']}/"
    assert info["uitvoering"]["fallbackUrl"] == link


def test_include_decides_what_is_in_the_answer(api: Api, portaal: Api) -> None:
    taak(api)
    for include in ([], ["taken"], ["taken", "contactmomenten"]):
        assert len(seen(portaal, PERSOON, include=include)) == 1
    assert ask(portaal, PERSOON, include=["contactmomenten"]).json() == {}
    assert ask(portaal, PERSOON, iets="nieuws").status_code == 200


@pytest.mark.parametrize("wie", [PERSOON, BEDRIJF, "partij"])
def test_each_is_one_statement(api: Api, portaal: Api, wie: str) -> None:
    shown = taak(api)
    if wie == "partij":
        wie = Contactwerk(api).persoon(partijIdentificatoren=[identificator("bsn", BSN)])["uuid"]
    ask(portaal, wie)
    with statements() as asked:
        assert ask(portaal, wie, contextId=ZAAK).status_code == 200
    assert len(asked) == 1, asked
    with statements() as asked:
        detail(portaal, shown["uuid"])
    assert len(asked) == 1, asked


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({}, {("klantId", "required")}),
        ({"klantId": 7}, {("klantId", "invalid")}),
        ({"klantId": ""}, {("klantId", "invalid")}),
        ({"klantId": "Eva Jansen"}, {("klantId", "invalid")}),
        ({"klantId": "123456789"}, {("klantId", "invalid")}),
        ({"klantId": "urn:nld:brp:bsn:afgeschermd"}, {("klantId", "invalid-length")}),
        ({"klantId": "urn:x"}, {("klantId", "invalid_urn")}),
        ({"klantId": f"urn:nld:{'x' * 260}"}, {("klantId", "invalid_urn")}),
        ({"klantId": BEDRIJF, "contextId": PERSOON}, {("contextId", "invalid_urn")}),
        ({"klantId": BEDRIJF, "contextId": None}, {("contextId", "invalid_urn")}),
        ({"klantId": BEDRIJF, "include": "taken"}, {("include", "not_a_list")}),
        ({"klantId": BEDRIJF, "status": ["klaar"]}, {("status", "invalid_choice")}),
        ({"contextId": "x", "include": [1], "status": [1]},
         {("klantId", "required"), ("contextId", "invalid_urn"), ("include", "not_a_list"),
          ("status", "not_a_list")}),
    ],
)  # fmt: skip
def test_all_that_is_amiss_is_told_at_once(
    portaal: Api, body: Json, wanted: set[tuple[str, str]]
) -> None:
    answer = portaal.post(f"{ROOT}/context/zoek", json=body)
    assert faults(answer) == wanted
    assert BSN not in answer.text
    assert published("Probleem", answer.json()) == []


def test_a_body_is_an_object(portaal: Api) -> None:
    assert portaal.post(f"{ROOT}/context/zoek", json=[PERSOON]).status_code == 400
