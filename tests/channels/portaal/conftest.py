from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django
import pytest
from django.conf import settings
from django.test import Client, override_settings
from portaal_voorbeeld import LOA, PORTAL, VOORBEELDSTAD, MijnZaken

from loket.kernel import tenant
from loket.services.mijnservices import zaken

if TYPE_CHECKING:
    from collections.abc import Iterator

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(
        INSTALLED_APPS=["loket.channels.portaal"],
        LANGUAGES=[("nl", "Nederlands"), ("en", "English")],
        LANGUAGE_CODE="nl",
        SECRET_KEY="only for these tests, and for nothing else at all",
        TIME_ZONE="Europe/Amsterdam",
    )
    django.setup()


@pytest.fixture(autouse=True)
def portal() -> Iterator[None]:
    with override_settings(**PORTAL), tenant.entered(VOORBEELDSTAD):
        yield


@pytest.fixture(autouse=True)
def mijn(monkeypatch: pytest.MonkeyPatch) -> MijnZaken:
    fake = MijnZaken()
    monkeypatch.setattr(zaken, "overzicht", fake.overzicht, raising=False)
    monkeypatch.setattr(zaken, "detail", fake.detail, raising=False)
    return fake


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def ingelogd(client: Client) -> Client:
    session = client.session
    session["burger"] = {
        "gemeente": "voorbeeldstad",
        "number": "99999999-9999-4999-8999-999999999999",
        "naam": "S. Jansen",
        "loa": LOA,
    }
    session.save()
    return client
