from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .saml_idp import Idp, make_keys, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from loket.connectors.identiteit.saml import Keys, SamlProvider


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Our own key and certificate."""
    return make_keys(tmp_path_factory.mktemp("ours"), "loket")


@pytest.fixture(scope="module")
def idp_process(own: Keys, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Idp]:
    folder = tmp_path_factory.mktemp("theirs")
    idp = Idp(make_keys(folder, "idp"), make_keys(folder, "vreemd"))
    with serving(idp, own):
        yield idp


@pytest.fixture
def idp(idp_process: Idp) -> Idp:
    """A SAML provider that does as it is told."""
    idp_process.anew()
    return idp_process


@pytest.fixture
def saml(idp: Idp, own: Keys) -> SamlProvider:
    """The provider as Loket knows it, with a memory of its own."""
    seen: set[str] = set()

    def once(mark: str, until: datetime) -> bool:
        del until
        new = mark not in seen
        seen.add(mark)
        return new

    return idp.provider(own, once)
