"""A catalogus that travels: out as a ZIP, into another municipality, and out again the same."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from loket.kernel import tenant
from loket.ledger.database import one, rows
from loket.registers.catalogi.uitwisselen.archief import read
from loket.registers.catalogi.uitwisselen.bestanden import FILES
from loket.registers.catalogi.uitwisselen.exporteren import export, find
from loket.registers.catalogi.uitwisselen.importeren import (
    MADE,
    PUBLISHED,
    SKIPPED,
    ImportRefusedError,
    Line,
    Wishes,
    carry_out,
)
from tests.registers.catalogi import zips
from tests.registers.catalogi.beheer import PARTS, SELECTIELIJST, Beheer

if TYPE_CHECKING:
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.kernel.tenant import Tenant

HERE, THERE = "https://a.voorbeeld.nl", "https://b.voorbeeld.nl"


def brought(files: zips.Files, actor: Actor, **wishes: Any) -> list[Line]:
    return carry_out(read(zips.zipped(files)), actor, Wishes(**wishes))


def outcomes(lines: list[Line]) -> dict[str, int]:
    return {
        each: sum(line.outcome == each for line in lines) for each in {x.outcome for x in lines}
    }


def only() -> UUID:
    return find("")[0][0]


def unpacked(made: bytes) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def by_name(made: bytes) -> str:
    """Return what a ZIP says, with each address replaced by where it stands in the ZIP."""
    files = unpacked(made)
    text = json.dumps(files, sort_keys=True)
    places = {
        each["url"]: f"{file}:{nr}"
        for file, things in files.items()
        for nr, each in enumerate(things)
    }
    for url, place in places.items():
        text = text.replace(f'"{url}"', f'"{place}"')
    return re.sub(r"https://[ab]\.voorbeeld\.nl", "hier", text)


@pytest.fixture(name="vol")
def _vol(beheer: Beheer) -> Beheer:
    """A catalogus with two versions, concepts, and parts of each kind."""
    beheer.published(beheer.informatieobjecttype())
    beheer.informatieobjecttype("Advies", trefwoord=["een"])
    beheer.besluittype(informatieobjecttypen=["Aanvraag", "Advies"])
    beheer.zaaktype("DEEL", deelzaaktypen=[])
    first = beheer.zaaktype("ZT1", besluittypen=["Vergunning"], deelzaaktypen=["DEEL"])
    status = beheer.statustype(first)
    for path, body in PARTS.items():
        given = dict(body, zaaktype=first["url"])
        if path in ("eigenschappen", "zaakobjecttypen", "zaaktype-informatieobjecttypen"):
            given["statustype"] = status["url"]
        if path == "resultaattypen":
            given["selectielijstklasse"] = f"{SELECTIELIJST}/resultaten/{zips.RESULTAAT}"
            given["besluittypen"] = ["Vergunning"]
        beheer.make(path, **given)
    beheer.published(beheer.zaaktype("ZT2", eindeGeldigheid="2024-06-30"))
    beheer.published(
        beheer.zaaktype(
            "ZT2",
            beginGeldigheid="2024-07-01",
            gerelateerdeZaaktypen=[
                {"zaaktype": "ZT1", "aardRelatie": "vervolg"},
                {"zaaktype": "https://elders.nl/zaaktypen/1", "aardRelatie": "bijdrage"},
            ],
        )
    )
    return beheer


def test_out_in_and_out_again_says_the_same(vol: Beheer, andere: Tenant, actor: Actor) -> None:
    del vol
    first = export(only(), HERE)
    with tenant.entered(andere):
        lines = carry_out(read(io.BytesIO(first)), actor, Wishes(publish=True))
        assert outcomes(lines)[PUBLISHED] == 3
        second = export(only(), THERE)
        again = carry_out(read(io.BytesIO(second)), actor, Wishes(publish=True))
        assert set(outcomes(again)) == {SKIPPED}
    # what stands in our own Selectielijst under the same UUID gets our own address
    own = by_name(first).replace(SELECTIELIJST, "hier/selectielijst/api/v1")
    assert own == by_name(second)


def test_references_are_addresses_in_the_zip_also_of_concepts(vol: Beheer) -> None:
    del vol
    files = unpacked(export(only(), HERE))
    assert set(files) == set(FILES)
    advies = next(x for x in files["InformatieObjectType.json"] if x["omschrijving"] == "Advies")
    assert advies["concept"] is True
    assert advies["url"] in files["BesluitType.json"][0]["informatieobjecttypen"]
    zaaktype = next(x for x in files["ZaakType.json"] if x["identificatie"] == "ZT1")
    assert zaaktype["besluittypen"] == [files["BesluitType.json"][0]["url"]]
    assert zaaktype["url"].startswith(f"{HERE}/catalogi/api/v1/zaaktypen/")
    document = files["ZaakTypeInformatieObjectType.json"][0]
    assert document["informatieobjecttype"].startswith(HERE)
    assert "loket:/" not in json.dumps(files)
    assert not [name for things in files.values() for x in things for name in x if name[0] == "_"]


def test_an_export_is_the_same_each_time(vol: Beheer) -> None:
    del vol
    assert export(only(), HERE) == export(only(), HERE)


def test_a_zip_of_open_zaak_comes_in_whole(gemeente: Tenant, actor: Actor) -> None:
    del gemeente
    lines = brought(zips.open_zaak(), actor)
    assert outcomes(lines) == {MADE: 10}
    zaaktype = one(
        "SELECT besluittypen, concept, selectielijst_procestype, "
        "gerelateerde_zaaktypen->0->>'zaaktype', broncatalogus FROM catalogi_zaaktype"
    )
    assert zaaktype == (
        ["Vergunning"],
        True,
        f"loket://selectielijst/api/v1/procestypen/{zips.PROCESTYPE}",
        "B0001",
        None,
    )
    assert one("SELECT informatieobjecttypen FROM catalogi_besluittype")[0] == ["Aanvraag"]
    assert one(
        "SELECT s.volgnummer FROM catalogi_eigenschap e JOIN catalogi_statustype s "
        "ON s.id = e.statustype_id"
    ) == (2,)
    told = rows(
        "SELECT DISTINCT toelichting, actor_id FROM ledger_event WHERE register = 'catalogi'"
    )
    assert told == [("ingelezen uit een ZIP", "test")]


def test_a_second_time_makes_nothing(gemeente: Tenant, actor: Actor) -> None:
    del gemeente
    brought(zips.open_zaak(), actor)
    before = one("SELECT count(*) FROM ledger_event WHERE register = 'catalogi'")[0]
    lines = brought(zips.open_zaak(), actor)
    assert outcomes(lines) == {SKIPPED: 10}
    assert {line.reason for line in lines} == {
        "bestaat al",
        "het zaaktype waar dit bij hoort is niet gemaakt",
    }
    assert one("SELECT count(*) FROM ledger_event WHERE register = 'catalogi'")[0] == before


def test_the_older_representation_comes_in_and_says_what_was_filled_in(
    gemeente: Tenant, actor: Actor
) -> None:
    del gemeente
    lines = brought(zips.older(), actor)
    assert {line.kind: line.reason for line in lines if line.reason} == {
        "informatieobjecttype": "informatieobjectcategorie ontbreekt in de ZIP en is 'onbekend' "
        "geworden",
        "zaaktype": "verantwoordelijke ontbreekt in de ZIP en is 'onbekend' geworden",
    }
    assert one("SELECT besluittypen FROM catalogi_zaaktype")[0] == ["Vergunning"]


def test_what_exists_becomes_a_new_version_when_asked_and_only_once(
    gemeente: Tenant, actor: Actor
) -> None:
    del gemeente
    brought(zips.open_zaak(), actor, publish=True)
    for expected in ({MADE: 9, SKIPPED: 1}, {SKIPPED: 10}):
        lines = brought(zips.open_zaak(), actor, versions=True, begin=date(2025, 1, 1))
        assert outcomes(lines) == expected
    assert rows(
        "SELECT begin_geldigheid, concept FROM catalogi_zaaktype ORDER BY begin_geldigheid"
    ) == [(date(2023, 1, 1), False), (date(2025, 1, 1), True)]


def test_a_new_version_in_time_of_a_published_one_is_refused_whole(
    gemeente: Tenant, actor: Actor
) -> None:
    del gemeente
    brought(zips.open_zaak(), actor, publish=True)
    with pytest.raises(ImportRefusedError) as caught:
        brought(zips.open_zaak(), actor, versions=True, begin=date(2022, 1, 1))
    assert {line.kind for line in caught.value.lines} == {
        "informatieobjecttype",
        "besluittype",
        "zaaktype",
    }
    assert one("SELECT count(*) FROM catalogi_zaaktype")[0] == 1


def test_deelzaaktypen_may_come_later_in_the_zip(gemeente: Tenant, actor: Actor) -> None:
    del gemeente
    files = zips.open_zaak()
    other = {
        **files["ZaakType.json"][0],
        "url": zips.url("zaaktypen", 2),
        "identificatie": "B0002",
        "deelzaaktypen": [zips.url("zaaktypen", 1)],
    }
    files["ZaakType.json"][0]["deelzaaktypen"] = [zips.url("zaaktypen", 2)]
    files["ZaakType.json"].append(other)
    brought(files, actor)
    assert rows("SELECT deelzaaktypen FROM catalogi_zaaktype ORDER BY identificatie") == [
        (["B0002"],),
        (["B0001"],),
    ]


def test_an_export_of_one_zaaktype_goes_into_a_catalogus_of_choice(
    beheer: Beheer, actor: Actor
) -> None:
    del beheer
    files = zips.open_zaak()
    del files["Catalogus.json"]
    with pytest.raises(ImportRefusedError) as caught:
        brought(files, actor)
    assert "catalogus verwijst naar" in caught.value.lines[0].reason
    assert outcomes(brought(files, actor, into=only())) == {MADE: 9}
    assert one("SELECT count(*) FROM catalogi_catalogus")[0] == 1


def test_everything_that_is_refused_is_told_at_once_and_nothing_is_made(
    gemeente: Tenant, actor: Actor
) -> None:
    del gemeente
    files = zips.open_zaak()
    files["StatusType.json"][0]["volgnummer"] = 0
    files["RolType.json"][0]["omschrijvingGeneriek"] = "baas"
    files["Eigenschap.json"][0]["statustype"] = zips.url("statustypen", 99)
    with pytest.raises(ImportRefusedError) as caught:
        brought(files, actor)
    said = {(line.place, line.reason.split(":")[0]) for line in caught.value.lines}
    assert said == {
        ("StatusType.json nr. 1", "volgnummer"),
        ("RolType.json nr. 1", "omschrijvingGeneriek"),
        ("Eigenschap.json nr. 1", "statustype verwijst naar https"),
    }
    assert one("SELECT count(*) FROM ledger_event WHERE register = 'catalogi'")[0] == 0
    assert one("SELECT count(*) FROM catalogi_catalogus")[0] == 0


WRONG: list[Any] = [None, 1, "x", True, [], {}, [1], [[]], [{}], {"a": [1]}, "http://x", "é" * 5000]


@pytest.mark.parametrize("value", WRONG, ids=lambda value: repr(value)[:20])
def test_whatever_stands_in_a_field_is_refused_and_never_breaks(
    gemeente: Tenant, actor: Actor, value: Any
) -> None:
    """Every field of every file but its address gets a wrong value, one file at a time."""
    del gemeente
    for file, things in zips.open_zaak().items():
        files = zips.open_zaak()
        files[file] = [{"url": things[0]["url"], **dict.fromkeys([*things[0]][1:], value)}]
        with pytest.raises(ImportRefusedError):
            carry_out(read(zips.zipped(files)), actor, Wishes(publish=True))
    assert one("SELECT count(*) FROM ledger_event WHERE register = 'catalogi'")[0] == 0
