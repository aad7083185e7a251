"""A published zaaktype to test with, and zaken of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.grammar import outside
from tests.registers.zaken.zaakwerk import VERTROUWD, Typen, Werk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from tests.conftest import Api


@pytest.fixture
def typen(api: Api) -> Typen:
    """A published zaaktype."""
    return Typen(api).publish()


@pytest.fixture
def werk(api: Api, typen: Typen) -> Werk:
    """Zaken of that type."""
    return Werk(api, typen)


class Buiten:
    """The world as a tenant sees it: what stands under one source that it trusts."""

    def __init__(self, others: outside.Outside) -> None:
        self.others = others
        self.there: dict[str, Any] = {}
        self.asked: list[str] = []

    def trusts(self, url: str) -> bool:
        """Trust one source more than the house does."""
        return url.startswith(VERTROUWD) or self.others.trusts(url)

    def get(self, url: str) -> Any:
        """Return what was put there."""
        self.asked.append(url)
        return self.there.get(url) if url.startswith(VERTROUWD) else self.others.get(url)


@pytest.fixture
def buiten() -> Iterator[Buiten]:
    """A house elsewhere, which the tenant trusts."""
    before = outside.outside()
    made = Buiten(before)
    outside.bind(lambda: made)
    yield made
    outside.bind(lambda: before)
