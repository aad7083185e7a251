"""Who acts for a citizen does his business, and does not become him."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from loket.kernel.problems import Forbidden
from loket.services.mijnservices import dossier

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Leven

OWN = (
    "/mijn-gegevens/downloaden/", "/mijn-gegevens/downloaden/lezen/", "/mijn-gegevens/voorkeuren/",
)  # fmt: skip


def test_a_gemachtigde_sees_the_zaken_and_changes_nothing_of_the_person(
    leven: Leven, als: Callable[[Actor], Client]
) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    ander = replace(klant.actor, user="0190a6e2-0000-7000-8000-000000000009")
    zelf, gemachtigd = als(klant.actor), als(ander)
    assert gemachtigd.get(f"/mijn-zaken/{zaak['uuid']}/").status_code == 200
    for path in OWN:
        assert zelf.get(path).status_code == 200
        assert gemachtigd.get(path).status_code == 403
    with pytest.raises(Forbidden):
        dossier.dossier(ander, lambda _: iter(()))
