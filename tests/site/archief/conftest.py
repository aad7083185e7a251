"""Two people who are logged in to beheer, and zaken that are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from tests.registers.zaken.conftest import typen, werk
from tests.services.archivering.archiefwerk import archief

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.kernel.tenant import Tenant

__all__ = ["archief", "typen", "werk"]


@pytest.fixture
def inloggen(gemeente: Tenant) -> Callable[..., Client]:
    """Logs somebody in who is in some groups."""
    del gemeente

    def log_in(name: str, *groepen: str) -> Client:
        user = User.objects.create_user(name, password="geheim", is_staff=True)
        user.groups.set(Group.objects.filter(name__in=groepen))
        made = Client(HTTP_HOST="127.0.0.1")
        made.force_login(user)
        return made

    return log_in


@pytest.fixture
def opsteller(inloggen: Callable[..., Client]) -> Any:
    """Somebody who makes lists."""
    return inloggen("olivier", "archief-opstellers")


@pytest.fixture
def vaststeller(inloggen: Callable[..., Client]) -> Any:
    """Somebody who approves lists."""
    return inloggen("vera", "archief-vaststellers")
