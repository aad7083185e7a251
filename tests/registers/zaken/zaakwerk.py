"""A zaaktype and zaken of it, made through the API as an application makes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.conftest import make_client

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

CATALOGI = "/catalogi/api/v1"
DOCUMENTEN = "/documenten/api/v1"
ZAKEN = "/zaken/api/v1"
RSIN = "517439943"
BSN = "999990019"
SELECTIELIJST = "https://selectielijst.openzaak.nl/api/v1"
GEGROND = f"{SELECTIELIJST}/resultaattypeomschrijvingen/3a0a9c3c-0847-4e7e-b7d9-765b9434094c"
INGERICHT = f"{SELECTIELIJST}/resultaten/6d37598e-30f0-4aef-930d-3e1690725d95"
VERTROUWD = "https://vertrouwd.voorbeeld.nl/"

Json = dict[str, Any]


class Typen:
    """The types under one zaaktype, by a name of their own; addresses only."""

    def __init__(self, api: Api, identificatie: str = "EEN", **body: Any) -> None:
        self.api = api
        self.catalogus = catalogus = self._make(
            "catalogussen",
            domein=identificatie.ljust(5, "A"),
            rsin=RSIN,
            contactpersoonBeheerNaam="Beheer",
        )
        self.zaaktype = self._make("zaaktypen", **self._zaaktype(identificatie, catalogus), **body)
        answer = self.api.patch(self.zaaktype, json={"deelzaaktypen": [identificatie]})
        assert answer.status_code == 200, answer.text
        self.statustypen = [
            self.make("statustypen", omschrijving=f"Stap {nr}", volgnummer=nr) for nr in (1, 2, 3)
        ]
        self.rollen = {
            generiek: self.make("roltypen", omschrijving=generiek, omschrijvingGeneriek=generiek)
            for generiek in ("initiator", "zaakcoordinator", "behandelaar")
        }
        self.resultaattype = self.resultaat("Verleend")
        self.informatieobjecttype = self.document("Aanvraag")
        self.make(
            "zaaktype-informatieobjecttypen",
            informatieobjecttype="Aanvraag", volgnummer=1, richting="inkomend",
        )  # fmt: skip

    def _make(self, path: str, **body: Any) -> str:
        answer = self.api.post(f"{CATALOGI}/{path}", json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["url"])

    @staticmethod
    def _zaaktype(identificatie: str, catalogus: str) -> Json:
        return {
            "identificatie": identificatie,
            "omschrijving": f"Vergunning {identificatie}",
            "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
            "doel": "Beslissen",
            "aanleiding": "Een aanvraag",
            "indicatieInternOfExtern": "extern",
            "handelingInitiator": "aanvragen",
            "onderwerp": "Vergunning",
            "handelingBehandelaar": "behandelen",
            "doorlooptijd": "P56D",
            "opschortingEnAanhoudingMogelijk": True,
            "verlengingMogelijk": False,
            "publicatieIndicatie": False,
            "productenOfDiensten": ["https://producten.voorbeeld.nl/1"],
            "referentieproces": {"naam": "Vergunnen"},
            "verantwoordelijke": "Vergunningen",
            "catalogus": catalogus,
            "besluittypen": [],
            "gerelateerdeZaaktypen": [],
            "beginGeldigheid": "2020-01-01",
        }

    def make(self, path: str, **body: Any) -> str:
        """Make a part of the zaaktype and return its address."""
        return self._make(path, zaaktype=self.zaaktype, **body)

    def resultaat(self, omschrijving: str, **body: Any) -> str:
        """Make a resultaattype: by itself, destruction five years after the end."""
        defaults = {
            "resultaattypeomschrijving": GEGROND,
            "selectielijstklasse": INGERICHT,
            "archiefnominatie": "vernietigen",
            "archiefactietermijn": "P5Y",
            "brondatumArchiefprocedure": {"afleidingswijze": "afgehandeld"},
        }
        return self.make("resultaattypen", omschrijving=omschrijving, **{**defaults, **body})

    def document(self, omschrijving: str) -> str:
        """Make and publish a type of documents, which the zaaktype does not know by itself."""
        made = self._make(
            "informatieobjecttypen",
            catalogus=self.catalogus,
            omschrijving=omschrijving,
            vertrouwelijkheidaanduiding="openbaar",
            beginGeldigheid="2020-01-01",
            informatieobjectcategorie="brief",
        )
        assert self.api.post(f"{made}/publish").status_code == 200
        return made

    def publish(self) -> Typen:
        """Publish the zaaktype."""
        answer = self.api.post(f"{self.zaaktype}/publish")
        assert answer.status_code == 200, answer.text
        return self


class Werk:
    """Zaken being handled, over the API."""

    def __init__(self, api: Api, typen: Typen) -> None:
        self.api = api
        self.typen = typen

    def body(self, **body: Any) -> Json:
        """Return the body of a zaak."""
        return {
            "zaaktype": self.typen.zaaktype,
            "bronorganisatie": RSIN,
            "verantwoordelijkeOrganisatie": RSIN,
            "startdatum": "2026-01-05",
            **body,
        }

    def post(self, path: str, api: Api | None = None, **body: Any) -> httpx.Response:
        """Post a body as it is."""
        return (api or self.api).post(f"{ZAKEN}/{path}", json=body)

    def make(self, path: str, **body: Any) -> Json:
        """Post a body that must be taken, and return what was made."""
        answer = self.post(path, **body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def zaak(self, **body: Any) -> Json:
        """Make a zaak."""
        return self.make("zaken", **self.body(**body))

    def rol(self, zaak: Json, generiek: str = "initiator", **body: Any) -> Json:
        """Give somebody a rol: by itself, a citizen who asks for something."""
        return self.make("rollen", **self.rol_body(zaak, generiek, **body))

    def rol_body(self, zaak: Json, generiek: str = "initiator", **body: Any) -> Json:
        """Return the body of a rol."""
        return {
            "zaak": zaak["url"],
            "roltype": self.typen.rollen[generiek],
            "roltoelichting": "vraagt aan",
            "betrokkeneType": "natuurlijk_persoon",
            "betrokkeneIdentificatie": {"inpBsn": BSN, "geslachtsnaam": "Jansen"},
            **body,
        }

    def status_body(self, zaak: Json, nr: int, moment: str = "2026-02-01T12:00:00Z") -> Json:
        """Return the body of a status: the step `nr` of the zaaktype, 3 is the last."""
        return {
            "zaak": zaak["url"],
            "statustype": self.typen.statustypen[nr - 1],
            "datumStatusGezet": moment,
        }

    def status(self, zaak: Json, nr: int, moment: str = "2026-02-01T12:00:00Z") -> Json:
        """Set a status."""
        return self.make("statussen", **self.status_body(zaak, nr, moment))

    def resultaat(self, zaak: Json, resultaattype: str = "") -> Json:
        """Give a zaak its resultaat."""
        kind = resultaattype or self.typen.resultaattype
        return self.make("resultaten", zaak=zaak["url"], resultaattype=kind)

    def gesloten(self, **body: Any) -> Json:
        """Make a zaak that is closed."""
        zaak = self.zaak(**body)
        self.resultaat(zaak)
        self.status(zaak, 3)
        return self.read(zaak["url"])

    def read(self, url: str, **query: Any) -> Json:
        """Return what stands at an address."""
        answer = self.api.get(url, params=query or None)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def document(self, **body: Any) -> Json:
        """Make a document, without a file."""
        defaults = {
            "bronorganisatie": RSIN,
            "creatiedatum": "2026-01-05",
            "titel": "Aanvraag",
            "auteur": "Jansen",
            "taal": "nld",
            "inhoud": None,
            "informatieobjecttype": self.typen.informatieobjecttype,
            "indicatieGebruiksrecht": False,
        }
        path = f"{DOCUMENTEN}/enkelvoudiginformatieobjecten"
        answer = self.api.post(path, json=defaults | body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def met_document(self, zaak: Json, **body: Any) -> Json:
        """Put a document with a zaak."""
        document = self.document(**body)
        return self.make(
            "zaakinformatieobjecten", zaak=zaak["url"], informatieobject=document["url"]
        )

    def client(self, *scopes: str, level: str = "zeer_geheim", zaaktype: str = "") -> Api:
        """Make an application with some scopes for the zaaktype."""
        right = {
            "component": "zrc",
            "scopes": list(scopes),
            "zaaktype": zaaktype or self.typen.zaaktype,
            "maxVertrouwelijkheidaanduiding": level,
        }
        return make_client(f"client-{'-'.join(scopes)}-{level}"[:50], [right])


def faults(answer: httpx.Response) -> set[tuple[str, str]]:
    """Return name and code of the faults in a refusal."""
    assert answer.status_code == 400, answer.text
    return {(each["name"], each["code"]) for each in answer.json()["invalidParams"]}
