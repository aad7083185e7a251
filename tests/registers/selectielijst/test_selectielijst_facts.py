"""The Selectielijst: our files say what was published, and can be made again from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from loket.registers.selectielijst import facts

ROOT = Path(__file__).parents[3]
SOURCE = ROOT.parent / "shared" / "data" / "selectielijst"
OURS = Path(facts.__file__).parent
NAMES = ["procestypen.json", "resultaten.json", "resultaattypeomschrijvingen.json"]


def published(name: str) -> list[dict[str, object]]:
    """Read the records that were published."""
    return [entry["fields"] for entry in json.loads((SOURCE / name).read_text("utf-8"))]


def test_our_files_are_what_the_script_makes(tmp_path: Path) -> None:
    script = ROOT / "scripts" / "selectielijst.py"
    subprocess.run([sys.executable, script, SOURCE, tmp_path], check=True)  # noqa: S603 - our own
    for name in NAMES:
        assert (tmp_path / name).read_text("utf-8") == (OURS / name).read_text("utf-8")


def test_all_that_was_published_is_there_under_its_own_uuid() -> None:
    for name, ours in (
        ("selectielijst_2020_procestypen.json", facts.procestypen()),
        ("selectielijst_2020_resultaten.json", facts.resultaten()),
    ):
        assert [fields["uuid"] for fields in published(name)] == [each.uuid for each in ours]


def test_the_prose_stays_behind() -> None:
    prose = [fields["toelichting"] for fields in published("selectielijst_2020_procestypen.json")]
    ours = "".join((OURS / name).read_text("utf-8") for name in NAMES)
    assert not [text for text in prose if text and str(text) in ours]


@pytest.mark.parametrize(
    ("nummer", "naam", "waardering", "termijn", "procestermijn"),
    [
        ("8.2", "Geweigerd", "vernietigen", "P5Y", "nihil"),
        ("8.3.5", "Beëindigd", "vernietigen", "P5Y", "nihil"),
        ("8.4.1", "Afgebroken", "vernietigen", "P42D", "nihil"),
        ("11.1", "Verleend", "vernietigen", "P1Y", "bestaansduur_procesobject"),
        ("1.1.1", "Ingericht", "blijvend_bewaren", None, ""),
    ],
)
def test_a_resultaat_is_found_by_its_full_number(
    nummer: str, naam: str, waardering: str, termijn: str | None, procestermijn: str
) -> None:
    found = facts.resultaat(nummer)
    assert found is not None
    assert (found.naam, found.waardering, found.bewaartermijn) == (naam, waardering, termijn)
    assert found.procestermijn == procestermijn
    assert found.procestype.nummer == int(nummer.partition(".")[0])
    assert facts.resultaat_by_uuid(found.uuid) is found


def test_full_numbers_are_unique() -> None:
    numbers = [each.volledig_nummer for each in facts.resultaten()]
    assert len(set(numbers)) == len(numbers)


def test_a_specific_resultaat_knows_its_generic_one() -> None:
    specific, generic = facts.resultaat("8.3.5"), facts.resultaat("8.3")
    assert specific is not None
    assert generic is not None
    assert specific.generiek_resultaat == generic.uuid
    assert generic.generiek_resultaat is None


def test_what_was_withdrawn_says_so() -> None:
    withdrawn = [each.volledig_nummer for each in facts.resultaten() if each.vervallen]
    assert withdrawn == ["7.1.20", "19.1.13"]


def test_what_is_unknown_is_not_found() -> None:
    assert facts.resultaat("8.99") is None
    assert facts.resultaat_by_uuid("8.99") is None
    assert facts.procestype("1") is None
    assert facts.resultaattypeomschrijving("Weggelopen") is None


def test_generic_names_fit_the_standard_and_keep_their_uuid() -> None:
    for each in facts.resultaattypeomschrijvingen():
        assert str(UUID(each.uuid)) == each.uuid
        assert 0 < len(each.omschrijving) <= 20
        assert len(each.definitie) <= 255
    for fields in published("resultaattypeomschrijvingen.json"):
        found = facts.resultaattypeomschrijving(str(fields["omschrijving"]).upper())
        assert found is not None
        assert found.uuid == fields["uuid"]
