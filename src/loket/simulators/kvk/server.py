"""The stand-in in a thread of this process, for tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from loket.simulators.demo import BEDRIJVEN
from loket.simulators.gate import Gate, Keys
from loket.simulators.kvk.companies import load
from loket.simulators.kvk.site import ROOT, make_site
from loket.simulators.web import threaded

if TYPE_CHECKING:
    from collections.abc import Generator

HEADER = "apikey"


class Served(NamedTuple):
    """Where it answers, and what stands before it."""

    url: str
    gate: Gate


@contextmanager
def serving(key: str) -> Generator[Served]:
    """Serve the companies of the demo on a free port until the block ends."""
    gate = Gate(Keys(HEADER, key))
    with threaded(make_site(gate, load(BEDRIJVEN))) as base:
        yield Served(f"{base}{ROOT}", gate)
