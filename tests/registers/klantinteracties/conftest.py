from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.registers.klantinteracties.contactwerk import Contactwerk

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def werk(api: Api) -> Contactwerk:
    """An application that records contacts."""
    return Contactwerk(api)
