"""Destruction: by a list of two people, with all that belongs to a zaak, and proof afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from loket.kernel.actor import Actor
from loket.ledger.database import one, rows
from loket.services.archivering.aan_de_beurt import over_te_brengen, overzicht, te_vernietigen
from tests.registers.zaken.zaakwerk import DOCUMENTEN, faults
from tests.services.archivering.archiefwerk import ARCHIEF

if TYPE_CHECKING:
    from tests.registers.zaken.zaakwerk import Json
    from tests.services.archivering.archiefwerk import Archief

SYSTEM = Actor.system("test")


def key(of: Json) -> UUID:
    return UUID(of["url"].rsplit("/", 1)[-1])


def is_there(archief: Archief, url: str) -> bool:
    return bool(archief.werk.api.get(url).status_code == 200)


@pytest.mark.req("H37")
def test_a_zaak_is_destroyed_with_its_documents_and_leaves_proof(archief: Archief) -> None:
    zaak = archief.oud(omschrijving="Ruzie met de buren")
    relatie = archief.werk.met_document(zaak)
    archief.werk.rol(zaak)
    gesloten = archief.sluit(zaak)
    lijst = archief.lijst(zaak)
    archief.stel_vast(lijst)
    archief.werk_af()
    assert not is_there(archief, zaak["url"])
    assert not is_there(archief, relatie["informatieobject"])
    (regel,) = archief.regels(lijst)
    assert (regel["stand"], regel["documenten"], regel["besluiten"]) == ("vernietigd", 1, 0)
    assert regel["zaaknummer"] == gesloten["identificatie"]
    assert len(regel["controlegetal"]) == 64
    (verklaring,) = archief.opsteller.get(f"{ARCHIEF}/vernietigingsverklaringen").json()["results"]
    assert (verklaring["zaken"], verklaring["documenten"]) == (1, 1)
    assert (verklaring["opsteller"], verklaring["beoordelaar"]) == ("opsteller", "beoordelaar")
    assert archief.opsteller.get(lijst["url"]).json()["stand"] == "uitgevoerd"


def test_nothing_of_the_content_is_left(archief: Archief) -> None:
    zaak = archief.oud(omschrijving="Ruzie met de buren", toelichting="over de schutting")
    archief.werk.met_document(zaak, titel="Brief van de buren")
    archief.werk.rol(zaak)
    archief.sluit(zaak)
    archief.stel_vast(archief.lijst(zaak))
    archief.werk_af()
    for (table,) in rows(
        "SELECT format('%%I.%%I', schemaname, tablename) FROM pg_tables "
        "WHERE schemaname = 'public' AND tablename <> 'django_session'"
    ):
        found = f"SELECT count(*) FROM {table} t WHERE t::text ~* 'ruzie|buren|schutting|Jansen'"  # noqa: S608 - PostgreSQL's own names
        assert one(found)[0] == 0, table


def test_what_was_said_about_the_zaak_goes_along(archief: Archief) -> None:
    """A klantcontact about the zaak goes with it, one about more than the zaak stays."""
    api, root = archief.werk.api, "/klantinteracties/api/v1"
    zaak = archief.oud()
    about = {"onderwerpobjectidentificator": {"objectId": zaak["url"].rsplit("/", 1)[-1]}}
    contact = {"kanaal": "balie", "onderwerp": "Ruzie met de buren", "taal": "nld",
               "vertrouwelijk": False}  # fmt: skip
    klant = {"rol": "klant", "initiator": True, "contactnaam": {"achternaam": "Schutting"}}
    body = {"klantcontact": contact, "betrokkene": klant, "onderwerpobject": about}
    only, more = (api.post(f"{root}/maak-klantcontact", json=body).json() for _ in range(2))
    given = {"adres": "buren@ruzie.nl", "soortDigitaalAdres": "email",
             "verstrektDoorBetrokkene": {"uuid": only["betrokkene"]["uuid"]}}  # fmt: skip
    adres = api.post(f"{root}/digitaleadressen", json=given).json()
    other = {"klantcontact": {"uuid": more["klantcontact"]["uuid"]},
             "onderwerpobjectidentificator": {"objectId": "iets anders"}}  # fmt: skip
    api.post(f"{root}/onderwerpobjecten", json=other)
    archief.sluit(zaak)
    archief.stel_vast(archief.lijst(zaak))
    archief.werk_af()
    assert not is_there(archief, only["klantcontact"]["url"])
    assert not is_there(archief, adres["url"])
    assert is_there(archief, more["klantcontact"]["url"])
    left = "SELECT count(*) FROM ledger_event WHERE nieuw::text LIKE '%%buren@ruzie%%'"
    assert one(left)[0] == 0


def test_what_belongs_to_something_else_too_stays(archief: Archief) -> None:
    zaak, andere = archief.oud(), archief.werk.zaak()
    document = archief.werk.met_document(zaak)["informatieobject"]
    archief.werk.make("zaakinformatieobjecten", zaak=andere["url"], informatieobject=document)
    archief.sluit(zaak)
    lijst = archief.lijst(zaak)
    archief.stel_vast(lijst)
    archief.werk_af()
    assert is_there(archief, document)
    assert archief.regels(lijst)[0]["documenten"] == 0
    mirrors = archief.werk.read(f"{DOCUMENTEN}/objectinformatieobjecten", informatieobject=document)
    assert [each["object"] for each in mirrors] == [andere["url"]]  # type: ignore[index]


def test_a_deelzaak_goes_with_its_hoofdzaak(archief: Archief) -> None:
    zaak = archief.oud()
    deelzaak = archief.oud(hoofdzaak=zaak["url"])
    assert faults(archief.zet_erop(archief.lijst(), zaak["url"])) == {
        ("zaak", "zaak-niet-aan-de-beurt")
    }
    archief.sluit(deelzaak)
    archief.sluit(zaak)
    lijst = archief.lijst(zaak)
    assert faults(archief.zet_erop(lijst, deelzaak["url"])) == {("zaak", "zaak-niet-aan-de-beurt")}
    archief.stel_vast(lijst)
    archief.werk_af()
    assert not is_there(archief, deelzaak["url"])


def test_two_people_decide(archief: Archief) -> None:
    zaak = archief.oud()
    archief.sluit(zaak)
    lijst = archief.lijst(zaak)
    assert archief.stap(lijst, "vaststellen").status_code == 409
    assert archief.stap(lijst, "aanbieden").status_code == 200
    assert archief.stap(lijst, "vaststellen", archief.opsteller).status_code == 403
    both = archief.client("beide", "archief.opstellen", "archief.vaststellen")
    both.user = "opsteller"
    assert archief.stap(lijst, "vaststellen", both).status_code == 403
    archief.werk_af()
    assert is_there(archief, zaak["url"])


def test_who_offers_a_list_stands_for_it(archief: Archief) -> None:
    zaak = archief.oud()
    archief.sluit(zaak)
    lijst = archief.lijst()
    both = archief.client("beide", "archief.opstellen", "archief.vaststellen")
    body = {"lijst": {"uuid": lijst["uuid"]}, "zaak": zaak["url"]}
    assert both.post(f"{ARCHIEF}/vernietigingsregels", json=body).status_code == 201
    assert archief.stap(lijst, "aanbieden", both).json()["opsteller"] == "beide"
    assert archief.stap(lijst, "vaststellen", both).status_code == 403
    assert archief.stap(lijst, "vaststellen").status_code == 200


def test_what_was_excluded_is_free_for_a_later_list(archief: Archief) -> None:
    first, second = archief.oud(), archief.oud()
    for each in (first, second):
        archief.sluit(each)
    lijst = archief.lijst(first, second)
    regel, _ = archief.regels(lijst)
    change = {"stand": "uitgezonderd", "reden": "Er loopt nog een klacht."}
    assert archief.opsteller.patch(regel["url"], json=change).status_code == 200
    assert faults(archief.zet_erop(lijst, first["url"])) == {("zaak", "al-op-een-lijst")}
    archief.stel_vast(lijst)
    archief.werk_af()
    kept, _ = archief.regels(lijst)
    assert (kept["stand"], kept["reden"]) == ("niet_vernietigd", "Er loopt nog een klacht.")
    assert is_there(archief, first["url"])
    assert archief.zet_erop(archief.lijst(), first["url"]).status_code == 201


def test_a_list_that_is_returned_can_be_mended(archief: Archief) -> None:
    zaak = archief.oud()
    archief.sluit(zaak)
    lijst = archief.lijst(zaak)
    archief.stap(lijst, "aanbieden")
    (regel,) = archief.regels(lijst)
    change = {"stand": "uitgezonderd", "reden": "Er loopt nog een klacht."}
    assert faults(archief.opsteller.patch(regel["url"], json=change)) == {
        ("lijst", "lijst-niet-in-concept")
    }
    assert faults(archief.stap(lijst, "teruggeven")) == {("oordeel", "required")}
    answer = archief.stap(lijst, "teruggeven", oordeel="Er loopt nog een klacht.")
    assert answer.json()["stand"] == "concept"
    without = {"stand": "uitgezonderd"}
    assert faults(archief.opsteller.patch(regel["url"], json=without)) == {
        ("reden", "reden-ontbreekt")
    }
    assert archief.opsteller.patch(regel["url"], json=change).status_code == 200
    assert faults(archief.stap(lijst, "aanbieden")) == {("nonFieldErrors", "lijst-leeg")}


def test_a_zaak_stands_on_one_list(archief: Archief) -> None:
    zaak = archief.oud()
    archief.sluit(zaak)
    archief.lijst(zaak)
    assert faults(archief.zet_erop(archief.lijst(), zaak["url"])) == {("zaak", "al-op-een-lijst")}


def test_what_is_not_due_is_refused(archief: Archief) -> None:
    lijst = archief.lijst()
    for zaak in (archief.werk.zaak(), archief.werk.gesloten()):
        assert faults(archief.zet_erop(lijst, zaak["url"])) == {("zaak", "zaak-niet-aan-de-beurt")}
    gone = f"{zaak['url'][:-12]}000000000000"
    assert faults(archief.zet_erop(lijst, gone)) == {("zaak", "bad-url")}


def test_what_changed_since_the_approval_stays_and_holds_up_nothing(archief: Archief) -> None:
    first, second = archief.oud(), archief.oud()
    for zaak in (first, second):
        archief.sluit(zaak)
    lijst = archief.lijst(first, second)
    archief.stel_vast(lijst)
    later = {"archiefactiedatum": "2040-01-01"}
    assert archief.werk.api.patch(first["url"], json=later).status_code == 200
    archief.werk_af()
    one_of_them, other = archief.regels(lijst)
    assert (one_of_them["stand"], other["stand"]) == ("niet_vernietigd", "vernietigd")
    assert "nog niet gekomen" in one_of_them["reden"]
    assert is_there(archief, first["url"])
    (verklaring,) = archief.opsteller.get(f"{ARCHIEF}/vernietigingsverklaringen").json()["results"]
    assert (verklaring["zaken"], verklaring["nietVernietigd"]) == (1, 1)


def test_the_overview_counts_what_is_due(archief: Archief) -> None:
    zaak, op_lijst = archief.oud(), archief.oud()
    for each in (zaak, op_lijst):
        archief.sluit(each)
    archief.werk.gesloten()
    archief.lijst(op_lijst)
    (groep,) = overzicht(SYSTEM)
    assert (groep.nominatie, groep.aantal, groep.op_een_lijst) == ("vernietigen", 2, 1)
    assert str(groep.sinds) == "2021-02-01"
    assert te_vernietigen(SYSTEM, groep.zaaktype_id) == [key(zaak)]


def test_what_was_transferred_is_not_due_any_more(archief: Archief) -> None:
    zaak = archief.oud()
    archief.sluit(zaak)
    kept = {"archiefnominatie": "blijvend_bewaren", "archiefactiedatum": "2019-01-01"}
    assert archief.werk.api.patch(zaak["url"], json=kept).status_code == 200
    assert [each.key for each in over_te_brengen(SYSTEM)] == [key(zaak)]
    gone = {"archiefstatus": "overgedragen"}
    assert archief.werk.api.patch(zaak["url"], json=gone).status_code == 200
    assert over_te_brengen(SYSTEM) == []
    assert overzicht(SYSTEM) == []


def test_a_second_delivery_does_nothing(archief: Archief) -> None:
    zaak = archief.oud()
    archief.sluit(zaak)
    lijst = archief.lijst(zaak)
    archief.stel_vast(lijst)
    archief.werk_af()
    before: Any = one("SELECT count(*) FROM ledger_event")[0]
    one("UPDATE ledger_delivery SET state = 'wacht'")
    archief.werk_af()
    assert one("SELECT count(*) FROM ledger_event")[0] == before
