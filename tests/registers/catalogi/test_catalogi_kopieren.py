"""Copying, versioning, comparing, and what lacks before publication."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from loket.grammar.resource import Call
from loket.kernel.problems import Invalid
from loket.ledger.database import fetch, one, rows
from loket.registers.catalogi.gereedheid import closing, lacking, publication
from loket.registers.catalogi.kopieren import copy, new_version
from loket.registers.catalogi.overzicht import Sought, Stand, versions
from loket.registers.catalogi.soorten import DELEN, parts_of
from loket.registers.catalogi.vergelijken import Change, compare
from loket.registers.catalogi.zaaktype import ZaakType, zaaktypen
from tests.registers.catalogi.beheer import PARTS, Beheer

if TYPE_CHECKING:
    from loket.kernel.actor import Actor

CALL = Call(base="http://127.0.0.1:8700")


def key_of(made: dict[str, Any]) -> UUID:
    return UUID(made["url"].rsplit("/", 1)[1])


@pytest.fixture(name="vol")
def _vol(beheer: Beheer) -> ZaakType:
    """A zaaktype with each kind of part, and parts that refer to a status."""
    beheer.informatieobjecttype()
    beheer.besluittype()
    zaaktype = beheer.zaaktype(
        besluittypen=["Vergunning"],
        trefwoorden=["<script>alert(1)</script>", "boom"],
        verlengingMogelijk=True,
        verlengingstermijn="P8W",
        gerelateerdeZaaktypen=[{"zaaktype": "ZT9", "aardRelatie": "vervolg", "toelichting": "x"}],
    )
    status = beheer.statustype(zaaktype)
    for path, body in PARTS.items():
        given = dict(body, zaaktype=zaaktype["url"])
        if path in ("eigenschappen", "zaakobjecttypen", "zaaktype-informatieobjecttypen"):
            given["statustype"] = status["url"]
        beheer.make(path, **given)
    found: ZaakType = fetch(ZaakType, key_of(zaaktype))
    return found


def test_a_copy_says_the_same_with_all_its_parts(vol: ZaakType, actor: Actor) -> None:
    made = copy(zaaktypen, actor, vol.pk, CALL, identificatie="ZT2", beginGeldigheid="2025-01-01")
    found = compare(zaaktypen, vol, made)
    assert [each.label for each in found.differing] == [
        "Begin geldigheid",
        "Identificatie",
        "Versiedatum",
    ]
    assert found.differing_parts == ()
    for resource in DELEN.values():
        assert len(parts_of(resource, made)) == len(parts_of(resource, vol)) > 0
    own = {each.pk for each in parts_of(DELEN["statustypen"], made)}
    for path in ("eigenschappen", "zaakobjecttypen", "zaaktype-informatieobjecttypen"):
        assert {each.statustype_id for each in parts_of(DELEN[path], made)} <= own


def test_a_copy_is_events_of_the_employee_for_the_type_and_each_part(
    vol: ZaakType, actor: Actor
) -> None:
    before = one("SELECT count(*) FROM ledger_event")[0]
    made = copy(zaaktypen, actor, vol.pk, CALL, identificatie="ZT2", beginGeldigheid="2025-01-01")
    told = rows(
        "SELECT resource FROM ledger_event WHERE main_key = %s AND actie = 'create'", (made.pk,)
    )
    assert len(told) == one("SELECT count(*) FROM ledger_event")[0] - before == 8
    assert {name for (name,) in told} == {"zaaktypen", *DELEN}


def test_a_copy_that_is_refused_leaves_nothing(vol: ZaakType, actor: Actor) -> None:
    before = one("SELECT count(*) FROM ledger_event")[0]
    with pytest.raises(Invalid):
        copy(zaaktypen, actor, vol.pk, CALL, identificatie="x" * 51, beginGeldigheid="2025-01-01")
    one("UPDATE catalogi_statustype SET volgnummer = 0 WHERE volgnummer = 9")
    with pytest.raises(Invalid) as caught:
        copy(zaaktypen, actor, vol.pk, CALL, identificatie="ZT2", beginGeldigheid="2025-01-01")
    assert caught.value.faults[0].reason.startswith("statustype 'Stap', volgnummer:")
    assert one("SELECT count(*) FROM ledger_event")[0] == before
    assert one("SELECT count(*) FROM catalogi_zaaktype")[0] == 1


def test_a_new_version_is_a_concept_beside_the_published_one(beheer: Beheer, actor: Actor) -> None:
    first = beheer.published(beheer.zaaktype())
    made = new_version(zaaktypen, actor, key_of(first), date(2025, 1, 1), CALL)
    assert (made.identificatie, made.concept) == ("ZT1", True)
    ends = closing(made)
    assert ends is not None
    assert (str(ends.version.pk), ends.last_day) == (str(key_of(first)), date(2024, 12, 31))
    publication(zaaktypen).run(actor, Call(base=CALL.base, key=made.pk))
    assert beheer.read(first["url"])["eindeGeldigheid"] == "2024-12-31"


def test_a_new_version_cannot_begin_inside_one_that_ended(beheer: Beheer, actor: Actor) -> None:
    first = beheer.published(beheer.zaaktype(eindeGeldigheid="2024-12-31"))
    with pytest.raises(Invalid) as caught:
        new_version(zaaktypen, actor, key_of(first), date(2024, 6, 1), CALL)
    assert [each.code for each in caught.value.faults] == ["overlap"]


def test_two_versions_are_compared_field_by_field_and_part_by_part(
    vol: ZaakType, beheer: Beheer, actor: Actor
) -> None:
    made = new_version(zaaktypen, actor, vol.pk, date(2025, 1, 1), CALL)
    url = f"{beheer.api_root}/zaaktypen/{made.pk}"
    answer = beheer.api.patch(url, json={"doorlooptijd": "P6W", "toelichting": "Nieuw"})
    assert answer.status_code == 200, answer.text
    roltype = parts_of(DELEN["roltypen"], made)[0]
    beheer.api.delete(f"{beheer.api_root}/roltypen/{roltype.pk}")
    beheer.make(
        "roltypen", zaaktype=url, omschrijving="Gemachtigde", omschrijvingGeneriek="adviseur"
    )
    eigenschap = parts_of(DELEN["eigenschappen"], made)[0]
    beheer.api.patch(f"{beheer.api_root}/eigenschappen/{eigenschap.pk}", json={"definitie": "Ja"})
    found = compare(zaaktypen, vol, fetch(ZaakType, made.pk))
    said = {each.label: (each.old, each.new, each.change) for each in found.differing}
    assert said["Doorlooptijd"] == ("56 dagen", "6 weken", Change.CHANGED)
    assert said["Toelichting"] == ("", "Nieuw", Change.ADDED)
    assert {(each.kind, each.name, each.change) for each in found.differing_parts} == {
        ("roltypen", "Gemachtigde", Change.ADDED),
        ("roltypen", "Aanvrager", Change.REMOVED),
        ("eigenschappen", "Kenteken", Change.CHANGED),
    }


def test_what_lacks_is_what_publication_refuses_and_where_to_mend_it(
    vol: ZaakType, beheer: Beheer, actor: Actor
) -> None:
    found = lacking(zaaktypen, vol, actor)
    assert {(each.concept or ("", ""))[0] for each in found if each.stops} == {
        "besluittypen",
        "informatieobjecttypen",
    }
    assert fetch(ZaakType, vol.pk).concept is True
    for kind in ("informatieobjecttypen", "besluittypen"):
        for made in beheer.listed(kind, status="concept"):
            beheer.published(made)
    assert lacking(zaaktypen, vol, actor) == []


def test_an_empty_zaaktype_lacks_parts_but_may_be_published(beheer: Beheer, actor: Actor) -> None:
    made = fetch(ZaakType, key_of(beheer.zaaktype()))
    found = lacking(zaaktypen, made, actor)
    assert [(each.part, each.stops) for each in found] == [
        ("statustypen", False),
        ("resultaattypen", False),
        ("roltypen", False),
    ]


def test_the_overview_finds_versions_by_words_kind_and_stand(beheer: Beheer) -> None:
    beheer.zaaktype("ZT1")
    beheer.published(beheer.zaaktype("ZT2", beginGeldigheid="2999-01-01"))
    beheer.published(beheer.zaaktype("ZT3", eindeGeldigheid="2024-02-01"))
    beheer.published(beheer.informatieobjecttype("Aanvraag"))
    total, found = versions(Sought())
    assert (total, [(each.name, each.stand) for each in found]) == (
        4,
        [
            ("ZT1", Stand.CONCEPT),
            ("ZT2", Stand.TOEKOMSTIG),
            ("ZT3", Stand.BEEINDIGD),
            ("Aanvraag", Stand.GELDIG),
        ],
    )
    assert [each.name for each in versions(Sought(words="zt2"))[1]] == ["ZT2"]
    assert [each.name for each in versions(Sought(kind="informatieobjecttypen"))[1]] == ["Aanvraag"]
    assert [each.name for each in versions(Sought(stand="beeindigd"))[1]] == ["ZT3"]
    assert versions(Sought(), page=2) == (0, [])
