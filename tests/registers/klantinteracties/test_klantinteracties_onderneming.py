"""An enterprise and its vestigingen: what one finds of the other, by the municipality's rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.registers.klantinteracties.contactwerk import (
    ROOT,
    Contactwerk,
    faults,
    identificator,
    ref,
)
from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from tests.conftest import Api

KVK, RSIN, NOORD, ZUID = "90001354", "123456782", "000037178598", "000037178601"
ANDER = "90001745"


class Bakkerij:
    """A company with two vestigingen, each a partij of its own, and another company."""

    def __init__(self, werk: Contactwerk) -> None:
        self.werk = werk
        self.bedrijf, self.ander = werk.organisatie("Bakkerij BV"), werk.organisatie("Slager BV")
        kvk = self.nummer("kvk_nummer", KVK, self.bedrijf)
        self.nummer("rsin", RSIN, self.bedrijf)
        self.nummer("kvk_nummer", ANDER, self.ander)
        self.noord, self.zuid = (
            werk.organisatie("Bakkerij Noord"),
            werk.organisatie("Bakkerij Zuid"),
        )
        self.nummer("vestigingsnummer", NOORD, self.noord, subIdentificatorVan=ref(kvk))
        self.nummer("vestigingsnummer", ZUID, self.zuid, subIdentificatorVan=ref(kvk))

    def nummer(self, kind: str, number: str, partij: dict[str, Any], **more: Any) -> dict[str, Any]:
        body = identificator(kind, number, identificeerdePartij=ref(partij), **more)
        return self.werk.make("partij-identificatoren", **body)

    def naam(self, partij: dict[str, Any]) -> str:
        name: str = partij["partijIdentificatie"]["naam"]
        return name

    def found(self, path: str, number: str) -> set[str]:
        return {each["url"] for each in self.werk.list(path, onderneming=number)}

    def rules(self, *, down: bool, up: bool) -> None:
        [settings] = self.werk.list("contactinstellingen")
        body = {"ondernemingZietVestigingen": down, "vestigingZietOnderneming": up}
        assert self.werk.api.patch(settings["url"], json=body).status_code == 200


@pytest.fixture
def bakkerij(werk: Contactwerk) -> Bakkerij:
    return Bakkerij(werk)


BEDRIJF, NOORD_ZELF, ALLE = {"bedrijf"}, {"noord"}, {"bedrijf", "noord", "zuid"}


@pytest.mark.req("K16", "K19")
@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ({"down": True, "up": False}, (ALLE, NOORD_ZELF)),
        ({"down": False, "up": False}, (BEDRIJF, NOORD_ZELF)),
        ({"down": False, "up": True}, (BEDRIJF, {"bedrijf", "noord"})),
        ({"down": True, "up": True}, (ALLE, ALLE)),
    ],
)
@pytest.mark.parametrize("number", [KVK, RSIN])
def test_what_one_finds_of_the_other_is_a_rule(
    bakkerij: Bakkerij, number: str, rules: dict[str, bool], found: tuple[set[str], set[str]]
) -> None:
    bakkerij.rules(**rules)
    for asked, wanted in zip((number, NOORD), found, strict=True):
        assert bakkerij.found("partijen", asked) == {
            getattr(bakkerij, name)["url"] for name in wanted
        }


def test_contacts_are_found_by_the_same_rule(bakkerij: Bakkerij) -> None:
    werk, contacts = bakkerij.werk, {}
    for partij in (bakkerij.bedrijf, bakkerij.noord, bakkerij.ander):
        contact = werk.contact()
        werk.betrokkene(contact, wasPartij=ref(partij))
        contacts[partij["url"]] = contact["url"]
    own, north, _ = contacts.values()
    assert bakkerij.found("klantcontacten", KVK) == {own, north}
    assert bakkerij.found("klantcontacten", NOORD) == {north}
    assert bakkerij.found("klantcontacten", "12345678") == set()


def test_zaken_are_found_by_the_numbers_that_go_together(api: Api, bakkerij: Bakkerij) -> None:
    typen = Typen(api)
    typen.publish()
    zaakwerk = Werk(api, typen)
    zaken = {}
    for name, kind, identificatie in (
        ("bedrijf", "niet_natuurlijk_persoon", {"kvkNummer": KVK}),
        ("noord", "vestiging", {"vestigingsNummer": NOORD}),
        ("ander", "niet_natuurlijk_persoon", {"kvkNummer": ANDER}),
    ):
        zaak = zaakwerk.zaak()
        zaakwerk.rol(zaak, betrokkeneType=kind, betrokkeneIdentificatie=identificatie)
        zaken[name] = zaak["url"]
    assert _zaken(api, KVK) == {zaken["bedrijf"], zaken["noord"]}
    assert _zaken(api, NOORD) == {zaken["noord"]}
    bakkerij.rules(down=True, up=True)
    assert _zaken(api, NOORD) == {zaken["bedrijf"], zaken["noord"]}
    assert _zaken(api, ANDER) == {zaken["ander"]}


def _zaken(api: Api, number: str) -> set[str]:
    """Ask which numbers go together, and which zaken they have."""
    told = api.post(f"{ROOT}/ondernemingsnummers", json={"nummer": number}).json()
    numbers = [each for group in told.values() for each in group]
    asked = {"rol__ondernemingsnummer__in": numbers}
    answer = api.post("/zaken/api/v1/zaken/_zoek", json=asked)
    assert answer.status_code == 200, answer.text
    return {each["url"] for each in answer.json()["results"]}


def test_a_number_that_is_not_known_stands_for_itself(werk: Contactwerk) -> None:
    told = werk.post("ondernemingsnummers", nummer=NOORD).json()
    assert told == {"kvkNummers": [], "rsins": [], "vestigingsnummers": [NOORD]}
    assert faults(werk.post("ondernemingsnummers", nummer="12")) == {("nummer", "invalid")}
    assert faults(werk.post("ondernemingsnummers", nummer=7)) == {("nummer", "invalid")}


def test_a_bsn_is_no_number_of_an_enterprise(werk: Contactwerk, bakkerij: Bakkerij) -> None:
    """A BSN has as many digits as an RSIN, and is never found this way."""
    partij = werk.persoon()
    bakkerij.nummer("bsn", "111222333", partij)
    assert bakkerij.found("partijen", "111222333") == set()


@pytest.mark.parametrize(
    ("begin", "eind", "times"),
    [
        (None, None, 1),
        ("2026-01-01", None, 1),
        ("2026-01-02", None, 0),
        (None, "2026-01-01", 1),
        (None, "2025-12-31", 0),
    ],
)
def test_who_acts_for_another_does_so_for_a_term(
    werk: Contactwerk, begin: str | None, eind: str | None, times: int
) -> None:
    ouder, bedrijf = werk.persoon(), werk.organisatie()
    made = werk.make(
        "vertegenwoordigingen", vertegenwoordigendePartij=ref(ouder),
        vertegenwoordigdePartij=ref(bedrijf), grondslag="machtiging", beginDatum=begin,
        eindDatum=eind,
    )  # fmt: skip
    found = [each["url"] for each in werk.list("vertegenwoordigingen", geldigOp="2026-01-01")]
    assert found == [made["url"]] * times


def test_a_partij_shows_whom_it_represents_now(werk: Contactwerk) -> None:
    ouder, kind, bedrijf = werk.persoon(), werk.persoon("Kind"), werk.organisatie()
    for other, eind in ((kind, None), (bedrijf, "2020-12-31")):
        werk.make(
            "vertegenwoordigingen", vertegenwoordigendePartij=ref(ouder),
            vertegenwoordigdePartij=ref(other), eindDatum=eind,
        )  # fmt: skip
    assert [each["uuid"] for each in werk.read(ouder)["vertegenwoordigden"]] == [kind["uuid"]]


def test_a_machtiging_is_for_what_it_says(werk: Contactwerk) -> None:
    adviseur = werk.persoon()
    alles, alleen = werk.organisatie("A"), werk.organisatie("B")
    made = {}
    for other, scope in ((alles, []), (alleen, ["Omgevingsvergunning"])):
        record = werk.make(
            "vertegenwoordigingen", vertegenwoordigendePartij=ref(adviseur),
            vertegenwoordigdePartij=ref(other), reikwijdte=scope,
        )  # fmt: skip
        made[other["uuid"]] = record["url"]

    def found(scope: str) -> set[str]:
        return {each["url"] for each in werk.list("vertegenwoordigingen", reikwijdte=scope)}

    assert found("Omgevingsvergunning") == set(made.values())
    assert found("Parkeervergunning") == {made[alles["uuid"]]}
    wrong = werk.api.patch(
        made[alles["uuid"]], json={"beginDatum": "2026-02-01", "eindDatum": "2026-01-01"}
    )
    assert faults(wrong) == {("eindDatum", "date-mismatch")}
