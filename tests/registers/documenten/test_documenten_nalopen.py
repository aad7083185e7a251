"""Rows without a file and files without a row are found, and the latter can be removed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from typer.testing import CliRunner

from loket.grammar.files import Kept
from loket.registers.documenten import nalopen
from loket.site import tenants
from loket.site.cli import assembled

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

    from loket.kernel.tenant import Tenant
    from tests.registers.documenten.documentwerk import Documentwerk


def test_all_is_well(werk: Documentwerk) -> None:
    werk.document()
    werk.document(None, bestandsomvang=10)
    found = nalopen.check()
    assert (found.rows, found.files, found.clean) == (1, 1, True)


def test_what_does_not_belong_together_is_found(werk: Documentwerk) -> None:
    gone, cut_off, kept = werk.document(), werk.document(), werk.document()
    werk.change(kept, titel="Twee")
    files = werk.opslag.files
    del files[next(key for key in files if key.startswith(gone["uuid"]))]
    files[next(key for key in files if key.startswith(cut_off["uuid"]))] = b"half"
    orphan = f"{uuid4()}/{uuid4()}"
    files[orphan] = b"wees"
    files["iets/anders"] = b"van een ander register"
    found = nalopen.check()
    assert [each["document"] for each in found.missing] == [gone["uuid"]]
    assert [each["document"] for each in found.differing] == [cut_off["uuid"]]
    assert (found.orphans, found.removed, found.clean) == ([orphan], 0, False)
    assert nalopen.check(repair=True).removed == 1
    assert orphan not in files
    assert "iets/anders" in files
    assert nalopen.check().orphans == []


def test_a_young_file_may_be_under_way(werk: Documentwerk, monkeypatch: pytest.MonkeyPatch) -> None:
    key = f"{uuid4()}/{uuid4()}"

    def young(prefix: str = "") -> Iterator[Kept]:
        if key.startswith(prefix):
            yield Kept(key, 1, datetime.now(UTC))

    monkeypatch.setattr(werk.opslag, "keys", young)
    assert nalopen.check(repair=True).orphans == []


def test_the_command_tells_and_exits(
    werk: Documentwerk, gemeente: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tenants, "everyone", lambda: [gemeente])
    run = CliRunner()
    clean = run.invoke(assembled(), ["documenten", "check"])
    assert clean.exit_code == 0, clean.output
    werk.opslag.files[f"{uuid4()}/{uuid4()}"] = b"wees"
    found = run.invoke(assembled(), ["documenten", "check", "--json"])
    assert found.exit_code == 1
    assert len(json.loads(found.stdout)[0]["orphans"]) == 1
    told = run.invoke(assembled(), ["documenten", "check", "--repair"])
    assert told.exit_code == 0, told.output
    assert werk.opslag.files == {}
