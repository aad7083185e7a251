"""A portal that is not ours, and people with a life of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import make_client
from tests.services.mijnservices.leven import Leven
from tests.services.mijnservices.portaalwerk import RIGHTS, checked

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api


@pytest.fixture
def portaal(gemeente: Tenant) -> Api:
    """A portal of somebody else, that may only read tasks; its answers are held to our OpenAPI."""
    del gemeente
    return checked(make_client("portaal", RIGHTS))


@pytest.fixture
def leven(api: Api) -> Leven:
    """A municipality in which citizens and companies have zaken, berichten and so on."""
    return Leven(api)
