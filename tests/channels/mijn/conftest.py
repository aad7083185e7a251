"""The portal on the real registers: who is logged in sees what the municipality really has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client, RequestFactory, override_settings

from loket.channels.portaal import assets, sessie
from loket.kernel.clock import now
from tests.services.mijnservices.leven import Leven

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.kernel.actor import Actor
    from tests.conftest import Api

ROOT = Path(__file__).parents[3]
PORTAL = {
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    "MIDDLEWARE": [name for name in settings.MIDDLEWARE if "loket.site" not in name],
    "STREAM_URL": "",
    "SESSION_ENGINE": "django.contrib.sessions.backends.cache",
}


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    """The style sheet and the translations, as they are now."""
    assets.build(ROOT)


@pytest.fixture(autouse=True)
def portal() -> Iterator[None]:
    """Django as in the house; the tenant is that of the test."""
    with override_settings(**PORTAL):
        yield


@pytest.fixture
def leven(api: Api) -> Leven:
    """A municipality in which citizens and companies have zaken, berichten and so on."""
    return Leven(api)


@pytest.fixture
def als() -> Callable[[Actor], Client]:
    """Return a browser in which somebody is logged in."""

    def browser(actor: Actor) -> Client:
        client = Client(raise_request_exception=True)
        request = RequestFactory().get("/")
        request.session = client.session
        sessie.begin(request, actor, authenticated=now())
        request.session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)
        return client

    return browser
