"""The demo municipality asks the stand-ins beside it, wherever they stand this time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import override_settings

from loket.kernel.actor import Actor
from loket.registers.beheer.basisregistratie import Basis
from loket.registers.beheer.bronnen import bron
from loket.services.mijnservices import burger
from loket.services.mijnservices.persoonsgegevens import Stand, gegevens
from loket.simulators.running import running
from loket.site import demo_bronnen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Api

ACTOR = Actor.system("demo")


@pytest.fixture
def brp_port(api: Api) -> Iterator[int]:
    """The stand-in as `make run` starts it."""
    del api
    with running("brp", *demo_bronnen.options(Basis.BRP), "--port=0") as process:
        yield process.said["port"]


def test_a_person_of_the_demo_sees_himself_after_the_ports_moved(brp_port: int) -> None:
    with override_settings(PORT=7000):
        demo_bronnen.load(ACTOR)
    with override_settings(PORT=brp_port - 8):
        demo_bronnen.move(ACTOR)
    found = gegevens(burger.from_bsn("999940612", None, "hoog"))
    assert found.stand is Stand.GEVONDEN
    assert found.persoon is not None
    assert found.persoon.naam == "Jelle Hoekstra"


def test_what_was_set_otherwise_stays(api: Api) -> None:
    with override_settings(PORT=7000):
        demo_bronnen.load(ACTOR)
    [shown] = api.get("/beheer/api/v1/basisregistraties", params={"soort": "brp"}).json()["results"]
    api.patch(shown["url"], json={"apiRoot": "https://brp.example/brp"}).raise_for_status()
    with override_settings(PORT=7100):
        demo_bronnen.move(ACTOR)
    brp, kvk = bron(Basis.BRP, burger.PURPOSE), bron(Basis.KVK, burger.PURPOSE)
    assert brp is not None
    assert kvk is not None
    assert brp.api_root == "https://brp.example/brp"
    assert kvk.api_root == "http://127.0.0.1:7109/api"
