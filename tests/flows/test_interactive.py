"""Flows between the registers and where citizens are: what they see, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from loket.grammar import codec
from loket.grammar.reading import Query
from loket.kernel.clock import now, today
from loket.ledger.database import one
from loket.services.mijnservices import burger
from tests.conformance.example import key_at
from tests.conftest import make_client
from tests.flows.test_handling import told
from tests.registers.berichten.test_berichten import body as bericht_body
from tests.registers.besluiten.besluitwerk import Besluitwerk
from tests.registers.klantinteracties.contactwerk import Contactwerk, bsn, identificator, ref
from tests.registers.taken.test_taken import body as taak_body

if TYPE_CHECKING:
    from tests.conformance.example import Examples
    from tests.conftest import Api

Json = dict[str, Any]
NAMES = {
    "M-F10": "klantinteracties/klantcontacten",
    "M-F16": "taken/externetaken",
    "M-F19": "zaken/zaken",
    "M-F27": "klantinteracties/partijen",
    "M-F36": "berichten/berichten",
}


@dataclass
class Leven:
    """What the municipality has of one citizen, by the register in which it stands."""

    bsn: str
    urls: dict[str, str]
    zaak: Json
    besluit: Json
    document: Json


@pytest.fixture
def leven(api: Api) -> Leven:
    """A citizen with one of everything."""
    nummer, contacten, besluiten = bsn(), Contactwerk(api), Besluitwerk(api)
    werk = besluiten.zaken
    partij = contacten.persoon()
    contacten.make(
        "partij-identificatoren", **identificator("bsn", nummer, identificeerdePartij=ref(partij))
    )
    zaak = werk.zaak()
    werk.rol(zaak, betrokkeneIdentificatie={"inpBsn": nummer, "geslachtsnaam": "Jansen"})
    document = werk.document()
    werk.make("zaakinformatieobjecten", zaak=zaak["url"], informatieobject=document["url"])
    contact = contacten.contact()
    contacten.make(
        "betrokkenen", hadKlantcontact=ref(contact), wasPartij=ref(partij), rol="klant",
        initiator=True,
    )  # fmt: skip
    urn = f"urn:nld:brp:bsn:{nummer}"
    taak = api.post("/taken/api/v1/externetaken", json=taak_body(isToegewezenAan=urn)).json()
    bericht = api.post("/berichten/api/v1/berichten", json=bericht_body(ontvanger=urn)).json()
    urls = {
        "klantinteracties/klantcontacten": contact["url"],
        "taken/externetaken": taak["url"],
        "zaken/zaken": zaak["url"],
        "klantinteracties/partijen": partij["url"],
        "berichten/berichten": bericht["url"],
    }
    return Leven(nummer, urls, zaak, besluiten.besluit(zaak=zaak["url"]), document)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.req(flow), id=flow) for flow, name in NAMES.items()],
)
def test_a_citizen_sees_his_own(name: str, leven: Leven, examples: Examples) -> None:
    """List and detail of what is his, and nothing of another's; nothing is written by it."""
    resource = examples.find(name)
    actor = burger.from_bsn(leven.bsn, None, "substantieel")
    stranger = burger.from_bsn(bsn(), None, "substantieel")
    before = one("SELECT max(position) FROM ledger_event")
    query = Query(examples.base)
    listed = codec.decode(resource.list(actor, query).results)
    assert [each["url"] for each in listed] == [leven.urls[name]]
    shown = codec.decode(resource.get(actor, key_at(leven.urls[name]), query))
    assert shown["url"] == leven.urls[name]
    assert codec.decode(resource.list(stranger, query).results) == []
    assert one("SELECT max(position) FROM ledger_event") == before


def interactive(*rights: tuple[str, list[str]], **more: Any) -> Api:
    """Make the application of a portal, with these rights and no other."""
    return make_client(
        "interactief", [{"component": name, "scopes": scopes, **more} for name, scopes in rights]
    )


@pytest.mark.req("M-F25")
def test_the_besluiten_of_a_zaak_are_shown(leven: Leven) -> None:
    portal = interactive(("brc", ["besluiten.lezen"]), besluittype=leven.besluit["besluittype"])
    found = portal.get("/besluiten/api/v1/besluiten", params={"zaak": leven.zaak["url"]}).json()
    assert [each["url"] for each in found["results"]] == [leven.besluit["url"]]
    assert told(key_at(leven.besluit["url"])) == [("besluiten", "besluiten", "create")]


@pytest.mark.req("M-F37")
def test_the_documents_of_a_zaak_are_shown(leven: Leven) -> None:
    """The list of them by the zaak, and each by its own register."""
    zaken = make_client(
        "lijst", [{"component": "zrc", "scopes": ["zaken.lezen"],
                   "zaaktype": leven.zaak["zaaktype"],
                   "maxVertrouwelijkheidaanduiding": "zeer_geheim"}],
    )  # fmt: skip
    path = "/zaken/api/v1/zaakinformatieobjecten"
    listed = zaken.get(path, params={"zaak": leven.zaak["url"]}).json()
    assert [each["informatieobject"] for each in listed] == [leven.document["url"]]
    documenten = make_client(
        "inhoud", [{"component": "drc", "scopes": ["documenten.lezen"],
                    "informatieobjecttype": leven.document["informatieobjecttype"],
                    "maxVertrouwelijkheidaanduiding": "zeer_geheim"}],
    )  # fmt: skip
    assert documenten.get(leven.document["url"]).json()["titel"] == leven.document["titel"]


@pytest.mark.req("M-F6", "M20")
def test_what_a_citizen_sends_is_stored(api: Api, leven: Leven) -> None:
    """A portal stores a document, and puts it with the zaak that it is for."""
    kind = leven.document["informatieobjecttype"]
    portal = make_client(
        "inzenden",
        [
            {"component": "drc", "scopes": ["documenten.aanmaken", "documenten.lezen"],
             "informatieobjecttype": kind, "maxVertrouwelijkheidaanduiding": "zeer_geheim"},
            {"component": "zrc", "scopes": ["zaken.bijwerken", "zaken.lezen"],
             "zaaktype": leven.zaak["zaaktype"], "maxVertrouwelijkheidaanduiding": "zeer_geheim"},
        ],
    )  # fmt: skip
    body = {
        "bronorganisatie": "517439943", "creatiedatum": today().isoformat(), "titel": "Foto",
        "auteur": "burger", "taal": "nld", "inhoud": None, "informatieobjecttype": kind,
        "indicatieGebruiksrecht": False,
    }  # fmt: skip
    sent = portal.post("/documenten/api/v1/enkelvoudiginformatieobjecten", json=body)
    assert sent.status_code == 201, sent.text
    link = {"zaak": leven.zaak["url"], "informatieobject": sent.json()["url"]}
    assert portal.post("/zaken/api/v1/zaakinformatieobjecten", json=link).status_code == 201
    key = key_at(sent.json()["url"])
    assert told(key) == [("documenten", "enkelvoudiginformatieobjecten", "create")]
    path = "/zaken/api/v1/zaakinformatieobjecten"
    listed = api.get(path, params={"zaak": leven.zaak["url"]}).json()
    assert sent.json()["url"] in [each["informatieobject"] for each in listed]


@pytest.mark.req("M-X1", "M41")
def test_a_citizen_finishes_a_task(leven: Leven) -> None:
    """What he gave stands with the task, which is open no more."""
    url = leven.urls["taken/externetaken"]
    portal = interactive(("taken", ["taken.lezen", "taken.bijwerken"]))
    given = {"status": "uitgevoerd", "details": {"ontvangenGegevens": {"kleur": "rood"}}}
    assert portal.patch(url, json=given).status_code == 200
    assert portal.get(url).json()["details"]["ontvangenGegevens"] == {"kleur": "rood"}
    open_ones = portal.get("/taken/api/v1/externetaken", params={"status": "open"}).json()
    assert open_ones["results"] == []
    assert told(key_at(url)) == [
        ("taken", "externetaken", "create"), ("taken", "externetaken", "partial_update"),
    ]  # fmt: skip


@pytest.mark.req("M-X2")
def test_a_citizen_changes_his_profile(leven: Leven) -> None:
    """An address of his own, and over which channel he wants to hear."""
    portal = interactive(
        ("klantinteracties", ["klantinteracties.lezen", "klantinteracties.bijwerken"])
    )
    contacten = Contactwerk(portal)
    partij = {"uuid": leven.urls["klantinteracties/partijen"].rpartition("/")[2]}
    adres = contacten.make(
        "digitaleadressen", soortDigitaalAdres="email", adres="eva@voorbeeld.nl", omschrijving="",
        verstrektDoorPartij=partij, verstrektDoorBetrokkene=None,
    )  # fmt: skip
    changed = portal.patch(adres["url"], json={"adres": "eva.jansen@voorbeeld.nl"})
    assert changed.json()["adres"] == "eva.jansen@voorbeeld.nl"
    wish = contacten.make("contactvoorkeuren", partij=partij, kanaal="email")
    assert [each[2] for each in told(key_at(adres["url"]))] == ["create", "partial_update"]
    assert [each[2] for each in told(key_at(wish["url"]))] == ["create"]


@pytest.mark.req("M-X3", "M44")
def test_a_citizen_reads_a_message(leven: Leven) -> None:
    """That it was read is noted, once, and is all that can change."""
    url = leven.urls["berichten/berichten"]
    portal = interactive(("berichten", ["berichten.lezen", "berichten.bijwerken"]))
    unread = {"geopendOp__isnull": "true"}
    path = "/berichten/api/v1/berichten"
    assert [each["url"] for each in portal.get(path, params=unread).json()["results"]] == [url]
    assert portal.patch(url, json={"geopendOp": now().isoformat()}).status_code == 200
    assert portal.get(path, params=unread).json()["results"] == []
    assert told(key_at(url)) == [
        ("berichten", "berichten", "create"), ("berichten", "berichten", "partial_update"),
    ]  # fmt: skip
