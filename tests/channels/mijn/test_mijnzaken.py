"""Mijn zaken on the real registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from loket.kernel.actor import Actor
    from tests.services.mijnservices.leven import Leven


@pytest.mark.req("M35")
def test_who_is_logged_in_sees_his_zaken_and_not_those_of_another(
    leven: Leven, als: Callable[[Actor], Client]
) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    dossier = leven.dossier(klant)
    path = f"/mijn-zaken/{dossier.zaak}/"
    assert "Parkeervergunning" in als(klant.actor).get("/mijn-zaken/").content.decode()
    assert als(klant.actor).get(path).status_code == 200
    assert "Parkeervergunning" not in als(ander.actor).get("/mijn-zaken/").content.decode()
    assert als(ander.actor).get(path).status_code == 404
