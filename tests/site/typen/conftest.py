"""A functioneel beheerder in the admin, and a catalogus to work in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.registers.catalogi.beheer import Beheer

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def beheer(api: Api) -> Beheer:
    """Makes types through the API, with a catalogus."""
    return Beheer(api)


@pytest.fixture
def client(beheer: Beheer) -> Client:
    """A beheerder who is logged in."""
    del beheer
    user = User.objects.create_superuser("beheerder", password="geheim")
    made = Client(HTTP_HOST="127.0.0.1")
    made.force_login(user)
    return made
