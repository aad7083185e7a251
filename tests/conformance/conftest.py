"""One suite for every resource of every register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.kernel.actor import Actor
from tests.conformance.example import Examples
from tests.conftest import HOST
from tests.grammar.proef.fixtures import _proef_registers, proef_tables

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant

__all__ = ["_proef_registers", "proef_tables"]

BASE = f"http://{HOST}"


@pytest.fixture
def examples(gemeente: Tenant) -> Examples:
    """What a test fills the municipality with."""
    del gemeente
    return Examples(Actor.system("test"), BASE)
