"""What the tests of the services share: a zaaktype, and zaken of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def zaakwerk(api: Api) -> Werk:
    """An application that handles zaken of a published zaaktype."""
    return Werk(api, Typen(api).publish())
