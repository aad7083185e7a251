"""An installation that answers as Open Klant 2.18 does, from records made up by its OpenAPI.

Klantinteracties 0.9.0 and Contactgegevens 1.1.1: a token, references with key and address, the
newest first, and fields that refer back to what only comes later in any order.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

Json = dict[str, Any]

HOST = "https://openklant.gemeente.example"
TOKEN = "0123456789abcdef0123456789abcdef01234567"
BSN = "999990019"
KVK, VESTIGING = "90001354", "000037178598"
PAGE = 2
GEEN_ADRES = {
    "nummeraanduidingId": "", "straatnaam": "", "huisnummer": None, "huisnummertoevoeging": "",
    "postcode": "", "stad": "", "adresregel1": "", "adresregel2": "", "adresregel3": "",
    "land": "",
}  # fmt: skip


def key(path: str, name: str) -> str:
    """Make a key that is the same in every run, of version 4 in looks."""
    made = uuid5(UUID(int=0), path + name).hex
    return str(UUID(f"{made[:12]}4{made[13:16]}a{made[17:]}"))


def ref(path: str, name: str, api: str = "klantinteracties") -> Json:
    """Return the reference to a record by its name here."""
    uuid = key(path, name)
    return {"uuid": uuid, "url": f"{HOST}/{api}/api/v1/{path}/{uuid}"}


@dataclass
class OpenKlant:
    """The records by path below the host, the newest first."""

    records: dict[str, list[Json]] = field(default_factory=dict)

    def put(self, path: str, name: str, api: str = "klantinteracties", **body: Any) -> Json:
        """Add a record, and return the reference to it."""
        made = ref(path, name, api)
        self.records.setdefault(f"/{api}/api/v1/{path}", []).insert(0, {**made, **body})
        return made

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status, answer = self._answer(environ)
        start(f"{status} Said", [("Content-Type", "application/json")])
        return [json.dumps(answer).encode()]

    def _answer(self, environ: WSGIEnvironment) -> tuple[int, Any]:
        if environ.get("HTTP_AUTHORIZATION") != f"Token {TOKEN}":
            return 401, {"code": "authentication_failed", "detail": "Ongeldige token."}
        path = environ["PATH_INFO"]
        if path not in self.records:
            return 404, {"code": "not_found", "detail": "Niet gevonden."}
        page = int(parse_qs(environ["QUERY_STRING"]).get("page", ["1"])[0])
        found, first = self.records[path], (page - 1) * PAGE
        more = f"{HOST}{path}?page={page + 1}" if first + PAGE < len(found) else None
        window = found[first : first + PAGE]
        return 200, {"count": len(found), "next": more, "previous": None, "results": window}


def filled() -> OpenKlant:
    """Return an installation with a few of everything."""
    made = OpenKlant()
    _partijen(made)
    _nummers(made)
    _contacten(made)
    made.put(
        "persoon", "ada", "contactgegevens", geboortedatum="1815-12-10", overlijdensdatum=None,
        geslachtsnaam="Lovelace", geslacht="v", voorvoegsel="", voornamen="Ada", adres=GEEN_ADRES,
    )  # fmt: skip
    made.records["/contactgegevens/api/v1/organisatie"] = []
    return made


def _partij(made: OpenKlant, name: str, soort: str, **body: Any) -> Json:
    own: Json = {
        "nummer": str(1000000000 + len(made.records.get("/klantinteracties/api/v1/partijen", ()))),
        "interneNotitie": "", "betrokkenen": [], "categorieRelaties": [], "digitaleAdressen": [],
        "voorkeursDigitaalAdres": None, "vertegenwoordigden": [], "rekeningnummers": [],
        "voorkeursRekeningnummer": None, "partijIdentificatoren": [], "soortPartij": soort,
        "indicatieGeheimhouding": None, "voorkeurstaal": "", "indicatieActief": True,
        "bezoekadres": GEEN_ADRES, "correspondentieadres": GEEN_ADRES, "_expand": {},
    }  # fmt: skip
    return made.put("partijen", name, **{**own, **body})


def _naam(voornaam: str, achternaam: str) -> Json:
    naam = {"voorletters": "", "voornaam": voornaam, "voorvoegselAchternaam": "",
            "achternaam": achternaam}  # fmt: skip
    return {"contactnaam": naam, "volledigeNaam": f"{voornaam} {achternaam}"}


def _partijen(made: OpenKlant) -> None:
    mail, rekening = ref("digitaleadressen", "mail"), ref("rekeningnummers", "een")
    ada = _partij(
        made, "ada", "persoon", partijIdentificatie=_naam("Ada", "Lovelace"),
        digitaleAdressen=[mail, ref("digitaleadressen", "werk")], voorkeursDigitaalAdres=mail,
        rekeningnummers=[rekening], voorkeursRekeningnummer=rekening, voorkeurstaal="eng",
        correspondentieadres={**GEEN_ADRES, "adresregel1": "Postbus 1", "land": "GB"},
    )  # fmt: skip
    bakker = _partij(made, "bakker", "organisatie", partijIdentificatie={"naam": "De Bakker B.V."})
    piet = _partij(
        made, "piet", "contactpersoon",
        partijIdentificatie={**_naam("Piet", "Bakker"), "werkteVoorPartij": bakker},
    )  # fmt: skip
    partijen = made.records["/klantinteracties/api/v1/partijen"]
    partijen.reverse()
    partijen.sort(key=lambda each: each["soortPartij"])  # the contactpersoon before the organisatie
    made.put("rekeningnummers", "een", partij=ada, iban="NL91ABNA0417164300", bic="ABNANL2A")
    made.put("categorieen", "vip", naam="Ondernemer")
    made.put(
        "categorie-relaties", "een", partij=bakker, categorie=ref("categorieen", "vip"),
        beginDatum="2020-01-01", eindDatum=None,
    )  # fmt: skip
    made.put(
        "vertegenwoordigingen", "een", vertegenwoordigendePartij=piet,
        vertegenwoordigdePartij=bakker,
    )  # fmt: skip


def _nummers(made: OpenKlant) -> None:
    def nummer(name: str, partij: Json, waarde: str, *codes: str, onder: Json | None) -> Json:
        soort, objecttype, register = codes
        return made.put(
            "partij-identificatoren", name, identificeerdePartij=partij,
            anderePartijIdentificator="", subIdentificatorVan=onder,
            partijIdentificator={
                "codeObjecttype": objecttype, "codeSoortObjectId": soort, "objectId": waarde,
                "codeRegister": register,
            },
        )  # fmt: skip

    bakker = ref("partijen", "bakker")
    kvk = nummer("kvk", bakker, KVK, "kvk_nummer", "niet_natuurlijk_persoon", "hr", onder=None)
    nummer("vestiging", bakker, VESTIGING, "vestigingsnummer", "vestiging", "hr", onder=kvk)
    nummer("bsn", ref("partijen", "ada"), BSN, "bsn", "natuurlijk_persoon", "brp", onder=None)


def _adres(made: OpenKlant, name: str, soort: str, adres: str, **body: Any) -> None:
    own: Json = {
        "verstrektDoorBetrokkene": None, "verstrektDoorPartij": None, "adres": adres,
        "soortDigitaalAdres": soort, "isStandaardAdres": False, "omschrijving": "",
        "referentie": "", "verificatieDatum": None,
    }  # fmt: skip
    made.put("digitaleadressen", name, **{**own, **body})


def _contacten(made: OpenKlant) -> None:
    ada = ref("partijen", "ada")
    actor = made.put(
        "actoren", "kcc", naam="Team KCC", soortActor="organisatorische_eenheid",
        indicatieActief=True, actoridentificator=None,
        actorIdentificatie={"omschrijving": "KCC", "emailadres": "", "faxnummer": "",
                            "telefoonnummer": ""},
    )  # fmt: skip
    for nr in range(3):
        contact = made.put(
            "klantcontacten", str(nr), gingOverOnderwerpobjecten=[], hadBetrokkenActoren=[],
            omvatteBijlagen=[], hadBetrokkenen=[], leiddeTotInterneTaken=[],
            nummer=f"000000000{nr}", referentienummer=f"000000000{nr}", kanaal="telefoon",
            onderwerp=f"Vraag {nr}", inhoud="De klant heeft gevraagd wanneer het klaar is.",
            reactie="", indicatieContactGelukt=True, hoofdOnderwerpType="",
            verdereActieOndernomen=False, taal="nld", vertrouwelijk=False,
            plaatsgevondenOp=f"2023-05-0{nr + 1}T10:00:00Z", metadata={"bron": "kiss"},
        )  # fmt: skip
        made.put(
            "betrokkenen", str(nr), wasPartij=ada if nr else None, hadKlantcontact=contact,
            digitaleAdressen=[], bezoekadres=GEEN_ADRES, correspondentieadres=GEEN_ADRES,
            contactnaam=_naam("Ada", "Lovelace")["contactnaam"], volledigeNaam="Ada Lovelace",
            rol="klant", organisatienaam="", initiator=True,
        )  # fmt: skip
        made.put("actorklantcontacten", str(nr), actor=actor, klantcontact=contact)
        made.put(
            "onderwerpobjecten", str(nr), klantcontact=contact, wasKlantcontact=None,
            onderwerpobjectidentificator={
                "objectId": key("zaken", str(nr)), "codeObjecttype": "zaak",
                "codeRegister": "openzaak", "codeSoortObjectId": "uuid",
            },
        )  # fmt: skip
    _adres(made, "mail", "email", "ada@example.nl", verstrektDoorPartij=ada,
           isStandaardAdres=True, verificatieDatum="2023-01-01", referentie="portaal")  # fmt: skip
    _adres(made, "werk", "email", "ada@werk.example.nl", verstrektDoorPartij=ada)
    _adres(made, "eenmalig", "telefoonnummer", "0612345678",
           verstrektDoorBetrokkene=ref("betrokkenen", "0"))  # fmt: skip
    made.put(
        "bijlagen", "een", wasBijlageVanKlantcontact=ref("klantcontacten", "0"),
        bijlageidentificator={"objectId": key("documenten", "een"), "codeObjecttype": "document",
                              "codeRegister": "openzaak", "codeSoortObjectId": "uuid"},
    )  # fmt: skip
    made.put(
        "internetaken", "een", nummer="0000000001", referentienummer="0000000001",
        gevraagdeHandeling="Bel terug",
        aanleidinggevendKlantcontact=ref("klantcontacten", "0"), toegewezenAanActor=actor,
        toegewezenAanActoren=[actor], toelichting="", status="verwerkt",
        toegewezenOp="2023-05-01T10:00:00Z", afgehandeldOp="2023-05-02T10:00:00Z",
    )  # fmt: skip
