"""How somebody may be reached: what was preferred, what he said, and whether it works."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loket.kernel.clock import now
from loket.ledger import dispatch
from loket.registers.klantinteracties.adresverificatie import Adresverificatie
from loket.registers.klantinteracties.verifieren import code_of
from loket.services.output import verificatie
from tests.registers.klantinteracties.contactwerk import Contactwerk, faults, ref

SOME = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
ZAAK, ZAAKTYPE = "https://zaken.nl/zaken/1", "https://zaken.nl/zaaktypen/1"
POST = {"straatnaam": "Kerkstraat", "huisnummer": 1, "postcode": "1234 AB", "stad": "Utrecht"}
VERIFIED = {"verificatieDatum": "2026-11-01"}


def bereik(werk: Contactwerk, partij: dict[str, Any], **about: Any) -> dict[str, Any]:
    """Ask how a partij may be reached with a reminder."""
    body = {"soortBericht": "herinnering", **about}
    answer = werk.api.post(f"{partij['url']}/bereiken", json=body)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def says(werk: Contactwerk, partij: dict[str, Any], *kanalen: str, **more: Any) -> None:
    """Let a partij say over which channels reminders may come."""
    for kanaal in kanalen:
        body = {"partij": ref(partij), "soortBericht": "herinnering", "kanaal": kanaal,
                "bron": "Formulier op de website", **more}  # fmt: skip
        werk.make("bereikbaarheden", **body)


def address(werk: Contactwerk, partij: dict[str, Any], adres: str, **more: Any) -> dict[str, Any]:
    """Let a partij have an address."""
    soort = "email" if "@" in adres else "telefoonnummer"
    return werk.make(
        "digitaleadressen", adres=adres, soortDigitaalAdres=soort,
        verstrektDoorPartij=ref(partij), **more,
    )  # fmt: skip


def test_who_said_nothing_gets_a_letter(werk: Contactwerk) -> None:
    partij = werk.persoon(bezoekadres=POST)
    address(werk, partij, "a@b.nl", **VERIFIED)
    werk.make("contactvoorkeuren", partij=ref(partij), kanaal="email")
    told = bereik(werk, partij)
    assert (told["kanaal"], told["niveau"], told["digitaalAdres"]) == ("brief", "terugval", None)
    [why] = told["overgeslagen"]
    assert (why["niveau"], "niet opengesteld" in why["reden"]) == ("partij", True)
    assert bereik(werk, werk.persoon())["kanaal"] == "geen"


def test_what_was_said_of_one_kind_does_not_hold_of_another(werk: Contactwerk) -> None:
    partij = werk.persoon(bezoekadres=POST)
    mail = address(werk, partij, "a@b.nl", **VERIFIED)
    says(werk, partij, "email")
    told = bereik(werk, partij)
    assert (told["kanaal"], told["digitaalAdres"]["uuid"]) == ("email", mail["uuid"])
    assert bereik(werk, partij, soortBericht="besluit")["kanaal"] == "brief"


def test_what_was_said_can_be_withdrawn_and_stays_to_be_seen(werk: Contactwerk) -> None:
    partij = werk.persoon(bezoekadres=POST)
    address(werk, partij, "a@b.nl", **VERIFIED)
    says(werk, partij, "email", gegevenOp="2026-01-01")
    (said,) = werk.list("bereikbaarheden", partij__uuid=partij["uuid"])
    early = werk.api.patch(said["url"], json={"ingetrokkenOp": "2025-12-31"})
    assert faults(early) == {("ingetrokkenOp", "ingetrokken-voor-gegeven")}
    werk.api.patch(said["url"], json={"ingetrokkenOp": "2026-06-01"})
    assert bereik(werk, partij)["kanaal"] == "brief"
    back = werk.api.patch(said["url"], json={"ingetrokkenOp": None})
    assert faults(back) == {("ingetrokkenOp", "al-ingetrokken")}
    says(werk, partij, "email")
    assert bereik(werk, partij)["kanaal"] == "email"
    assert len(werk.list("bereikbaarheden", partij__uuid=partij["uuid"])) == 2


def test_an_address_that_may_not_work_is_passed_over(werk: Contactwerk) -> None:
    partij = werk.persoon(bezoekadres=POST)
    address(werk, partij, "a@b.nl")
    says(werk, partij, "email", "portaal")
    werk.make("contactvoorkeuren", partij=ref(partij), kanaal="email")
    told = bereik(werk, partij)
    assert (told["kanaal"], told["niveau"]) == ("portaal", "bereikbaarheid")
    assert "geverifieerd" in told["overgeslagen"][0]["reden"]


LEVELS = ("klantcontact", "zaak", "zaaktype", "partij")


@pytest.mark.req("K13")
def test_the_most_precise_preference_that_is_possible_counts(werk: Contactwerk) -> None:
    """This contact, then this zaak, this zaaktype, this partij (peers C1, 15)."""
    contact = werk.contact()
    about = {"klantcontact": contact["uuid"], "zaak": ZAAK, "zaaktype": ZAAKTYPE}
    at: dict[str, dict[str, Any]] = {
        "klantcontact": {"klantcontact": ref(contact)},
        "zaak": {"zaak": ZAAK},
        "zaaktype": {"zaaktype": ZAAKTYPE},
        "partij": {},
    }

    @SOME
    @given(
        st.dictionaries(st.sampled_from(LEVELS), st.sampled_from(["email", "telefoon", "brief"])),
        st.sets(st.sampled_from(["email", "telefoon"])),
        st.sets(st.sampled_from(["klantcontact", "zaak", "zaaktype"])),
    )
    def holds(wishes: dict[str, str], said: set[str], asked: set[str]) -> None:
        partij = werk.persoon(bezoekadres=POST)
        address(werk, partij, "a@b.nl", **VERIFIED)
        address(werk, partij, "0612345678", **VERIFIED)
        says(werk, partij, *sorted(said))
        for level, kanaal in wishes.items():
            werk.make("contactvoorkeuren", partij=ref(partij), kanaal=kanaal, **at[level])
        told = bereik(werk, partij, **{name: about[name] for name in asked})
        possible = [
            (level, wishes[level])
            for level in LEVELS
            if level in wishes
            and (level == "partij" or level in asked)
            and (wishes[level] == "brief" or wishes[level] in said)
        ]
        if possible:
            assert (told["niveau"], told["kanaal"]) == possible[0]
        elif said:
            assert (told["niveau"], told["kanaal"] in said) == ("bereikbaarheid", True)
        else:
            assert told["kanaal"] == "brief"

    holds()


def test_a_preference_is_for_one_thing_and_an_own_address(werk: Contactwerk) -> None:
    partij = werk.persoon()
    both = {"partij": ref(partij), "kanaal": "brief", "zaak": ZAAK, "zaaktype": ZAAKTYPE}
    assert faults(werk.post("contactvoorkeuren", **both)) == {("nonFieldErrors", "een-niveau")}
    other = address(werk, werk.persoon(), "a@b.nl")
    body = {"partij": ref(partij), "kanaal": "email", "digitaalAdres": ref(other)}
    assert faults(werk.post("contactvoorkeuren", **body)) == {("digitaalAdres", "invalid")}


def test_an_address_is_verified_by_a_code(werk: Contactwerk) -> None:
    adres = address(werk, werk.persoon(), "a@b.nl")
    asked = werk.api.post(f"{adres['url']}/verifieren")
    assert asked.status_code == 201, asked.text
    kept = Adresverificatie.objects.get(pk=asked.json()["uuid"])
    code = code_of(kept.pk)
    assert code not in asked.text
    wrong = {"code": f"{(int(code) + 1) % 1_000_000:06d}"}
    assert faults(_confirm(werk, adres, wrong)) == {("code", "invalid")}
    right = _confirm(werk, adres, {"code": code})
    assert (right.status_code, bool(right.json()["verificatieDatum"])) == (200, True)
    assert _confirm(werk, adres, {"code": code}).status_code == 409


def _confirm(werk: Contactwerk, adres: dict[str, Any], body: Any) -> Any:
    return werk.api.post(f"{adres['url']}/bevestigen", json=body)


def test_a_code_cannot_be_guessed(werk: Contactwerk) -> None:
    adres = address(werk, werk.persoon(), "a@b.nl")
    key = werk.api.post(f"{adres['url']}/verifieren").json()["uuid"]
    right = code_of(Adresverificatie.objects.get(pk=key).pk)
    wrong = "000000" if right != "000000" else "000001"
    told = [_confirm(werk, adres, {"code": wrong}).status_code for _ in range(6)]
    assert told == [400, 400, 400, 400, 400, 409]
    assert _confirm(werk, adres, {"code": right}).status_code == 409
    more = [werk.api.post(f"{adres['url']}/verifieren").status_code for _ in range(3)]
    assert more == [201, 201, 409]


def test_a_code_that_is_old_holds_no_longer(werk: Contactwerk) -> None:
    adres = address(werk, werk.persoon(), "a@b.nl")
    key = werk.api.post(f"{adres['url']}/verifieren").json()["uuid"]
    Adresverificatie.objects.filter(pk=key).update(geldig_tot=now() - timedelta(seconds=1))
    kept = Adresverificatie.objects.get(pk=key)
    assert _confirm(werk, adres, {"code": code_of(kept.pk)}).status_code == 409


@pytest.mark.parametrize(
    ("nummer", "status"),
    [
        ("0612345678", 201),
        ("+31612345678", 201),
        ("0031687654321", 201),
        ("+4915112345678", 201),
        ("0201234567", 409),
        ("+31201234567", 409),
        ("0031201234567", 409),
        ("0661234567", 409),
    ],
)
def test_a_code_goes_to_a_number_that_takes_text_messages(
    werk: Contactwerk, nummer: str, status: int
) -> None:
    phone = address(werk, werk.persoon(), nummer)
    assert werk.api.post(f"{phone['url']}/verifieren").status_code == status


def test_the_code_goes_by_mail_and_stands_nowhere_else(werk: Contactwerk) -> None:
    adres = address(werk, werk.persoon(), "a@b.nl")
    key = werk.api.post(f"{adres['url']}/verifieren").json()["uuid"]
    asked: Any = Adresverificatie.objects.get(pk=key)
    event = _event(asked.pk)
    assert verificatie.wants(event)
    mail = verificatie.message(event, asked)
    assert mail.to == "a@b.nl"
    assert code_of(asked.pk) in mail.text
    assert "Jansen" not in mail.text


def _event(key: Any) -> dispatch.Happened:
    return dispatch.Happened(
        1, uuid4(), now(), "klantinteracties", "adresverificaties", key, "adresverificaties", key,
        "create", {}, "avg",
    )  # fmt: skip
