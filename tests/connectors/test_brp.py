"""Persons from the BRP: the stand-in, and answers that it does not give."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from loket.connectors.asking import Access, Login
from loket.connectors.brp import (
    KEY_HEADER,
    Adres,
    Datum,
    Deel,
    Gerelateerde,
    Geweigerd,
    Onbereikbaar,
    Persoon,
    Verblijf,
    persoon,
)
from loket.connectors.brp.persons import FIELDS
from loket.simulators.brp.server import Served, serving
from tests.connectors.basis import KEY, saying
from tests.simulators.published import hold, published

if TYPE_CHECKING:
    from collections.abc import Iterator

FENNA, JELLE, ROSHNI, SJOERD = "999970343", "999940612", "999938265", "999978500"
NOOR, WILLEM, GEERTRUIDA, TESFAYE = "999931118", "999991395", "999911004", "999911016"
NOBODY = "999911028"
PAGE = (Deel.NAAM, Deel.GEBOORTE, Deel.ADRES, Deel.OVERLIJDEN)


@pytest.fixture
def brp() -> Iterator[Served]:
    with serving(KEY, purposes=("Mijn gegevens",)) as served:
        yield served


@pytest.fixture
def access(brp: Served) -> Access:
    return Access(brp.url, KEY, KEY_HEADER, (("x-doelbinding", "Mijn gegevens"),))


def test_a_person_in_our_words(access: Access) -> None:
    assert persoon(access, FENNA, PAGE) == Persoon(
        naam="Fenna de Wit-Yılmaz",
        aanschrijfnaam="F. de Wit-Yılmaz",
        geboren=Datum("12 maart 1984", date(1984, 3, 12)),
        geboorteplaats="Voorbeeldstad",
        geboorteland="Nederland",
        adres=Adres(
            Verblijf.NEDERLAND,
            ("Dorpsstraat 12", "9999 AB Voorbeeldstad"),
            sinds=Datum("1 juni 2015", date(2015, 6, 1)),
        ),
    )


def test_partner_and_children_only_when_asked_for(access: Access) -> None:
    mens = persoon(access, FENNA, (Deel.AANHEF, Deel.PARTNER, Deel.KINDEREN))
    assert mens == Persoon(
        aanhef="Geachte mevrouw De Wit-Yılmaz",
        partners=(
            Gerelateerde("Emre Yılmaz", Datum("30 november 1982", date(1982, 11, 30)), "huwelijk"),
        ),
        kinderen=(
            Gerelateerde("Defne Yılmaz", Datum("19 januari 2012", date(2012, 1, 19))),
            Gerelateerde("Kaan Yılmaz", Datum("5 augustus 2016", date(2016, 8, 5))),
        ),
    )


def test_nothing_is_asked_for_that_is_not_needed(brp: Served, access: Access) -> None:
    persoon(access, FENNA, (Deel.NAAM,))
    [asked] = brp.gate.asked
    assert asked.body == {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": [FENNA],
        "fields": ["adressering.aanschrijfwijze.naam", "naam.volledigeNaam"],
    }
    hold("brp-personen-2.7.0.yaml", asked.body, "PersonenQuery")


def test_the_number_stands_in_the_body_alone(
    brp: Served, access: Access, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    mens = persoon(access, FENNA, PAGE)
    [asked] = brp.gate.asked
    assert FENNA not in asked.path + json.dumps(asked.headers) + caplog.text
    assert "Fenna" not in caplog.text + repr(mens)


def test_every_field_is_one_of_the_published_file() -> None:
    schemas = published("brp-personen-2.7.0.yaml")["components"]["schemas"]
    for path in (each for paths in FIELDS.values() for each in paths):
        at: list[Any] = [schemas["Persoon"]]
        for step in path.split("."):
            at = [found for each in at for found in _inside(each, step, schemas)]
        assert at, path


def _inside(schema: dict[str, Any], step: str, schemas: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a schema says of a field, whichever of its kinds it is."""
    if "$ref" in schema:
        yield from _inside(schemas[schema["$ref"].rpartition("/")[2]], step, schemas)
        return
    if "items" in schema:
        yield from _inside(schema["items"], step, schemas)
    kinds = [{"$ref": ref} for ref in schema.get("discriminator", {}).get("mapping", {}).values()]
    own = [each for each in schema.get("allOf", ()) if "Abstract" not in each.get("$ref", "")]
    for each in [*kinds, *own]:
        yield from _inside(each, step, schemas)
    if step in schema.get("properties", {}):
        yield schema["properties"][step]


def test_nobody_is_none(access: Access) -> None:
    assert persoon(access, NOBODY, PAGE) is None


def test_who_keeps_his_data_secret(access: Access) -> None:
    jelle = persoon(access, JELLE, PAGE)
    assert jelle is not None
    assert jelle.geheim


def test_what_is_being_looked_into(access: Access) -> None:
    roshni, noor = (persoon(access, number, PAGE) for number in (ROSHNI, NOOR))
    assert roshni is not None
    assert noor is not None
    assert roshni.in_onderzoek == {Deel.ADRES}
    assert noor.in_onderzoek == {Deel.NAAM, Deel.GEBOORTE}
    assert roshni.adres is not None
    assert roshni.adres.woont_er_niet


@pytest.mark.parametrize(
    ("number", "tekst"), [(ROSHNI, "1976"), (NOOR, "februari 2001"), (TESFAYE, "onbekend")]
)
def test_a_date_may_be_known_in_part(access: Access, number: str, tekst: str) -> None:
    mens = persoon(access, number, PAGE)
    assert mens is not None
    assert mens.geboren == Datum(tekst)


def test_who_lives_abroad_and_who_left_for_nobody_knows_where(access: Access) -> None:
    sjoerd, willem = (persoon(access, number, PAGE) for number in (SJOERD, WILLEM))
    assert sjoerd is not None
    assert sjoerd.adres == Adres(
        Verblijf.BUITENLAND,
        ("Via dei Gelsi 8", "06049 Spoleto", "Umbria"),
        "Italië",
        Datum("1 mei 2022", date(2022, 5, 1)),
    )
    assert willem is not None
    assert willem.adres == Adres(
        Verblijf.ONBEKEND, sinds=Datum("10 januari 2023", date(2023, 1, 10))
    )
    assert (sjoerd.opgeschort, willem.opgeschort) == ("emigratie", "emigratie")


def test_who_died(access: Access) -> None:
    mens = persoon(access, GEERTRUIDA, PAGE)
    assert mens is not None
    assert mens.overleden == Datum("3 februari 2026", date(2026, 2, 3))


def test_without_key_or_purpose_nothing_is_told(access: Access) -> None:
    for wrong in (replace(access, key="geraden"), replace(access, headers=())):
        with pytest.raises(Geweigerd):
            persoon(wrong, FENNA, PAGE)


def test_a_token_lets_in_as_well() -> None:
    with serving(client_id="gemeente", client_secret="geheim") as brp:
        root = brp.url.removesuffix("/haalcentraal/api/brp")
        access = Access(brp.url, login=Login(f"{root}/token", "gemeente", "geheim", "0001"))
        assert persoon(access, FENNA, PAGE)
        with pytest.raises(Geweigerd):
            persoon(
                replace(access, login=Login(f"{root}/token", "gemeente", "geraden")), FENNA, PAGE
            )


def test_a_brp_that_is_broken_is_not_there(brp: Served, access: Access) -> None:
    for status in (500, 503, 429):
        brp.gate.fail(status)
        with pytest.raises(Onbereikbaar):
            persoon(access, FENNA, PAGE)


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"personen": {}},
        {"personen": [1]},
        {"personen": [{}, {}]},
        {"personen": [{"naam": "Fenna"}]},
        {"personen": [{"naam": {"volledigeNaam": 1}}]},
        {"personen": [{"geboorte": {"datum": {"type": "Datum", "datum": "gisteren"}}}]},
        {"personen": [{"kinderen": {}}]},
    ],
)
def test_an_answer_that_is_none_is_not_read(told: Any) -> None:
    with saying() as said:
        said.say(told)
        with pytest.raises(Onbereikbaar, match="not one of the BRP"):
            persoon(Access(said.url), FENNA, PAGE)


def test_something_else_at_the_address_is_not_nobody() -> None:
    """That an address leads nowhere must not be taken for: the BRP knows nobody."""
    with saying() as said:
        said.say({"title": "Not Found"}, 404)
        with pytest.raises(Onbereikbaar):
            persoon(Access(said.url), FENNA, PAGE)
