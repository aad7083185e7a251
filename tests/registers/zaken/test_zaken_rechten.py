"""Who sees what of zaken, the audit trail, and reserved numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from loket.grammar.reading import Query
from loket.kernel.actor import Actor
from loket.kernel.problems import NotFound
from loket.ledger.database import one
from loket.registers.zaken.rol import rollen
from loket.registers.zaken.status import statussen
from loket.registers.zaken.zaak import zaken
from loket.registers.zaken.zaaknotitie import zaaknotities
from tests.registers.zaken.zaakwerk import BSN, RSIN, ZAKEN, Typen, Werk, faults

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.mark.rule("zrc-006")
def test_lists_hide_and_details_refuse(werk: Werk, api: Api) -> None:
    reader = werk.client("zaken.lezen", level="intern")
    mine = werk.zaak(vertrouwelijkheidaanduiding="intern")
    secret = werk.zaak(vertrouwelijkheidaanduiding="zaakvertrouwelijk")
    foreign = Werk(api, Typen(api, "TWEE").publish()).zaak(vertrouwelijkheidaanduiding="openbaar")
    listed = reader.get(f"{ZAKEN}/zaken").json()
    assert ([each["url"] for each in listed["results"]], listed["count"]) == ([mine["url"]], 1)
    found = reader.post(f"{ZAKEN}/zaken/_zoek", json={}).json()
    assert [each["url"] for each in found["results"]] == [mine["url"]]
    assert reader.get(mine["url"]).status_code == 200
    for zaak in (secret, foreign):
        answer = reader.get(zaak["url"])
        assert (answer.status_code, answer.json()["code"]) == (403, "permission_denied")


@pytest.mark.rule("zrc-006")
def test_what_is_under_a_zaak_follows_it(werk: Werk) -> None:
    reader = werk.client("zaken.lezen", level="intern")
    mine = werk.status(werk.zaak(vertrouwelijkheidaanduiding="intern"), 1)
    secret = werk.status(werk.zaak(), 1)
    listed = reader.get(f"{ZAKEN}/statussen").json()["results"]
    assert [each["url"] for each in listed] == [mine["url"]]
    assert reader.get(secret["url"]).status_code == 403


@pytest.mark.rule("zrc-006")
def test_writes_need_the_scope_for_the_type_and_level(werk: Werk) -> None:
    reader = werk.client("zaken.lezen")
    assert werk.post("zaken", reader, **werk.body()).status_code == 403
    maker = werk.client("zaken.aanmaken", level="intern")
    assert werk.post("zaken", maker, **werk.body()).status_code == 403
    body = werk.body(vertrouwelijkheidaanduiding="intern")
    assert werk.post("zaken", maker, **body).status_code == 201
    writer = werk.client("zaken.bijwerken", level="intern")
    zaak = werk.zaak(vertrouwelijkheidaanduiding="intern")
    up = {"vertrouwelijkheidaanduiding": "geheim"}
    assert writer.patch(zaak["url"], json=up).status_code == 403
    assert writer.delete(zaak["url"]).status_code == 403


def _burger(bsn: str) -> Actor:
    found = one("SELECT id FROM bsn.nummer WHERE bsn = %s", (bsn,))
    return Actor.burger(found[0] if found else uuid4(), None, "substantieel")


def test_a_citizen_sees_his_own_zaken_and_no_others(werk: Werk) -> None:
    query = Query("http://mijn.voorbeeld.nl")
    mine, helped, secret = (
        werk.zaak(),
        werk.zaak(),
        werk.zaak(vertrouwelijkheidaanduiding="vertrouwelijk"),
    )
    werk.rol(mine)
    werk.rol(helped, "behandelaar")
    werk.rol(secret)
    status = werk.status(mine, 1)
    me, stranger = _burger(BSN), _burger("999993653")
    page = zaken.list(me, query)
    assert page.count == 1
    assert mine["uuid"].encode() in page.results
    assert statussen.list(me, query).count == 1
    assert zaken.list(stranger, query).count == statussen.list(stranger, query).count == 0
    assert status["uuid"].encode() in statussen.get(me, status["uuid"], query)
    for actor, key in ((stranger, mine), (me, helped), (me, secret)):
        with pytest.raises(NotFound):
            zaken.get(actor, key["uuid"], query)
    assert rollen.list(me, replace(query)).count == 1


def test_of_his_own_zaak_a_citizen_sees_no_internal_notes_and_no_other_persons(werk: Werk) -> None:
    query = Query("http://mijn.voorbeeld.nl")
    zaak = werk.zaak()
    own = werk.rol(zaak)
    somebody = {"inpBsn": "999993653"}
    other = werk.rol(zaak, "behandelaar", betrokkeneIdentificatie=somebody)
    note = {"onderwerp": "Over", "tekst": "Iets", "gerelateerdAan": zaak["url"]}
    for kind, state in (("intern", "definitief"), ("extern", "concept"), ("extern", "definitief")):
        werk.make("zaaknotities", **note, notitieType=kind, status=state)
    me = _burger(BSN)
    assert zaaknotities.list(me, query).count == 1
    seen = rollen.list(me, query).results + zaken.get(me, zaak["uuid"], query)
    assert own["uuid"].encode() in seen
    assert other["uuid"].encode() not in seen


def test_the_audit_trail_tells_what_changed_by_whom_and_why(werk: Werk) -> None:
    zaak = werk.zaak(omschrijving="Dakkapel")
    werk.rol(zaak)
    headers = {"X-Audit-Toelichting": "op verzoek"}
    werk.api.patch(zaak["url"], json={"omschrijving": "Uitbouw"}, headers=headers)
    trail = werk.api.get(f"{zaak['url']}/audittrail").json()
    made, rol, changed = trail
    assert [each["resource"] for each in trail] == ["zaak", "rol", "zaak"]
    assert made["wijzigingen"] == {"oud": None, "nieuw": zaak}
    assert rol["wijzigingen"]["oud"] is None
    assert rol["wijzigingen"]["nieuw"]["betrokkeneIdentificatie"]["inpBsn"] == ""
    assert changed["wijzigingen"]["oud"]["omschrijving"] == "Dakkapel"
    assert changed["wijzigingen"]["nieuw"]["omschrijving"] == "Uitbouw"
    assert changed == {
        "uuid": changed["uuid"],
        "bron": "zrc",
        "applicatieId": "test",
        "applicatieWeergave": "test",
        "gebruikersId": "medewerker",
        "gebruikersWeergave": "Een Medewerker",
        "actie": "partial_update",
        "actieWeergave": "Object deels bijgewerkt",
        "resultaat": 200,
        "hoofdObject": zaak["url"],
        "resource": "zaak",
        "resourceUrl": zaak["url"],
        "toelichting": "op verzoek",
        "resourceWeergave": zaak["identificatie"],
        "aanmaakdatum": changed["aanmaakdatum"],
        "wijzigingen": changed["wijzigingen"],
    }
    line = f"{zaak['url']}/audittrail/{changed['uuid']}"
    assert werk.api.get(line).json() == changed
    other = werk.zaak()
    assert werk.api.get(f"{other['url']}/audittrail/{changed['uuid']}").status_code == 404


def test_the_audit_trail_is_for_who_may_read_it(werk: Werk) -> None:
    zaak = werk.zaak()
    reader, auditor = werk.client("zaken.lezen"), werk.client("audittrails.lezen")
    shy = werk.client("audittrails.lezen", level="openbaar")
    path = f"{zaak['url']}/audittrail"
    assert [each.get(path).status_code for each in (reader, shy, auditor)] == [403, 403, 200]
    absent = path.replace(zaak["uuid"], str(uuid4()))
    assert auditor.get(absent).status_code == 404


@pytest.mark.parametrize("path", ["zaaknummer_reserveren", "reserveer_zaaknummer"])
def test_a_reserved_number_is_used_only_when_it_is_sent(werk: Werk, path: str) -> None:
    number = werk.make(path, bronorganisatie=RSIN)["zaaknummer"]
    assert werk.zaak()["identificatie"] != number
    assert werk.zaak(identificatie=number)["identificatie"] == number
    several = werk.post(path, bronorganisatie=RSIN, aantal=3)
    assert several.status_code == 201
    assert len({each["zaaknummer"] for each in several.json()} | {number}) == 4


def test_reserving_checks_what_it_gets(werk: Werk) -> None:
    answer = werk.post("zaaknummer_reserveren", bronorganisatie="123456789", aantal=0)
    assert faults(answer) == {("bronorganisatie", "invalid"), ("aantal", "min_value")}
    assert faults(werk.post("zaaknummer_reserveren", aantal=1001)) == {
        ("bronorganisatie", "required"),
        ("aantal", "max_value"),
    }
    reader = werk.client("zaken.lezen")
    answer = werk.post("zaaknummer_reserveren", reader, bronorganisatie=RSIN)
    assert answer.status_code == 403
