"""The stand-in in a thread of this process, for tests."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from loket.simulators.brp.people import load
from loket.simulators.brp.site import ROOT, make_site
from loket.simulators.demo import BRP
from loket.simulators.gate import Gate, Keys
from loket.simulators.web import threaded

if TYPE_CHECKING:
    from collections.abc import Generator

HEADER = "x-api-key"


class Served(NamedTuple):
    """Where it answers, and what stands before it."""

    url: str
    gate: Gate


@contextmanager
def serving(
    key: str = "", *, client_id: str = "", client_secret: str = "", purposes: tuple[str, ...] = ()
) -> Generator[Served]:
    """Serve the persons of the demo on a free port until the block ends."""
    gate = Gate(Keys(HEADER, key, client_id, client_secret))
    with threaded(make_site(gate, load(BRP), frozenset(purposes))) as base:
        yield Served(f"{base}{ROOT}", gate)
