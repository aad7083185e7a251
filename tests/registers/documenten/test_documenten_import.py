"""Bulk import: a CSV and a folder of files become documents, once each, with a report."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings

from loket.ledger.database import one
from loket.registers.documenten import importwerk
from loket.registers.documenten.importregels import COLUMNS
from tests.registers.documenten.documentwerk import DOCUMENTEN, EIO, RSIN, faults
from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.registers.documenten.documentwerk import Documentwerk

KIND = {"Content-Type": "text/csv"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two files, beside one that is out of reach."""
    made = tmp_path / "import"
    (made / "map").mkdir(parents=True)
    (made / "brief.txt").write_bytes(b"een")
    (made / "map" / "nota.txt").write_bytes(b"twee!")
    (tmp_path / "geheim.txt").write_bytes(b"geheim")
    (made / "koppeling.txt").symlink_to(tmp_path / "geheim.txt")
    monkeypatch.setattr(settings, "IMPORT_DIR", made)
    return made


def row(werk: Documentwerk, **columns: str) -> dict[str, str]:
    return dict.fromkeys(COLUMNS, "") | {
        "bronorganisatie": RSIN,
        "creatiedatum": "2026-01-05",
        "titel": "Een brief",
        "auteur": "Gemeente",
        "taal": "dut",
        "bestandspad": "brief.txt",
        "informatieobjecttype": werk.informatieobjecttype,
        **columns,
    }


def text(*rows: dict[str, str]) -> bytes:
    made = io.StringIO()
    writer = csv.DictWriter(made, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def begun(werk: Documentwerk) -> Any:
    answer = werk.api.post(f"{DOCUMENTEN}/import/create")
    assert answer.status_code == 201, answer.text
    return answer.json()


def imported(werk: Documentwerk, *rows: dict[str, str]) -> tuple[Any, list[dict[str, str]]]:
    """Import rows; return the status and the report."""
    made = begun(werk)
    answer = werk.api.post(made["uploadUrl"], content=text(*rows), headers=KIND)
    assert answer.status_code == 200, answer.text
    while importwerk.work_off():
        pass
    report = werk.api.get(made["reportUrl"])
    assert report.headers["Content-Type"] == "text/csv"
    return werk.read(made["statusUrl"]), list(csv.DictReader(io.StringIO(report.text)))


def test_rows_become_documents_with_their_files(werk: Documentwerk) -> None:
    typen = Typen(werk.api).publish()
    werk.informatieobjecttype = typen.informatieobjecttype
    zaak = Werk(werk.api, typen).zaak()
    key = str(uuid4())
    status, report = imported(
        werk,
        row(werk, uuid=key, zaakUuid=zaak["uuid"], trefwoorden="bouw, boom"),
        row(werk, bestandspad="map/nota.txt", bestandsomvang="5", status="definitief",
            **{"ondertekening.soort": "digitaal", "ondertekening.datum": "2026-01-05"}),
        row(werk, bestandspad="", titel="Zonder bestand", indicatieGebruiksrecht="false"),
    )  # fmt: skip
    assert status == {
        "total": 3, "processed": 3, "processedSuccessfully": 3, "processedInvalid": 0,
        "status": "finished",
    }  # fmt: skip
    assert [each["resultaat"] for each in report] == ["gelukt"] * 3
    made = werk.read(f"{EIO}/{key}")
    assert made["trefwoorden"] == ["bouw", "boom"]
    assert werk.api.get(made["inhoud"]).content == b"een"
    links = werk.api.get("/zaken/api/v1/zaakinformatieobjecten", params={"zaak": zaak["url"]})
    assert [each["informatieobject"] for each in links.json()] == [made["url"]]
    found = werk.read(EIO, ordering="bestandsomvang")["results"]
    assert {each["bestandsomvang"] for each in found} == {3, 5, None}


def test_what_is_wrong_with_a_row_stands_in_the_report(werk: Documentwerk) -> None:
    key = str(uuid4())
    status, report = imported(
        werk,
        row(werk, titel=""),
        row(werk, bestandspad="weg.txt"),
        row(werk, bestandspad="../geheim.txt"),
        row(werk, bestandspad="koppeling.txt"),
        row(werk, bestandsomvang="99"),
        row(werk, zaakUuid=str(uuid4())),
        row(werk, uuid="geen uuid"),
        row(werk, uuid=key, auteur="=1+1"),
        row(werk, uuid=key),
    )
    assert (status["processedSuccessfully"], status["processedInvalid"]) == (1, 8)
    told = [each["opmerking"] for each in report]
    for code, said in zip(
        ("required", "not-found", "not-found", "not-found", "file-size", "bad-url", "invalid"),
        told,
        strict=False,
    ):
        assert code in said
    assert report[7]["auteur"] == "'=1+1"
    assert "unique" in told[8]
    assert werk.read(EIO)["count"] == 1
    assert len(werk.opslag.files) == 1


def test_a_metadata_file_has_the_columns(werk: Documentwerk) -> None:
    url = begun(werk)["uploadUrl"]
    assert faults(werk.api.post(url, content=b"a,b\n", headers=KIND)) == {
        ("nonFieldErrors", "invalid-header")
    }
    short = text() + b"1,2\n"
    assert faults(werk.api.post(url, content=short, headers=KIND)) == {
        ("nonFieldErrors", "invalid-row")
    }
    assert werk.api.post(url, content=b"\xff\xfe", headers=KIND).status_code == 400
    assert werk.api.post(url, json={}).status_code == 415


def test_one_import_is_under_way_at_a_time(werk: Documentwerk) -> None:
    first, second = begun(werk), begun(werk)
    sent = text(row(werk))
    assert werk.api.post(first["uploadUrl"], content=sent, headers=KIND).status_code == 200
    assert werk.api.post(first["uploadUrl"], content=sent, headers=KIND).status_code == 409
    refused = werk.api.post(second["uploadUrl"], content=sent, headers=KIND)
    assert faults(refused) == {("nonFieldErrors", "active-import")}
    remove = first["statusUrl"].replace("/status", "/delete")
    assert werk.api.delete(remove).status_code == 409
    assert werk.api.get(first["reportUrl"]).status_code == 404
    while importwerk.work_off():
        pass
    assert werk.api.delete(remove).status_code == 204
    assert werk.api.get(first["statusUrl"]).status_code == 404
    assert werk.read(EIO)["count"] == 1


def test_an_import_waits_for_the_storage(werk: Documentwerk) -> None:
    made = begun(werk)
    werk.api.post(made["uploadUrl"], content=text(row(werk)), headers=KIND)
    werk.opslag.down = True
    assert importwerk.work_off() is False
    assert werk.read(made["statusUrl"])["processed"] == 0
    werk.opslag.down = False
    assert importwerk.work_off() is True
    assert werk.read(made["statusUrl"])["processedSuccessfully"] == 1


def test_a_row_is_done_once(werk: Documentwerk) -> None:
    made = begun(werk)
    werk.api.post(made["uploadUrl"], content=text(row(werk)), headers=KIND)
    found = one(importwerk.NEXT)
    importwerk.do_row(*found)
    importwerk.do_row(*found)
    assert werk.read(EIO)["count"] == 1
    assert len(werk.opslag.files) == 1


def test_importing_is_for_who_may_do_everything(werk: Documentwerk) -> None:
    maker = werk.client("documenten.aanmaken", "documenten.lezen")
    assert maker.post(f"{DOCUMENTEN}/import/create").status_code == 403
    made = begun(werk)
    assert maker.get(made["statusUrl"]).status_code == 403
