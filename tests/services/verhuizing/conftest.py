"""A municipality to move out of, full and served over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.zgw import Access, Patience, Source, roots_under
from loket.grammar import files
from loket.kernel import tenant
from loket.services.verhuizing.moving import Move
from loket.services.verhuizing.options import Options
from loket.site import identity, tenants
from loket.site.wsgi import application
from tests.conftest import SECRET, make_client
from tests.registers.documenten.opslag import Opslag, Wacht
from tests.services.verhuizing.huis import Wire, served
from tests.services.verhuizing.inboedel import Inboedel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.kernel.tenant import Tenant

HOST = "bron.localhost"
"""How the source calls itself; it is reached elsewhere, as behind a proxy."""

QUICK = Patience(timeout=5, attempts=4, pause=0.01)


class Kelders:
    """A storage in memory for each municipality, and a scanner that knows one virus."""

    def __init__(self) -> None:
        self.each: dict[str, Opslag] = {}
        self.wacht = Wacht()

    def storage(self) -> Opslag:
        """Return the storage of the municipality that is entered."""
        return self.each.setdefault(tenant.current().name, Opslag())


@pytest.fixture(scope="session")
def kelder_van_de_bron() -> Opslag:
    """Where the source keeps its files; they stay there for every test."""
    return Opslag()


@pytest.fixture(autouse=True)
def kelders(monkeypatch: pytest.MonkeyPatch, kelder_van_de_bron: Opslag) -> Kelders:
    """Where files are kept and who scans them."""
    made = Kelders()
    made.each["bron"] = kelder_van_de_bron
    monkeypatch.setattr(files._Ports, "storage", staticmethod(made.storage))  # noqa: SLF001 - for one test
    monkeypatch.setattr(files._Ports, "scanner", staticmethod(lambda: made.wacht))  # noqa: SLF001 - idem
    return made


@pytest.fixture(scope="session")
def inboedel(both: tuple[Tenant, Tenant], kelder_van_de_bron: Opslag) -> Inboedel:
    """All that the source holds; it stays there for every test."""
    del both
    bron = tenants.add("bron", [HOST], "Gemeente Bron")
    identity.forget()
    with pytest.MonkeyPatch.context() as patch, tenant.entered(bron):
        patch.setattr(files._Ports, "storage", staticmethod(lambda: kelder_van_de_bron))  # noqa: SLF001 - for this
        patch.setattr(files._Ports, "scanner", staticmethod(Wacht))  # noqa: SLF001 - idem
        api = make_client("verhuizer")
        api.host = HOST
        return Inboedel(bron, api).fill()


@pytest.fixture
def wire(inboedel: Inboedel) -> Wire:
    """The wire to the source."""
    del inboedel
    return Wire(application, HOST)


@pytest.fixture
def bron(wire: Wire) -> Iterator[str]:
    """The address at which the source is reached."""
    with served(wire) as address:
        yield address


@pytest.fixture
def moved(bron: str, gemeente: Tenant) -> Iterator[Callable[..., Move]]:
    """Move from the source into the municipality of this test."""
    del gemeente
    sources: list[Source] = []

    def go(**options: Any) -> Move:
        source = Source(Access("verhuizer", SECRET), options.pop("patience", QUICK))
        sources.append(source)
        move = Move(source, roots_under(bron), Options(**options))
        move.carry_out()
        return move

    yield go
    for source in sources:
        source.close()
