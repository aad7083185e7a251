"""The command line: what a beheerder types, and what he is told."""

from __future__ import annotations

import importlib
import importlib.util
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from loket.ledger.database import one
from loket.site.cli import assembled
from tests.registers.catalogi import zips
from tests.registers.catalogi.beheer import Beheer

if TYPE_CHECKING:
    from typer.testing import Result

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

EXPORT = Path(__file__).parents[3] / "shared" / "data" / "inavigator" / "gemeente-export.xml"


def loket(*arguments: str) -> Result:
    return CliRunner().invoke(assembled(), [*arguments, "--tenant", "demo"])


def told(*arguments: str) -> Any:
    result = loket(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.mark.parametrize("module", ["django", "psycopg", "shapely", "typer"])
def test_what_is_installed_is_compiled(module: str) -> None:
    """Without bytecode every process compiles the house anew, also where Python may not keep it."""
    source = importlib.import_module(module).__file__
    assert source is not None
    assert Path(importlib.util.cache_from_source(source)).exists()


@pytest.fixture
def beheer(api: Api) -> Beheer:
    return Beheer(api)


def test_a_superuser_gets_all_rights_and_one_purpose(gemeente: Tenant) -> None:
    del gemeente
    assert told("client", "add", "--id", "zac", "--secret", "geheim", "--superuser") == [
        {"client": "zac", "superuser": True, "doelen": ["urn:loket:verwerking:dienstverlening"]}
    ]
    row = one("SELECT heeft_alle_autorisaties FROM autorisaties_applicatie")
    assert row[0] is True


def test_adding_a_client_again_gives_it_another_secret(gemeente: Tenant) -> None:
    del gemeente
    for secret in ("een", "twee"):
        loket("client", "add", "--id", "zac", "--secret", secret, "--superuser")
    assert one("SELECT geheim FROM beheer_client")[0] == "twee"
    assert one("SELECT count(*) FROM autorisaties_applicatie")[0] == 1


def test_a_client_without_rights_may_exist(gemeente: Tenant) -> None:
    del gemeente
    told("client", "add", "--id", "kaal", "--secret", "geheim")
    assert one("SELECT count(*) FROM autorisaties_applicatie")[0] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"geen xml", "Regel 1, kolom"),
        (b"<html></html>", "Regel 1, kolom"),
        (b"", "Regel 1, kolom"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "Regel 1, kolom"),
    ],
    ids=["no xml", "another schema", "empty", "entities"],
)
def test_a_broken_file_gets_one_clear_error_and_leaves_nothing(
    gemeente: Tenant, tmp_path: Path, content: bytes, said: str
) -> None:
    del gemeente
    file = tmp_path / "export.xml"
    file.write_bytes(content)
    result = loket("catalogi", "import", "inavigator", str(file))
    assert result.exit_code == 1
    assert said in result.output
    assert one("SELECT count(*) FROM catalogi_catalogus")[0] == 0


def test_half_a_file_leaves_nothing(gemeente: Tenant, tmp_path: Path) -> None:
    del gemeente
    file = tmp_path / "half.xml"
    whole = EXPORT.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert loket("catalogi", "import", "inavigator", str(file)).exit_code == 1
    assert one("SELECT count(*) FROM catalogi_catalogus")[0] == 0


def test_importing_twice_changes_nothing(gemeente: Tenant) -> None:
    del gemeente
    before = one("SELECT count(*) FROM ledger_event")[0]
    first = told("catalogi", "import", "inavigator", str(EXPORT))
    events = one("SELECT count(*) FROM ledger_event")[0]
    again = told("catalogi", "import", "inavigator", str(EXPORT))
    assert sum(line["uitkomst"] == "gemaakt" for line in first) == events - before
    assert {line["uitkomst"] for line in again} == {"overgeslagen"}
    assert one("SELECT count(*) FROM ledger_event")[0] == events
    assert one("SELECT count(*) FROM catalogi_zaaktype WHERE NOT concept")[0] == 0


def test_an_unknown_subscriber_is_refused(gemeente: Tenant) -> None:
    del gemeente
    result = loket("events", "replay", "--subscriber", "niemand", "--from", "1")
    assert (result.exit_code, "adresverificatie" in result.output) == (2, True)


def test_a_catalogus_goes_out_and_comes_in_as_a_zip(beheer: Beheer, tmp_path: Path) -> None:
    beheer.zaaktype()
    file = tmp_path / "catalogus.zip"
    answer = told("catalogi", "export", "TESTS", str(file))
    assert answer == [{"bestand": str(file), "bytes": file.stat().st_size}]
    again = told("catalogi", "import", "zip", str(file))
    assert {(each["soort"], each["uitkomst"]) for each in again} == {
        ("catalogus", "overgeslagen"),
        ("zaaktype", "overgeslagen"),
    }
    newer = told("catalogi", "import", "zip", str(file), "--begin", "2025-01-01")
    assert [each["uitkomst"] for each in newer] == ["overgeslagen", "gemaakt"]


def test_a_zip_that_is_wrong_gets_one_sentence(beheer: Beheer, tmp_path: Path) -> None:
    del beheer
    file = tmp_path / "fout.zip"
    file.write_bytes(b"geen zip")
    result = loket("catalogi", "import", "zip", str(file))
    assert result.exit_code == 1
    assert "Dit is geen (hele) ZIP. Er is niets ingelezen." in result.output
    assert loket("catalogi", "import", "zip", str(tmp_path / "niets.zip")).exit_code == 2
    assert loket("catalogi", "export", "ANDERS", str(file)).exit_code == 2
    assert "Kies uit: TESTS/517439943" in loket("catalogi", "export", "X", str(file)).output


def test_what_is_refused_in_a_zip_is_told_as_text(beheer: Beheer, tmp_path: Path) -> None:
    del beheer
    files = zips.open_zaak()
    files["RolType.json"][0] |= {"omschrijving": "[/red]", "omschrijvingGeneriek": "[bold]baas"}
    file = tmp_path / "catalogus.zip"
    file.write_bytes(zips.zipped(files).getvalue())
    result = loket("catalogi", "import", "zip", str(file))
    assert result.exit_code == 1
    assert "[/red]" in result.output
    assert one("SELECT count(*) FROM catalogi_zaaktype")[0] == 0
    result = loket("catalogi", "import", "zip", str(file), "--catalogus", "TESTS")
    assert "1 keer geweigerd. Er is niets ingelezen." in result.output
