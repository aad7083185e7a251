"""What a klant says back is a klantcontact, with an interne taak for who answers it."""

from __future__ import annotations

import unicodedata
from contextlib import nullcontext, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.kernel.problems import Conflict, Forbidden, Invalid, NotFound
from loket.kernel.values import uuid7
from loket.ledger.database import counted, one, rows
from loket.registers.klantinteracties.lijsten import vul
from loket.services.mijnservices import (
    berichten,
    burger,
    contactmomenten,
    opvolging,
    reageren,
    vastleggen,
)
from tests.registers.klantinteracties.contactwerk import bsn, ref
from tests.services.mijnservices.leven import ANDERE_VESTIGING, LOA, VESTIGING, key

if TYPE_CHECKING:
    from tests.services.mijnservices.leven import Klant, Leven

Json = dict[str, Any]
ROOT = "/klantinteracties/api/v1"


def call() -> Call:
    return Call("")


def taken(leven: Leven, contact: UUID) -> list[Json]:
    return leven.contacten.list("internetaken", aanleidinggevendKlantcontact__uuid=str(contact))


def read(leven: Leven, contact: UUID) -> Json:
    answer = leven.api.get(f"{ROOT}/klantcontacten/{contact}")
    assert answer.status_code == 200, answer.text
    shown: Json = answer.json()
    return shown


def vraagt(leven: Leven, klant: Klant, **more: Any) -> UUID:
    """Let the municipality ask somebody for information."""
    more = {"handelingsPerspectief": "informatie_geven", **more}
    return key(leven.bericht(klant, **more))


@pytest.mark.req("K1", "M10", "M13", "J5")
def test_a_reply_is_a_klantcontact_and_an_interne_taak(leven: Leven) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    bericht = vraagt(leven, klant, zaak=zaak)
    made = reageren.beantwoord(klant.actor, bericht, "Ik heb\r\ngeen auto.", call())
    contact = contactmomenten.detail(klant.actor, made.contact)
    assert contact.regel.onderwerp == "Heeft gereageerd op het bericht “Uw vergunning”"
    assert (contact.regel.kanaal, contact.regel.zelf) == ("klantportaal", True)
    assert contact.inhoud == "Ik heb\ngeen auto."
    assert [each.uuid for each in contact.zaken] == [key(zaak)]
    assert contact.opvolging is not None
    assert contact.opvolging.open
    assert not contact.verbetering_kan
    with pytest.raises(Conflict, match="schreef u zelf"):
        reageren.vraag_verbetering(klant.actor, made.contact, "Toch wel.", call())
    [taak] = taken(leven, made.contact)
    assert taak["status"] == "te_verwerken"
    [doer] = taak["toegewezenAanActoren"]
    named = leven.api.get(f"{ROOT}/actoren/{doer['uuid']}").json()
    assert named["naam"] == "Vragen en reacties uit het klantportaal"
    assert [each.uuid for each in berichten.detail(klant.actor, bericht).reacties] == [made.contact]
    betrokkene = leven.contacten.list("betrokkenen", hadKlantcontact__uuid=str(made.contact))[0]
    assert betrokkene["wasPartij"]["uuid"] == klant.partij["uuid"]
    assert betrokkene["zekerheid"] == "substantieel"


@pytest.mark.parametrize(
    ("perspectief", "tot", "refused"),
    [
        ("informatie_geven", None, None),
        ("reactie_ontvangen", "2099-01-01T12:00:00Z", None),
        ("uitnodiging_voor_afspraak", None, None),
        ("informatie_geven", "2020-01-01T12:00:00Z", Conflict),
        ("informatie_krijgen", None, Conflict),
        ("betalen", None, Conflict),
        ("", None, Conflict),
    ],
)
def test_a_bericht_says_whether_one_can_reply(
    leven: Leven, perspectief: str, tot: str | None, refused: type[Conflict] | None
) -> None:
    klant = leven.burger()
    more = {"einddatumHandelingsTermijn": tot} if tot else {}
    bericht = vraagt(leven, klant, handelingsPerspectief=perspectief, **more)
    assert berichten.detail(klant.actor, bericht).reageren_kan is (refused is None)
    with pytest.raises(refused) if refused else nullcontext():
        reageren.beantwoord(klant.actor, bericht, "Dat is goed.", call())


@pytest.mark.req("K13", "K14")
def test_a_citizen_who_was_not_known_becomes_a_partij_without_his_bsn(leven: Leven) -> None:
    nummer = bsn()
    actor = burger.from_bsn(nummer, "Noor de Wit", LOA)
    zaak = leven.werk.zaak()
    leven.werk.rol(
        zaak, betrokkeneType="natuurlijk_persoon", betrokkeneIdentificatie={"inpBsn": nummer}
    )
    made = reageren.stel_vraag(actor, key(zaak), "de termijn", "Hoe lang duurt het?", call())
    again = reageren.stel_vraag(actor, key(zaak), "de kosten", "Wat kost het?", call())
    found = contactmomenten.overzicht(actor).regels
    assert {each.uuid for each in found} == {made.contact, again.contact}
    [(partij,)] = rows(
        "SELECT identificeerde_partij_id FROM klantinteracties_partijidentificator "
        "WHERE partij_identificator_nummer = %s", (actor.number,),
    )  # fmt: skip
    shown = leven.api.get(f"{ROOT}/partijen/{partij}").json()
    assert shown["partijIdentificatie"]["volledigeNaam"] == "Noor de Wit"
    events = one("SELECT count(*) FROM ledger_event e WHERE e::text LIKE %s", (f"%{nummer}%",))
    assert events == (0,)


@pytest.mark.parametrize("known", ["unknown", "known"])
def test_a_vestiging_that_was_not_known_becomes_a_part_of_its_company(
    leven: Leven, known: str
) -> None:
    if known == "known":
        leven.bedrijf()
    actor = Actor.bedrijf("90001354", VESTIGING, "Bakker BV", LOA)
    zaak = leven.werk.zaak()
    leven.werk.rol(
        zaak, betrokkeneType="vestiging",
        betrokkeneIdentificatie={"vestigingsNummer": VESTIGING, "kvkNummer": "90001354"},
    )  # fmt: skip
    made = reageren.stel_vraag(actor, key(zaak), "de oven", "Mag die blijven?", call())
    heel, ander = (replace(actor, vestiging=each) for each in ("", ANDERE_VESTIGING))
    assert contactmomenten.detail(heel, made.contact).regel.uuid == made.contact
    with pytest.raises(NotFound):
        contactmomenten.detail(ander, made.contact)
    nummers = rows(
        "SELECT partij_identificator->>'objectId' FROM klantinteracties_partijidentificator"
    )
    assert sorted(nummers) == [(VESTIGING,), ("90001354",)]


@pytest.mark.req("J5", "K7")
def test_who_does_not_recognise_what_was_recorded_asks_to_mend_it(leven: Leven) -> None:
    """The request is seen beside it until it is dealt with; the first text stays (K7)."""
    klant = leven.burger()
    zaak = leven.zaak(klant)
    contact = leven.contact(klant, zaak, inhoud="Mevrouw heeft afgezegd.")
    uuid = key(contact)
    made = reageren.vraag_verbetering(klant.actor, uuid, "Ik heb niet afgezegd.", call())
    found = contactmomenten.detail(klant.actor, uuid)
    [verzoek] = found.verzoeken
    assert (verzoek.uuid, verzoek.tekst, verzoek.open) == (
        made.contact, "Ik heb niet afgezegd.", True,
    )  # fmt: skip
    assert not found.verbetering_kan
    asked = contactmomenten.detail(klant.actor, made.contact)
    assert asked.regel.zaken == (key(zaak),)
    assert asked.over == found.regel
    assert found.over is None
    with pytest.raises(Conflict):
        reageren.vraag_verbetering(klant.actor, uuid, "En ook niet gebeld.", call())
    mended = leven.api.patch(contact["url"], json={
        "inhoud": "Mevrouw heeft een vraag gesteld.", "wijzigingsgrond": "correctie",
        "wijzigingstoelichting": "Op verzoek van mevrouw.",
    })  # fmt: skip
    assert mended.status_code == 200, mended.text
    [taak] = taken(leven, made.contact)
    done = leven.api.patch(taak["url"], json={"status": "verwerkt"})
    assert done.status_code == 200, done.text
    found = contactmomenten.detail(klant.actor, uuid)
    assert [each.open for each in found.verzoeken] == [False]
    assert found.verbetering_kan
    assert found.inhoud == "Mevrouw heeft een vraag gesteld."
    assert [each.inhoud for each in found.eerder] == ["Mevrouw heeft afgezegd."]
    assert not contactmomenten.detail(klant.actor, made.contact).verbetering_kan


@pytest.mark.req("M13")
def test_a_question_says_by_when_it_is_answered_and_goes_to_who_handles_the_zaak(
    leven: Leven,
) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    handler = leven.contacten.make(
        "actoren", naam="Team Parkeren", soortActor="organisatorische_eenheid",
        actoridentificator={"objectId": "parkeren", "codeObjecttype": "afdeling",
                            "codeRegister": "loket", "codeSoortObjectId": "code"},
    )  # fmt: skip
    leven.werk.rol(
        zaak, "behandelaar", betrokkeneType="organisatorische_eenheid",
        betrokkeneIdentificatie={"identificatie": "parkeren", "naam": "Parkeren"},
    )  # fmt: skip
    leven.contacten.make("contactnormen", onderwerp="", kanaal="klantportaal", termijn=5)
    leven.contacten.make("contactnormen", onderwerp="", kanaal="", termijn=9)
    with counted() as statements:
        kort, termijn = reageren.om_te_vragen(klant.actor, key(zaak))
    assert len(statements) == 1
    assert (kort.titel, termijn) == ("Parkeervergunning", 5)
    made = reageren.stel_vraag(klant.actor, key(zaak), " de  kosten ", "Wat kost het?", call())
    assert made.uiterlijk is not None
    [taak] = taken(leven, made.contact)
    assert [each["uuid"] for each in taak["toegewezenAanActoren"]] == [handler["uuid"]]
    assert taak["uitersteDatum"] == made.uiterlijk.isoformat()
    shown = read(leven, made.contact)
    assert shown["onderwerp"] == "Heeft een vraag gesteld over “de kosten”"


def test_what_is_of_another_does_not_exist(leven: Leven) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    dossier = leven.dossier(klant)
    bericht = vraagt(leven, klant)
    for attempt in (
        lambda: reageren.beantwoord(ander.actor, bericht, "Hallo.", call()),
        lambda: reageren.vraag_verbetering(ander.actor, dossier.contact, "Hallo.", call()),
        lambda: reageren.stel_vraag(ander.actor, dossier.zaak, "iets", "Hallo.", call()),
        lambda: reageren.om_te_vragen(ander.actor, uuid4()),
    ):
        with pytest.raises(NotFound):
            attempt()
    for attempt in (
        lambda: reageren.beantwoord(Actor.system("x"), bericht, "Hallo.", call()),
        lambda: reageren.stel_vraag(Actor.system("x"), dossier.zaak, "iets", "Hallo.", call()),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert leven.contacten.list("internetaken") == []


@pytest.mark.parametrize(
    ("onderwerp", "tekst", "faults"),
    [
        ("", " \r\n ", {("onderwerp", "blank"), ("tekst", "blank")}),
        ("iets", "\u200b\u200b", {("tekst", "blank")}),
        ("x" * 101, "x" * 1001, {("onderwerp", "max_length"), ("tekst", "max_length")}),
        ("iets", "a\x00b", {("tekst", "invalid")}),
        ("iets", "a\x1bb", {("tekst", "invalid")}),
        ("iets", "a\ud800b", {("tekst", "invalid")}),
        ("iets", "Mijn nummer is 999990019.", {("tekst", "bsn")}),
    ],
)
def test_what_cannot_be_kept_is_said_all_at_once(
    leven: Leven, onderwerp: str, tekst: str, faults: set[tuple[str, str]]
) -> None:
    klant = leven.burger()
    zaak = leven.zaak(klant)
    with pytest.raises(Invalid) as told:
        reageren.stel_vraag(klant.actor, key(zaak), onderwerp, tekst, call())
    assert {(each.name, each.code) for each in told.value.faults} == faults
    assert contactmomenten.overzicht(klant.actor).aantal == 0


@settings(max_examples=25, deadline=None)
@given(tekst=st.text(max_size=1100))
def test_any_text_is_kept_or_refused_with_a_reason(tekst: str) -> None:
    with suppress(Invalid):
        [kept] = reageren.gekeurd(tekst=(tekst, 1000))
        assert kept
        assert "\0" not in kept
        assert kept.split() == unicodedata.normalize("NFC", tekst).split()


def test_who_clicks_twice_says_it_once(leven: Leven) -> None:
    klant = leven.burger()
    zaak, contact = key(leven.zaak(klant)), key(leven.contact(klant))
    asked = [reageren.stel_vraag(klant.actor, zaak, "iets", "Hoe?", call()) for _ in range(3)]
    assert len(set(asked)) == 1
    first = reageren.vraag_verbetering(klant.actor, contact, "Klopt niet.", call())
    assert reageren.vraag_verbetering(klant.actor, contact, "Klopt niet.", call()) == first
    assert contactmomenten.overzicht(klant.actor).aantal == 3


def test_who_writes_all_day_is_told_to_call(leven: Leven, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vastleggen, "PER_DAG", 2)
    klant, ander = leven.burger(), leven.burger("De Vries")
    zaak = key(leven.zaak(klant))
    for nr in range(2):
        reageren.stel_vraag(klant.actor, zaak, "iets", f"Vraag {nr}?", call())
    with pytest.raises(Conflict, match="al veel"):
        reageren.stel_vraag(klant.actor, zaak, "iets", "Nog een vraag?", call())
    reageren.stel_vraag(ander.actor, key(leven.zaak(ander)), "iets", "Vraag?", call())


def test_the_portal_is_called_as_the_municipality_calls_it(leven: Leven) -> None:
    """Also when its list of kanalen is fixed; with none for the portal it is told, not lost."""
    klant = leven.burger()
    zaak = key(leven.zaak(klant))
    [decided] = leven.contacten.list("contactinstellingen")
    fixed = leven.api.patch(decided["url"], json={"vasteLijsten": ["kanaal"]})
    assert fixed.status_code == 200, fixed.text
    for each in leven.contacten.list("referentiewaarden", lijst="kanaal"):
        if each["code"] in opvolging.KANALEN:
            assert leven.api.delete(each["url"]).status_code == 204
    with pytest.raises(Invalid) as told:
        reageren.stel_vraag(klant.actor, zaak, "iets", "Hoe?", call())
    assert [each.name for each in told.value.faults] == ["contact.kanaal"]
    leven.contacten.make(
        "referentiewaarden", lijst="kanaal", code="webformulier", naam="Webformulier"
    )
    made = reageren.stel_vraag(klant.actor, zaak, "iets", "Hoe?", call())
    assert contactmomenten.detail(klant.actor, made.contact).regel.kanaal == "webformulier"
    vul(Actor.system("test"))
    made = reageren.stel_vraag(klant.actor, zaak, "iets", "En hoe nog meer?", call())
    assert contactmomenten.detail(klant.actor, made.contact).regel.kanaal == "klantportaal"


@pytest.mark.req("K2")
def test_one_klant_does_not_see_what_another_at_the_same_contact_asked(leven: Leven) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    contact = leven.contact(klant)
    leven.contacten.betrokkene(contact, wasPartij=ref(ander.partij))
    reageren.vraag_verbetering(klant.actor, key(contact), "Dit is geheim.", call())
    assert contactmomenten.detail(ander.actor, key(contact)).verzoeken == ()


@pytest.mark.req("M44")
def test_a_bericht_is_unread_until_it_is_opened_and_again_when_it_is_laid_back(
    leven: Leven,
) -> None:
    klant, ander = leven.burger(), leven.burger("De Vries")
    bericht = key(leven.bericht(klant))
    leven.bericht(ander)
    with counted() as statements:
        postvak = berichten.postvak(klant.actor)
    assert len(statements) == 1
    assert (postvak.ongelezen, [each.gelezen for each in postvak.bladzijde.regels]) == (1, [False])
    berichten.lees(klant.actor, bericht)
    assert berichten.postvak(klant.actor).ongelezen == 0
    assert berichten.postvak(klant.actor, ongelezen_alleen=True).bladzijde.aantal == 0
    berichten.leg_terug(klant.actor, bericht)
    assert berichten.postvak(klant.actor, ongelezen_alleen=True).bladzijde.aantal == 1
    for attempt in (berichten.leg_terug, berichten.lees):
        with pytest.raises(NotFound):
            attempt(ander.actor, bericht)
        with pytest.raises(NotFound):
            attempt(klant.actor, uuid7())
