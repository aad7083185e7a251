"""What Open Zaak has beyond the standard is there as well, for its clients use it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from loket.grammar.openapi import document
from loket.grammar.register import registers
from loket.site import oas
from loket.site.oas_comparison import compare
from loket.site.oas_deviations import split

ROOT = Path(__file__).resolve().parents[2]

OPEN_ZAAK = {
    "autorisaties": "zgw-autorisaties-1.0.0.openzaak-1.30.yaml",
    "catalogi": "zgw-catalogi-1.3.1.openzaak-1.30.yaml",
    "zaken": "zgw-zaken-1.5.1.openzaak-1.30.yaml",
}
"""A register that is complete adds the name of its file here."""


def _published(name: str) -> Any:
    text = (oas.standards(ROOT) / OPEN_ZAAK[name]).read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.CSafeLoader)


@pytest.mark.rule("zgw-oas")
@pytest.mark.parametrize("name", OPEN_ZAAK)
def test_every_path_operation_parameter_and_property_is_there(name: str) -> None:
    [register] = [each for each in registers.values() if each.name == name]
    made = compare(name, document(register, oas.BASE), _published(name))
    unexplained, _, _ = split(name, made.gaps)
    assert [str(each) for each in unexplained if each.remark == "ontbreekt"] == []
    assert made.absent["operation"] == 0
