"""What stands in the source: types with versions, and zaken with everything below them."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from tests.registers.zaken.zaakwerk import CATALOGI, RSIN, Typen, Werk

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant
    from tests.conftest import Api

Json = dict[str, Any]

ZAKEN = 7
KAART = (b"een kaart", b"een betere kaart van de wijk")
DOCUMENTEN = "/documenten/api/v1"
BESLUITEN = "/besluiten/api/v1"


class Inboedel:
    """Makes the source's records over its API, as an application does."""

    def __init__(self, tenant: Tenant, api: Api) -> None:
        self.tenant = tenant
        self.api = api

    def fill(self) -> Inboedel:
        """Make everything."""
        self.typen = Typen(self.api)
        self._more_types()
        self.typen.publish()
        self.werk = Werk(self.api, self.typen)
        self._zaken()
        return self

    def make(self, path: str, **body: Any) -> Json:
        """Make a record of the catalogue."""
        answer = self.api.post(f"{CATALOGI}/{path}", json=body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def _more_types(self) -> None:
        zaaktype = self.api.get(self.typen.zaaktype).json()
        self.catalogus = zaaktype["catalogus"]
        self.documenttype = self.make(
            "informatieobjecttypen",
            catalogus=self.catalogus,
            omschrijving="Kaartblad",
            vertrouwelijkheidaanduiding="openbaar",
            beginGeldigheid="2020-01-01",
            informatieobjectcategorie="brief",
            omschrijvingGeneriek=None,
        )
        self.publish(self.documenttype)
        self.besluittype = self.make(
            "besluittypen",
            catalogus=self.catalogus,
            omschrijving="Vergunning",
            publicatieIndicatie=False,
            informatieobjecttypen=["Kaartblad"],
            beginGeldigheid="2020-01-01",
        )
        self.publish(self.besluittype)
        answer = self.api.patch(self.typen.zaaktype, json={"besluittypen": ["Vergunning"]})
        assert answer.status_code == 200, answer.text
        self.typen.make(
            "zaaktype-informatieobjecttypen",
            informatieobjecttype="Kaartblad", volgnummer=9, richting="inkomend",
        )  # fmt: skip
        self.eigenschap = self.typen.make(
            "eigenschappen",
            naam="kleur",
            definitie="De kleur.",
            specificatie={"formaat": "tekst", "lengte": "10", "kardinaliteit": "1"},
        )
        self.typen.make(
            "zaakobjecttypen",
            anderObjecttype=True,
            objecttype="https://objecten.voorbeeld.nl/boom",
            relatieOmschrijving="gaat over",
            statustype=self.typen.statustypen[0],
        )
        self.concept = self.make(
            "informatieobjecttypen",
            catalogus=self.catalogus,
            omschrijving="Concept",
            vertrouwelijkheidaanduiding="intern",
            beginGeldigheid="2021-01-01",
            informatieobjectcategorie="brief",
        )

    def publish(self, made: Json) -> None:
        """Publish a type."""
        answer = self.api.post(f"{made['url']}/publish")
        assert answer.status_code == 200, answer.text

    def _documenten(self) -> None:
        body = {
            "bronorganisatie": RSIN, "creatiedatum": "2026-01-05", "titel": "Kaart",
            "auteur": "Gemeente", "taal": "dut", "formaat": "text/plain", "bestandsnaam": "k.txt",
            "informatieobjecttype": self.documenttype["url"],
            "inhoud": b64encode(KAART[0]).decode(), "bestandsomvang": len(KAART[0]),
        }  # fmt: skip
        answer = self.api.post(f"{DOCUMENTEN}/enkelvoudiginformatieobjecten", json=body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        lock = self.api.post(f"{made['url']}/lock").json()["lock"]
        change = {
            "lock": lock, "titel": "Betere kaart", "inhoud": b64encode(KAART[1]).decode(),
            "bestandsomvang": len(KAART[1]),
        }  # fmt: skip
        answer = self.api.patch(made["url"], json=change)
        assert answer.status_code == 200, answer.text
        self.document = answer.json()
        assert self.api.post(f"{made['url']}/unlock", json={"lock": lock}).status_code == 204
        answer = self.api.post(
            f"{BESLUITEN}/besluiten",
            json={
                "verantwoordelijkeOrganisatie": RSIN, "besluittype": self.besluittype["url"],
                "zaak": self.open["url"], "datum": "2026-02-02", "ingangsdatum": "2026-02-03",
            },
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        self.besluit = answer.json()
        answer = self.api.post(
            f"{BESLUITEN}/besluitinformatieobjecten",
            json={"besluit": self.besluit["url"], "informatieobject": made["url"]},
        )
        assert answer.status_code == 201, answer.text

    def _zaken(self) -> None:
        werk = self.werk
        self.open = werk.zaak(
            omschrijving="Boom kappen",
            zaakgeometrie={"type": "Point", "coordinates": [5.12, 52.09]},
            kenmerken=[{"kenmerk": "K1", "bron": "oud"}],
            opschorting={"indicatie": True, "reden": "wacht"},
            productenOfDiensten=["https://producten.voorbeeld.nl/1"],
        )
        rol = werk.rol(self.open)
        werk.make("statussen", **werk.status_body(self.open, 1), gezetdoor=rol["url"])
        werk.status(self.open, 2, "2026-02-03T10:11:12.345678+02:00")
        werk.make(
            "zaakobjecten", zaak=self.open["url"], objectType="adres",
            objectIdentificatie={
                "identificatie": "0363", "wplWoonplaatsNaam": "Utrecht",
                "gorOpenbareRuimteNaam": "Dam", "huisnummer": 1,
            },
        )  # fmt: skip
        answer = self.api.post(
            f"{self.open['url']}/zaakeigenschappen",
            json={"zaak": self.open["url"], "eigenschap": self.eigenschap, "waarde": "groen"},
        )
        assert answer.status_code == 201, answer.text
        self._documenten()
        werk.make(
            "zaakinformatieobjecten", zaak=self.open["url"], titel="Kaart",
            informatieobject=self.document["url"],
        )  # fmt: skip
        werk.make("zaaknotities", gerelateerdAan=self.open["url"], onderwerp="Bel", tekst="Morgen")
        self.gesloten = werk.gesloten(omschrijving="Gesloten zaak")
        self.deel = werk.zaak(
            hoofdzaak=self.open["url"],
            relevanteAndereZaken=[{"url": self.gesloten["url"], "aardRelatie": "vervolg"}],
        )
        werk.rol(
            self.deel, "behandelaar", betrokkeneType="medewerker",
            betrokkeneIdentificatie={"identificatie": "jan", "achternaam": "Jansen"},
        )  # fmt: skip
        for nr in range(ZAKEN - 3):
            zaak = werk.zaak(omschrijving=f"Zaak {nr}")
            werk.rol(zaak)
            werk.status(zaak, 1)


__all__ = ["RSIN", "ZAKEN", "Inboedel"]
