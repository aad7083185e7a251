"""Messages on the pages: found, followed, tried again; and a dry run over a day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from loket.kernel.clock import today
from loket.ledger.database import counted, one, rows
from loket.services.output import opdrachten, proef
from loket.simulators.mailsink.failure import Failure, Mode
from tests.conftest import make_client
from tests.services.output.test_output import EMAIL, reachable, zaak_van

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Json, Werk
    from tests.services.output.postkamer import Postkamer
    from tests.site.output.outputwerk import Beheerder


@pytest.fixture
def zaak(api: Api, zaakwerk: Werk, klant: Json, postkamer: Postkamer) -> Json:
    """A zaak of somebody who chose e-mail, with a status."""
    del postkamer
    reachable(api, klant, "zaakstatus", "email")
    made = zaak_van(zaakwerk, klant)
    zaakwerk.status(made, 1)
    return made


@pytest.fixture
def mislukt(zaakwerk: Werk, postkamer: Postkamer) -> str:
    """The key of a message that nobody took: its only address was refused."""
    zaak = zaakwerk.zaak()
    zaakwerk.rol(
        zaak, betrokkeneIdentificatie={"geslachtsnaam": "Jansen"},
        contactpersoonRol={"naam": "Jansen", "emailadres": EMAIL},
    )  # fmt: skip
    zaakwerk.status(zaak, 1)
    postkamer.luck.set(Failure(Mode.PERMANENT, times=1))
    postkamer.work()
    assert postkamer.states() == [("email", "mislukt")]
    return str(one("SELECT id FROM output_klantnotificatie")[0])


@pytest.mark.req("M57")
def test_a_message_is_found_and_its_life_is_told(
    zaak: Json, postkamer: Postkamer, klant: Json, beheerder: Beheerder
) -> None:
    postkamer.work()
    nummer = zaak["identificatie"]
    assert "<strong>1</strong> <span>verzonden" in beheerder.text("")
    found = ["", f"?over={nummer}", f"?over={zaak['url']}", "?status=verzonden&kanaal=email",
             f"?van={today()}&tot={today()}", "?status=onzin&van=onzin"]  # fmt: skip
    for asked in found:
        assert nummer in beheerder.text(f"berichten/{asked}"), asked
    for asked in ("?status=mislukt", "?kanaal=sms", "?over=iets", "?tot=2020-01-01"):
        assert "geen berichten" in beheerder.text(f"berichten/{asked}"), asked
    (key, contact) = one("SELECT id, klantcontact FROM output_klantnotificatie")
    page = beheerder.text(f"berichten/{key}/")
    for told in (EMAIL, "Gepland", "Overgedragen.", nummer, "Nieuws over een zaak, versie 1"):
        assert told in page
    nummer_van = "SELECT referentienummer FROM klantinteracties_klantcontact WHERE id = %s"
    assert one(nummer_van, (UUID(contact[-36:]),))[0] in page
    assert klant["bsn"] not in page + beheerder.text("berichten/")
    assert "Opnieuw proberen" not in page
    assert "is verzonden" in beheerder.press(f"berichten/{key}/vervallen/", 409)


@pytest.mark.req("M57", "M13")
def test_what_failed_is_tried_again(
    mislukt: str, postkamer: Postkamer, beheerder: Beheerder
) -> None:
    shown = beheerder.text("berichten/?status=niet_aangekomen")
    assert "550" in shown
    assert "1 bericht bereikte" in beheerder.client.get("/beheer/").content.decode()
    page = beheerder.text(f"berichten/{mislukt}/")
    assert "Kanalen die afvielen" in page
    beheerder.press(f"berichten/{mislukt}/opnieuw/")
    page = beheerder.text(f"berichten/{mislukt}/")
    assert "door beheerder" in page
    assert "Laten vervallen" in page
    postkamer.work()
    assert postkamer.states() == [("email", "verzonden")]
    assert len(postkamer.mails()) == 1


@pytest.mark.req("M57")
def test_what_is_planned_is_let_be(
    mislukt: str, postkamer: Postkamer, beheerder: Beheerder
) -> None:
    beheerder.press(f"berichten/{mislukt}/opnieuw/")
    beheerder.press(f"berichten/{mislukt}/vervallen/")
    postkamer.work()
    assert postkamer.states() == [("email", "vervallen")]
    assert postkamer.mails() == []
    assert "is vervallen" in beheerder.press(f"berichten/{mislukt}/opnieuw/", 409)


@pytest.mark.req("M57")
def test_an_application_tries_again_over_the_api(
    api: Api, mislukt: str, postkamer: Postkamer
) -> None:
    path = f"/output/api/v1/klantnotificaties/{mislukt}"
    reader = make_client(
        "lezer", [{"component": "output", "scopes": ["output.lezen"], "componentWeergave": ""}]
    )
    assert reader.post(f"{path}/opnieuw").status_code == 403
    answer = api.post(f"{path}/opnieuw")
    assert (answer.status_code, answer.json()["status"]) == (200, "gepland")
    assert api.post(f"{path}/opnieuw").status_code == 409
    assert api.post(f"{path}/vervallen").json()["status"] == "vervallen"
    assert api.post(f"/output/api/v1/klantnotificaties/{uuid4()}/opnieuw").status_code == 404
    one("UPDATE output_klantnotificatie SET status = 'mislukt'")
    opdrachten.connect(list)
    try:
        assert "geen kanaal" in api.post(f"{path}/opnieuw").json()["detail"]
    finally:
        opdrachten.connect(lambda: postkamer.wegen.ingericht)
    one("DELETE FROM zaken_rol")
    assert api.post(f"{path}/opnieuw").status_code == 409


def test_a_page_goes_on_from_where_the_last_one_ended(
    zaak: Json, postkamer: Postkamer, beheerder: Beheerder, monkeypatch: pytest.MonkeyPatch
) -> None:
    postkamer.work()
    monkeypatch.setattr("loket.site.output.zoeken.SIZE", 1)
    monkeypatch.setattr("loket.site.output.berichten.SIZE", 1)
    one(
        "INSERT INTO output_klantnotificatie SELECT (jsonb_populate_record(n, jsonb_build_object("
        "'id', '01000000-0000-7000-8000-000000000000', 'sleutel', 'oud', 'hoofd_object', ''))).* "
        "FROM output_klantnotificatie n"
    )
    first = beheerder.text("berichten/?van=")
    assert zaak["identificatie"] in first
    link = first.split('<a href="?')[1].split('"')[0].replace("&amp;", "&")
    second = beheerder.text(f"berichten/?{link}")
    assert zaak["identificatie"] not in second
    assert "Nieuwste" in second
    with counted() as statements:
        beheerder.text("berichten/")
    assert len(statements) <= 2  # and the name of the municipality


@pytest.mark.req("M31", "M57")
def test_a_dry_run_tells_what_the_rules_would_do(
    zaak: Json, zaakwerk: Werk, postkamer: Postkamer, klant: Json, beheerder: Beheerder
) -> None:
    """With the reason of what falls away, and once for what is gathered; nothing is written."""
    assert "zouden uitgaan" not in beheerder.text("proefdraaien/")
    before = one("SELECT count(*), (SELECT max(position) FROM ledger_event) "
                 "FROM output_klantnotificatie")  # fmt: skip
    page = beheerder.text(f"proefdraaien/?dag={today()}")
    assert zaak["identificatie"] in page
    assert "E-mail" in page
    assert "De gemeente heeft dit kanaal niet ingericht" not in page
    one("UPDATE output_outputregel SET kanalen = '[\"sms\"]' WHERE gebeurtenis = 'status_gezet'")
    assert "niemand te bereiken" in beheerder.text(f"proefdraaien/?dag={today()}")
    one("UPDATE output_outputregel SET kanalen = '[]', verzamelen = true")
    zaakwerk.status(zaak, 2, "2026-02-02T12:00:00Z")
    made = proef.draai(today())
    assert (len(made.berichten), made.berichten[0].wanneer.hour) == (1, 17)
    assert made.per_kanaal == [("E-mail", 1)]
    after = one("SELECT count(*) FROM output_klantnotificatie")
    assert (after[0], postkamer.mails()) == (before[0], [])
    assert klant["bsn"] not in page


def test_a_dry_run_looks_at_one_day_and_at_so_many_events(zaak: Json, beheerder: Beheerder) -> None:
    del zaak
    yesterday = today() - timedelta(days=1)
    assert proef.draai(yesterday).bekeken == 0
    all_of_it = proef.draai(today())
    assert all_of_it.bekeken > 1
    assert not all_of_it.meer
    few = proef.draai(today(), most=1)
    assert (few.bekeken, few.meer) == (1, True)
    late = proef.draai(today(), seconds=-1)
    assert (late.bekeken, late.meer) == (0, True)
    assert "kan worden bekeken" not in beheerder.text(f"proefdraaien/?dag={today()}")
    for dag in (today() + timedelta(days=1), today() - timedelta(days=32), "onzin"):
        beheerder.text(f"proefdraaien/?dag={dag}", 422)


def test_a_moment_is_found_along_the_positions(zaak: Json) -> None:
    """Wherever it lies: before the first event, at each of them, and after the last."""
    del zaak
    events = rows("SELECT position, moment FROM ledger_event ORDER BY position")
    lowest, highest = events[0][0], events[-1][0]
    for position, moment in events:
        found = proef.first_position(moment)
        assert min(each for each, _ in events if each >= found) == position
    assert proef.first_position(events[0][1] - timedelta(days=9)) == lowest
    assert proef.first_position(events[-1][1] + timedelta(days=9)) == highest + 1


def test_what_was_in_the_portal_is_shown_without_an_address(
    zaakwerk: Werk, postkamer: Postkamer, klant: Json, beheerder: Beheerder
) -> None:
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    shown: Any = beheerder.text("berichten/")
    assert "via het portaal" in shown
    (key,) = one("SELECT id FROM output_klantnotificatie WHERE gebeurtenis = 'status_gezet'")
    page = beheerder.text(f"berichten/{key}/")
    assert "Aangekomen" in page
    assert klant["bsn"] not in page
