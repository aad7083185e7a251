"""A verzoek becomes a zaak, with all that belongs to it, or nothing happens at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from loket.ledger.database import one, rows
from tests.conformance.test_refusing import faults
from tests.conftest import make_client
from tests.registers.klantinteracties.contactwerk import Contactwerk, bsn, identificator
from tests.registers.verzoeken.test_verzoeken import made, soort, verzoek
from tests.registers.zaken.zaakwerk import RSIN

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api
    from tests.registers.zaken.zaakwerk import Werk

Json = dict[str, Any]
ORGANISATIE = {"bronorganisatie": RSIN, "verantwoordelijkeOrganisatie": RSIN}


def verwerk(api: Api, there: Json, werk: Werk, **more: Any) -> httpx.Response:
    zaak = {"zaaktype": werk.typen.zaaktype, **ORGANISATIE}
    return api.post(f"{there['url']}/verwerken", json={"zaak": zaak, **more})


def nothing_of(there: Json) -> bool:
    """Tell that no zaak and no contact came of a verzoek, and that it still waits."""
    (number,) = one("SELECT count(*) FROM zaken_zaakverzoek WHERE verzoek LIKE %s",
                    (f"%{there['uuid']}",))  # fmt: skip
    (contacts,) = one(
        "SELECT count(*) FROM klantinteracties_onderwerpobject "
        "WHERE onderwerpobjectidentificator->>'objectId' = %s",
        (there["uuid"],),
    )
    (status,) = one("SELECT verwerk_status FROM verzoeken_verzoek WHERE id = %s", (there["uuid"],))
    return (number, contacts, status) == (0, 0, "geregistreerd")


@pytest.mark.req("M10", "M20", "M-F31", "M-F38")
def test_a_verzoek_becomes_a_zaak(api: Api, zaakwerk: Werk) -> None:
    """Who asked has a rol, the documents come along, and the contact is known: in one commit."""
    nummer, contacten = bsn(), Contactwerk(api)
    partij = contacten.persoon()
    contacten.make(
        "partij-identificatoren",
        **identificator("bsn", nummer, identificeerdePartij={"uuid": partij["uuid"]}),
    )
    formulier, foto = zaakwerk.document(titel="Formulier"), zaakwerk.document(titel="Foto")
    document = "urn:nld:loket:documenten:enkelvoudiginformatieobject:"
    there = made(
        verzoek(
            api,
            soort(api, "published"),
            initiator=f"urn:nld:brp:bsn:{nummer}",
            kanaal="website",
            geometrie={"type": "Point", "coordinates": [5.1, 52.1]},
            verzoekInformatieObject=document + formulier["url"].rpartition("/")[2],
            bijlagen=[{"informatieObject": document + foto["url"].rpartition("/")[2]}],
            isGerelateerdAan=[{"urn": "urn:nld:x:product:1"}],
        )
    )
    answer = verwerk(api, there, zaakwerk)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    zaak = zaakwerk.read(told["zaak"], expand="rollen,zaakinformatieobjecten")
    assert zaak["omschrijving"] == "Parkeerplaats"
    assert zaak["startdatum"] == there["geregistreerdOp"][:10]
    assert (zaak["communicatiekanaalNaam"], zaak["zaakgeometrie"]) == (
        "website", there["geometrie"],
    )  # fmt: skip
    (rol,) = zaak["_expand"]["rollen"]
    assert rol["omschrijvingGeneriek"] == "initiator"
    assert api.get(rol["url"]).json()["betrokkeneIdentificatie"]["inpBsn"] == nummer
    linked = [each["informatieobject"] for each in zaak["_expand"]["zaakinformatieobjecten"]]
    assert sorted(linked) == sorted([formulier["url"], foto["url"]])
    (link,) = api.get("/zaken/api/v1/zaakverzoeken", params={"zaak": zaak["url"]}).json()
    assert link["verzoek"] == there["url"]
    shown = api.get(there["url"]).json()
    assert shown["verwerkStatus"] == "verwerkt"
    assert [each["urn"] for each in shown["isGerelateerdAan"]] == [
        "urn:nld:x:product:1",
        f"urn:nld:loket:zaken:zaak:{told['zaak'].rpartition('/')[2]}",
    ]
    contact = api.get(
        told["klantcontact"], params={"expand": "gingOverOnderwerpobjecten,hadBetrokkenen"}
    ).json()
    assert (contact["kanaal"], contact["onderwerp"]) == ("website", "Parkeerplaats")
    about = [
        each["onderwerpobjectidentificator"]["objectId"]
        for each in contact["_expand"]["gingOverOnderwerpobjecten"]
    ]
    assert about == [told["zaak"].rpartition("/")[2], there["uuid"]]
    (who,) = contact["_expand"]["hadBetrokkenen"]
    assert (who["wasPartij"]["uuid"], who["initiator"]) == (partij["uuid"], True)
    assert not rows("SELECT 1 FROM ledger_event WHERE nieuw::text LIKE %s", (f"%{nummer}%",))


@pytest.mark.parametrize(
    ("urn", "soort_betrokkene", "identificatie"),
    [
        ("urn:nld:hr:kvknummer:90001354", "niet_natuurlijk_persoon", {"kvkNummer": "90001354"}),
        (
            "urn:nld:hr:kvknummer:90001354:vestigingsnummer:000012345678",
            "vestiging",
            {"vestigingsNummer": "000012345678", "kvkNummer": "90001354"},
        ),
    ],
)
def test_a_company_has_a_rol_too(
    api: Api, zaakwerk: Werk, urn: str, soort_betrokkene: str, identificatie: Json
) -> None:
    there = made(verzoek(api, soort(api, "published"), initiator=urn))
    told = verwerk(api, there, zaakwerk, klantcontact=None).json()
    assert told["klantcontact"] is None
    zaak = zaakwerk.read(told["zaak"], expand="rollen")
    (rol,) = zaak["_expand"]["rollen"]
    assert rol["betrokkeneType"] == soort_betrokkene
    assert identificatie.items() <= rol["betrokkeneIdentificatie"].items()


def test_what_has_no_place_here_is_told(api: Api, zaakwerk: Werk) -> None:
    """A document elsewhere, and somebody whom the URN does not name: a warning, and no loss."""
    elsewhere = "urn:nld:elders:document:7"
    there = made(
        verzoek(
            api,
            soort(api, "published"),
            initiator="urn:nld:elders:persoon:1",
            medeInitiator="urn:nld:hr:kvknummer:90001354",
            bijlagen=[{"informatieObject": elsewhere}],
        )
    )
    answer = verwerk(api, there, zaakwerk)
    assert answer.status_code == 201, answer.text
    warning = answer.headers["X-Warning"]
    assert elsewhere in warning
    assert "initiator" in warning
    assert "medeInitiator" in warning
    assert api.get(there["url"]).json()["bijlagen"] == [{"informatieObject": elsewhere}]


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"zaak": {}}, {("zaak.zaaktype", "required"), ("zaak.bronorganisatie", "required"),
                        ("zaak.verantwoordelijkeOrganisatie", "required")}),
        ({"zaak": {**ORGANISATIE, "zaaktype": "https://elders.nl/1"}},
         {("zaak.zaaktype", "bad-url")}),
        ({"zaak": "een zaak"}, {("zaak", "invalid")}),
        ({"klantcontact": "bellen"}, {("klantcontact", "invalid")}),
        ({"klantcontact": {"taal": "Nederlands"}}, {("klantcontact.taal", "max_length")}),
        ({"rollen": []}, {("rollen", "invalid")}),
    ],
)  # fmt: skip
def test_when_a_part_is_wrong_nothing_is_made(
    api: Api, zaakwerk: Werk, more: Json, wanted: set[tuple[str, str]]
) -> None:
    there = made(verzoek(api, soort(api, "published")))
    assert faults(verwerk(api, there, zaakwerk, **more)) == wanted
    assert nothing_of(there)


def test_a_verzoek_becomes_one_zaak(api: Api, zaakwerk: Werk) -> None:
    there = made(verzoek(api, soort(api, "published")))
    assert verwerk(api, there, zaakwerk).status_code == 201
    again = verwerk(api, there, zaakwerk)
    assert (again.status_code, again.json()["detail"]) == (409, "Dit verzoek is al verwerkt.")
    (number,) = one("SELECT count(*) FROM zaken_zaakverzoek WHERE verzoek LIKE %s",
                    (f"%{there['uuid']}",))  # fmt: skip
    assert number == 1


def test_who_may_not_see_the_bsn_cannot_pass_it_on(api: Api, zaakwerk: Werk) -> None:
    there = made(verzoek(api, soort(api, "published"), initiator=f"urn:nld:brp:bsn:{bsn()}"))
    rights = [
        {"component": "verzoeken", "scopes": ["verzoeken.lezen", "verzoeken.bijwerken"]},
        {
            "component": "zrc",
            "scopes": ["zaken.aanmaken", "zaken.bijwerken", "zaken.lezen"],
            "zaaktype": zaakwerk.typen.zaaktype,
            "maxVertrouwelijkheidaanduiding": "zeer_geheim",
        },
    ]
    aimless = make_client("zonder-doel", rights, purposes=())
    assert verwerk(aimless, there, zaakwerk, klantcontact=None).status_code == 403
    assert nothing_of(there)


def test_the_rights_on_the_zaaktype_hold_here_too(api: Api, zaakwerk: Werk) -> None:
    there = made(verzoek(api, soort(api, "published")))
    rights = [{"component": "verzoeken", "scopes": ["verzoeken.lezen", "verzoeken.bijwerken"]}]
    client = make_client("alleen-verzoeken", rights)
    assert verwerk(client, there, zaakwerk).status_code == 403
    assert nothing_of(there)
