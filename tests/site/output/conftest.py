"""A beheerder of output, somebody who only looks, and a post room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.services.output.conftest import postkamer, zaakwerk
from tests.services.output.test_output import klant
from tests.site.output.outputwerk import Beheerder

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Api

__all__ = ["klant", "postkamer", "zaakwerk"]


@pytest.fixture
def inloggen(api: Api) -> Callable[..., Client]:
    """Logs somebody in who has some permissions of output."""
    del api

    def log_in(name: str, *rights: str) -> Client:
        user = User.objects.create_user(name, password="geheim", is_staff=True)
        found = Permission.objects.filter(content_type__app_label="output", codename__in=rights)
        user.user_permissions.set(found)
        made = Client(HTTP_HOST="127.0.0.1")
        made.force_login(user)
        return made

    return log_in


@pytest.fixture
def client(inloggen: Callable[..., Client]) -> Client:
    """A beheerder who is logged in."""
    return inloggen("beheerder", "change_outputregel", "change_sjabloon", "change_klantnotificatie")


@pytest.fixture
def beheerder(client: Client) -> Beheerder:
    """What a beheerder does on the pages."""
    return Beheerder(client)
