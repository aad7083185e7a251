"""Flows from a register to the routing of notifications: what is published, and on which kanaal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from loket.ledger.database import rows
from tests.conformance.example import key_at
from tests.services.notificeren.test_abonnees import abonnee, deliver, family, subscribe

if TYPE_CHECKING:
    from tests.conformance.example import Examples
    from tests.conftest import Api
    from tests.services.notificeren.abonnee import Abonnee

__all__ = ["abonnee", "family"]

FLOWS = {
    "M-F8": ("klantinteracties/partijen", "partijen", True),
    "M-F12": ("besluiten/besluiten", "besluiten", True),
    "M-F14": ("zaken/zaken", "zaken", True),
    "M-F21": ("klantinteracties/klantcontacten", "klantcontacten", False),
    "M-F22": ("taken/externetaken", "taken", True),
    "M-F30": ("berichten/berichten", "berichten", True),
}
"""The register, the kanaal, and whether a change is published as well as the making."""


@pytest.mark.parametrize(
    ("name", "kanaal", "changes"),
    [pytest.param(*each, marks=pytest.mark.req(flow), id=flow) for flow, each in FLOWS.items()],
)
def test_what_happens_is_published(
    api: Api, abonnee: Abonnee, examples: Examples, name: str, kanaal: str, *, changes: bool
) -> None:
    """Whoever subscribed hears of it on its kanaal, in order, and the ledger says that he did."""
    resource = examples.find(name)
    body, path = examples.body(resource), examples.path(resource)
    subscribe(api, abonnee, kanaal)
    shown = api.post(path, json=body).json()
    if changes:
        change = examples.before_change(resource, key_at(shown["url"]))
        assert api.patch(shown["url"], json=change).status_code == 200
    deliver()
    mine = [each for each in abonnee.got if each["hoofdObject"].endswith(shown["url"][-36:])]
    wanted = ["create", "update"] if changes else ["create"]
    assert [each["actie"] for each in mine] == wanted
    assert {each["kanaal"] for each in mine} == {kanaal}
    states = rows(
        "SELECT DISTINCT d.state FROM ledger_delivery d JOIN ledger_event e USING (position) "
        "WHERE e.key = %s AND d.subscriber LIKE 'abonnement:%%'",
        (shown["url"][-36:],),
    )
    assert states == [("klaar",)]
