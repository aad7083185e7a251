"""Mijn zaken: what belongs to a zaak of one's own, in one statement."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from loket.kernel.problems import Forbidden, NotFound
from loket.ledger.database import counted
from loket.services.mijnservices import berichten, contactmomenten, documenten, taken, zaken
from tests.services.mijnservices.leven import PDF, key

if TYPE_CHECKING:
    from loket.kernel.actor import Actor
    from tests.conftest import Api
    from tests.services.mijnservices.leven import Leven


@pytest.mark.req("M3", "M37", "M39", "M49")
def test_a_zaak_has_all_that_belongs_to_it_in_one_statement(leven: Leven) -> None:
    klant = leven.burger()
    dossier = leven.dossier(klant)
    leven.dossier(klant)
    with counted() as statements:
        zaak = zaken.detail(klant.actor, dossier.zaak)
    assert len(statements) == 1
    assert zaak.regel.omschrijving == "Parkeervergunning"
    assert zaak.stappen == ("Stap 1", "Stap 2", "Stap 3")
    assert [each.uuid for each in zaak.documenten] == [dossier.document]
    assert [each.uuid for each in zaak.taken] == [dossier.taak]
    assert [each.uuid for each in zaak.berichten] == [dossier.bericht]
    assert [each.uuid for each in zaak.contactmomenten] == [dossier.contact]
    (besluit,) = zaak.besluiten
    assert besluit.nummer == dossier.besluit["identificatie"]
    assert besluit.reageren_tot == date(2099, 1, 1)
    assert besluit.bezwaar_kan


@pytest.mark.req("M8")
def test_what_is_no_more_than_a_start_is_shown_as_a_zaak(leven: Leven) -> None:
    """An application that knows no steps or documents records that it is busy; that will do."""
    klant = leven.burger()
    made = leven.zaak(klant)
    (regel,) = zaken.overzicht(klant.actor).lopend
    assert (regel.uuid, regel.status, regel.afgerond) == (key(made), None, None)
    found = zaken.detail(klant.actor, key(made))
    assert (found.statussen, found.documenten, found.besluiten) == ((), (), ())


def test_what_still_comes_follows_the_status(leven: Leven) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    leven.werk.status(zaak, 2)
    found = zaken.detail(klant.actor, key(zaak))
    assert [each.omschrijving for each in found.statussen] == ["Stap 2"]
    assert found.stappen == ("Stap 3",)


@pytest.mark.req("M35", "M36")
def test_the_organisation_is_named_where_it_is_another(leven: Leven, api: Api) -> None:
    """One that is not known by name is called by its number; our own is not named."""
    klant = leven.burger()
    (instellingen,) = api.get("/beheer/api/v1/instellingen").json()["results"]
    answer = api.patch(instellingen["url"], json={"rsin": "517439943"})
    assert answer.status_code == 200, answer.text
    leven.zaak(klant)
    leven.zaak(klant, verantwoordelijkeOrganisatie="002220647")
    organisatie = leven.contacten.organisatie("Omgevingsdienst")
    leven.zaak(klant, verantwoordelijkeOrganisatie="002564440")
    leven._known(organisatie, "rsin", "002564440")  # noqa: SLF001 - of the same tests
    with counted() as statements:
        found = zaken.overzicht(klant.actor)
    assert len(statements) == 2
    assert {regel.organisatienaam for regel in found.lopend} == {
        None, "organisatie 002220647", "Omgevingsdienst",
    }  # fmt: skip


def test_documents_are_seen_when_the_municipality_says_so(leven: Leven, api: Api) -> None:
    """By itself only what is meant for the initiator; a draft or a secret never."""
    klant = leven.burger()
    zaak = leven.zaak(klant)
    (instellingen,) = api.get("/beheer/api/v1/instellingen").json()["results"]
    bedoeld = leven.document(zaak, titel="bedoeld")
    leven.document(zaak, titel="definitief", tonenAanInitiator=False)
    leven.document(zaak, titel="concept", tonenAanInitiator=True, status="in_bewerking")
    leven.document(zaak, titel="geheim", vertrouwelijkheidaanduiding="geheim")
    seen = zaken.detail(klant.actor, key(zaak)).documenten
    assert [each.titel for each in seen] == ["bedoeld"]
    assert b"".join(documenten.inhoud(klant.actor, key(bedoeld)).read(0, len(PDF))) == PDF
    changed = api.patch(instellingen["url"], json={"documentenTonen": "definitief"})
    assert changed.status_code == 200, changed.text
    seen = zaken.detail(klant.actor, key(zaak)).documenten
    assert {each.titel for each in seen} == {"bedoeld", "definitief"}


def test_a_besluit_is_seen_from_the_day_that_it_is_made_known(leven: Leven) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    for day in ("2026-02-20", "2099-02-20"):
        leven.besluiten.besluit(zaak=zaak["url"], ingangsdatum="2026-02-15", verzenddatum=day)
    leven.besluiten.besluit(zaak=zaak["url"], ingangsdatum="2099-02-15")
    (besluit,) = zaken.detail(klant.actor, key(zaak)).besluiten
    assert besluit.datum == date(2026, 2, 1)


@pytest.mark.req("M17")
def test_a_whole_company_sees_its_vestigingen_and_a_vestiging_only_itself(leven: Leven) -> None:
    """As it is for tasks: one rule for zaken, berichten, taken and contacten."""
    heel = leven.bedrijf()
    een, ander = leven.bedrijf("000012345678"), leven.bedrijf("000087654321")
    dossiers = [leven.dossier(each) for each in (heel, een, ander)]
    for klant, own in ((heel, dossiers), (een, dossiers[1:2]), (ander, dossiers[2:])):
        overzicht = zaken.overzicht(klant.actor).lopend
        assert {each.uuid for each in overzicht} == {each.zaak for each in own}
        openstaand = taken.overzicht(klant.actor).open
        assert {each.uuid for each in openstaand} == {each.taak for each in own}
        gekregen = berichten.overzicht(klant.actor).regels
        assert {each.uuid for each in gekregen} == {each.bericht for each in own}
        gesproken = contactmomenten.overzicht(klant.actor).regels
        assert {each.uuid for each in gesproken} == {each.contact for each in own}


def test_a_company_sees_a_vestiging_that_an_older_system_named_alone(leven: Leven) -> None:
    heel, een = leven.bedrijf(), leven.bedrijf("000012345678")
    for nummer in ("000012345678", "000099999999"):
        zaak = leven.werk.zaak()
        leven.werk.rol(
            zaak, betrokkeneType="vestiging", betrokkeneIdentificatie={"vestigingsNummer": nummer}
        )
    assert len(zaken.overzicht(heel.actor).lopend) == 1
    assert len(zaken.overzicht(een.actor).lopend) == 1


def test_an_employee_or_machine_has_nothing_of_its_own_here(actor: Actor, leven: Leven) -> None:
    dossier = leven.dossier(leven.burger())
    for ask in (zaken.overzicht, taken.overzicht, berichten.overzicht, contactmomenten.overzicht):
        with pytest.raises(Forbidden):
            ask(actor)
    with pytest.raises(Forbidden):
        documenten.inhoud(actor, dossier.document)


@pytest.mark.req("M44", "M45")
def test_a_bericht_is_read_once_with_its_attachments(leven: Leven) -> None:
    klant = leven.burger()
    dossier = leven.dossier(klant)
    (ongelezen,) = berichten.overzicht(klant.actor, gelezen=False).regels
    assert ongelezen.uuid == dossier.bericht
    first = berichten.lees(klant.actor, dossier.bericht)
    assert [(each.uuid, each.titel) for each in first.bijlagen] == [(dossier.bijlage, "De brief")]
    assert documenten.inhoud(klant.actor, dossier.bijlage).size == len(PDF)
    assert berichten.overzicht(klant.actor, gelezen=False).regels == ()
    (gelezen,) = berichten.overzicht(klant.actor, gelezen=True).regels
    assert gelezen.gelezen_op is not None
    berichten.lees(klant.actor, dossier.bericht)
    assert berichten.overzicht(klant.actor).regels[0].gelezen_op == gelezen.gelezen_op


def test_nothing_of_another_is_there(leven: Leven) -> None:
    klant, vreemd = leven.burger(), leven.burger("De Vries")
    dossier = leven.dossier(klant)
    bedrijf = leven.bedrijf()
    for other in (vreemd.actor, bedrijf.actor):
        assert zaken.overzicht(other).lopend == ()
        assert taken.overzicht(other).open == ()
        assert berichten.overzicht(other).regels == ()
        assert contactmomenten.overzicht(other).regels == ()
        assert contactmomenten.overzicht(other, zaak=dossier.zaak).regels == ()
        for ask, uuid in (
            (zaken.detail, dossier.zaak),
            (taken.detail, dossier.taak),
            (berichten.lees, dossier.bericht),
            (contactmomenten.detail, dossier.contact),
            (documenten.inhoud, dossier.document),
            (documenten.inhoud, dossier.bijlage),
        ):
            with pytest.raises(NotFound):
                ask(other, uuid)
    with pytest.raises(NotFound):
        documenten.inhoud(klant.actor, dossier.concept)
