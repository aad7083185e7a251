"""ZIPs of a catalogus as others make them, for import."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

HOST = "https://open-zaak.voorbeeld.nl/catalogi/api/v1"
LIJST = "https://selectielijst.openzaak.nl/api/v1"

PROCESTYPE = "e1b73b12-b2f6-4c4e-8929-94f84dd2a57d"
RESULTAAT = "6711baff-798b-4c7f-9133-8ad02c8b7c6f"
OMSCHRIJVING = "8e2d4a14-6259-5980-a450-bb04ddeae848"

Files = dict[str, Any]


def zipped(files: Files, folder: str = "") -> io.BytesIO:
    """Make a ZIP; what is not bytes is written as JSON."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            said = content if isinstance(content, bytes) else json.dumps(content).encode()
            archive.writestr(folder + name, said)
    made.seek(0)
    return made


def url(kind: str, nr: int) -> str:
    """Return an address at the other installation."""
    return f"{HOST}/{kind}/00000000-0000-4000-8000-{nr:012}"


def open_zaak() -> Files:
    """Return a small catalogus as Open Zaak shows it, with fields that are its own."""
    zaaktype = url("zaaktypen", 1)
    return {
        "Catalogus.json": [
            {
                "url": url("catalogussen", 1),
                "domein": "BRON",
                "rsin": "517439943",
                "contactpersoonBeheerNaam": "Beheer",
                "contactpersoonBeheerTelefoonnummer": "",
                "contactpersoonBeheerEmailadres": "",
                "zaaktypen": [zaaktype],
                "besluittypen": [url("besluittypen", 1)],
                "informatieobjecttypen": [url("informatieobjecttypen", 1)],
                "naam": "",
                "versie": "",
                "begindatumVersie": None,
            }
        ],
        "InformatieObjectType.json": [
            {
                "url": url("informatieobjecttypen", 1),
                "catalogus": url("catalogussen", 1),
                "omschrijving": "Aanvraag",
                "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
                "beginGeldigheid": "2023-01-01",
                "eindeGeldigheid": None,
                "concept": False,
                "besluittypen": [url("besluittypen", 1)],
                "informatieobjectcategorie": "Brieven",
                "trefwoord": [],
                "omschrijvingGeneriek": {
                    "informatieobjecttypeOmschrijvingGeneriek": "",
                    "definitieInformatieobjecttypeOmschrijvingGeneriek": "",
                    "herkomstInformatieobjecttypeOmschrijvingGeneriek": "",
                    "hierarchieInformatieobjecttypeOmschrijvingGeneriek": "",
                    "opmerkingInformatieobjecttypeOmschrijvingGeneriek": "",
                },
                "zaaktypen": [zaaktype],
                "beginObject": "2023-01-01",
                "eindeObject": None,
            }
        ],
        "BesluitType.json": [_besluittype(zaaktype)],
        "ZaakType.json": [_zaaktype(zaaktype)],
        **_parts(zaaktype),
    }


def _besluittype(zaaktype: str) -> dict[str, Any]:
    return {
        "url": url("besluittypen", 1),
        "catalogus": url("catalogussen", 1),
        "zaaktypen": [zaaktype],
        "omschrijving": "Vergunning",
        "omschrijvingGeneriek": "",
        "besluitcategorie": "",
        "reactietermijn": "P42D",
        "publicatieIndicatie": False,
        "publicatietekst": "",
        "publicatietermijn": None,
        "toelichting": "",
        "informatieobjecttypen": [url("informatieobjecttypen", 1)],
        "beginGeldigheid": "2023-01-01",
        "eindeGeldigheid": None,
        "concept": False,
        "resultaattypen": [url("resultaattypen", 1)],
        "resultaattypenOmschrijving": ["Verleend"],
        "vastgelegdIn": ["Aanvraag"],
    }


def _zaaktype(zaaktype: str) -> dict[str, Any]:
    return {
        "url": zaaktype,
        "identificatie": "B0001",
        "omschrijving": "Vergunning behandelen",
        "omschrijvingGeneriek": "",
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "doel": "Beslissen",
        "aanleiding": "Een aanvraag",
        "toelichting": "",
        "indicatieInternOfExtern": "extern",
        "handelingInitiator": "Aanvragen",
        "onderwerp": "Vergunning",
        "handelingBehandelaar": "Behandelen",
        "doorlooptijd": "P56D",
        "servicenorm": None,
        "opschortingEnAanhoudingMogelijk": True,
        "verlengingMogelijk": True,
        "verlengingstermijn": "P42D",
        "trefwoorden": ["boom"],
        "publicatieIndicatie": False,
        "publicatietekst": "",
        "verantwoordingsrelatie": [],
        "productenOfDiensten": ["https://voorbeeld.nl/product/1"],
        "selectielijstProcestype": f"{LIJST}/procestypen/{PROCESTYPE}",
        "referentieproces": {"naam": "Vergunnen", "link": ""},
        "concept": False,
        "verantwoordelijke": "Team Groen",
        "beginGeldigheid": "2023-01-01",
        "eindeGeldigheid": None,
        "versiedatum": "2023-01-01",
        "beginObject": "2023-01-01",
        "eindeObject": None,
        "catalogus": url("catalogussen", 1),
        "statustypen": [url("statustypen", 1), url("statustypen", 2)],
        "resultaattypen": [url("resultaattypen", 1)],
        "eigenschappen": [url("eigenschappen", 1)],
        "informatieobjecttypen": [url("informatieobjecttypen", 1)],
        "roltypen": [url("roltypen", 1)],
        "besluittypen": [url("besluittypen", 1)],
        "deelzaaktypen": [],
        "gerelateerdeZaaktypen": [
            {"zaaktype": zaaktype, "aardRelatie": "vervolg", "toelichting": ""}
        ],
        "zaakobjecttypen": [],
        "broncatalogus": {"url": "", "domein": "", "rsin": ""},
        "bronzaaktype": {"url": "", "identificatie": "", "omschrijving": ""},
        "datumEinde": None,
    }


def _parts(zaaktype: str) -> Files:
    def status(nr: int, name: str, *, last: bool) -> dict[str, Any]:
        return {
            "url": url("statustypen", nr),
            "omschrijving": name,
            "omschrijvingGeneriek": "",
            "statustekst": "",
            "zaaktype": zaaktype,
            "zaaktypeIdentificatie": "B0001",
            "volgnummer": nr,
            "isEindstatus": last,
            "informeren": False,
            "doorlooptijd": None,
            "toelichting": "",
            "checklistitemStatustype": [],
            "catalogus": url("catalogussen", 1),
            "eigenschappen": [],
            "beginGeldigheid": None,
            "eindeGeldigheid": None,
        }

    return {
        "StatusType.json": [status(1, "Ontvangen", last=False), status(2, "Klaar", last=True)],
        "ResultaatType.json": [
            {
                "url": url("resultaattypen", 1),
                "zaaktype": zaaktype,
                "zaaktypeIdentificatie": "B0001",
                "omschrijving": "Verleend",
                "resultaattypeomschrijving": f"{LIJST}/resultaattypeomschrijvingen/{OMSCHRIJVING}",
                "omschrijvingGeneriek": "Verleend",
                "selectielijstklasse": f"{LIJST}/resultaten/{RESULTAAT}",
                "toelichting": "",
                "archiefnominatie": "vernietigen",
                "archiefactietermijn": "P5Y",
                "brondatumArchiefprocedure": {
                    "afleidingswijze": "afgehandeld",
                    "datumkenmerk": "",
                    "einddatumBekend": False,
                    "objecttype": "",
                    "registratie": "",
                    "procestermijn": None,
                },
                "besluittypen": [url("besluittypen", 1)],
                "informatieobjecttypen": [url("informatieobjecttypen", 1)],
                "procesobjectaard": "",
                "indicatieSpecifiek": None,
                "procestermijn": None,
            }
        ],
        "RolType.json": [
            {
                "url": url("roltypen", 1),
                "zaaktype": zaaktype,
                "omschrijving": "Aanvrager",
                "omschrijvingGeneriek": "initiator",
            }
        ],
        "Eigenschap.json": [
            {
                "url": url("eigenschappen", 1),
                "naam": "Kenteken",
                "definitie": "Het kenteken",
                "specificatie": {
                    "groep": "",
                    "formaat": "tekst",
                    "lengte": "8",
                    "kardinaliteit": "1",
                    "waardenverzameling": [],
                },
                "toelichting": "",
                "zaaktype": zaaktype,
                "statustype": url("statustypen", 2),
            }
        ],
        "ZaakTypeInformatieObjectType.json": [
            {
                "url": url("zaaktype-informatieobjecttypen", 1),
                "zaaktype": zaaktype,
                "informatieobjecttype": url("informatieobjecttypen", 1),
                "volgnummer": 1,
                "richting": "inkomend",
                "statustype": url("statustypen", 1),
            }
        ],
    }


def older() -> Files:
    """Return the same as version 1.0 of the API shows it: fewer fields, besluittypen one way."""
    files = open_zaak()
    zaaktype = files["ZaakType.json"][0]
    for name in ("verantwoordelijke", "broncatalogus", "bronzaaktype", "zaakobjecttypen"):
        del zaaktype[name]
    zaaktype["besluittypen"] = []
    for name in ("informatieobjectcategorie", "trefwoord", "omschrijvingGeneriek"):
        del files["InformatieObjectType.json"][0][name]
    for name in ("besluittypen", "informatieobjecttypen", "indicatieSpecifiek", "procestermijn"):
        del files["ResultaatType.json"][0][name]
    return files
