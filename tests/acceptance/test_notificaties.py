"""A subscriber hears over HTTP of what happens in a house that runs, soon and in order."""

from __future__ import annotations

import logging
import random
import statistics
import time
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from tests.acceptance.house import House, start
from tests.services.notificeren.abonnee import AUTH, Abonnee, listening

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger(__name__)

SECRET = "een geheim van elders, van genoeg tekens"
CONTACT = {
    "kanaal": "telefoon", "onderwerp": "Paspoort", "taal": "nld", "vertrouwelijk": False,
    "inhoud": "Mevrouw heeft een afspraak gemaakt.",
}  # fmt: skip
NUMBER = 20
PATIENCE = 60
"""Seconds in which anything has to come, however busy the machine is."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = start(tmp_path_factory.mktemp("notificaties"))
    yield running
    assert running.stop() == 0


def ask(house: House, method: str, path: str, body: Any = None) -> httpx.Response:
    claims = {"iss": "abonnee", "client_id": "abonnee", "iat": int(time.time())}
    headers = {"Authorization": f"Bearer {jwt.encode(claims, SECRET, algorithm='HS256')}"}
    return httpx.request(method, house.url + path, json=body, headers=headers, timeout=30)


@pytest.mark.req("M58")
def test_a_subscriber_hears_soon_and_one_that_is_dead_is_no_burden(
    house: House,
) -> None:
    added = house.loket("client", "add", "--id", "abonnee", "--secret", SECRET, "--superuser")
    assert added.returncode == 0, added.stderr
    with listening(Abonnee()) as abonnee, listening(Abonnee(slow=30)) as dead:
        for each in (abonnee, dead):
            body = {
                "callbackUrl": each.url, "auth": AUTH, "kanalen": [{"naam": "klantcontacten"}],
            }  # fmt: skip
            made = ask(house, "POST", "/notificaties/api/v1/abonnement", body)
            assert made.status_code == 201, made.text
        took, addresses, chance = [], [], random.Random(1)  # noqa: S311 - spreads, hides nothing
        for nr in range(NUMBER):
            time.sleep(chance.uniform(0, 0.4))  # as people come: not in step with the worker
            answer = ask(house, "POST", "/klantinteracties/api/v1/klantcontacten", CONTACT)
            assert answer.status_code == 201, answer.text
            begun = time.monotonic()
            while len(abonnee.got) <= nr and time.monotonic() - begun < PATIENCE:
                time.sleep(0.005)
            took.append(1000 * (time.monotonic() - begun))
            addresses.append(answer.json()["url"])
        assert [each["hoofdObject"] for each in abonnee.got] == addresses
        assert dead.got == []
    log.info("from the answer to the callback: median %.0f ms", statistics.median(took))
