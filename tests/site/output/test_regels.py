"""Rules on the pages: in words, through the door, and what is wrong is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from loket.ledger.database import counted, one, rows
from tests.site.output.outputwerk import ROOT, regel, sjabloon

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from tests.registers.zaken.zaakwerk import Werk
    from tests.site.output.outputwerk import Beheerder

EVIL = "<script>alert('x')</script>"


@pytest.mark.req("M31", "M56", "M57")
def test_a_rule_is_made_changed_switched_and_removed(zaakwerk: Werk, beheerder: Beheerder) -> None:
    del zaakwerk
    assert "Nieuwe status" in beheerder.text("")
    made = {
        "naam": "Vergunning: besluit", "gebeurtenis": "besluit_genomen", "zaaktype": "EEN",
        "sjabloon": str(sjabloon()), "kanaal1": "sms", "kanaal3": "email",
    }  # fmt: skip
    assert beheerder.post("regels/nieuw/", **made) == ""
    shown = beheerder.text("")
    assert "Vergunning EEN" in shown
    assert "Sms, dan E-mail" in shown
    (key,) = one("SELECT id FROM output_outputregel WHERE naam = 'Vergunning: besluit'")
    beheerder.post(f"regels/{key}/", kanaal1="portaal", zaaktype="")
    assert one("SELECT zaaktype, kanalen FROM output_outputregel WHERE id = %s", (key,)) == (
        "", '["portaal", "email"]',
    )  # fmt: skip
    for stand, actief in (("uit", False), ("aan", True)):
        beheerder.press(f"regels/{key}/schakelen/", actief=stand)
        assert one("SELECT actief FROM output_outputregel WHERE id = %s", (key,)) == (actief,)
    assert "De regel verdwijnt" in beheerder.text(f"regels/{key}/verwijderen/")
    beheerder.press(f"regels/{key}/verwijderen/")
    assert one("SELECT 1 FROM output_outputregel WHERE id = %s", (key,)) is None
    events = rows(
        "SELECT actie, user_id FROM ledger_event WHERE key = %s ORDER BY position", (key,)
    )
    assert [actie for actie, _ in events] == ["create", *["partial_update"] * 3, "destroy"]
    assert {user for _, user in events} == {"beheerder"}


def test_what_the_register_refuses_stands_at_its_field(beheerder: Beheerder) -> None:
    """A name that is taken, and a channel that is chosen twice, at the one that is too many."""
    base = {"gebeurtenis": "zaak_gestart", "sjabloon": str(sjabloon())}
    page = beheerder.post("regels/nieuw/", 422, naam="Nieuwe status", **base)
    assert 'href="#id_naam_veld"' in page
    page = beheerder.post("regels/nieuw/", 422, naam="X", kanaal2="sms", kanaal4="sms", **base)
    assert 'href="#id_kanaal4_veld"' in page
    assert "Dit kanaal staat er al bij." in page
    assert 'href="#id_naam_veld"' in beheerder.post("regels/nieuw/", 422, naam="", **base)


def test_a_message_with_content_goes_to_no_channel_that_others_read(beheerder: Beheerder) -> None:
    beheerder.post("sjablonen/nieuw/", naam="Vol", inhoud="bericht", soortBericht="zaakstatus")
    body = {"naam": "X", "gebeurtenis": "zaak_gestart", "sjabloon": str(sjabloon("Vol"))}
    page = beheerder.post("regels/nieuw/", 422, kanaal1="email", **body)
    assert "een ander kan het lezen" in page
    assert 'href="#id_kanaal1_veld"' in page


def test_what_somebody_else_changed_is_not_written_over(beheerder: Beheerder) -> None:
    path = f"regels/{regel()}/"
    page = beheerder.text(path)
    beheerder.post(path, verzamelen="on")
    seen = page.split('name="gezien" value="')[1].split('"')[0]
    assert "Iemand anders" in beheerder.post(path, 422, gezien=seen, naam="Anders")


@pytest.mark.req("M57")
def test_what_is_wrong_is_told(zaakwerk: Werk, beheerder: Beheerder) -> None:
    """A channel that is not there, a template without a text, a rule that can hold for nothing."""
    del zaakwerk
    assert "Wat niet klopt" not in beheerder.text("")
    beheerder.post(f"regels/{regel()}/", kanaal1="brief")
    beheerder.post(f"regels/{regel('taak_uitgezet')}/", zaaktype="EEN")
    beheerder.post("sjablonen/nieuw/", naam="Leeg", inhoud="attendering", soortBericht="taak")
    beheerder.post(f"regels/{regel('zaak_afgerond')}/", sjabloon=str(sjabloon("Leeg")))
    shown = beheerder.text("")
    for reden in ("het kanaal Brief niet ingericht", "de regel geldt nooit", "geen gepubliceerde"):
        assert reden in shown
    assert "1 regel heeft geen tekst" in beheerder.client.get("/beheer/").content.decode()
    one("UPDATE output_outputregel SET zaaktype = 'WEG' WHERE id = %s", (regel(),))
    assert "Het zaaktype WEG bestaat niet." in beheerder.text("")
    assert "WEG (bestaat niet meer)" in beheerder.text(f"regels/{regel()}/")


def test_who_may_only_look_changes_nothing(
    beheerder: Beheerder, inloggen: Callable[..., Client]
) -> None:
    key, vorm = regel(), sjabloon()
    kijker = inloggen("kijker", "view_outputregel", "view_sjabloon", "view_klantnotificatie")
    niemand = inloggen("niemand")
    reading = ["", f"regels/{key}/", f"sjablonen/{vorm}/", f"sjablonen/{vorm}/versies/1/",
               f"sjablonen/{vorm}/versies/1/voorbeeld/", "proefdraaien/", "berichten/"]  # fmt: skip
    writing = ["regels/nieuw/", f"regels/{key}/schakelen/", f"regels/{key}/verwijderen/",
               "sjablonen/nieuw/", f"sjablonen/{vorm}/wijzigen/",
               f"sjablonen/{vorm}/versies/nieuw/",
               f"sjablonen/{vorm}/versies/1/bewerken/", f"sjablonen/{vorm}/versies/1/publiceren/",
               f"sjablonen/{vorm}/versies/1/proefbericht/",
               f"berichten/{key}/opnieuw/"]  # fmt: skip
    for path in reading:
        assert kijker.get(f"{ROOT}{path}").status_code == 200, path
        assert niemand.get(f"{ROOT}{path}").status_code == 403, path
    for path in writing:
        assert kijker.post(f"{ROOT}{path}").status_code == 403, path
    before = one("SELECT max(position) FROM ledger_event")
    assert kijker.post(f"{ROOT}regels/{key}/", {"naam": "Anders"}).status_code == 200
    assert one("SELECT max(position) FROM ledger_event") == before
    assert "Output:" in kijker.get("/beheer/").content.decode()
    assert "Output:" not in niemand.get("/beheer/").content.decode()
    assert beheerder.client.get(f"{ROOT}regels/{key}/schakelen/").status_code == 405


def test_what_does_not_exist_is_not_found(beheerder: Beheerder) -> None:
    none, vorm = UUID(int=1), sjabloon()
    for path in (
        f"regels/{none}/", f"sjablonen/{none}/", f"berichten/{none}/",
        f"sjablonen/{vorm}/versies/9/", f"sjablonen/{vorm}/versies/99999999/voorbeeld/",
    ):  # fmt: skip
        beheerder.text(path, 404)
    beheerder.press(f"berichten/{none}/opnieuw/", 404)
    beheerder.press(f"berichten/{none}/iets/", 404)


def test_the_first_page_takes_few_statements_and_no_markup(beheerder: Beheerder) -> None:
    beheerder.post(f"regels/{regel()}/", naam=EVIL)
    with counted() as statements:
        shown = beheerder.text("")
    assert EVIL not in shown
    assert len(statements) <= 8
