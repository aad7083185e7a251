"""Budgets are counted in a municipality with an example of everything."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from loket.grammar.outside import outside
from loket.kernel.actor import Actor
from loket.site import referenties
from tests.conformance.example import Examples
from tests.conftest import HOST

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant


@pytest.fixture(autouse=True)
def _settings_at_hand(gemeente: Tenant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember whom the municipality trusts, as a house does that has been running for a while."""
    del gemeente
    monkeypatch.setattr(referenties, "FRESH", math.inf)
    outside().trusts("https://elders.voorbeeld.nl")


@pytest.fixture
def examples(gemeente: Tenant) -> Examples:
    """What the municipality is filled with."""
    del gemeente
    return Examples(Actor.system("test"), f"http://{HOST}")
