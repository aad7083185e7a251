"""Large files come in parts: each of its own size, under the lock, joined at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings

from loket.ledger import dispatch
from loket.registers.documenten import opruimen
from tests.registers.documenten.documentwerk import DOCUMENTEN, faults
from tests.registers.documenten.opslag import VIRUS

if TYPE_CHECKING:
    from tests.registers.documenten.documentwerk import Documentwerk

NFE = "nonFieldErrors"
PIECES = (b"0123456789", b"abcdefghij", b"klm")
WHOLE = b"".join(PIECES)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take ten bytes at once, and remove files from now on."""
    monkeypatch.setattr(settings, "PART_SIZE", 10)
    monkeypatch.setattr(dispatch, "subscribers", {})
    opruimen.subscribe_to_removals()


def deliver() -> None:
    dispatch.route()
    while dispatch.deliver_one():
        pass


def begun(werk: Documentwerk, **body: Any) -> Any:
    return werk.document(None, bestandsomvang=len(WHOLE), inhoud=None, **body)


def send(werk: Documentwerk, made: Any, pieces: tuple[bytes, ...] = PIECES) -> None:
    for part, piece in zip(made["bestandsdelen"], pieces, strict=False):
        answer = werk.put_part(part, piece, made["lock"])
        assert answer.status_code == 200, answer.text
        assert answer.json() == {**part, "voltooid": True, "lock": made["lock"]}


@pytest.mark.rule("drc-oas")
def test_a_large_file_comes_in_parts(werk: Documentwerk) -> None:
    made = begun(werk)
    assert (made["locked"], made["inhoud"]) == (True, None)
    parts = made["bestandsdelen"]
    assert [part["omvang"] for part in parts] == [10, 10, 3]
    assert [part["volgnummer"] for part in parts] == [1, 2, 3]
    assert [part["voltooid"] for part in parts] == [False, False, False]
    send(werk, made)
    assert [part["voltooid"] for part in werk.read(made["url"])["bestandsdelen"]] == [True] * 3
    werk.unlock(made, made["lock"])
    shown = werk.read(made["url"])
    assert (shown["locked"], shown["bestandsdelen"], shown["versie"]) == (False, [], 1)
    assert werk.api.get(shown["inhoud"]).content == WHOLE
    deliver()
    assert len(werk.opslag.files) == 1


@pytest.mark.rule("drc-oas")
def test_a_part_has_exactly_its_size_and_the_lock(werk: Documentwerk) -> None:
    made = begun(werk)
    first, lock = made["bestandsdelen"][0], made["lock"]
    assert faults(werk.put_part(first, b"te kort", lock)) == {(NFE, "file-size")}
    assert faults(werk.put_part(first, b"veel en veel te lang", lock)) == {(NFE, "file-size")}
    assert faults(werk.put_part(first, PIECES[0], "mis")) == {(NFE, "incorrect-lock-id")}
    assert faults(werk.put_part(first, PIECES[0], "")) == {("lock", "required")}
    answer = werk.api.put(first["url"], files={"lock": (None, lock)})
    assert faults(answer) == {("inhoud", "required")}
    assert werk.api.put(first["url"], json={"lock": lock}).status_code == 415
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert werk.api.put(first["url"], content=b"niets", headers=kind).status_code == 400
    assert werk.opslag.files == {}


@pytest.mark.rule("drc-oas")
def test_an_upload_that_is_not_complete_is_not_joined(werk: Documentwerk) -> None:
    made = begun(werk)
    send(werk, made, PIECES[:2])
    unlock = f"{made['url']}/unlock"
    refused = werk.api.post(unlock, json={"lock": made["lock"]})
    assert faults(refused) == {(NFE, "incomplete-upload")}
    send(werk, {**made, "bestandsdelen": made["bestandsdelen"][2:]}, PIECES[2:])
    werk.unlock(made, made["lock"])
    assert werk.api.get(f"{made['url']}/download").content == WHOLE


def test_an_upload_that_was_cut_off_can_be_thrown_away_by_force(werk: Documentwerk) -> None:
    made = begun(werk)
    send(werk, made, PIECES[:1])
    assert (
        werk.client("documenten.geforceerd-unlock").post(f"{made['url']}/unlock").status_code == 204
    )
    shown = werk.read(made["url"])
    assert (shown["locked"], shown["bestandsdelen"]) == (False, [])
    assert (shown["inhoud"], shown["bestandsomvang"]) == (None, None)
    deliver()
    assert werk.opslag.files == {}


def test_an_upload_that_was_cut_off_can_be_removed(werk: Documentwerk) -> None:
    made = begun(werk)
    send(werk, made, PIECES[:1])
    assert werk.api.delete(made["url"]).status_code == 204
    deliver()
    assert werk.opslag.files == {}


def test_a_part_may_be_sent_again(werk: Documentwerk) -> None:
    made = begun(werk)
    send(werk, made, (b"XXXXXXXXXX",))
    send(werk, made)
    werk.unlock(made, made["lock"])
    assert werk.api.get(f"{made['url']}/download").content == WHOLE


def test_the_whole_is_scanned_and_checked(werk: Documentwerk) -> None:
    made = werk.document(None, bestandsomvang=len(VIRUS))
    for start, part in enumerate(made["bestandsdelen"]):
        werk.put_part(part, VIRUS[start * 10 : start * 10 + 10], made["lock"])
    refused = werk.api.post(f"{made['url']}/unlock", json={"lock": made["lock"]})
    assert (refused.status_code, refused.json()["code"]) == (400, "virus-gevonden")
    assert werk.read(made["url"])["locked"] is True
    png = b"\x89PNG\r\n\x1a\n0123456789"
    made = werk.document(None, bestandsomvang=len(png), formaat="application/pdf")
    for start, part in enumerate(made["bestandsdelen"]):
        werk.put_part(part, png[start * 10 : start * 10 + 10], made["lock"])
    refused = werk.api.post(f"{made['url']}/unlock", json={"lock": made["lock"]})
    assert faults(refused) == {("formaat", "formaat-mismatch")}


def test_a_checksum_of_the_whole_is_checked(werk: Documentwerk) -> None:
    integriteit = {"algoritme": "md5", "waarde": "0" * 32, "datum": "2026-01-05"}
    made = begun(werk, integriteit=integriteit)
    send(werk, made)
    refused = werk.api.post(f"{made['url']}/unlock", json={"lock": made["lock"]})
    assert faults(refused) == {("integriteit.waarde", "checksum-mismatch")}


def test_a_new_version_may_come_in_parts(werk: Documentwerk) -> None:
    made = werk.document()
    lock = werk.lock(made)
    sent = {"inhoud": None, "bestandsomvang": len(WHOLE), "lock": lock}
    changed = werk.api.patch(made["url"], json=sent).json()
    assert (changed["versie"], len(changed["bestandsdelen"])) == (2, 3)
    send(werk, {**changed, "lock": lock})
    werk.unlock(made, lock)
    assert werk.api.get(f"{made['url']}/download").content == WHOLE
    assert werk.api.get(made["inhoud"]).status_code == 200


def test_parts_ask_for_the_right_to_change(werk: Documentwerk) -> None:
    made = begun(werk)
    reader = werk.client("documenten.lezen")
    url = made["bestandsdelen"][0]["url"]
    files = {"inhoud": ("deel", PIECES[0])}
    assert reader.put(url, data={"lock": made["lock"]}, files=files).status_code == 403
    other = werk.client("documenten.bijwerken", type_=werk.type("Nota"))
    assert other.put(url, data={"lock": made["lock"]}, files=files).status_code == 403
    absent = f"{DOCUMENTEN}/bestandsdelen/{made['uuid']}"
    assert werk.api.put(absent, data={"lock": "x"}, files=files).status_code == 404


def test_without_storage_a_part_is_not_there(werk: Documentwerk) -> None:
    made = begun(werk)
    werk.opslag.down = True
    answer = werk.put_part(made["bestandsdelen"][0], PIECES[0], made["lock"])
    assert (answer.status_code, answer.json()["code"]) == (503, "niet-bereikbaar")
    werk.opslag.down = False
    assert werk.read(made["url"])["bestandsdelen"][0]["voltooid"] is False
