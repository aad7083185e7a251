"""A bericht is published once, when its moment comes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel.clock import now
from loket.ledger.database import rows
from loket.services.berichten import publiceren
from tests.registers.berichten.test_berichten import body

if TYPE_CHECKING:
    from tests.conftest import Api

PATH = "/berichten/api/v1/berichten"


def published(api: Api) -> list[str]:
    found: list[dict[str, Any]] = api.get(PATH).json()["results"]
    return [each["uuid"] for each in found if each["gepubliceerdOp"]]


@pytest.mark.req("M27", "M-F30")
def test_a_bericht_is_published_once_and_not_too_early(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    publiceren.publiceer()
    here = api.post(PATH, json=body()).json()
    later = api.post(
        PATH, json=body(publicatiedatum=(now() + timedelta(hours=2)).isoformat())
    ).json()
    assert here["gepubliceerdOp"] is None
    assert [publiceren.publiceer(), publiceren.publiceer()] == [1, 0]
    assert published(api) == [here["uuid"]]
    monkeypatch.setattr(publiceren, "now", lambda: now() + timedelta(hours=3))
    assert publiceren.publiceer() == 1
    assert set(published(api)) == {here["uuid"], later["uuid"]}
    told = rows("SELECT actie FROM ledger_event WHERE key = %s ORDER BY position", (later["uuid"],))
    assert told == [("create",), ("partial_update",)]
