"""A besluittype, zaken to decide on and besluiten, made over the API as an application does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.registers.catalogi.besluittype import BesluitType
from tests.conftest import make_client
from tests.registers.zaken.zaakwerk import CATALOGI, RSIN, Typen, Werk

if TYPE_CHECKING:
    import httpx

    from tests.conftest import Api

BESLUITEN = "/besluiten/api/v1"
DOCUMENTEN = "/documenten/api/v1"

Json = dict[str, Any]


class Besluitwerk:
    """Besluiten of one besluittype, with which a published zaaktype may end."""

    def __init__(self, api: Api, identificatie: str = "BSL", brondatum: Json | None = None) -> None:
        self.api = api
        self.typen = Typen(api, identificatie)
        self.resultaattype = self.typen.resultaattype
        if brondatum:
            self.resultaattype = self.typen.resultaat(
                "Archief", brondatumArchiefprocedure=brondatum
            )
        self.catalogus = self.read(self.typen.zaaktype)["catalogus"]
        self.besluittype = self.maak_besluittype("Vergunning")
        named = {"besluittypen": ["Vergunning"]}
        assert api.patch(self.typen.zaaktype, json=named).status_code == 200
        self.typen.publish()
        self.zaken = Werk(api, self.typen)

    def maak_besluittype(self, omschrijving: str, *, publish: bool = True, **body: Any) -> str:
        """Make a besluittype in the catalogus, published or not, and return its address."""
        answer = self.api.post(
            f"{CATALOGI}/besluittypen",
            json={
                "catalogus": self.catalogus,
                "omschrijving": omschrijving,
                "zaaktypen": [],
                "publicatieIndicatie": False,
                "informatieobjecttypen": [],
                "beginGeldigheid": "2020-01-01",
                **body,
            },
        )
        assert answer.status_code == 201, answer.text
        url = str(answer.json()["url"])
        if publish:
            assert self.api.post(f"{url}/publish").status_code == 200
        return url

    def body(self, **body: Any) -> Json:
        """Return the body of a besluit."""
        return {
            "besluittype": self.besluittype,
            "verantwoordelijkeOrganisatie": RSIN,
            "datum": "2026-02-01",
            "ingangsdatum": "2026-02-15",
            **body,
        }

    def post(self, api: Api | None = None, **body: Any) -> httpx.Response:
        """Post a besluit as it is."""
        return (api or self.api).post(f"{BESLUITEN}/besluiten", json=self.body(**body))

    def besluit(self, **body: Any) -> Json:
        """Make a besluit."""
        answer = self.post(**body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def read(self, url: str, **query: Any) -> Any:
        """Return what stands at an address."""
        answer = self.api.get(url, params=query or None)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def mirrors(self, zaak: Json) -> list[str]:
        """Return the besluiten that stand under a zaak."""
        return [each["besluit"] for each in self.read(f"{zaak['url']}/besluiten")]

    def client(self, *scopes: str, besluittype: str = "") -> Api:
        """Make an application with some scopes for a besluittype."""
        right = {
            "component": "brc",
            "scopes": list(scopes),
            "besluittype": besluittype or self.besluittype,
        }
        return make_client(f"client-{'-'.join(scopes)}"[:50], [right])

    def informatieobjecttype(self, omschrijving: str = "Brief", *, vastleggen: bool = True) -> str:
        """Make a published informatieobjecttype; by itself one in which besluiten are laid down."""
        answer = self.api.post(
            f"{CATALOGI}/informatieobjecttypen",
            json={
                "catalogus": self.catalogus,
                "omschrijving": omschrijving,
                "vertrouwelijkheidaanduiding": "openbaar",
                "beginGeldigheid": "2020-01-01",
                "informatieobjectcategorie": "brieven",
            },
        )
        assert answer.status_code == 201, answer.text
        url = str(answer.json()["url"])
        assert self.api.post(f"{url}/publish").status_code == 200
        if vastleggen:
            BesluitType.objects.filter(pk=self.besluittype[-36:]).update(
                informatieobjecttypen=[omschrijving]
            )
        return url

    def document(self, informatieobjecttype: str, **body: Any) -> Json:
        """Make a document without a file."""
        answer = self.api.post(
            f"{DOCUMENTEN}/enkelvoudiginformatieobjecten",
            json={
                "bronorganisatie": RSIN,
                "creatiedatum": "2026-02-01",
                "titel": "Besluitbrief",
                "auteur": "Vergunningen",
                "taal": "nld",
                "informatieobjecttype": informatieobjecttype,
                **body,
            },
        )
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def leg_vast(self, besluit: Json, document: Json, api: Api | None = None) -> httpx.Response:
        """Say that a besluit is laid down in a document."""
        body = {"besluit": besluit["url"], "informatieobject": document["url"]}
        return (api or self.api).post(f"{BESLUITEN}/besluitinformatieobjecten", json=body)

    def spiegels(self, document: Json) -> list[tuple[str, str]]:
        """Return to what a document belongs, as the Documenten API tells it."""
        asked = {"informatieobject": document["url"]}
        found = self.read(f"{DOCUMENTEN}/objectinformatieobjecten", **asked)
        return [(each["object"], each["objectType"]) for each in found]
