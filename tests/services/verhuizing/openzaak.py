"""An installation that answers in Open Zaak's dialect, from records made up by its OpenAPI.

Catalogi 1.3.1, Zaken 1.5.1, Documenten 1.4.2 and Besluiten 1.1.0: version 4 UUIDs, addresses of
its own host, types that refer by address, fields of its own, and none of what 1.7 brought.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode
from uuid import UUID, uuid5

import jwt

from tests.conftest import SECRET

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

Json = dict[str, Any]

HOST = "https://openzaak.gemeente.example"
RSIN = "517439943"
BSN = "999990019"
SELECTIELIJST = "https://selectielijst.openzaak.nl/api/v1"
BARE = {
    "zaakinformatieobjecten", "zaakcontactmomenten", "zaakverzoeken", "zaakeigenschappen",
    "gebruiksrechten", "objectinformatieobjecten", "besluitinformatieobjecten",
}  # fmt: skip
PAGE = 2


def key(name: str) -> str:
    """Make a key that is the same in every run, of version 4 in looks."""
    made = uuid5(UUID(int=0), name).hex
    return str(UUID(f"{made[:12]}4{made[13:]}"))


def at(api: str, path: str, name: str) -> str:
    """Return the address of a record by its name here."""
    return f"{HOST}/{api}/api/v1/{path}/{key(path + name)}"


@dataclass
class OpenZaak:
    """The records, by path below the host, and who may read them."""

    records: dict[str, list[Json]] = field(default_factory=dict)
    client_id: str = "verhuizer"
    forbidden: set[str] = field(default_factory=set)
    versions: dict[str, list[tuple[Json, bytes | None]]] = field(default_factory=dict)

    def put(self, api: str, path: str, name: str, **body: Any) -> str:
        """Add a record and return its address."""
        url = at(api, path, name)
        uuid = {"uuid": url.rsplit("/", 1)[1]} if api == "zaken" else {}
        self.records.setdefault(f"/{api}/api/v1/{path}", []).append({"url": url, **uuid, **body})
        return url

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        status, answer = self._answer(environ)
        if isinstance(answer, bytes):
            start("200 OK", [("Content-Type", "application/octet-stream")])
            return [answer]
        body = json.dumps(answer).encode()
        kind = "application/json" if status == 200 else "application/problem+json"
        start(f"{status} Said", [("Content-Type", kind), ("API-version", "1.5.1")])
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> tuple[int, Any]:
        path = environ["PATH_INFO"]
        refused = self._refused(environ.get("HTTP_AUTHORIZATION", ""), path)
        if refused:
            return 403, {"code": refused, "title": "Geen toegang", "detail": "Geen toegang."}
        if path.removesuffix("/download") in self.versions:
            return self._version(path, environ["QUERY_STRING"])
        bare = path.rsplit("/", 1)[1] in BARE or path.startswith("/zaken/api/v1/zaken/")
        if path not in self.records and not bare:
            return 404, {"code": "not_found", "detail": "Niet gevonden."}
        query = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        page = int(query.pop("page", "1"))
        query.pop("status", None)
        found = [
            each
            for each in self.records.get(path, [])
            if all(each.get(name) == value for name, value in query.items())
        ]
        if bare:
            return 200, found
        return self._page(path, query, found, page)

    def _version(self, path: str, query: str) -> tuple[int, Any]:
        versions = self.versions[path.removesuffix("/download")]
        number = int(parse_qs(query).get("versie", [str(len(versions))])[0])
        record, content = versions[number - 1]
        if path.endswith("/download"):
            return (200, content) if content is not None else (404, {"code": "not_found"})
        return 200, record

    def document(self, name: str, *contents: bytes | None, **body: Any) -> str:
        """Add a document with a version for each of the contents."""
        path = "enkelvoudiginformatieobjecten"
        url = at("documenten", path, name)
        made = []
        for nr, content in enumerate(contents, start=1):
            told = {
                "url": url, "identificatie": f"DOCUMENT-2021-{name}", "bronorganisatie": RSIN,
                "creatiedatum": "2021-03-04", "titel": f"{name} {nr}", "auteur": "Gemeente",
                "vertrouwelijkheidaanduiding": "openbaar", "status": "definitief",
                "formaat": "text/plain", "taal": "nld", "versie": nr,
                "beginRegistratie": f"2021-03-0{nr}T10:00:00.123456Z",
                "bestandsnaam": f"{name}.txt", "bestandsomvang": len(content or b"") or None,
                "inhoud": f"{url}/download?versie={nr}" if content is not None else None,
                "link": "", "beschrijving": "", "ontvangstdatum": None, "verzenddatum": None,
                "indicatieGebruiksrecht": None, "verschijningsvorm": "",
                "ondertekening": {"soort": "", "datum": None},
                "integriteit": {"algoritme": "", "waarde": "", "datum": None},
                "informatieobjecttype": at("catalogi", "informatieobjecttypen", "brief"),
                "locked": False, "bestandsdelen": [], "trefwoorden": ["oud"], **body,
            }  # fmt: skip
            made.append((told, content))
        self.versions[url.removeprefix(HOST)] = made
        self.records.setdefault(f"/documenten/api/v1/{path}", []).append(made[-1][0])
        return url

    @staticmethod
    def _page(path: str, query: Json, found: list[Json], page: int) -> tuple[int, Any]:
        first = (page - 1) * PAGE
        if first and first >= len(found):
            return 404, {"code": "not_found", "detail": "Ongeldige pagina."}
        more = first + PAGE < len(found)
        following = f"{HOST}{path}?{urlencode({**query, 'page': page + 1})}" if more else None
        window = found[first : first + PAGE]
        return 200, {"count": len(found), "next": following, "previous": None, "results": window}

    def _refused(self, header: str, path: str) -> str:
        try:
            claims = jwt.decode(header.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
        except jwt.PyJWTError:
            return "not_authenticated"
        if claims["client_id"] != self.client_id:
            return "not_authenticated"
        return "permission_denied" if path in self.forbidden else ""


BRIEF = b"Geachte heer, mevrouw,\n"
KAART = (b"eerste kaart", b"tweede kaart, beter")


def filled(*, documents: bool = True) -> OpenZaak:
    """Return an installation with a catalogue, documents, and a handful of zaken."""
    made = OpenZaak()
    _types(made)
    made.records["/documenten/api/v1/enkelvoudiginformatieobjecten"] = []
    made.records["/documenten/api/v1/verzendingen"] = []
    if documents:
        _documents(made)
    for nr in range(5):
        _zaak(made, nr)
    _besluit(made)
    for path in ("klantcontacten", "zaaknotities", "substatussen", "zaakobjecten"):
        made.records.setdefault(f"/zaken/api/v1/{path}", [])
    return made


def _types(made: OpenZaak) -> None:
    catalogus = made.put(
        "catalogi", "catalogussen", "een", domein="OUDZA", rsin=RSIN,
        contactpersoonBeheerNaam="Beheer", contactpersoonBeheerTelefoonnummer="",
        contactpersoonBeheerEmailadres="", zaaktypen=[], besluittypen=[],
        informatieobjecttypen=[], naam="", versie="", begindatumVersie=None,
    )  # fmt: skip
    brief = made.put(
        "catalogi", "informatieobjecttypen", "brief", catalogus=catalogus, omschrijving="Brief",
        vertrouwelijkheidaanduiding="openbaar", beginGeldigheid="2019-01-01",
        eindeGeldigheid=None, concept=False, besluittypen=[], informatieobjectcategorie="brief",
        trefwoord=[], zaaktypen=[], beginObject="2019-01-01", eindeObject=None,
        omschrijvingGeneriek={
            "informatieobjecttypeOmschrijvingGeneriek": "",
            "definitieInformatieobjecttypeOmschrijvingGeneriek": "",
            "herkomstInformatieobjecttypeOmschrijvingGeneriek": "",
            "hierarchieInformatieobjecttypeOmschrijvingGeneriek": "",
            "opmerkingInformatieobjecttypeOmschrijvingGeneriek": "",
        },
    )  # fmt: skip
    besluit = made.put(
        "catalogi", "besluittypen", "besluit", catalogus=catalogus, zaaktypen=[],
        omschrijving="Beschikking", omschrijvingGeneriek="", besluitcategorie="",
        reactietermijn="P42D", publicatieIndicatie=False, publicatietekst="",
        publicatietermijn=None, toelichting="", informatieobjecttypen=[brief],
        beginGeldigheid="2019-01-01", eindeGeldigheid=None, concept=False, resultaattypen=[],
        resultaattypenOmschrijving=[], vastgelegdIn=["Brief"], beginObject="2019-01-01",
        eindeObject=None,
    )  # fmt: skip
    zaaktype = {
        "omschrijving": "Melding", "omschrijvingGeneriek": "", "doel": "Behandelen",
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk", "aanleiding": "Een melding",
        "toelichting": "", "indicatieInternOfExtern": "extern", "handelingInitiator": "melden",
        "onderwerp": "Openbare ruimte", "handelingBehandelaar": "behandelen",
        "doorlooptijd": "P28D", "servicenorm": None, "opschortingEnAanhoudingMogelijk": False,
        "verlengingMogelijk": True, "verlengingstermijn": "P14D", "trefwoorden": [],
        "publicatieIndicatie": False, "publicatietekst": "", "verantwoordingsrelatie": [],
        "productenOfDiensten": [], "concept": False, "verantwoordelijke": "Beheer",
        "selectielijstProcestype": f"{SELECTIELIJST}/procestypen/{key('proces')}",
        "referentieproces": {"naam": "", "link": ""},
        "broncatalogus": {"url": "", "domein": "", "rsin": ""},
        "bronzaaktype": {"url": "", "identificatie": "", "omschrijving": ""},
        "catalogus": catalogus, "informatieobjecttypen": [brief], "besluittypen": [besluit],
    }  # fmt: skip
    oud = at("catalogi", "zaaktypen", "oud")
    made.put(
        "catalogi", "zaaktypen", "nieuw", **zaaktype, identificatie="MELDING-NIEUW",
        beginGeldigheid="2023-01-01", eindeGeldigheid=None, versiedatum="2023-01-01",
        deelzaaktypen=[oud],
        gerelateerdeZaaktypen=[
            {"zaaktype": oud, "aardRelatie": "vervolg", "toelichting": ""},
            {"zaaktype": "https://elders.example/catalogi/api/v1/zaaktypen/" + key("elders"),
             "aardRelatie": "bijdrage", "toelichting": "bij de buren"},
        ],
    )  # fmt: skip
    made.put(
        "catalogi", "zaaktypen", "oud", **zaaktype, identificatie="MELDING",
        beginGeldigheid="2019-01-01", eindeGeldigheid=None, versiedatum="2019-01-01",
        deelzaaktypen=[oud], gerelateerdeZaaktypen=[],
    )  # fmt: skip
    for nr in (1, 2):
        made.put(
            "catalogi", "statustypen", str(nr), omschrijving=f"Stap {nr}",
            omschrijvingGeneriek="", statustekst="", zaaktype=oud, volgnummer=nr,
            zaaktypeIdentificatie="MELDING", isEindstatus=nr == 2, informeren=False,
            doorlooptijd=None, toelichting=None, checklistitemStatustype=[], catalogus=catalogus,
            eigenschappen=[], zaakobjecttypen=[], beginGeldigheid="2019-01-01",
        )  # fmt: skip
    made.put(
        "catalogi", "resultaattypen", "af", zaaktype=oud, omschrijving="Afgehandeld",
        resultaattypeomschrijving=f"{SELECTIELIJST}/resultaattypeomschrijvingen/{key('af')}",
        omschrijvingGeneriek="Afgehandeld", toelichting="", archiefnominatie="vernietigen",
        selectielijstklasse=f"{SELECTIELIJST}/resultaten/{key('klasse')}",
        archiefactietermijn="P1Y", procesobjectaard="", indicatieSpecifiek=None,
        brondatumArchiefprocedure={
            "afleidingswijze": "afgehandeld", "datumkenmerk": "", "einddatumBekend": False,
            "objecttype": "", "registratie": "", "procestermijn": None,
        },
        procestermijn=None, catalogus=catalogus, besluittypen=[besluit],
        besluittypeOmschrijving=["Beschikking"], informatieobjecttypen=[],
        informatieobjecttypeOmschrijving=[], beginGeldigheid="2019-01-01", eindeGeldigheid=None,
    )  # fmt: skip
    made.put(
        "catalogi", "roltypen", "melder", zaaktype=oud, omschrijving="Melder",
        zaaktypeIdentificatie="MELDING", omschrijvingGeneriek="initiator", catalogus=catalogus,
        beginGeldigheid="2019-01-01", eindeGeldigheid=None,
    )  # fmt: skip
    made.put(
        "catalogi", "eigenschappen", "kleur", naam="kleur", definitie="De kleur", zaaktype=oud,
        specificatie={"groep": "", "formaat": "tekst", "lengte": "10", "kardinaliteit": "1",
                      "waardenverzameling": []},
        toelichting="", catalogus=catalogus, statustype=None, zaaktypeIdentificatie="MELDING",
    )  # fmt: skip
    made.put(
        "catalogi", "zaaktype-informatieobjecttypen", "brief", zaaktype=oud,
        zaaktypeIdentificatie="MELDING", informatieobjecttype=brief, volgnummer=1,
        richting="inkomend", statustype=None, catalogus=catalogus,
    )  # fmt: skip
    made.records["/catalogi/api/v1/zaakobjecttypen"] = []


def _zaak(made: OpenZaak, nr: int) -> None:
    zaak = at("zaken", "zaken", str(nr))
    closed = nr == 1
    hoofdzaak = at("zaken", "zaken", "4") if nr == 0 else None
    rol, status = at("zaken", "rollen", str(nr)), at("zaken", "statussen", f"{nr}-1")
    resultaat = at("zaken", "resultaten", str(nr)) if closed else None
    made.put(
        "zaken", "zaken", str(nr), identificatie=f"ZAAK-2021-000000000{nr}",
        bronorganisatie=RSIN, omschrijving=f"Melding {nr}", toelichting="",
        zaaktype=at("catalogi", "zaaktypen", "oud"), registratiedatum="2021-03-04",
        verantwoordelijkeOrganisatie=RSIN, startdatum="2021-03-04",
        einddatum="2021-05-06" if closed else None, einddatumGepland=None,
        uiterlijkeEinddatumAfdoening=None, publicatiedatum=None,
        laatstGemuteerd="2024-01-01T00:00:00Z", laatstGeopend=None, communicatiekanaal="",
        communicatiekanaalNaam="balie" if nr == 2 else "", productenOfDiensten=[],
        eigenVeld="van deze bron" if nr == 2 else "",
        vertrouwelijkheidaanduiding="zaakvertrouwelijk", betalingsindicatie="",
        betalingsindicatieWeergave="", laatsteBetaaldatum=None,
        zaakgeometrie={"type": "Point", "coordinates": [4.9, 52.37]} if nr == 3 else None,
        verlenging={"reden": "", "duur": None},
        opschorting={"indicatie": False, "eerdereOpschorting": nr == 3, "reden": ""},
        selectielijstklasse="", hoofdzaak=hoofdzaak, deelzaken=[],
        relevanteAndereZaken=[{"url": at("zaken", "zaken", "1"), "aardRelatie": "vervolg"}]
        if nr == 2 else [],
        gerelateerdeZaken=[], eigenschappen=[], rollen=[rol], status=status,
        zaakinformatieobjecten=[at("zaken", "zaakinformatieobjecten", "1")] if closed else [],
        zaakobjecten=[], kenmerken=[],
        archiefnominatie="vernietigen" if closed else None, archiefstatus="nog_te_archiveren",
        archiefactiedatum="2022-05-06" if closed else None, resultaat=resultaat,
        opdrachtgevendeOrganisatie="", processobjectaard="", startdatumBewaartermijn=None,
        processobject={"datumkenmerk": "", "identificatie": "", "objecttype": "",
                       "registratie": ""},
    )  # fmt: skip
    made.put(
        "zaken", "rollen", str(nr), zaak=zaak, betrokkene="", betrokkeneType="natuurlijk_persoon",
        afwijkendeNaamBetrokkene="", roltype=at("catalogi", "roltypen", "melder"),
        omschrijving="Melder", omschrijvingGeneriek="initiator", roltoelichting="meldt",
        registratiedatum="2021-03-04T09:10:11.121314Z", indicatieMachtiging="",
        contactpersoonRol={"emailadres": "", "functie": "", "telefoonnummer": "", "naam": ""},
        statussen=[],
        betrokkeneIdentificatie={
            "inpBsn": BSN if nr else "", "anpIdentificatie": "", "inpA_nummer": "",
            "geslachtsnaam": "Jansen", "voorvoegselGeslachtsnaam": "", "voorletters": "J.",
            "voornamen": "Jan", "geslachtsaanduiding": "", "geboortedatum": "",
            "verblijfsadres": None, "subVerblijfBuitenland": None,
        },
    )  # fmt: skip
    made.put(
        "zaken", "statussen", f"{nr}-1", zaak=zaak,
        statustype=at("catalogi", "statustypen", "1"),
        datumStatusGezet="2021-03-04T12:00:00+01:00", statustoelichting="",
        indicatieLaatstGezetteStatus=not closed, gezetdoor=None, zaakinformatieobjecten=[],
    )  # fmt: skip
    if closed:
        made.put(
            "zaken", "resultaten", str(nr), zaak=zaak, toelichting="",
            resultaattype=at("catalogi", "resultaattypen", "af"),
        )  # fmt: skip
        made.put(
            "zaken", "statussen", f"{nr}-2", zaak=zaak,
            statustype=at("catalogi", "statustypen", "2"),
            datumStatusGezet="2021-05-06T12:00:00Z", statustoelichting="Klaar",
            indicatieLaatstGezetteStatus=True, gezetdoor=None, zaakinformatieobjecten=[],
        )  # fmt: skip


def _besluit(made: OpenZaak) -> None:
    zaak = at("zaken", "zaken", "1")
    besluit = made.put(
        "besluiten", "besluiten", "een", identificatie="BESLUIT-2021-0000000001",
        verantwoordelijkeOrganisatie=RSIN, besluittype=at("catalogi", "besluittypen", "besluit"),
        zaak=zaak, datum="2021-05-05", toelichting="", bestuursorgaan="",
        ingangsdatum="2021-05-06", vervaldatum=None, vervalreden="", vervalredenWeergave="",
        publicatiedatum=None, verzenddatum="2021-05-06", uiterlijkeReactiedatum="2021-06-17",
    )  # fmt: skip
    made.put(
        "besluiten", "besluiten", "los", identificatie="BESLUIT-2021-0000000002",
        verantwoordelijkeOrganisatie=RSIN, besluittype=at("catalogi", "besluittypen", "besluit"),
        zaak="", datum="2021-05-05", toelichting="", bestuursorgaan="",
        ingangsdatum="2021-05-06", vervaldatum=None, vervalreden="", vervalredenWeergave="",
        publicatiedatum=None, verzenddatum=None, uiterlijkeReactiedatum=None,
    )  # fmt: skip
    mirror = key("besluiten-bij-zaak")
    below = f"zaken/{key('zaken1')}/besluiten"
    made.records[f"/zaken/api/v1/{below}"] = [
        {"url": f"{HOST}/zaken/api/v1/{below}/{mirror}", "uuid": mirror, "besluit": besluit}
    ]


def _documents(made: OpenZaak) -> None:
    brief = made.document("brief", BRIEF)
    kaart = made.document("kaart", *KAART, indicatieGebruiksrecht=True)
    made.document("leeg", None)
    made.put(
        "documenten", "gebruiksrechten", "een", informatieobject=kaart, einddatum=None,
        startdatum="2021-03-04T00:00:00Z", omschrijvingVoorwaarden="Alleen voor de zaak",
    )  # fmt: skip
    zaak, besluit = at("zaken", "zaken", "1"), at("besluiten", "besluiten", "een")
    made.put(
        "zaken", "zaakinformatieobjecten", "1", informatieobject=brief, zaak=zaak,
        aardRelatieWeergave="Hoort bij, omgekeerd: kent", titel="De brief", beschrijving="",
        registratiedatum="2021-03-04T10:11:12.131415Z", vernietigingsdatum=None, status=None,
    )  # fmt: skip
    made.put("besluiten", "besluitinformatieobjecten", "1", informatieobject=kaart, besluit=besluit)
    for name, document, thing, kind in (
        ("zaak", brief, zaak, "zaak"), ("besluit", kaart, besluit, "besluit"),
    ):  # fmt: skip
        made.put(
            "documenten", "objectinformatieobjecten", name, informatieobject=document,
            object=thing, objectType=kind,
        )  # fmt: skip
