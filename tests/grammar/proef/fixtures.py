"""What tests of every resource stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.grammar.proef import house

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.kernel.tenant import Tenant


@pytest.fixture(scope="session")
def proef_tables(both: tuple[Tenant, Tenant]) -> None:
    """The tables of the registers of the tests, in both municipalities."""
    for each in both:
        house.build(each)


@pytest.fixture(autouse=True)
def _proef_registers(proef_tables: None) -> Iterator[None]:
    """The registers of the tests, in the house during the test."""
    del proef_tables
    with house.present():
        yield


__all__ = ["_proef_registers", "proef_tables"]
