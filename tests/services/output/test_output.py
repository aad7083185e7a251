"""From an event to a message: over the channel of the recipient's choice, once, without content."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from loket.kernel.clock import AMSTERDAM, today
from loket.ledger import dispatch
from loket.ledger.database import one, rows
from loket.registers.output.waarden import Outputkanaal
from loket.services.output import afloop, plannen
from loket.services.output.kanaalkeuze import Keuze
from loket.services.output.verzenden import verzend
from loket.simulators.mailsink.failure import Failure, Mode
from tests.registers.berichten.test_berichten import body as bericht_body
from tests.registers.besluiten.besluitwerk import Besluitwerk
from tests.registers.klantinteracties.contactwerk import Contactwerk, bsn, identificator, ref
from tests.registers.taken.test_taken import body as taak_body
from tests.registers.verzoeken.test_verzoeken import made, soort, verzoek
from tests.services.output.postkamer import PORTAAL

if TYPE_CHECKING:
    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk
    from tests.services.output.postkamer import Postkamer

Json = dict[str, Any]
EMAIL = "fenna@voorbeeld.nl"
MOBIEL = "+31612345678"


@pytest.fixture
def klant(api: Api) -> Json:
    """Somebody who is known, with an e-mail address and a number that were verified."""
    werk, nummer = Contactwerk(api), bsn()
    partij = werk.persoon()
    number = identificator("bsn", nummer, identificeerdePartij=ref(partij))
    werk.make("partij-identificatoren", **number)
    for kind, adres in (("email", EMAIL), ("telefoonnummer", MOBIEL)):
        werk.make(
            "digitaleadressen", soortDigitaalAdres=kind, adres=adres, omschrijving="",
            verstrektDoorPartij=ref(partij), verstrektDoorBetrokkene=None,
            verificatieDatum=today().isoformat(), isStandaardAdres=True,
        )  # fmt: skip
    return {**partij, "bsn": nummer}


def reachable(api: Api, klant: Json, soort_bericht: str, *kanalen: str) -> None:
    """Let somebody say how he may be reached, the last said first."""
    for kanaal in reversed(kanalen):
        Contactwerk(api).make(
            "bereikbaarheden", partij=ref(klant), soortBericht=soort_bericht, kanaal=kanaal,
            bron="formulier",
        )  # fmt: skip


def zaak_van(werk: Werk, klant: Json, **rol: Any) -> Json:
    zaak = werk.zaak()
    person = {"inpBsn": klant["bsn"], "geslachtsnaam": "Jansen"}
    werk.rol(zaak, betrokkeneIdentificatie=person, **rol)
    return zaak


@pytest.mark.req("M11", "M31", "M55", "M56", "M58", "M-F2", "M-F15", "M-F33", "M-F35")
def test_who_chose_e_mail_gets_a_nudge_without_content(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    """It has a link and the name of the municipality; no BSN, no name, nothing of the zaak."""
    reachable(api, klant, "zaakstatus", "email")
    zaak = zaak_van(zaakwerk, klant)
    zaakwerk.status(zaak, 1)
    postkamer.work()
    (mail,) = postkamer.mails()
    assert mail.content.header("To") == EMAIL
    key = zaak["url"].rpartition("/")[2]
    text = mail.content.text
    assert f"{PORTAAL}/mijn-zaken/{key}/" in text
    whole = mail.content.source.decode()
    for secret in (klant["bsn"], zaak["identificatie"], "Jansen", "Stap 1"):
        assert secret not in whole
    assert mail.content.header("List-Unsubscribe") == f"<{PORTAAL}/mijn-gegevens/>"
    assert postkamer.states() == [("email", "verzonden")]


@pytest.mark.req("M-F1")
def test_every_message_is_a_klantcontact(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    reachable(api, klant, "zaakstatus", "email")
    zaak = zaak_van(zaakwerk, klant)
    zaakwerk.status(zaak, 1)
    postkamer.work()
    (sent,) = api.get("/output/api/v1/klantnotificaties").json()["results"]
    contact = api.get(
        sent["klantcontact"], params={"expand": "gingOverOnderwerpobjecten,hadBetrokkenen"}
    ).json()
    assert contact["kanaal"] == "e-mail"
    (about,) = contact["_expand"]["gingOverOnderwerpobjecten"]
    identificatie = about["onderwerpobjectidentificator"]
    assert identificatie["objectId"] == zaak["url"].rpartition("/")[2]
    (whom,) = contact["_expand"]["hadBetrokkenen"]
    assert (whom["wasPartij"]["uuid"], whom["initiator"]) == (klant["uuid"], False)


@pytest.mark.req("M31", "M55")
@pytest.mark.parametrize(
    ("kanalen", "wanted"),
    [
        (("telefoon",), ("sms", "verzonden")),
        (("portaal",), ("portaal", "bezorgd")),
        (("email", "telefoon"), ("email", "verzonden")),
        (("telefoon", "email"), ("sms", "verzonden")),
        ((), ("portaal", "bezorgd")),
    ],
)
def test_the_channel_is_that_of_the_recipient(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json, kanalen: tuple[str, ...],
    wanted: tuple[str, str],
) -> None:  # fmt: skip
    """The last that he said counts; who said nothing of this kind finds it in the portal."""
    reachable(api, klant, "zaakstatus", *kanalen)
    reachable(api, klant, "taak", "email")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    assert postkamer.states()[0] == wanted
    if wanted[0] == "sms":
        (message,) = postkamer.sms.sent
        assert (message.to, PORTAAL in message.body) == (MOBIEL, True)


def test_an_address_that_was_given_with_the_zaak_is_used_for_it(
    zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    contact = {"contactpersoonRol": {"naam": "Fenna", "emailadres": "zaak@voorbeeld.nl"}}
    zaakwerk.status(zaak_van(zaakwerk, klant, **contact), 1)
    postkamer.work()
    assert [mail.content.header("To") for mail in postkamer.mails()] == ["zaak@voorbeeld.nl"]


@pytest.mark.req("M58")
def test_what_comes_again_is_sent_once(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    """A replay of everything leads to no message that was sent before."""
    reachable(api, klant, "zaakstatus", "email")
    zaak = zaak_van(zaakwerk, klant)
    zaakwerk.status(zaak, 1)
    zaakwerk.status(zaak, 2, "2026-02-02T12:00:00Z")
    postkamer.work()
    assert len(postkamer.mails()) == 2
    assert dispatch.replay("output", 0) > 0
    postkamer.work()
    assert len(postkamer.mails()) == 2
    assert postkamer.states() == [("email", "verzonden")] * 2


@pytest.mark.req("M-F13", "M-F24", "M-X4", "M13")
def test_each_event_has_its_message(api: Api, postkamer: Postkamer, klant: Json) -> None:
    """Taken, berichten, besluiten, verzoeken and the end of a zaak, each by its own rule."""
    for each in ("taak", "herinnering", "bericht", "zaakbesluit", "zaakstatus"):
        reachable(api, klant, each, "email")
    urn = f"urn:nld:brp:bsn:{klant['bsn']}"
    api.post("/taken/api/v1/externetaken", json=taak_body(isToegewezenAan=urn))
    api.post("/berichten/api/v1/berichten", json=bericht_body(ontvanger=urn))
    made(verzoek(api, soort(api, "published"), initiator=urn))
    besluiten = Besluitwerk(api)
    zaak = zaak_van(besluiten.zaken, klant)
    besluiten.besluit(zaak=zaak["url"])
    besluiten.zaken.resultaat(zaak)
    besluiten.zaken.status(zaak, 3)
    postkamer.work()
    told = {each["gebeurtenis"] for each in postkamer.messages()}
    assert told == {
        "taak_uitgezet", "bericht_geplaatst", "verzoek_ontvangen", "besluit_genomen",
        "zaak_afgerond",
    }  # fmt: skip
    assert {state for _, state in postkamer.states()} == {"verzonden"}
    assert len(postkamer.mails()) == 5
    links = {
        line for mail in postkamer.mails() for line in mail.content.text.split() if PORTAAL in line
    }
    assert {link.removeprefix(PORTAAL).split("/")[1] for link in links} == {
        "mijn-taken", "mijn-berichten", "", "mijn-zaken",
    }  # fmt: skip


def test_what_was_done_or_read_meanwhile_is_not_told(
    api: Api, postkamer: Postkamer, klant: Json
) -> None:
    reachable(api, klant, "taak", "email")
    urn = f"urn:nld:brp:bsn:{klant['bsn']}"
    taak = api.post("/taken/api/v1/externetaken", json=taak_body(isToegewezenAan=urn)).json()
    while dispatch.route() or dispatch.deliver_one():
        pass
    assert api.patch(taak["url"], json={"status": "afgebroken"}).status_code == 200
    postkamer.work()
    assert postkamer.mails() == []
    assert postkamer.states() == [("email", "vervallen")]


@pytest.mark.req("M55")
def test_a_server_that_is_busy_gets_it_later(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    """Greylisting, and a reply that got lost: the same mail, under the same id."""
    reachable(api, klant, "zaakstatus", "email")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    for mode in (Mode.TEMPORARY, Mode.LOST_REPLY):
        postkamer.luck.set(Failure(mode, times=1))
        postkamer.work()
        assert postkamer.states() == [("email", "gepland")]
        postkamer.due()
    postkamer.work()
    assert postkamer.states() == [("email", "verzonden")]
    assert postkamer.messages()[0]["pogingen"] == 3
    assert len({mail.content.header("Message-ID") for mail in postkamer.mails()}) == 1


def test_a_worker_that_dies_with_a_message_in_hand_loses_nothing(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went out and nobody noted so: it goes again, under the same id, and is known as sent."""
    reachable(api, klant, "zaakstatus", "email")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    with monkeypatch.context() as dying:
        dying.setattr(afloop, "verzonden", lambda *_: 1 / 0)
        postkamer.work()
    assert postkamer.states() == [("email", "gepland")]
    assert not verzend(postkamer.wegen)
    postkamer.due()
    postkamer.work()
    assert postkamer.states() == [("email", "verzonden")]
    ids = [mail.content.header("Message-ID") for mail in postkamer.mails()]
    assert (len(ids), len(set(ids))) == (2, 1)


@pytest.mark.req("M31", "M-F26")
def test_what_is_refused_goes_over_another_channel(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    reachable(api, klant, "zaakstatus", "email", "telefoon")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.luck.set(Failure(Mode.PERMANENT))
    postkamer.work()
    assert postkamer.states() == [("sms", "verzonden")]
    (shown,) = api.get("/output/api/v1/klantnotificaties").json()["results"]
    (tried,) = shown["geprobeerd"]
    assert (tried["kanaal"], "550" in tried["reden"]) == ("email", True)


@pytest.mark.req("M-F26")
@pytest.mark.parametrize(("gelukt", "wanted"), [(True, "bezorgd"), (False, "portaal")])
def test_what_the_carrier_reports_comes_back(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json, *, gelukt: bool, wanted: str
) -> None:
    """A text message that arrived is a contact that succeeded; one that did not goes on."""
    reachable(api, klant, "zaakstatus", "telefoon")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    (sent,) = api.get("/output/api/v1/klantnotificaties").json()["results"]
    moment = datetime.now(AMSTERDAM)
    assert not afloop.teruggemeld("iets-anders", (), gelukt=True, moment=moment)
    ways = postkamer.wegen.ingericht
    assert afloop.teruggemeld(sent["kenmerk"], ways, gelukt=gelukt, moment=moment)
    contact = api.get(sent["klantcontact"]).json()
    assert contact["indicatieContactGelukt"] is gelukt
    postkamer.work()
    (message,) = (each for each in postkamer.messages() if each["gebeurtenis"] == "status_gezet")
    assert wanted in (message["status"], message["kanaal"])
    assert message["status"] == "bezorgd"


@pytest.mark.req("M13")
def test_what_reaches_nobody_is_left_to_an_employee(
    api: Api, zaakwerk: Werk, postkamer: Postkamer
) -> None:
    """Somebody without a BSN, whose only address is refused: an interne taak for a team."""
    zaak = zaakwerk.zaak()
    zaakwerk.rol(
        zaak, betrokkeneIdentificatie={"geslachtsnaam": "Jansen"},
        contactpersoonRol={"naam": "Jansen", "emailadres": "weg@voorbeeld.nl"},
    )  # fmt: skip
    zaakwerk.status(zaak, 1)
    postkamer.luck.set(Failure(Mode.PERMANENT))
    postkamer.work()
    assert postkamer.states() == [("email", "mislukt")]
    (taak,) = api.get("/klantinteracties/api/v1/internetaken").json()["results"]
    assert taak["gevraagdeHandeling"] == "Bereik deze klant op een andere manier"
    assert "550" in taak["toelichting"]


def test_who_cannot_be_reached_at_all_is_known(zaakwerk: Werk, postkamer: Postkamer) -> None:
    zaak = zaakwerk.zaak()
    zaakwerk.rol(zaak, betrokkeneIdentificatie={"geslachtsnaam": "Jansen"})
    zaakwerk.status(zaak, 1)
    postkamer.work()
    assert postkamer.states() == []
    assert rows("SELECT outcome FROM ledger_delivery WHERE subscriber = 'output'") != []


def test_a_language_that_somebody_prefers(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    Contactwerk(api)
    assert api.patch(klant["url"], json={"voorkeurstaal": "eng"}).status_code == 200
    reachable(api, klant, "zaakstatus", "email")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.work()
    (mail,) = postkamer.mails()
    assert mail.content.header("Subject").startswith("There is news about your case")


def test_a_rule_of_one_zaaktype_holds_for_no_other(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    reachable(api, klant, "zaakstatus", "email")
    (regel,) = api.get(
        "/output/api/v1/outputregels", params={"gebeurtenis": "status_gezet"}
    ).json()["results"]
    for zaaktype, mails in (("ANDERS", 0), ("EEN", 1)):
        assert api.patch(regel["url"], json={"zaaktype": zaaktype}).status_code == 200
        zaakwerk.status(zaak_van(zaakwerk, klant), 1)
        postkamer.work()
        assert len(postkamer.mails()) == mails


@pytest.mark.parametrize(
    ("at", "stil", "verzamelen", "wanted"),
    [
        ("2039-03-02T12:00", True, False, "2039-03-02T12:00"),
        ("2039-03-02T22:30", True, False, "2039-03-03T08:00"),
        ("2039-03-02T06:00", True, False, "2039-03-02T08:00"),
        ("2039-03-02T22:30", False, False, "2039-03-02T22:30"),
        ("2039-03-02T12:00", True, True, "2039-03-02T17:00"),
        ("2039-03-02T18:00", True, True, "2039-03-03T17:00"),
    ],
)
def test_nobody_is_woken(at: str, wanted: str, *, stil: bool, verzamelen: bool) -> None:
    regel = plannen.Regel(
        uuid4(), "", "", "", uuid4(), [], stille_uren=stil, verzamelen=verzamelen,
        soort_bericht="", inhoud="",
    )  # fmt: skip
    keuze = Keuze(Outputkanaal.SMS, MOBIEL)
    moment = datetime.fromisoformat(at).replace(tzinfo=AMSTERDAM)
    found = plannen.wanneer(regel, moment, keuze)
    assert found.astimezone(AMSTERDAM).isoformat()[:16] == wanted


def test_what_is_gathered_is_one_message_a_day(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    reachable(api, klant, "zaakstatus", "email")
    (regel,) = api.get(
        "/output/api/v1/outputregels", params={"gebeurtenis": "status_gezet"}
    ).json()["results"]
    assert api.patch(regel["url"], json={"verzamelen": True}).status_code == 200
    zaak = zaak_van(zaakwerk, klant)
    for nr in (1, 2):
        zaakwerk.status(zaak, nr, f"2026-02-0{nr}T12:00:00Z")
    postkamer.work()
    assert (postkamer.mails(), postkamer.states()) == ([], [("email", "gepland")])
    later = one("SELECT gepland_op FROM output_klantnotificatie")[0]
    assert later.astimezone(AMSTERDAM).time() == plannen.VERZAMELD
    assert later < datetime.now(AMSTERDAM) + timedelta(days=1)
    postkamer.due()
    postkamer.work()
    assert len(postkamer.mails()) == 1


@pytest.mark.req("M31")
def test_no_byte_that_goes_out_holds_a_bsn(
    api: Api, zaakwerk: Werk, postkamer: Postkamer, klant: Json
) -> None:
    """Mail, text messages, events, and what the register itself keeps of every message."""
    reachable(api, klant, "zaakstatus", "email", "telefoon")
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    zaakwerk.status(zaak_van(zaakwerk, klant), 1)
    postkamer.luck.set(Failure(Mode.PERMANENT, times=1))
    postkamer.work()
    assert sorted(postkamer.states()) == [("email", "verzonden"), ("sms", "verzonden")]
    out = [mail.content.source.decode() for mail in postkamer.mails()]
    out += [str(message) for message in postkamer.sms.sent]
    for table in ("ledger_event", "ledger_delivery", "output_klantnotificatie"):
        held = rows(f"SELECT t::text FROM {table} t")  # noqa: S608 - names from the line above
        out += [each for (each,) in held]
    assert out
    assert not [each for each in out if klant["bsn"] in each]
