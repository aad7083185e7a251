"""Over the MijnServices API: what asks attention, and searching in all that is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import counted
from loket.services.mijnservices import overzicht, zoeken
from loket.services.mijnservices.zoeken import Soort
from tests.registers.klantinteracties.contactwerk import bsn
from tests.services.mijnservices.aanbieder import LOA3, App
from tests.services.mijnservices.leven import KVK, VESTIGING, key
from tests.services.mijnservices.test_mijn import MIJN, app, seen

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.services.mijnservices.aanbieder import Aanbieder
    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]


@pytest.fixture
def klant(leven: Leven) -> Klant:
    return leven.burger()


@pytest.fixture
def shown(provider: Aanbieder, klant: Klant) -> App:
    """The app of the citizen."""
    return app(provider, klant)


@pytest.mark.req("M35", "M40", "M44", "M47")
def test_what_asks_attention_comes_in_one_statement(shown: App, klant: Klant, leven: Leven) -> None:
    dossier = leven.dossier(klant)
    seen(shown, "zaken")  # the token is known from now on
    with counted() as statements:
        mijn = seen(shown, "overzicht")
    assert len(statements) == 1
    assert {name: [each["uuid"] for each in blok["results"]] for name, blok in mijn.items()} == {
        "taken": [str(dossier.taak)],
        "berichten": [str(dossier.bericht)],
        "zaken": [str(dossier.zaak)],
        "contactmomenten": [str(dossier.contact)],
    }


def test_each_address_in_the_overview_opens(shown: App, klant: Klant, leven: Leven) -> None:
    """Its lines are those of the lists, which hold as many as were counted."""
    leven.dossier(klant)
    leven.sluit(leven.zaak(klant))
    for _ in range(overzicht.SIZE):
        leven.dossier(klant)
    for name, blok in seen(shown, "overzicht").items():
        assert len(blok["results"]) == overzicht.SIZE, name
        lijst = shown.get(blok["url"]).json()
        assert blok["count"] == lijst["count"] == overzicht.SIZE + 1
        lines = [{**each, "url": None} for each in lijst["results"]]
        for each in blok["results"]:
            assert {**each, "url": None} in lines
            assert shown.get(each["url"]).json()["regel"]["uuid"] == each["uuid"]


@pytest.mark.req("M35", "M37", "M40", "M44", "M47")
def test_each_kind_is_found_in_one_statement(shown: App, klant: Klant, leven: Leven) -> None:
    zaak = leven.zaak(klant, toelichting="Met zilverschoon")
    besloten = leven.zaak(klant)
    leven.besluiten.besluit(zaak=besloten["url"], toelichting="Geen zilverschoon")
    made = {
        Soort.ZAKEN: key(zaak),
        Soort.BESLUITEN: key(besloten),
        Soort.TAKEN: key(leven.taak(klant, titel="Zilverschoon")),
        Soort.BERICHTEN: key(leven.bericht(klant, onderwerp="Zilverschoon")),
        Soort.DOCUMENTEN: key(leven.document(zaak, titel="Zilverschoon")),
        Soort.CONTACTMOMENTEN: key(leven.contact(klant, inhoud="Vroeg naar zilverschoon")),
    }
    seen(shown, "zaken")  # the token is known from now on
    with counted() as statements:
        found = seen(shown, "zoeken", q="zilverSCHOON")
    assert len(statements) == 1
    assert found["count"] == len(made)
    for groep, (soort, uuid) in zip(found["groepen"], made.items(), strict=True):
        (treffer,) = groep["results"]
        assert (groep["count"], treffer["soort"], treffer["uuid"]) == (1, soort, str(uuid))
        assert shown.get(treffer["url"]).status_code == 200
        assert shown.get(groep["url"]).json()["groepen"] == [groep]


@pytest.mark.req("M44")
def test_a_hit_is_plain_text_and_says_where_it_is(shown: App, klant: Klant, leven: Leven) -> None:
    leven.bericht(klant, onderwerp="Uw vraag", berichtTekst="# Besluit\n\nOver **zilverschoon**.")
    (groep,) = seen(shown, "zoeken", q="zilver")["groepen"]
    (treffer,) = groep["results"]
    assert (treffer["titel"], treffer["fragment"]) == ("Uw vraag", "Besluit Over zilverschoon.")
    assert treffer["gemarkeerd"] == {
        "titel": [{"tekst": "Uw vraag", "treft": False}],
        "fragment": [
            {"tekst": "Besluit Over ", "treft": False},
            {"tekst": "zilver", "treft": True},
            {"tekst": "schoon.", "treft": False},
        ],
    }


def test_one_kind_comes_in_pages_and_all_kinds_in_parts(
    shown: App, klant: Klant, leven: Leven
) -> None:
    for _ in range(zoeken.PAGE + 1):
        leven.bericht(klant, onderwerp="Zilver & schoon")
    (part,) = seen(shown, "zoeken", q="zilver &")["groepen"]
    assert (part["count"], len(part["results"])) == (zoeken.PAGE + 1, zoeken.SIZE)
    assert (part["next"], part["previous"]) == (None, None)
    (first,) = shown.get(part["url"]).json()["groepen"]
    assert (len(first["results"]), first["previous"]) == (zoeken.PAGE, None)
    (second,) = shown.get(first["next"]).json()["groepen"]
    assert (len(second["results"]), second["next"]) == (1, None)
    assert shown.get(second["previous"]).json()["groepen"] == [first]
    beyond = {"q": "zilver", "soort": "berichten", "page": "3"}
    assert shown.get(f"{MIJN}/zoeken", params=beyond).status_code == 404


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ({}, {"q": "required"}),
        ({"q": ""}, {"q": "invalid"}),
        ({"q": " z "}, {"q": "invalid"}),
        ({"q": "z" * 101}, {"q": "invalid"}),
        ({"q": "zil\x00ver"}, {"q": "invalid"}),
        ({"q": "zilver", "soort": "producten"}, {"soort": "invalid_choice"}),
        ({"q": "zilver", "soort": ""}, {"soort": "invalid_choice"}),
        ({"q": "zilver", "page": "2"}, {"page": "invalid"}),
        ({"q": "zilver", "soort": "zaken", "page": "0"}, {"page": "invalid"}),
        ({"q": "z", "soort": "x", "page": "1"}, {"q": "invalid", "soort": "invalid_choice"}),
    ],
)
def test_what_cannot_be_searched_is_told(shown: App, query: Json, faults: Json) -> None:
    answer = shown.get(f"{MIJN}/zoeken", params=query)
    assert answer.status_code == 400
    assert {each["name"]: each["code"] for each in answer.json()["invalidParams"]} == faults
    assert shown.get(f"{MIJN}/overzicht", params={"page": "1"}).status_code == 400


def test_nothing_of_another(provider: Aanbieder, klant: Klant, leven: Leven) -> None:
    leven.dossier(klant)
    stranger = App(provider.token(bsn=bsn()))
    for blok in seen(stranger, "overzicht").values():
        assert (blok["count"], blok["results"]) == (0, [])
    for asked in ({}, {"soort": "zaken"}):
        found = seen(stranger, "zoeken", q="parkeervergunning", **asked)
        assert found == {"count": 0, "groepen": []}


def test_a_company_and_its_vestiging(provider: Aanbieder, leven: Leven) -> None:
    heel, een = leven.bedrijf(), leven.bedrijf(VESTIGING)
    zaken = [str(leven.dossier(each).zaak) for each in (heel, een)]
    whole = App(provider.token(kvk=KVK, acr=LOA3))
    part = App(provider.token(kvk=KVK, vestiging=VESTIGING, acr=LOA3))
    for company, own in ((whole, set(zaken)), (part, {zaken[1]})):
        assert {each["uuid"] for each in seen(company, "overzicht")["zaken"]["results"]} == own
        (found,) = seen(company, "zoeken", q="parkeervergunning", soort="zaken")["groepen"]
        assert {each["uuid"] for each in found["results"]} == own


def test_it_asks_what_the_other_reads_ask(provider: Aanbieder, klant: Klant, api: Api) -> None:
    for path in ("overzicht", "zoeken?q=parkeer"):
        assert app(provider, klant, scope="openid").get(f"{MIJN}/{path}").status_code == 403
        assert app(provider, klant, exp=1).get(f"{MIJN}/{path}").status_code == 401
        assert api.get(f"{MIJN}/{path}").status_code == 403
