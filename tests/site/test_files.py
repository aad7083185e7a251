"""What the house stores files with, as the settings say."""

from __future__ import annotations

import json
import os
import time
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import RequestFactory
from moto import mock_aws

from loket.grammar import files as port
from loket.grammar.files import Infected, Unavailable
from loket.kernel import tenant
from loket.simulators.clamd.looking import EICAR
from loket.simulators.clamd.server import Mode, Server
from loket.site import files, health

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loket.kernel.tenant import Tenant


@pytest.fixture(autouse=True)
def as_before(scanner: Server) -> Iterator[None]:
    yield
    scanner.mode = Mode.NONE
    files.connect()


def ontbreekt() -> tuple[int, list[str]]:
    """Ask as `/readyz` does, but without Django's end of a request: it closes our transaction."""
    answer = health.ready(RequestFactory().get("/readyz"))
    names = json.loads(answer.content).get("ontbreekt", [])
    return answer.status_code, [name.partition(":")[0] for name in names]


def test_files_of_a_tenant_stand_below_its_name(gemeente: Tenant, andere: Tenant) -> None:
    port.storage().put("a/b", [b"van ons"])
    assert (settings.DATA_DIR / "documenten" / gemeente.name / "a" / "b").read_bytes() == b"van ons"
    with tenant.entered(andere):
        assert "a/b" not in [each.key for each in port.storage().keys("")]
    assert port.storage().remove("a/") == 1


def test_a_file_is_scanned() -> None:
    port.scanner().scan([b"schoon"])
    with pytest.raises(Infected):
        port.scanner().scan([EICAR])


def test_another_folder_can_be_chosen(
    gemeente: Tenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STORAGE", f"file:{tmp_path}/elders")
    files.connect()
    port.storage().put("a/b", [b"x"])
    assert (tmp_path / "elders" / gemeente.name / "a" / "b").exists()


def test_half_files_of_days_ago_are_swept_for_all(
    gemeente: Tenant, andere: Tenant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STORAGE", f"file:{tmp_path}")
    files.connect()
    for which, days in ((gemeente, 0), (gemeente, 2), (andere, 3)):
        half = tmp_path / which.name / ".half" / f"{days}"
        half.parent.mkdir(parents=True, exist_ok=True)
        half.touch()
        os.utime(half, (time.time() - days * 86_400,) * 2)
    assert files.sweep() == 2
    (tmp_path / andere.name / ".half").rmdir()
    (tmp_path / andere.name / ".half").touch()
    assert files.sweep() == 0


def test_a_bucket_can_be_chosen(
    gemeente: Tenant, andere: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STORAGE", "s3://documenten?region=eu-west-1")
    monkeypatch.setattr(settings, "S3_ACCESS_KEY", "key")
    monkeypatch.setattr(settings, "S3_SECRET_KEY", "secret")
    with mock_aws():
        files.connect()
        assert [name.partition(":")[0] for name in files.missing()] == ["opslag"]
        (house,) = files._house  # noqa: SLF001 - the client of this process
        house.storage("").client.create_bucket(  # type: ignore[attr-defined]
            Bucket="documenten", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        assert files.missing() == []
        port.storage().put("a/b", [b"x"])
        assert [each.key for each in house.storage("").keys("")] == [f"{gemeente.name}/a/b"]
        with tenant.entered(andere):
            assert list(port.storage().keys("")) == []


@pytest.mark.parametrize(
    ("name", "url"),
    [("STORAGE", "ftp://host"), ("STORAGE", "s3://bucket"), ("CLAMD_URL", "http://host")],
)
def test_settings_that_cannot_work_stop_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, url: str
) -> None:
    monkeypatch.setattr(settings, name, url)
    with pytest.raises(ValueError, match=r"s3|S3|tcp"):
        files.connect()


@pytest.mark.usefixtures("gemeente")
def test_the_house_is_not_ready_without_its_scanner(scanner: Server) -> None:
    assert ontbreekt() == (200, [])
    scanner.mode = Mode.DROP
    assert ontbreekt() == (503, ["virusscanner"])


@pytest.mark.usefixtures("gemeente")
def test_the_house_is_not_ready_without_its_storage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in-de-weg").touch()
    monkeypatch.setattr(settings, "STORAGE", f"file:{tmp_path}/in-de-weg/map")
    files.connect()
    assert ontbreekt() == (503, ["opslag"])


def test_no_scanner_in_the_settings_means_no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CLAMD_URL", "")
    files.connect()
    with pytest.raises(Unavailable, match="ingesteld"):
        port.scanner().scan([b"schoon"])
    assert [name.partition(":")[0] for name in files.missing()] == ["virusscanner"]
