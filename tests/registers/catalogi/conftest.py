"""Who makes types, and with which rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import make_client
from tests.registers.catalogi.beheer import Beheer

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def beheer(api: Api) -> Beheer:
    """A beheerder with every right, and a catalogus."""
    return Beheer(api)


@pytest.fixture
def schrijver(beheer: Beheer) -> Api:
    """An application that may write types, but not by force."""
    del beheer
    scopes = ["catalogi.lezen", "catalogi.schrijven"]
    return make_client("schrijver", [{"component": "ztc", "scopes": scopes}])


@pytest.fixture
def sterk(beheer: Beheer) -> Api:
    """An application that may expressly force what it writes and removes."""
    del beheer
    scopes = [
        "catalogi.lezen",
        "catalogi.schrijven",
        "catalogi.geforceerd-schrijven",
        "catalogi.geforceerd-verwijderen",
    ]
    return make_client("sterk", [{"component": "ztc", "scopes": scopes}])
