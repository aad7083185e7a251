"""An applicatie with alleenIsGereedVoorPublicatie: of documents it sees those that are ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject
from tests.conftest import make_client
from tests.registers.besluiten.besluitwerk import BESLUITEN, DOCUMENTEN, Besluitwerk

if TYPE_CHECKING:
    from tests.conftest import Api

LIJST = f"{DOCUMENTEN}/enkelvoudiginformatieobjecten"

Json = dict[str, Any]


class Publicatie:
    """Three documents with a besluit for each; one of them is ready."""

    def __init__(self, api: Api) -> None:
        self.werk = Besluitwerk(api)
        self.kind = self.werk.informatieobjecttype()
        ready = (None, False, True)
        self.documenten = [
            self.werk.document(self.kind, isGereedVoorPublicatie=each) for each in ready
        ]
        self.besluit = self.werk.besluit()
        for document in self.documenten:
            assert self.werk.leg_vast(self.besluit, document).status_code == 201

    @property
    def gereed(self) -> Json:
        """The document that is ready."""
        return self.documenten[-1]

    def client(self, name: str, *, everything: bool, only_ready: bool = True) -> Api:
        """Make an application that reads documents of the type, or everything."""
        rights = [
            {
                "component": "drc",
                "scopes": ["documenten.lezen", "documenten.bijwerken", "audittrails.lezen"],
                "informatieobjecttype": self.kind,
                "maxVertrouwelijkheidaanduiding": "zeer_geheim",
            },
            {
                "component": "brc",
                "scopes": ["besluiten.lezen"],
                "besluittype": self.werk.besluittype,
            },
        ]
        given = None if everything else rights
        return make_client(name, given, alleenIsGereedVoorPublicatie=only_ready)


@pytest.fixture
def publicatie(api: Api) -> Publicatie:
    """Documents that are ready and that are not."""
    return Publicatie(api)


either = pytest.mark.parametrize("everything", [True, False], ids=["everything", "some"])


@either
def test_lists_and_counts_hold_only_what_is_ready(
    publicatie: Publicatie,
    everything: bool,  # noqa: FBT001 - given by the parametrization
) -> None:
    reader = publicatie.client("web", everything=everything)
    for query in ({}, {"informatieobjecttype": publicatie.kind}):
        page = reader.get(LIJST, params=query).json()
        assert [each["url"] for each in page["results"]] == [publicatie.gereed["url"]]
        assert page["count"] == 1
    below = reader.get(f"{DOCUMENTEN}/objectinformatieobjecten").json()
    assert [each["informatieobject"] for each in below] == [publicatie.gereed["url"]]
    whole = publicatie.client("heel", everything=everything, only_ready=False)
    assert whole.get(LIJST).json()["count"] == 3


@either
def test_details_writes_and_audit_trail_are_only_of_what_is_ready(
    publicatie: Publicatie,
    everything: bool,  # noqa: FBT001 - given by the parametrization
) -> None:
    reader = publicatie.client("web", everything=everything)
    for document in publicatie.documenten:
        status = 200 if document is publicatie.gereed else 403
        assert reader.get(document["url"]).status_code == status
        assert reader.get(f"{document['url']}/audittrail").status_code == status
    hidden = publicatie.documenten[0]["url"]
    assert reader.patch(hidden, json={"titel": "Anders"}).status_code == 403


@either
def test_expand_shows_only_what_is_ready(
    publicatie: Publicatie,
    everything: bool,  # noqa: FBT001 - given by the parametrization
) -> None:
    reader = publicatie.client("web", everything=everything)
    asked = {"expand": "informatieobject"}
    listed = reader.get(f"{BESLUITEN}/besluitinformatieobjecten", params=asked).json()
    shown = [each["_expand"]["informatieobject"] for each in listed]
    assert [each["url"] for each in shown if each] == [publicatie.gereed["url"]]
    assert len(shown) == 3


@either
def test_what_becomes_ready_is_seen_at_once(
    publicatie: Publicatie,
    everything: bool,  # noqa: FBT001 - given by the parametrization
) -> None:
    reader = publicatie.client("web", everything=everything)
    url = publicatie.documenten[0]["url"]
    assert reader.get(url).status_code == 403
    EnkelvoudigInformatieObject.objects.filter(pk=url[-36:]).update(is_gereed_voor_publicatie=True)
    assert reader.get(url).status_code == 200
    assert reader.get(LIJST).json()["count"] == 2
