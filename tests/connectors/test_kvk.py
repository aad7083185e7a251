"""Companies from KVK: the stand-in, and answers that it does not give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.asking import Access
from loket.connectors.kvk import (
    KEY_HEADER,
    Activiteit,
    Adres,
    Geweigerd,
    Onbereikbaar,
    Soort,
    Treffer,
    VraagOnjuist,
    Zoekresultaat,
    Zoekvraag,
    naamgeving,
    onderneming,
    vestiging,
    vestigingen,
    zoek,
)
from loket.kernel.problems import InvalidValue
from loket.simulators.kvk.server import Served, serving
from tests.connectors.basis import KEY, saying

if TYPE_CHECKING:
    from collections.abc import Iterator

BAKKER, KLUSSER, STICHTING, VERVOERDER = "90001001", "90001002", "90001003", "90001004"
GELATERIA, NIEMAND = "90001005", "90009999"
BRINK = Adres("bezoekadres", ("Brink 5A", "9999 AB Voorbeeldstad"))
POSTBUS = Adres("correspondentieadres", ("Postbus 120", "9999 ZZ Voorbeeldstad"))


@pytest.fixture
def kvk() -> Iterator[Served]:
    with serving(KEY) as served:
        yield served


@pytest.fixture
def access(kvk: Served) -> Access:
    return Access(kvk.url, KEY, KEY_HEADER)


def test_a_company_in_our_words(access: Access) -> None:
    found = onderneming(access, BAKKER)
    assert found is not None
    assert (found.naam, found.begonnen) == ("Bakkerij Het Gouden Graan B.V.", date(2011, 3, 1))
    assert found.rechtsvorm == "Besloten Vennootschap (met gewone structuur)"
    assert found.handelsnamen == ("Bakkerij Het Gouden Graan", "Banket aan de Brink")
    assert found.adressen == (BRINK, POSTBUS)
    assert found.activiteiten[0] == Activiteit(
        "10712", "Vervaardiging van brood en vers banketbakkerswerk", hoofd=True
    )
    assert found.hoofdvestiging is not None
    assert found.hoofdvestiging.nummer == "000090010011"


def test_without_vestigingen_the_addresses_are_the_owners(access: Access) -> None:
    found = onderneming(access, STICHTING)
    assert found is not None
    assert found.hoofdvestiging is None
    assert found.adressen == (Adres("bezoekadres", ("Duinpad 2", "9999 AG Voorbeeldstad")),)
    assert vestigingen(access, STICHTING) == ()


def test_a_shielded_address_has_no_lines(access: Access) -> None:
    found = onderneming(access, KLUSSER)
    assert found is not None
    assert found.adressen == (Adres("bezoekadres", (), afgeschermd=True),)
    assert found.begonnen is None, "its day is not known"
    [at] = vestigingen(access, KLUSSER)
    assert at.adressen == (Adres("bezoekadres", (), afgeschermd=True),)


def test_an_address_abroad_ends_with_the_country(access: Access) -> None:
    found = onderneming(access, GELATERIA)
    assert found is not None
    assert found.adressen[0].regels == ("Via dei Gelsi 8", "06049 Spoleto", "Italië")


def test_a_company_that_ended(access: Access) -> None:
    found = onderneming(access, VERVOERDER)
    assert found is not None
    assert found.geeindigd == date(2026, 1, 31)


def test_a_vestiging(access: Access) -> None:
    found = vestiging(access, "000090010011")
    assert found is not None
    assert (found.kvk_nummer, found.naam) == (BAKKER, "Bakkerij Het Gouden Graan")
    assert found.hoofd
    assert found.adressen == (BRINK, POSTBUS)
    assert found.websites == ("www.goudengraan.example",)
    assert [each.nummer for each in vestigingen(access, BAKKER)] == ["000090010011", "000090010012"]


def test_names(access: Access) -> None:
    found = naamgeving(access, BAKKER)
    assert found is not None
    assert found.statutaire_naam == "Bakkerij Het Gouden Graan B.V."
    assert [each.handelsnamen for each in found.vestigingen] == [
        ("Bakkerij Het Gouden Graan", "Banket aan de Brink"),
        ("Het Gouden Graan aan de Haven",),
    ]


def test_a_search(kvk: Served, access: Access) -> None:
    vraag = Zoekvraag(postcode="9999 AE", huisnummer="18", soorten=(Soort.NEVENVESTIGING,))
    assert zoek(access, vraag) == Zoekresultaat(
        1,
        (
            Treffer(
                BAKKER, "Het Gouden Graan aan de Haven", "nevenvestiging", "000090010012",
                regels=("Havenkade 18", "9999 AE Voorbeeldstad"),
            ),
        ),
    )  # fmt: skip
    assert kvk.gate.asked[-1].path == (
        "/api/v2/zoeken?postcode=9999AE&huisnummer=18&type=nevenvestiging"
        "&pagina=1&resultatenPerPagina=10"
    )


def test_a_search_for_what_ended(access: Access) -> None:
    assert zoek(access, Zoekvraag(naam="molenaar")) == Zoekresultaat(0)
    found = zoek(access, Zoekvraag(naam="molenaar", ook_beeindigd=True))
    assert [each.actief for each in found.treffers] == [False, False]


def test_nothing_found_is_no_failure(access: Access) -> None:
    assert onderneming(access, NIEMAND) is None
    assert vestiging(access, "000099999999") is None
    assert naamgeving(access, NIEMAND) is None
    assert vestigingen(access, NIEMAND) == ()
    assert zoek(access, Zoekvraag(naam="bestaat niet")) == Zoekresultaat(0)


@pytest.mark.parametrize("number", ["", "1234567", "1234567x", "../../x", "90001001/eigenaar"])
def test_what_is_no_number_is_not_asked(kvk: Served, access: Access, number: str) -> None:
    for ask in (onderneming, naamgeving, vestigingen, vestiging):
        with pytest.raises(InvalidValue):
            ask(access, number)
    assert not kvk.gate.asked


def test_whose_fault_it_is(kvk: Served, access: Access) -> None:
    with pytest.raises(Geweigerd):
        onderneming(replace(access, key="geraden"), BAKKER)
    with pytest.raises(VraagOnjuist, match="IPD1999"):
        zoek(access, Zoekvraag(huisnummer="5"))
    kvk.gate.fail(500)
    with pytest.raises(Onbereikbaar):
        onderneming(access, BAKKER)


@pytest.mark.parametrize(
    "told",
    [
        {"naam": "zonder nummer"},
        {"kvkNummer": 90001001},
        {"kvkNummer": "90001001", "handelsnamen": {}},
        {"kvkNummer": "90001001", "_embedded": []},
        {"kvkNummer": "90001001", "materieleRegistratie": {"datumAanvang": "gisteren"}},
    ],
)
def test_an_answer_that_is_none_is_not_read(told: Any) -> None:
    with saying() as said:
        said.say(told)
        with pytest.raises(Onbereikbaar, match="not one of KVK"):
            onderneming(Access(said.url), BAKKER)
