"""A portal that is not ours, and people with a life of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from tests.conftest import make_client
from tests.services.mijnservices.aanbieder import Aanbieder, aanbieder
from tests.services.mijnservices.leven import Leven
from tests.services.mijnservices.portaalwerk import RIGHTS, checked
from tests.services.output.conftest import postkamer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

__all__ = ["postkamer"]


@pytest.fixture
def portaal(gemeente: Tenant) -> Api:
    """A portal of somebody else, that may only read tasks; its answers are held to our OpenAPI."""
    del gemeente
    return checked(make_client("portaal", RIGHTS))


@pytest.fixture
def leven(api: Api) -> Leven:
    """A municipality in which citizens and companies have zaken, berichten and so on."""
    return Leven(api)


@pytest.fixture(scope="session")
def issuer() -> Iterator[Aanbieder]:
    """A provider of access tokens."""
    with aanbieder() as made:
        yield made


@pytest.fixture
def provider(issuer: Aanbieder) -> Iterator[Aanbieder]:
    """The provider, known to the municipality."""
    with override_settings(OIDC_ISSUER=issuer.issuer):
        yield issuer
