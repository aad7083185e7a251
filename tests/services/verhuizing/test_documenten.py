"""Documents moving in: every version, its file, its checksum, and files that cannot come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar.files import Unavailable
from loket.ledger.database import one, rows
from tests.conftest import Api, make_client
from tests.registers.documenten.opslag import VIRUS
from tests.services.verhuizing.huis import CUT, once
from tests.services.verhuizing.openzaak import BRIEF, HOST, KAART, key
from tests.services.verhuizing.test_openzaak import moved, openzaak, wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.services.verhuizing.report import Report
    from tests.services.verhuizing.conftest import Kelders
    from tests.services.verhuizing.huis import Wire
    from tests.services.verhuizing.openzaak import OpenZaak

__all__ = ["moved", "openzaak", "wire"]

EIO = "/documenten/api/v1/enkelvoudiginformatieobjecten"


def document(name: str, query: str = "") -> Any:
    reader = Api("kijker")
    path = f"{EIO}/{key('enkelvoudiginformatieobjecten' + name)}{query}"
    if reader.get(path).status_code == 403:
        make_client("kijker")
    answer = reader.get(path)
    assert answer.status_code == 200, answer.text
    return answer


def count(made: Report, resource: str, what: str = "overgenomen") -> int:
    return int(next(getattr(row, what) for row in made.rows if row.resource == resource))


def test_every_version_comes_with_its_file(moved: Callable[..., Report]) -> None:
    made = moved()
    assert made.goed, made.whole()
    assert count(made, "documenten/enkelvoudiginformatieobjecten") == 3
    assert document("brief", "/download").content == BRIEF
    for nr, content in enumerate(KAART, start=1):
        assert document("kaart", f"/download?versie={nr}").content == content
        version = document("kaart", f"?versie={nr}").json()
        assert (version["titel"], version["versie"]) == (f"kaart {nr}", nr)
        assert version["beginRegistratie"].startswith(f"2021-03-0{nr}T10:00:00.123456")
    assert document("leeg").json()["inhoud"] is None
    assert document("kaart").json()["indicatieGebruiksrecht"] is True


def test_relations_stand_at_both_ends_under_their_own_keys(moved: Callable[..., Report]) -> None:
    made = moved()
    assert count(made, "zaken/zaakinformatieobjecten") == 1
    assert count(made, "besluiten/besluitinformatieobjecten") == 1
    assert count(made, "documenten/gebruiksrechten") == 1
    assert count(made, "documenten/objectinformatieobjecten") == 2
    kept = rows("SELECT id::text FROM documenten_objectinformatieobject ORDER BY 1")
    names = ("zaak", "besluit")
    assert kept == sorted((key(f"objectinformatieobjecten{name}"),) for name in names)


def test_a_second_time_fetches_no_file(moved: Callable[..., Report], wire: Wire) -> None:
    moved()
    wire.asked.clear()
    assert moved(recheck=True).goed
    assert not [where for where in wire.asked if "/download" in where]


def test_a_download_that_breaks_off_is_fetched_again(
    moved: Callable[..., Report], wire: Wire
) -> None:
    wire.faults.append(once(2, CUT, "/download"))
    assert moved().goed
    assert document("brief", "/download").content == BRIEF


def test_a_file_that_is_not_whole_is_not_taken(
    moved: Callable[..., Report], openzaak: OpenZaak, kelders: Kelders
) -> None:
    path = f"{EIO}/{key('enkelvoudiginformatieobjectenbrief')}"
    [(told, _)] = openzaak.versions[path]
    openzaak.versions[path] = [(told, BRIEF[:4])]
    made = moved()
    assert count(made, "documenten/enkelvoudiginformatieobjecten", "mislukt") == 1
    assert count(made, "zaken/zaakinformatieobjecten", "geweigerd") == 1
    assert len(kelders.each["demo"].files) == 2
    openzaak.versions[path] = [(told, BRIEF)]
    assert moved().goed


def test_an_infected_file_is_refused_and_told(
    moved: Callable[..., Report], openzaak: OpenZaak, kelders: Kelders
) -> None:
    openzaak.document("besmet", VIRUS)
    made = moved()
    assert count(made, "documenten/enkelvoudiginformatieobjecten", "geweigerd") == 1
    said = {each["url"]: each["reden"] for each in made.whole()["opmerkingen"]}
    url = f"{HOST}{EIO}/{key('enkelvoudiginformatieobjectenbesmet')}"
    assert "virusscanner" in said[url]
    assert not [name for name in kelders.each["demo"].files if key("besmet") in name]


@pytest.mark.parametrize("what", ["wacht", "opslag"])
def test_without_scanner_or_storage_it_stops_and_goes_on_later(
    moved: Callable[..., Report], kelders: Kelders, what: str
) -> None:
    kelders.each["demo"] = store = type(kelders.each["bron"])()
    neighbour = kelders.wacht if what == "wacht" else store
    neighbour.down = True
    with pytest.raises(Unavailable):
        moved()
    assert one("SELECT count(*) FROM documenten_enkelvoudiginformatieobject")[0] == 0
    neighbour.down = False
    assert moved().goed


def test_a_document_that_is_refused_leaves_no_file(
    moved: Callable[..., Report], openzaak: OpenZaak, kelders: Kelders
) -> None:
    openzaak.document("fout", b"iets", taal="Nederlands")
    made = moved()
    assert count(made, "documenten/enkelvoudiginformatieobjecten", "geweigerd") == 1
    assert len(kelders.each["demo"].files) == 3
