"""The repository's own papers are complete and well-formed."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from tests.architecture.source_tree import ROOT

PUBLICCODE = {
    "publiccodeYmlVersion": str,
    "name": str,
    "url": str,
    "platforms": list,
    "developmentStatus": str,
    "softwareType": str,
    "description": dict,
    "legal": dict,
    "maintenance": dict,
    "localisation": dict,
}
A_PAGE = 440
"""Words that fit a page of A4, with its headings."""

FRAGMENT = re.compile(r"\+[a-z0-9-]+\.(feature|bugfix|doc|removal|misc)\.md")


@pytest.fixture(name="publiccode")
def _publiccode() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    return read


def test_publiccode_has_what_the_standard_asks(publiccode: dict[str, Any]) -> None:
    for key, kind in PUBLICCODE.items():
        assert isinstance(publiccode.get(key), kind), key
    assert publiccode["maintenance"]["contacts"]
    assert "nl" in publiccode["localisation"]["availableLanguages"]
    for language, text in publiccode["description"].items():
        assert len(text["shortDescription"]) <= 150, language
        assert 150 <= len(text["longDescription"]) <= 10_000, language
        assert text["features"], language


def test_publiccode_agrees_with_the_project(publiccode: dict[str, Any]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert publiccode["softwareVersion"] == project["version"]
    assert publiccode["legal"]["license"] == project["license"] == "EUPL-1.2"


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    articles = [int(number) for number in re.findall(r"^(\d+)\.", text, re.MULTILINE)]
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert articles == list(range(1, 16))
    assert text.rstrip().endswith("require the production of a new EUPL version.")


@pytest.mark.parametrize(
    "paper", ["README", "SECURITY", "CONTRIBUTING", "CODE_OF_CONDUCT", "CHANGELOG"]
)
def test_a_paper_says_something(paper: str) -> None:
    assert len((ROOT / f"{paper}.md").read_text(encoding="utf-8").split()) > 20


def test_changelog_fragments_are_named_as_towncrier_reads_them() -> None:
    names = [path.name for path in (ROOT / "changelog.d").glob("*.md")]
    assert all(FRAGMENT.fullmatch(name) for name in names), names


def test_decisions_are_numbered_without_gaps_and_fit_a_page() -> None:
    decisions = sorted((ROOT / "docs/explanation/decisions").glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in decisions] == list(range(1, len(decisions) + 1))
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert len(text.split()) <= A_PAGE, path.name
        assert date.fromisoformat(text.partition("Date: ")[2][:10]) <= datetime.now(UTC).date()
        for heading in ("## Context", "## Decision", "## Consequences"):
            assert heading in text, (path.name, heading)
