"""A published informatieobjecttype to test with, and documents of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import loket.site.wsgi  # noqa: F401 - binds a storage of its own, before the tests bind theirs
from loket.grammar import files
from tests.registers.documenten.documentwerk import Documentwerk
from tests.registers.documenten.opslag import Opslag, Wacht

if TYPE_CHECKING:
    from tests.conftest import Api


@pytest.fixture
def opslag(monkeypatch: pytest.MonkeyPatch) -> Opslag:
    """A storage in memory."""
    made = Opslag()
    monkeypatch.setattr(files._Ports, "storage", staticmethod(lambda: made))  # noqa: SLF001 - for one test
    return made


@pytest.fixture
def wacht(monkeypatch: pytest.MonkeyPatch) -> Wacht:
    """A scanner that knows one virus."""
    made = Wacht()
    monkeypatch.setattr(files._Ports, "scanner", staticmethod(lambda: made))  # noqa: SLF001 - for one test
    return made


@pytest.fixture
def werk(api: Api, opslag: Opslag, wacht: Wacht) -> Documentwerk:
    """Documents, over the API."""
    return Documentwerk(api, opslag, wacht)
