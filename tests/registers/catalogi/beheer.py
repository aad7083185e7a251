"""A beheerder, who makes types through the API as a test asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import HOST

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

ROOT = "/catalogi/api/v1"
SELECTIELIJST = f"http://{HOST}/selectielijst/api/v1"
GEGROND = f"{SELECTIELIJST}/resultaattypeomschrijvingen/3a0a9c3c-0847-4e7e-b7d9-765b9434094c"
INGERICHT = f"{SELECTIELIJST}/resultaten/6d37598e-30f0-4aef-930d-3e1690725d95"
"""Resultaat 1.1.1: kept for ever, and open to any afleidingswijze."""

PARTS: dict[str, dict[str, Any]] = {
    "statustypen": {"omschrijving": "Stap", "volgnummer": 9},
    "roltypen": {"omschrijving": "Aanvrager", "omschrijvingGeneriek": "initiator"},
    "resultaattypen": {
        "omschrijving": "Geweigerd",
        "resultaattypeomschrijving": GEGROND,
        "selectielijstklasse": INGERICHT,
    },
    "eigenschappen": {
        "naam": "Kenteken",
        "definitie": "Het kenteken",
        "specificatie": {"formaat": "tekst", "lengte": "8", "kardinaliteit": "1"},
    },
    "zaakobjecttypen": {
        "anderObjecttype": False,
        "objecttype": "https://voorbeeld.nl/pand",
        "relatieOmschrijving": "Het pand",
    },
    "zaaktype-informatieobjecttypen": {
        "informatieobjecttype": "Aanvraag",
        "volgnummer": 9,
        "richting": "inkomend",
    },
}
"""What a body of each part of a zaaktype needs, beside its zaaktype."""


class Beheer:
    """A beheerder with a client: makes what a test asks, with what a body needs filled in."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.api_root = f"http://{api.host}{ROOT}"
        self.catalogus: str = self.make(
            "catalogussen", domein="TESTS", rsin="517439943", contactpersoonBeheerNaam="Beheer"
        )["url"]

    def post(self, path: str, **body: Any) -> httpx.Response:
        """Post a body as it is."""
        return self.api.post(f"{ROOT}/{path}", json=body)

    def make(self, path: str, **body: Any) -> dict[str, Any]:
        """Post a body that must be taken, and return what was made."""
        answer = self.post(path, **body)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def listed(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Return the first page of a list."""
        answer = self.api.get(f"{ROOT}/{path}", params=query)
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def read(self, url: str, **query: Any) -> dict[str, Any]:
        """Return what stands at an address."""
        answer = self.api.get(url, params=query)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def publish(self, made: dict[str, Any]) -> httpx.Response:
        """Publish a type."""
        return self.api.post(f"{made['url']}/publish")

    def published(self, made: dict[str, Any]) -> dict[str, Any]:
        """Publish a type that may be published, and return it."""
        answer = self.publish(made)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def zaaktype_body(self, identificatie: str = "ZT1", **body: Any) -> dict[str, Any]:
        """Return the body of a zaaktype."""
        return {
            "identificatie": identificatie,
            "omschrijving": f"Zaaktype {identificatie}",
            "vertrouwelijkheidaanduiding": "openbaar",
            "doel": "Beslissen",
            "aanleiding": "Een aanvraag",
            "indicatieInternOfExtern": "extern",
            "handelingInitiator": "aanvragen",
            "onderwerp": "Vergunning",
            "handelingBehandelaar": "behandelen",
            "doorlooptijd": "P56D",
            "opschortingEnAanhoudingMogelijk": False,
            "verlengingMogelijk": False,
            "publicatieIndicatie": False,
            "productenOfDiensten": [],
            "referentieproces": {"naam": "Vergunnen"},
            "verantwoordelijke": "Vergunningen",
            "catalogus": self.catalogus,
            "besluittypen": [],
            "deelzaaktypen": [],
            "gerelateerdeZaaktypen": [],
            "beginGeldigheid": "2024-01-01",
            **body,
        }

    def zaaktype(self, identificatie: str = "ZT1", **body: Any) -> dict[str, Any]:
        """Make a concept zaaktype."""
        return self.make("zaaktypen", **self.zaaktype_body(identificatie, **body))

    def besluittype(self, omschrijving: str = "Vergunning", **body: Any) -> dict[str, Any]:
        """Make a concept besluittype."""
        defaults = {
            "catalogus": self.catalogus,
            "omschrijving": omschrijving,
            "publicatieIndicatie": False,
            "informatieobjecttypen": [],
            "beginGeldigheid": "2024-01-01",
        }
        return self.make("besluittypen", **{**defaults, **body})

    def informatieobjecttype(self, omschrijving: str = "Aanvraag", **body: Any) -> dict[str, Any]:
        """Make a concept informatieobjecttype."""
        defaults = {
            "catalogus": self.catalogus,
            "omschrijving": omschrijving,
            "vertrouwelijkheidaanduiding": "openbaar",
            "informatieobjectcategorie": "Brieven",
            "beginGeldigheid": "2024-01-01",
        }
        return self.make("informatieobjecttypen", **{**defaults, **body})

    def statustype(self, zaaktype: dict[str, Any], volgnummer: int = 1) -> dict[str, Any]:
        """Make a statustype."""
        return self.make(
            "statustypen",
            zaaktype=zaaktype["url"],
            omschrijving=f"Stap {volgnummer}",
            volgnummer=volgnummer,
        )

    def resultaattype_body(self, zaaktype: dict[str, Any], **body: Any) -> dict[str, Any]:
        """Return the body of a resultaattype."""
        return {
            "zaaktype": zaaktype["url"],
            "omschrijving": "Verleend",
            "resultaattypeomschrijving": GEGROND,
            "selectielijstklasse": INGERICHT,
            **body,
        }

    def resultaattype(self, zaaktype: dict[str, Any], **body: Any) -> dict[str, Any]:
        """Make a resultaattype."""
        return self.make("resultaattypen", **self.resultaattype_body(zaaktype, **body))

    def document(self, zaaktype: dict[str, Any], omschrijving: str, nr: int = 1) -> dict[str, Any]:
        """Let zaken of a zaaktype have documents of a kind."""
        return self.make(
            "zaaktype-informatieobjecttypen",
            zaaktype=zaaktype["url"],
            informatieobjecttype=omschrijving,
            volgnummer=nr,
            richting="inkomend",
        )

    def other_catalogus(self) -> str:
        """Make another catalogus and return its address."""
        made = self.make(
            "catalogussen", domein="ANDER", rsin="517439943", contactpersoonBeheerNaam="Beheer"
        )
        return str(made["url"])


def faults(answer: httpx.Response) -> set[tuple[str, str]]:
    """Return name and code of the faults in a refusal."""
    assert answer.status_code == 400, answer.text
    return {(each["name"], each["code"]) for each in answer.json()["invalidParams"]}


def urls(found: list[dict[str, Any]]) -> set[str]:
    """Return the addresses of what was found."""
    return {each["url"] for each in found}
