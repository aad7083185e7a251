"""Versions of a document, and the lock that every change asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.registers.documenten.documentwerk import EIO, INHOUD, base64_of, faults

if TYPE_CHECKING:
    from tests.registers.documenten.documentwerk import Documentwerk

NFE = "nonFieldErrors"


@pytest.mark.rule("drc-oas")
def test_each_change_makes_a_version_and_the_old_ones_can_be_read(werk: Documentwerk) -> None:
    made = werk.document()
    second = werk.change(made, titel="Twee", inhoud=base64_of(b"twee"), bestandsomvang=4)
    third = werk.change(made, titel="Drie")
    assert [second["versie"], third["versie"]] == [2, 3]
    assert second["beginRegistratie"] > made["beginRegistratie"]
    shown = [werk.read(made["url"], versie=nr) for nr in (1, 2, 3)]
    assert [each["titel"] for each in shown] == ["Een brief", "Twee", "Drie"]
    assert [each["versie"] for each in shown] == [1, 2, 3]
    assert werk.read(made["url"]) == shown[2]
    assert [each["titel"] for each in werk.read(EIO)["results"]] == ["Drie"]
    contents = [werk.api.get(each["inhoud"]).content for each in shown]
    assert contents == [INHOUD, b"twee", b"twee"]
    assert werk.api.get(f"{made['url']}/download").content == b"twee"


@pytest.mark.rule("drc-oas")
def test_the_version_of_a_moment_can_be_read(werk: Documentwerk) -> None:
    made = werk.document()
    second = werk.change(made, titel="Twee")
    werk.change(made, titel="Drie")
    for version in (made, second):
        moment = version["beginRegistratie"]
        assert werk.read(made["url"], registratieOp=moment)["titel"] == version["titel"]
    download = werk.api.get(
        f"{made['url']}/download", params={"registratieOp": made["beginRegistratie"]}
    )
    assert download.content == INHOUD
    absent = {"registratieOp": "2020-01-01T00:00:00Z"}
    assert werk.api.get(made["url"], params=absent).status_code == 404


def test_a_version_that_is_not_there_is_not_found(werk: Documentwerk) -> None:
    made = werk.document()
    assert werk.api.get(made["url"], params={"versie": 2}).status_code == 404
    assert faults(werk.api.get(made["url"], params={"versie": "twee"})) == {("versie", "invalid")}


def test_who_may_not_see_the_newest_version_sees_no_other(werk: Documentwerk) -> None:
    made = werk.document(vertrouwelijkheidaanduiding="openbaar")
    reader = werk.client("documenten.lezen", level="intern")
    assert reader.get(made["url"]).status_code == 200
    werk.change(made, vertrouwelijkheidaanduiding="geheim")
    for asked in ({}, {"versie": 1}, {"versie": 2}):
        assert reader.get(made["url"], params=asked).status_code == 403
        assert reader.get(f"{made['url']}/download", params=asked).status_code == 403


@pytest.mark.rule("drc-009")
def test_only_who_holds_the_lock_may_change(werk: Documentwerk) -> None:
    made = werk.document()
    put = werk.body(None)
    patch = {"titel": "Anders"}
    api, url = werk.api, made["url"]
    assert faults(api.patch(url, json=patch)) == {(NFE, "unlocked")}
    assert faults(api.patch(url, json={**patch, "lock": "iets"})) == {(NFE, "unlocked")}
    assert faults(api.put(url, json=put)) == {("lock", "required")}
    lock = werk.lock(made)
    assert len(lock) >= 32
    assert werk.read(url)["locked"] is True
    assert "lock" not in werk.read(url)
    assert faults(api.patch(url, json=patch)) == {(NFE, "missing-lock-id")}
    assert faults(api.put(url, json=put)) == {("lock", "required")}
    wrong = {"lock": "f" * len(lock)}
    assert faults(api.patch(url, json={**patch, **wrong})) == {(NFE, "incorrect-lock-id")}
    assert faults(api.put(url, json={**put, **wrong})) == {(NFE, "incorrect-lock-id")}
    assert api.put(url, json={**put, "lock": lock}).status_code == 200
    assert api.patch(url, json={**patch, "lock": lock}).status_code == 200
    werk.unlock(made, lock)
    assert werk.read(url)["locked"] is False


@pytest.mark.rule("drc-009")
def test_a_lock_is_given_once_and_taken_away_by_who_has_it(werk: Documentwerk) -> None:
    made = werk.document()
    lock = werk.lock(made)
    assert faults(werk.api.post(f"{made['url']}/lock")) == {(NFE, "existing-lock")}
    holder = werk.client("documenten.lock", "documenten.lezen")
    unlock = f"{made['url']}/unlock"
    assert faults(holder.post(unlock)) == {(NFE, "missing-lock-id")}
    assert faults(holder.post(unlock, json={})) == {(NFE, "missing-lock-id")}
    assert faults(holder.post(unlock, json={"lock": "mis"})) == {(NFE, "incorrect-lock-id")}
    assert holder.post(unlock, json={"lock": lock}).status_code == 204
    assert werk.lock(made) != lock
    forcer = werk.client("documenten.geforceerd-unlock")
    assert faults(forcer.post(unlock, json={"lock": "mis"})) == {(NFE, "incorrect-lock-id")}
    assert forcer.post(unlock).status_code == 204
    assert werk.read(made["url"])["locked"] is False


@pytest.mark.rule("drc-009")
def test_a_locked_document_cannot_be_removed(werk: Documentwerk) -> None:
    made = werk.document()
    lock = werk.lock(made)
    assert faults(werk.api.delete(made["url"])) == {(NFE, "destroy-locked")}
    werk.unlock(made, lock)
    assert werk.api.delete(made["url"]).status_code == 204


@pytest.mark.rule("drc-009")
def test_the_lock_stands_in_no_audit_trail(werk: Documentwerk) -> None:
    made = werk.document(None, bestandsomvang=10)
    assert made["lock"]
    assert made["lock"] not in werk.api.get(f"{made['url']}/audittrail").text
    assert made["lock"] not in werk.api.get(made["url"]).text


@pytest.mark.rule("drc-010")
def test_a_final_document_of_another_type_may_change(werk: Documentwerk) -> None:
    made = werk.document(status="definitief")
    other = werk.type("Nota")
    changed = werk.change(made, titel="Toch anders", informatieobjecttype=other)
    assert changed["informatieobjecttype"] == other


def test_a_put_keeps_the_file_that_it_does_not_name(werk: Documentwerk) -> None:
    made = werk.document()
    lock = werk.lock(made)
    for extra in ({}, {"inhoud": made["inhoud"], "bestandsomvang": len(INHOUD)}):
        sent = {**werk.body(None), "lock": lock, **extra}
        assert werk.api.put(made["url"], json=sent).status_code == 200
    shown = werk.read(made["url"])
    assert (shown["versie"], shown["bestandsomvang"]) == (3, len(INHOUD))
    assert werk.api.get(shown["inhoud"]).content == INHOUD


def test_a_document_that_is_not_there_cannot_be_locked(werk: Documentwerk) -> None:
    for command in ("lock", "unlock", "download"):
        method = "GET" if command == "download" else "POST"
        assert werk.api.request(method, f"{EIO}/{uuid4()}/{command}").status_code == 404


def test_a_change_that_is_refused_leaves_no_version_and_no_file(werk: Documentwerk) -> None:
    made = werk.document()
    known = set(werk.opslag.files)
    lock = werk.lock(made)
    sent = {"inhoud": base64_of(b"nieuw"), "bestandsomvang": 4, "lock": lock}
    assert faults(werk.api.patch(made["url"], json=sent)) == {(NFE, "file-size")}
    assert set(werk.opslag.files) == known
    assert werk.read(made["url"])["versie"] == 1
