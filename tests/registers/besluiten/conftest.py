"""A besluittype to test with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.registers.besluiten.besluitwerk import Besluitwerk

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def werk(api: Api) -> Besluitwerk:
    """Besluiten of a published type."""
    return Besluitwerk(api)
