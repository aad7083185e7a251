"""Colours can be read on each other, or are refused."""

from __future__ import annotations

import pytest

from loket.registers.beheer.kleuren import contrast, readable


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#767676", "#FFFFFF", 4.54),
     ("#ff0000", "#ffffff", 4.0), ("#123456", "#123456", 1)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(one, other) == contrast(other, one)
    assert readable(one, other) == (ratio >= 4.5)
