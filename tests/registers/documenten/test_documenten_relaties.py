"""What belongs to a document: objects, gebruiksrechten, verzendingen; and the rules of its data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from loket.grammar import outside
from loket.grammar.addresses import resource_named
from loket.kernel.clock import now
from loket.ledger.database import one
from tests.budgets.test_statements import statements
from tests.conftest import HOST, make_client
from tests.registers.documenten.documentwerk import (
    DOCUMENTEN,
    EIO,
    RSIN,
    base64_of,
    faults,
    relation,
)
from tests.registers.zaken.zaakwerk import Typen, Werk

if TYPE_CHECKING:
    from tests.registers.documenten.documentwerk import Documentwerk

NFE = "nonFieldErrors"
ELDERS = "https://zaken.elders.nl/api/v1"


class Wereld:
    """Another house with one zaak, that knows of a document or not."""

    def __init__(self) -> None:
        self.known = False

    def trusts(self, url: str) -> bool:
        """Trust that house."""
        return url.startswith(ELDERS)

    def get(self, url: str) -> Any:
        """Return the zaak, or the list of its documents."""
        if url == f"{ELDERS}/zaken/1":
            return {"url": url}
        if "/zaakinformatieobjecten?" in url and self.known:
            return [{"url": f"{ELDERS}/zaakinformatieobjecten/1"}]
        return [] if "?" in url else None


@pytest.fixture
def wereld(monkeypatch: pytest.MonkeyPatch) -> Wereld:
    """A trusted house elsewhere."""
    made = Wereld()
    monkeypatch.setattr(outside._Port, "outside", staticmethod(lambda: made))  # noqa: SLF001 - for one test
    return made


@pytest.fixture
def zaak(werk: Documentwerk) -> Any:
    """A zaak in this house."""
    typen = Typen(werk.api).publish()
    werk.informatieobjecttype = typen.informatieobjecttype
    return Werk(werk.api, typen).zaak()


def link(document: Any, zaak: Any) -> None:
    """Let the register of zaken say that a document belongs to a zaak, and nothing more."""
    resource = resource_named("zaken", "zaakinformatieobjecten")
    assert resource is not None
    record = resource.record
    address = document["url"].replace(f"http://{HOST}/", "loket://")
    keyed = "informatieobject" not in {each.attname for each in record._meta.concrete_fields}
    who = {"informatieobject_id": document["uuid"]} if keyed else {"informatieobject": address}
    record.objects.create(zaak_id=zaak["uuid"], registratiedatum=now(), **who)


@pytest.mark.rule("drc-001")
def test_the_type_of_a_document_is_published(werk: Documentwerk) -> None:
    concept = werk.type("Concept", publish=False)
    found = faults(werk.post(informatieobjecttype=concept))
    assert found == {("informatieobjecttype", "not-published")}
    absent = concept.rsplit("/", 1)[0] + f"/{uuid4()}"
    for address in (absent, "https://elders.nl/type"):
        found = faults(werk.post(informatieobjecttype=address))
        assert found == {("informatieobjecttype", "bad-url")}
    found = faults(werk.post(informatieobjecttype=werk.catalogus))
    assert found == {("informatieobjecttype", "invalid-resource")}


@pytest.mark.rule("drc-002")
def test_what_a_document_belongs_to_is_there(werk: Documentwerk, zaak: Any, wereld: Wereld) -> None:
    made = werk.document()
    absent = zaak["url"].rsplit("/", 1)[0] + f"/{uuid4()}"
    for address in (absent, f"http://{HOST}/", "https://onbekend.nl/zaken/1", f"{ELDERS}/zaken/2"):
        assert faults(relation(werk, made, address)) == {("object", "bad-url")}
    assert faults(relation(werk, made, made["url"])) == {("object", "invalid-resource")}
    assert faults(relation(werk, made, zaak["url"], "besluit")) == {("object", "invalid-resource")}
    wereld.known = True
    assert relation(werk, made, f"{ELDERS}/zaken/1").status_code == 201


@pytest.mark.rule("drc-003")
def test_a_relation_is_there_once(werk: Documentwerk) -> None:
    made = werk.document()
    address = "https://verzoeken.elders.nl/verzoeken/1"
    assert relation(werk, made, address, "verzoek").status_code == 201
    assert faults(relation(werk, made, address, "verzoek")) == {(NFE, "unique")}


@pytest.mark.rule("drc-004")
def test_a_relation_is_what_its_source_says(werk: Documentwerk, zaak: Any, wereld: Wereld) -> None:
    made = werk.document()
    assert faults(relation(werk, made, zaak["url"])) == {(NFE, "inconsistent-relation")}
    there = f"{ELDERS}/zaken/1"
    assert faults(relation(werk, made, there)) == {(NFE, "inconsistent-relation")}
    link(made, zaak)
    wereld.known = True
    for address in (zaak["url"], there):
        answer = relation(werk, made, address)
        assert answer.status_code == 201, answer.text
        refused = werk.api.delete(answer.json()["url"])
        assert faults(refused) == {(NFE, "remote-relation-exists")}
    wereld.known = False
    assert werk.api.delete(answer.json()["url"]).status_code == 204


@pytest.mark.rule("drc-005")
@pytest.mark.parametrize("status", ["in_bewerking", "ter_vaststelling"])
def test_a_received_document_is_ready(werk: Documentwerk, status: str) -> None:
    body: dict[str, Any] = {"ontvangstdatum": "2026-01-04", "status": status}
    assert faults(werk.post(**body)) == {("status", "invalid_for_received")}
    made = werk.document(ontvangstdatum="2026-01-04", status="definitief")
    lock = werk.lock(made)
    refused = werk.api.patch(made["url"], json={"status": status, "lock": lock})
    assert faults(refused) == {("status", "invalid_for_received")}


def gebruiksrecht(werk: Documentwerk, document: Any) -> Any:
    return werk.make(
        "gebruiksrechten",
        informatieobject=document["url"],
        startdatum="2026-01-01T00:00:00Z",
        omschrijvingVoorwaarden="Niet verspreiden.",
    )


@pytest.mark.rule("drc-006")
def test_gebruiksrechten_decide_what_the_document_says_of_them(werk: Documentwerk) -> None:
    on = "indicatieGebruiksrecht"
    assert faults(werk.post(indicatieGebruiksrecht=True)) == {(on, "missing-gebruiksrechten")}
    for said in (False, None):
        assert werk.document(indicatieGebruiksrecht=said)[on] is said
    made = werk.document()
    lock = werk.lock(made)
    refused = werk.api.patch(made["url"], json={on: True, "lock": lock})
    assert faults(refused) == {(on, "missing-gebruiksrechten")}
    first, second = gebruiksrecht(werk, made), gebruiksrecht(werk, made)
    assert werk.read(made["url"])[on] is True
    for said in (False, None):
        refused = werk.api.patch(made["url"], json={on: said, "lock": lock})
        assert faults(refused) == {(on, "existing-gebruiksrechten")}
    assert werk.api.delete(first["url"]).status_code == 204
    assert werk.read(made["url"])[on] is True
    assert werk.api.delete(second["url"]).status_code == 204
    shown = werk.read(made["url"])
    assert (shown[on], shown["versie"]) == (None, 1)


@pytest.mark.rule("drc-007")
def test_confidentiality_comes_from_the_type(werk: Documentwerk) -> None:
    assert werk.document()["vertrouwelijkheidaanduiding"] == "zaakvertrouwelijk"
    assert werk.document(vertrouwelijkheidaanduiding="")["vertrouwelijkheidaanduiding"] == (
        "zaakvertrouwelijk"
    )
    made = werk.document(vertrouwelijkheidaanduiding="openbaar")
    assert made["vertrouwelijkheidaanduiding"] == "openbaar"


@pytest.mark.rule("drc-008")
def test_a_document_goes_with_all_that_is_its_own(werk: Documentwerk) -> None:
    made = werk.document()
    werk.change(made, titel="Twee")
    gebruiksrecht(werk, made)
    address = "https://verzoeken.elders.nl/verzoeken/1"
    related = relation(werk, made, address, "verzoek").json()
    assert faults(werk.api.delete(made["url"])) == {(NFE, "pending-relations")}
    assert werk.api.delete(related["url"]).status_code == 204
    assert werk.api.delete(made["url"]).status_code == 204
    for table in ("enkelvoudiginformatieobject_versie", "gebruiksrecht"):
        assert one(f"SELECT count(*) FROM documenten_{table}")[0] == 0  # noqa: S608 - fixed names
    assert werk.api.get(f"{made['url']}/audittrail").status_code == 404


@pytest.mark.rule("drc-oas")
def test_a_number_is_given_and_is_unique(werk: Documentwerk) -> None:
    made = werk.document()
    assert made["identificatie"].startswith("DOCUMENT-")
    taken = werk.post(identificatie=made["identificatie"])
    assert faults(taken) == {("identificatie", "identificatie-niet-uniek")}
    other = "100000009"
    again = werk.document(identificatie=made["identificatie"], bronorganisatie=other)
    assert again["identificatie"] == made["identificatie"]


@pytest.mark.rule("drc-oas")
def test_the_news_of_the_last_versions(werk: Documentwerk) -> None:
    made = werk.document()
    assert made["inhoudIsVervallen"] is None
    assert made["tonenAanInitiator"] is False
    assert made["isGereedVoorPublicatie"] is None
    assert made["trefwoorden"] == []
    changed = werk.change(
        made,
        inhoudIsVervallen=True,
        tonenAanInitiator=True,
        isGereedVoorPublicatie=False,
        trefwoorden=["bouw", "boom"],
    )
    assert changed["inhoudIsVervallen"] is True
    assert changed["tonenAanInitiator"] is True
    assert changed["isGereedVoorPublicatie"] is False
    assert changed["trefwoorden"] == ["bouw", "boom"]


ADRESSEN: dict[str, Any] = {
    "binnenlandsCorrespondentieadres": {
        "huisnummer": 1, "naamOpenbareRuimte": "Dorpsstraat", "woonplaatsnaam": "Ons Dorp",
    },
    "buitenlandsCorrespondentieadres": {
        "adresBuitenland1": "Rue 1", "landPostadres": "https://landen.nl/fr",
    },
    "correspondentiePostadres": {
        "postBusOfAntwoordnummer": 1, "postadresPostcode": "1234AB",
        "postadresType": "postbusnummer", "woonplaatsnaam": "Ons Dorp",
    },
    "faxnummer": "0123456789",
    "emailadres": "wie@voorbeeld.nl",
    "mijnOverheid": True,
    "telefoonnummer": "0123456789",
}  # fmt: skip


def verzending(werk: Documentwerk, **adres: Any) -> Any:
    body = {
        "betrokkene": "https://voorbeeld.nl/wie",
        "informatieobject": werk.document()["url"],
        "aardRelatie": "geadresseerde",
        "contactPersoon": "https://voorbeeld.nl/aanspreekpunt",
        **adres,
    }
    return werk.api.post(f"{DOCUMENTEN}/verzendingen", json=body)


@pytest.mark.rule("drc-oas")
@pytest.mark.parametrize("form", ADRESSEN)
def test_a_verzending_has_exactly_one_address(werk: Documentwerk, form: str) -> None:
    answer = verzending(werk, **{form: ADRESSEN[form]})
    assert answer.status_code == 201, answer.text
    other = "emailadres" if form != "emailadres" else "faxnummer"
    both = verzending(werk, **{form: ADRESSEN[form], other: ADRESSEN[other]})
    assert faults(both) == {(NFE, "invalid-address")}


def test_a_verzending_without_an_address_is_refused(werk: Documentwerk) -> None:
    assert faults(verzending(werk)) == {(NFE, "invalid-address")}


def test_what_belongs_to_a_document_is_seen_by_who_may_see_it(werk: Documentwerk) -> None:
    made = werk.document(vertrouwelijkheidaanduiding="geheim")
    gebruiksrecht(werk, made)
    relation(werk, made, "https://verzoeken.elders.nl/verzoeken/1", "verzoek")
    may = werk.client("documenten.lezen")
    may_not = werk.client("documenten.lezen", level="intern")
    for path in ("gebruiksrechten", "objectinformatieobjecten"):
        assert len(may.get(f"{DOCUMENTEN}/{path}").json()) == 1
        assert may_not.get(f"{DOCUMENTEN}/{path}").json() == []


def test_numbers_can_be_reserved(werk: Documentwerk) -> None:
    path = f"{DOCUMENTEN}/documentnummer_reserveren"
    one_ = werk.api.post(path, json={"bronorganisatie": RSIN})
    assert one_.status_code == 201
    many = werk.api.post(path, json={"bronorganisatie": RSIN, "aantal": 3}).json()
    numbers = {one_.json()["identificatie"], *(each["identificatie"] for each in many)}
    assert len(numbers) == 4
    made = werk.document(identificatie=one_.json()["identificatie"])
    assert made["identificatie"] in numbers
    assert werk.document()["identificatie"] not in numbers
    assert faults(werk.api.post(path, json={"aantal": 0})) == {
        ("bronorganisatie", "required"), ("aantal", "min_value"),
    }  # fmt: skip


def registered(werk: Documentwerk, zaak: str, **document: Any) -> Any:
    body = {
        "enkelvoudiginformatieobject": werk.body(**document),
        "zaakinformatieobject": {"zaak": zaak, "titel": "Bijlage"},
    }
    return werk.api.post(f"{DOCUMENTEN}/document_registreren", json=body)


def test_a_document_and_its_link_are_made_together_or_not_at_all(
    werk: Documentwerk, zaak: Any
) -> None:
    answer = registered(werk, zaak["url"])
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["zaakinformatieobject"]["zaak"] == zaak["url"]
    document = made["enkelvoudiginformatieobject"]
    assert made["zaakinformatieobject"]["informatieobject"] == document["url"]
    assert werk.api.get(document["inhoud"]).status_code == 200
    refused = registered(werk, zaak["url"].rsplit("/", 1)[0] + f"/{uuid4()}")
    assert faults(refused) == {("zaakinformatieobject.zaak", "bad-url")}
    refused = registered(werk, zaak["url"], titel="")
    assert faults(refused) == {("enkelvoudiginformatieobject.titel", "blank")}
    refused = registered(werk, zaak["url"], inhoud="Y!==")
    assert faults(refused) == {("enkelvoudiginformatieobject.inhoud", "invalid-base64")}
    assert werk.read(EIO)["count"] == 1
    assert len(werk.opslag.files) == 1


def test_registering_asks_for_both_rights(werk: Documentwerk, zaak: Any) -> None:
    maker = werk.client("documenten.aanmaken")
    body = {
        "enkelvoudiginformatieobject": werk.body(),
        "zaakinformatieobject": {"zaak": zaak["url"]},
    }
    path = f"{DOCUMENTEN}/document_registreren"
    assert maker.post(path, json=body).status_code == 403
    assert make_client("niets", [
        {"component": "zrc", "scopes": ["zaken.bijwerken"], "zaaktype": zaak["zaaktype"],
         "maxVertrouwelijkheidaanduiding": "zeer_geheim"},
    ]).post(path, json=body).status_code == 403  # fmt: skip
    assert werk.opslag.files == {}
    assert werk.read(EIO)["count"] == 0


def test_reading_a_version_or_a_file_is_one_statement(werk: Documentwerk) -> None:
    made = werk.document()
    werk.change(made, titel="Twee", inhoud=base64_of(b"twee"), bestandsomvang=4)
    for url, query in (
        (made["url"], {"versie": 1}),
        (made["url"], {"registratieOp": made["beginRegistratie"]}),
        (f"{made['url']}/download", {}),
        (f"{made['url']}/download", {"versie": 1}),
    ):
        with statements() as noted:
            assert werk.api.get(url, params=query).status_code == 200
        assert len(noted) == 1, (url, query)
