"""One suite for every resource of every register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.kernel import tenant
from loket.kernel.actor import Actor
from tests.conformance.contract import CheckedApi
from tests.conformance.example import Examples
from tests.conftest import HOST, OTHER_HOST, make_client
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


@pytest.fixture
def api(gemeente: Tenant) -> CheckedApi:
    """An application with all rights, every answer to which is held to our OpenAPI."""
    del gemeente
    return CheckedApi(make_client("test").client_id)


@pytest.fixture
def elsewhere(andere: Tenant) -> CheckedApi:
    """An application with all rights in the other municipality."""
    with tenant.entered(andere):
        made = make_client("test")
    return CheckedApi(made.client_id, host=OTHER_HOST)
