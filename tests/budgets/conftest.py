"""Budgets are counted in a municipality with an example of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.kernel.actor import Actor
from tests.conformance.example import Examples
from tests.conftest import HOST

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant


@pytest.fixture
def examples(gemeente: Tenant) -> Examples:
    """What the municipality is filled with."""
    del gemeente
    return Examples(Actor.system("test"), f"http://{HOST}")
