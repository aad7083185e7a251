"""Every rule of the ZGW standard is shown by a test, and every mark names a rule."""

from __future__ import annotations

from loket.site.docs.zgw_rules import RULES, marks, shown_by
from tests.architecture.source_tree import ROOT

KNOWN = {rule for rules in RULES.values() for rule in rules}


def test_every_mark_names_a_rule() -> None:
    assert set(shown_by(ROOT / "tests")) <= KNOWN


def test_every_rule_is_shown_by_a_test() -> None:
    assert KNOWN - set(shown_by(ROOT / "tests")) == set()


def test_the_mark_of_a_module_is_that_of_each_of_its_tests() -> None:
    source = "pytestmark = pytest.mark.rule('ac-001')\ndef test_one(): ...\ndef other(): ..."
    assert list(marks(source)) == [("test_one", "ac-001")]


def test_a_mark_is_found_with_its_test() -> None:
    source = "@pytest.mark.rule('zrc-001', 'zrc-002')\n@other\ndef test_this() -> None: ..."
    assert list(marks(source)) == [("test_this", "zrc-001"), ("test_this", "zrc-002")]
