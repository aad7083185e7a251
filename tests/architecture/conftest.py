from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")


def pytest_configure() -> None:
    django.setup()
