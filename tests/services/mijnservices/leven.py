"""A citizen and a company with one of everything, and a stranger with nothing."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.kernel.actor import Actor
from loket.kernel.clock import today
from loket.services.mijnservices import burger
from tests.registers.berichten.test_berichten import body as bericht_body
from tests.registers.besluiten.besluitwerk import Besluitwerk
from tests.registers.klantinteracties.contactwerk import Contactwerk, bsn, identificator, ref
from tests.registers.taken.test_taken import body as taak_body

if TYPE_CHECKING:
    from tests.conftest import Api

Json = dict[str, Any]
KVK, VESTIGING, ANDERE_VESTIGING = "90001354", "000012345678", "000087654321"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
LOA = "http://eidas.europa.eu/LoA/substantial"


def key(shown: Json) -> UUID:
    """Return the key of what was shown."""
    return UUID(shown["url"].rstrip("/").rpartition("/")[2])


@dataclass
class Klant:
    """Somebody, as the registers know him: his URN, his rol, and what identifies him."""

    actor: Actor
    urn: str
    rol: Json
    identificator: Json
    partij: Json = field(default_factory=dict)


@dataclass
class Dossier:
    """What one klant has: keys by what it is."""

    zaak: UUID
    document: UUID
    concept: UUID
    besluit: Json
    taak: UUID
    bericht: UUID
    bijlage: UUID
    contact: UUID


class Leven:
    """The municipality in which they live, with the API to add to it."""

    def __init__(self, api: Api) -> None:
        self.api = api
        self.contacten = Contactwerk(api)
        self.besluiten = Besluitwerk(api)
        self.werk = self.besluiten.zaken
        named = {"informatieobjecttypen": ["Aanvraag"]}
        assert api.patch(self.besluiten.besluittype, json=named).status_code in (200, 400)

    def stel_in(self, **body: Any) -> None:
        """Let the municipality change its settings."""
        (here,) = self.api.get("/beheer/api/v1/instellingen").json()["results"]
        answer = self.api.patch(here["url"], json=body)
        assert answer.status_code == 200, answer.text

    def burger(self, naam: str = "Jansen") -> Klant:
        """Let somebody be known as a partij, with his BSN."""
        nummer = bsn()
        partij = self.contacten.persoon(naam)
        made = self._known(partij, "bsn", nummer)
        return Klant(
            burger.from_bsn(nummer, f"Eva {naam}", LOA),
            f"urn:nld:brp:bsn:{nummer}",
            {
                "betrokkeneType": "natuurlijk_persoon",
                "betrokkeneIdentificatie": {"inpBsn": nummer, "geslachtsnaam": naam},
            },
            made,
            partij,
        )

    def bedrijf(self, vestiging: str = "", kvk: str = KVK) -> Klant:
        """Let a company, or one vestiging of it, act; call it first without a vestiging."""
        actor = Actor.bedrijf(kvk, vestiging, "Bakker BV", LOA)
        partij = self.contacten.organisatie(f"Bakker {vestiging or kvk}")
        if vestiging:
            above = self._identificator(kvk)
            made = self._known(
                partij, "vestigingsnummer", vestiging, subIdentificatorVan=ref(above)
            )
        else:
            made = self._known(partij, "kvk_nummer", kvk)
        kind = "vestiging" if vestiging else "niet_natuurlijk_persoon"
        numbers = {"kvkNummer": kvk, **({"vestigingsNummer": vestiging} if vestiging else {})}
        rol = {"betrokkeneType": kind, "betrokkeneIdentificatie": numbers}
        return Klant(actor, actor.urn, rol, made, partij)

    def dossier(self, klant: Klant, **zaak: Any) -> Dossier:
        """Give somebody one of everything."""
        made = self.zaak(klant, **zaak)
        document, concept = self.document(made), self.document(made, status="in_bewerking")
        bijlage = self.werk.document(titel="Brief", tonenAanInitiator=False, **bestand())
        return Dossier(
            zaak=key(made),
            document=key(document),
            concept=key(concept),
            besluit=self.besluiten.besluit(zaak=made["url"], uiterlijkeReactiedatum="2099-01-01"),
            taak=key(self.taak(klant, made)),
            bericht=key(self.bericht(klant, made, bijlagen=[urn_van(bijlage)])),
            bijlage=key(bijlage),
            contact=key(self.contact(klant, made)),
        )

    def zaak(self, klant: Klant, **body: Any) -> Json:
        """Let somebody ask for something."""
        made = self.werk.zaak(omschrijving="Parkeervergunning", **body)
        self.werk.rol(made, **klant.rol)
        return made

    def sluit(self, zaak: Json) -> None:
        """Let a zaak end with a result."""
        self.werk.resultaat(zaak)
        self.werk.status(zaak, 3)

    def document(self, zaak: Json, **body: Any) -> Json:
        """Put a document, that the initiator may see, with a zaak."""
        shown = {"tonenAanInitiator": True, **bestand(), **body}
        made = self.werk.document(**shown)
        self.werk.make(
            "zaakinformatieobjecten", zaak=zaak["url"], informatieobject=made["url"],
            titel=made["titel"],
        )  # fmt: skip
        return made

    def taak(self, klant: Klant, zaak: Json | None = None, soort: str = "formuliertaak",
             **more: Any) -> Json:  # fmt: skip
        """Ask something of somebody."""
        body = taak_body(soort, isToegewezenAan=klant.urn, **bij(zaak), **more)
        return self._made("/taken/api/v1/externetaken", body)

    def bericht(self, klant: Klant, zaak: Json | None = None, **more: Any) -> Json:
        """Write to somebody."""
        return self._made(
            "/berichten/api/v1/berichten",
            bericht_body(ontvanger=klant.urn, **bij(zaak), **more),
        )

    def contact(self, klant: Klant, zaak: Json | None = None, **more: Any) -> Json:
        """Let somebody talk with the municipality, perhaps about a zaak."""
        made = self.contacten.contact(60, **more)
        self.contacten.betrokkene(made, wasPartij=ref(klant.partij))
        if zaak:
            self.contacten.make(
                "onderwerpobjecten", klantcontact=ref(made), wasKlantcontact=None,
                onderwerpobjectidentificator={
                    "objectId": str(key(zaak)), "codeObjecttype": "zaak",
                    "codeRegister": "loket", "codeSoortObjectId": "uuid",
                },
            )  # fmt: skip
        return made

    def _made(self, path: str, body: Json) -> Json:
        answer = self.api.post(path, json=body)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def _known(self, partij: Json, kind: str, number: str, **more: Any) -> Json:
        return self.contacten.make(
            "partij-identificatoren",
            **identificator(kind, number, identificeerdePartij=ref(partij), **more),
        )

    def _identificator(self, kvk: str) -> Json:
        found = self.contacten.list(
            "partij-identificatoren", partijIdentificatorCodeSoortObjectId="kvk_nummer",
            partijIdentificatorObjectId=kvk,
        )  # fmt: skip
        return found[0]


def bestand(content: bytes = PDF) -> Json:
    """Return the part of a document's body that is its file."""
    return {
        "inhoud": base64.b64encode(content).decode(),
        "bestandsomvang": len(content),
        "bestandsnaam": "brief.pdf",
        "formaat": "application/pdf",
        "status": "definitief",
    }


def bij(zaak: Json | None) -> Json:
    """Return the part of a body that says to which zaak something belongs."""
    urn = f"urn:nld:loket:zaken:zaak:{key(zaak)}" if zaak else ""
    return {"isGerelateerdAan": [{"urn": urn}]} if zaak else {}


def urn_van(document: Json) -> Json:
    """Return a document as what is brought along with a bericht."""
    return {
        "informatieObject": f"urn:nld:loket:documenten:enkelvoudiginformatieobject:{key(document)}",
        "omschrijving": "De brief",
        "isBerichtTypeBijlage": False,
    }


def morgen() -> str:
    """Return the day after today."""
    return (today() + timedelta(1)).isoformat()
