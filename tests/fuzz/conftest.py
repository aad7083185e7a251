"""The fuzz runs in one municipality, in one transaction, with an example of everything in it."""

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


@pytest.fixture
def examples(gemeente: Tenant) -> Examples:
    """What the municipality is filled with."""
    del gemeente
    return Examples(Actor.system("test"), f"http://{HOST}")
