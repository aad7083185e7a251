"""Changing oneself how one is reached: nothing counts before a code came back (M51)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.kernel.clock import now
from loket.kernel.problems import Forbidden, Invalid, NotFound
from loket.ledger.database import one
from loket.registers.klantinteracties.adresverificatie import Adresverificatie
from loket.registers.klantinteracties.verifieren import code_of
from loket.services.mijnservices import adreswijziging, burger
from loket.services.mijnservices import profiel_wijzigen as wijzigen
from loket.services.mijnservices.profiel import profiel
from loket.services.mijnservices.profiel_wijzigen import Geweigerd, Reden, VraagEerst
from tests.registers.klantinteracties.contactwerk import bsn
from tests.services.mijnservices.leven import ANDERE_VESTIGING, KVK, LOA, VESTIGING

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from loket.services.mijnservices.profiel import Adres
    from tests.services.mijnservices.leven import Leven
    from tests.services.output.postkamer import Postkamer

CALL = Call(HOUSE)
EVA, NIEUW = "eva@voorbeeld.nl", "eva@nieuw.example"


@pytest.fixture
def sms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the municipality be able to send text messages."""
    monkeypatch.setattr(wijzigen, "kan_sms", lambda: True)


def code(adres: Adres) -> str:
    """Return the code that was sent last to an address."""
    sent = Adresverificatie.objects.filter(digitaal_adres=adres.uuid).order_by("-verzonden_op")
    return code_of(sent[0].pk)


def counted_events() -> int:
    """Return how much has happened."""
    return int(one("SELECT count(*) FROM ledger_event")[0])


def verkeerd(adres: Adres) -> str:
    return f"{(int(code(adres)) + 1) % 1_000_000:06d}"


def werkend(actor: Actor, given: str = EVA, soort: str = "email") -> Adres:
    """Let somebody have an address of which he showed that it works."""
    made = wijzigen.nieuw(actor, soort, given, CALL)
    return wijzigen.bevestig(actor, made.uuid, code(made), CALL)


def shown(actor: Actor) -> list[tuple[str, bool, bool]]:
    return [(each.adres, each.standaard, each.werkt) for each in wijzigen.adressen(actor)]


@pytest.mark.req("M51")
def test_an_address_counts_when_its_code_came_back(leven: Leven) -> None:
    eva = leven.burger().actor
    made = wijzigen.nieuw(eva, "email", f" {EVA} ", CALL)
    assert shown(eva) == [(EVA, False, False)]
    with pytest.raises(Invalid):
        wijzigen.bevestig(eva, made.uuid, verkeerd(made), CALL)
    assert wijzigen.code(eva, made.uuid).pogingen_over == 4
    right = code(made)
    wijzigen.bevestig(eva, made.uuid, f"{right[:3]} {right[3:]}", CALL)
    assert shown(eva) == [(EVA, True, True)]


def test_who_is_not_known_becomes_so_with_his_first_address(leven: Leven) -> None:
    del leven
    sam = burger.from_bsn(bsn(), "Sam Visser", LOA)
    assert profiel(sam) is None
    werkend(sam)
    found = profiel(sam)
    assert found is not None
    assert (found.naam, [each.adres for each in found.adressen]) == ("Sam Visser", [EVA])


@pytest.mark.req("M51")
def test_what_takes_the_place_of_another_waits_until_it_works(leven: Leven) -> None:
    eva = leven.burger().actor
    old = werkend(eva)
    made = wijzigen.nieuw(eva, "email", NIEUW, CALL, vervangt=old.uuid)
    assert made.vervangt == old.uuid
    assert shown(eva) == [(EVA, True, True), (NIEUW, False, False)]
    again = wijzigen.nieuw(eva, "email", "ander@nieuw.example", CALL, vervangt=old.uuid)
    assert [each.uuid for each in wijzigen.adressen(eva)] == [old.uuid, again.uuid]
    after = wijzigen.bevestig(eva, again.uuid, code(again), CALL)
    assert after.uuid == old.uuid
    assert shown(eva) == [("ander@nieuw.example", True, True)]


def test_a_code_cannot_be_guessed_and_not_be_asked_for_all_day(leven: Leven) -> None:
    eva = leven.burger().actor
    made = wijzigen.nieuw(eva, "email", EVA, CALL)
    for _ in range(5):
        with pytest.raises(Invalid):
            wijzigen.bevestig(eva, made.uuid, verkeerd(made), CALL)
    with pytest.raises(Geweigerd) as refused:
        wijzigen.bevestig(eva, made.uuid, code(made), CALL)
    assert refused.value.reden == Reden.TE_VAAK_FOUT
    for _ in range(2):
        wijzigen.stuur_code(eva, made.uuid, CALL)
    with pytest.raises(Geweigerd) as refused:
        wijzigen.stuur_code(eva, made.uuid, CALL)
    assert refused.value.reden == Reden.TE_VEEL_CODES
    Adresverificatie.objects.update(geldig_tot=now() - timedelta(seconds=1))
    with pytest.raises(Geweigerd) as refused:
        wijzigen.bevestig(eva, made.uuid, code(made), CALL)
    assert refused.value.reden == Reden.VERLOPEN


@pytest.mark.parametrize("typed", ["", "12ab", "12345", "1234567", "１２３４５６", "x" * 5000])
def test_what_is_no_code_costs_no_try(leven: Leven, typed: str) -> None:
    eva = leven.burger().actor
    made = wijzigen.nieuw(eva, "email", EVA, CALL)
    with pytest.raises(Invalid) as refused:
        wijzigen.bevestig(eva, made.uuid, typed, CALL)
    assert [each.code for each in refused.value.faults] == ["pattern"]
    assert wijzigen.code(eva, made.uuid).pogingen_over == 5


def test_a_code_of_before_is_known_as_such_and_is_a_try(leven: Leven) -> None:
    eva = leven.burger().actor
    made = wijzigen.nieuw(eva, "email", EVA, CALL)
    before = code(made)
    wijzigen.stuur_code(eva, made.uuid, CALL)
    with pytest.raises(Geweigerd) as refused:
        wijzigen.bevestig(eva, made.uuid, before, CALL)
    assert refused.value.reden == Reden.OUDE_CODE
    assert wijzigen.code(eva, made.uuid).pogingen_over == 4
    assert wijzigen.bevestig(eva, made.uuid, code(made), CALL).werkt


@pytest.mark.parametrize(
    ("soort", "given", "fault"),
    [
        ("email", "eva", "invalid"),
        ("email", "", "blank"),
        ("email", f"{'a' * 80}@voorbeeld.nl", "max_length"),
        ("telefoonnummer", "bellen", "invalid"),
        ("email", EVA.upper(), "unique"),
        ("telefoonnummer", "+31 20 123 45 67", "unique"),
    ],
)
def test_what_is_no_address_or_is_there_is_refused(
    leven: Leven, soort: str, given: str, fault: str
) -> None:
    eva = leven.burger().actor
    wijzigen.nieuw(eva, "email", EVA, CALL)
    wijzigen.nieuw(eva, "telefoonnummer", "020-1234567", CALL)
    before = shown(eva)
    with pytest.raises(Invalid) as refused:
        wijzigen.nieuw(eva, soort, given, CALL)
    assert [(each.name, each.code) for each in refused.value.faults] == [("adres", fault)]
    assert shown(eva) == before


def test_a_telephone_that_takes_no_code_is_taken_as_it_is(leven: Leven, sms: None) -> None:
    del sms
    eva = leven.burger().actor
    home = wijzigen.nieuw(eva, "telefoonnummer", "020-1234567", CALL)
    assert (home.standaard, home.te_controleren) == (True, False)
    moved = wijzigen.nieuw(eva, "telefoonnummer", "0301234567", CALL, vervangt=home.uuid)
    assert shown(eva) == [("0301234567", True, False)]
    mobile = wijzigen.nieuw(eva, "telefoonnummer", "0612345678", CALL)
    with pytest.raises(Geweigerd) as refused:
        wijzigen.kies(eva, mobile.uuid, CALL)
    assert refused.value.reden == Reden.NIET_GECONTROLEERD
    wijzigen.bevestig(eva, mobile.uuid, code(mobile), CALL)
    wijzigen.kies(eva, mobile.uuid, CALL)
    assert [standaard for _, standaard, _ in shown(eva)] == [False, True]
    wijzigen.verwijder(eva, moved.uuid, CALL)
    assert shown(eva) == [("0612345678", True, True)]


@pytest.mark.req("M51")
@pytest.mark.parametrize(("given", "checked"), [("0201234567", True), ("0687654321", False)])
def test_what_cannot_be_checked_takes_no_place_unasked(
    leven: Leven, monkeypatch: pytest.MonkeyPatch, given: str, *, checked: bool
) -> None:
    """A telephone at home, or a mobile where no text messages are sent."""
    monkeypatch.setattr(wijzigen, "kan_sms", lambda: True)
    eva = leven.burger().actor
    old = werkend(eva, "0612345678", "telefoonnummer")
    waiting = wijzigen.nieuw(eva, "telefoonnummer", "0611111111", CALL, old.uuid)
    monkeypatch.setattr(wijzigen, "kan_sms", lambda: checked)
    before = (shown(eva), counted_events())
    with pytest.raises(VraagEerst):
        wijzigen.nieuw(eva, "telefoonnummer", given, CALL, old.uuid, vraag_eerst=True)
    assert (shown(eva), counted_events()) == before
    assert wijzigen.adres(eva, waiting.uuid) == waiting
    wijzigen.nieuw(eva, "telefoonnummer", given, CALL, old.uuid)
    assert shown(eva) == [(given, True, False)]


def test_what_takes_the_place_of_nothing_needs_no_question(leven: Leven, sms: None) -> None:
    del sms
    eva = leven.burger().actor
    wijzigen.nieuw(eva, "telefoonnummer", "0201234567", CALL, vraag_eerst=True)
    old = wijzigen.adressen(eva)[0]
    wijzigen.nieuw(eva, "telefoonnummer", "0612345678", CALL, old.uuid, vraag_eerst=True)
    assert [adres for adres, _, _ in shown(eva)] == ["0201234567", "0612345678"]


def test_without_text_messages_a_mobile_number_is_kept_unchecked(leven: Leven) -> None:
    eva = leven.burger().actor
    mobile = wijzigen.nieuw(eva, "telefoonnummer", "0612345678", CALL)
    assert (mobile.standaard, mobile.werkt, wijzigen.kan_code(mobile)) == (True, False, False)
    with pytest.raises(Geweigerd) as refused:
        wijzigen.stuur_code(eva, mobile.uuid, CALL)
    assert refused.value.reden == Reden.GEEN_CODE_MOGELIJK


def test_there_is_an_end_to_addresses(leven: Leven, monkeypatch: pytest.MonkeyPatch) -> None:
    eva = leven.burger().actor
    made = [wijzigen.nieuw(eva, "email", f"{nr}@voorbeeld.nl", CALL) for nr in range(wijzigen.MOST)]
    with pytest.raises(Geweigerd) as refused:
        wijzigen.nieuw(eva, "email", EVA, CALL)
    assert refused.value.reden == Reden.TE_VEEL_ADRESSEN
    monkeypatch.setattr(wijzigen, "PER_DAG", len(made))
    wijzigen.verwijder(eva, made[0].uuid, CALL)
    with pytest.raises(Geweigerd) as refused:
        wijzigen.nieuw(eva, "email", EVA, CALL)
    assert refused.value.reden == Reden.TE_VEEL_VANDAAG


@pytest.mark.req("M51")
def test_nobody_touches_what_is_of_another(leven: Leven) -> None:
    eva, ander = leven.burger().actor, leven.burger("De Vries").actor
    made = werkend(eva)
    deeds: list[Callable[[], object]] = [
        lambda: wijzigen.adres(ander, made.uuid),
        lambda: wijzigen.code(ander, made.uuid),
        lambda: wijzigen.stuur_code(ander, made.uuid, CALL),
        lambda: wijzigen.bevestig(ander, made.uuid, "123456", CALL),
        lambda: wijzigen.kies(ander, made.uuid, CALL),
        lambda: wijzigen.verwijder(ander, made.uuid, CALL),
        lambda: wijzigen.nieuw(ander, "email", NIEUW, CALL, vervangt=made.uuid),
    ]
    for deed in deeds:
        with pytest.raises(NotFound):
            deed()
    with pytest.raises(Forbidden):
        wijzigen.nieuw(Actor.system("iets"), "email", NIEUW, CALL)
    assert shown(eva) == [(EVA, True, True)]


def test_what_is_gone_was_of_one_and_of_nobody_else(leven: Leven) -> None:
    eva, ander = leven.burger().actor, leven.burger("De Vries").actor
    made = werkend(eva)
    assert not wijzigen.was_eigen(eva, made.uuid)
    wijzigen.verwijder(eva, made.uuid, CALL)
    assert wijzigen.was_eigen(eva, made.uuid)
    assert not wijzigen.was_eigen(ander, made.uuid)
    assert not wijzigen.was_eigen(burger.from_bsn(bsn(), "Sam Visser", LOA), made.uuid)


def test_a_company_changes_its_own_and_not_that_of_its_vestigingen(leven: Leven) -> None:
    whole = leven.bedrijf().actor
    part, elders = leven.bedrijf(VESTIGING).actor, leven.bedrijf(ANDERE_VESTIGING).actor
    for actor, given in ((whole, "hoofd@bakker.nl"), (part, "een@bakker.nl")):
        werkend(actor, given)
    assert [each.adres for each in wijzigen.adressen(whole)] == ["hoofd@bakker.nl"]
    assert [each.adres for each in wijzigen.adressen(part)] == ["een@bakker.nl"]
    assert wijzigen.adressen(elders) == ()
    for actor, given in ((whole, "hoofd@bakker.nl"), (part, "een@bakker.nl")):
        found = profiel(actor)
        assert found is not None
        assert [each.adres for each in found.adressen] == [given]
    new = Actor.bedrijf(KVK, "000011112222", "Bakker Nieuw", LOA)
    werkend(new, "nieuw@bakker.nl")
    assert [each.adres for each in wijzigen.adressen(new)] == ["nieuw@bakker.nl"]


@pytest.mark.req("M51")
def test_the_address_of_before_hears_of_a_change(leven: Leven, postkamer: Postkamer) -> None:
    adreswijziging.subscribe_with(lambda: postkamer.wegen.smtp)
    eva = leven.burger().actor
    old = werkend(eva)
    postkamer.work()
    assert warned(postkamer) == []
    made = wijzigen.nieuw(eva, "email", NIEUW, CALL, vervangt=old.uuid)
    postkamer.work()
    assert warned(postkamer) == []
    wijzigen.bevestig(eva, made.uuid, code(made), CALL)
    postkamer.work()
    assert warned(postkamer) == [EVA]
    second = werkend(eva, "tweede@voorbeeld.nl")
    postkamer.work()
    assert warned(postkamer) == [EVA, NIEUW]
    wijzigen.verwijder(eva, second.uuid, CALL)
    postkamer.work()
    assert warned(postkamer) == [EVA, NIEUW, "tweede@voorbeeld.nl"]
    last = postkamer.mails()[-1].content
    assert "Neem dan meteen contact met ons op." in last.text
    assert "Jansen" not in last.text


def test_what_an_employee_changes_is_told_to_nobody(leven: Leven, postkamer: Postkamer) -> None:
    adreswijziging.subscribe_with(lambda: postkamer.wegen.smtp)
    made = werkend(leven.burger().actor)
    address: UUID = made.uuid
    path = f"/klantinteracties/api/v1/digitaleadressen/{address}"
    assert leven.api.patch(path, json={"adres": NIEUW}).status_code == 200
    assert leven.api.delete(path).status_code == 204
    postkamer.work()
    assert postkamer.mails() == []


def warned(postkamer: Postkamer) -> list[str | None]:
    """Return who heard that something changed."""
    return [
        mail.content.header("To")
        for mail in postkamer.mails()
        if "zijn veranderd" in str(mail.content.header("Subject"))
    ]
