"""The download of one's dossier: all that one sees, nothing else, and never whole in memory."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from loket.grammar.files import storage
from loket.kernel.actor import Actor
from loket.kernel.problems import Forbidden
from loket.ledger.database import one
from loket.services.mijnservices.dossier import delen, dossier
from tests.services.mijnservices.leven import PDF, VESTIGING, bestand

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from tests.services.mijnservices.leven import Leven


def opened(actor: Actor) -> ZipFile:
    return ZipFile(io.BytesIO(b"".join(dossier(actor, blad))))


def blad(paden: Mapping[UUID, str]) -> Iterator[bytes]:
    """Make a page of nothing but where the files are."""
    for key, pad in paden.items():
        yield f"{key} {pad}\n".encode()


@pytest.mark.req("M51")
def test_it_holds_all_that_he_sees_and_nothing_else(leven: Leven) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    mine = leven.dossier(klant)
    theirs = leven.dossier(ander)
    found = opened(klant.actor)
    assert found.testzip() is None
    whole = "".join(found.read(name).decode() for name in found.namelist() if "/" not in name)
    for key in (mine.zaak, mine.document, mine.taak, mine.bericht, mine.bijlage, mine.contact):
        assert str(key) in whole
    assert mine.besluit["identificatie"] in whole
    for other in (mine.concept, theirs.zaak, theirs.document, theirs.bericht, theirs.contact):
        assert str(other) not in whole
    assert theirs.besluit["identificatie"] not in whole
    assert klant.urn.rpartition(":")[2] not in whole
    (zaak,) = json.loads(found.read("zaken.json"))
    assert zaak["regel"]["uuid"] == str(mine.zaak)
    assert len(json.loads(found.read("sporen.json"))) > 0
    files = [name for name in found.namelist() if name.startswith("documenten/")]
    listed = json.loads(found.read("documenten.json"))
    assert sorted(each["bestand"] for each in listed) == sorted(files)
    assert [found.read(name) for name in files] == [PDF, PDF]
    assert found.namelist()[-1] == "index.html"
    told = dict(row.split(" ", 1) for row in found.read("index.html").decode().splitlines())
    assert told == {each["uuid"]: each["bestand"] for each in listed}


def test_a_long_list_is_there_to_the_end(leven: Leven) -> None:
    klant = leven.burger()
    for nr in range(52):
        leven.bericht(klant, onderwerp=f"Bericht {nr}")
    found = json.loads(opened(klant.actor).read("berichten.json"))
    assert {each["regel"]["onderwerp"] for each in found} == {f"Bericht {n}" for n in range(52)}


def test_what_is_withdrawn_while_it_is_read_stops_nothing(leven: Leven) -> None:
    klant = leven.burger()
    made = {each["uuid"]: each["url"] for each in (leven.taak(klant), leven.taak(klant))}
    (found,) = (iter(each.waarden) for each in delen(klant.actor) if each.naam == "taken")
    made.pop(str(next(found).regel.uuid))
    (other,) = made.values()
    assert leven.api.patch(other, json={"status": "afgebroken"}).status_code == 200
    assert list(found) == []


def test_of_who_has_nothing_it_is_empty(leven: Leven) -> None:
    found = opened(leven.burger().actor)
    assert [json.loads(found.read(f"{name}.json")) for name in ("zaken", "taken")] == [[], []]


def test_a_company_has_no_traces_of_a_number(leven: Leven) -> None:
    klant = leven.bedrijf()
    part = leven.bedrijf(VESTIGING)
    leven.dossier(part)
    assert "sporen.json" not in opened(klant.actor).namelist()
    assert len(json.loads(opened(part.actor).read("zaken.json"))) == 1


def test_an_employee_has_no_dossier(leven: Leven) -> None:
    del leven
    with pytest.raises(Forbidden):
        dossier(Actor.system("iets"), blad)
    with pytest.raises(Forbidden):
        delen(Actor.system("iets"))


def test_a_file_that_is_lost_is_told_and_stops_nothing(leven: Leven) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    leven.document(zaak, titel="Kwijt")
    key = one(
        "SELECT inhoud->>'sleutel' FROM documenten_enkelvoudiginformatieobject WHERE titel = %s",
        ("Kwijt",),
    )
    storage().remove(key[0])
    found = opened(klant.actor)
    (listed,) = json.loads(found.read("documenten.json"))
    assert (listed["titel"], listed["bestand"]) == ("Kwijt", None)
    assert found.read("index.html") == b""
    assert not [name for name in found.namelist() if name.startswith("documenten/")]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\Windows\\x.pdf", "a/b\x7f.pdf", "..", "é.pdf"]
)
def test_no_name_leads_out_of_the_folder(leven: Leven, name: str) -> None:
    klant = leven.burger()
    leven.document(leven.zaak(klant), bestandsnaam=name)
    (path,) = [each for each in opened(klant.actor).namelist() if each.startswith("documenten/")]
    assert path.count("/") == 1
    assert "\\" not in path
    assert path.startswith("documenten/0001 ")


@pytest.mark.req("M51")
def test_it_streams(leven: Leven) -> None:
    """Two files of ten megabytes pass by the piece, and the first bytes come at once."""
    klant = leven.burger()
    zaak = leven.zaak(klant)
    large = b"%PDF-1.4\n" + bytes(range(256)) * 40_000
    for _ in range(2):
        leven.document(zaak, **bestand(large))
    stream = dossier(klant.actor, blad)
    assert next(stream)[:2] == b"PK"
    tracemalloc.start()
    size = sum(len(piece) for piece in stream)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 2 * len(large)
    assert peak < len(large) / 2
