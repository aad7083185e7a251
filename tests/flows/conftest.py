"""What the flows share: a municipality with an example of everything, and a zaaktype."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.kernel.actor import Actor
from tests.conformance.example import Examples
from tests.conftest import HOST
from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api


@pytest.fixture
def examples(gemeente: Tenant) -> Examples:
    """What the municipality is filled with."""
    del gemeente
    return Examples(Actor.system("test"), f"http://{HOST}")


@pytest.fixture
def zaakwerk(api: Api) -> Werk:
    """An application that handles zaken of a published zaaktype."""
    return Werk(api, Typen(api).publish())
