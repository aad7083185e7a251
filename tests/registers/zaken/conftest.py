"""A published zaaktype to test with, and zaken of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def typen(api: Api) -> Typen:
    """A published zaaktype."""
    return Typen(api).publish()


@pytest.fixture
def werk(api: Api, typen: Typen) -> Werk:
    """Zaken of that type."""
    return Werk(api, typen)
