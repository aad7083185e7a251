"""The types and texts of what the demo's citizens find in the portal."""

from __future__ import annotations

from typing import Any, Final

from loket.grammar.change import HOUSE

_LIJST: Final = f"{HOUSE}/selectielijst/api/v1"

ZAAKTYPE: Final[dict[str, Any]] = {
    "identificatie": "DEMO-PARKEREN",
    "omschrijving": "Parkeervergunning",
    "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
    "doel": "Besluiten of iemand een parkeervergunning krijgt",
    "aanleiding": "Een aanvraag van een bewoner of bedrijf",
    "indicatieInternOfExtern": "extern",
    "handelingInitiator": "aanvragen",
    "onderwerp": "Parkeren",
    "handelingBehandelaar": "behandelen",
    "doorlooptijd": "P56D",
    "opschortingEnAanhoudingMogelijk": False,
    "verlengingMogelijk": False,
    "publicatieIndicatie": False,
    "productenOfDiensten": [],
    "referentieproces": {"naam": "Toestemming verlenen"},
    "verantwoordelijke": "Parkeren",
    "selectielijstProcestype": f"{_LIJST}/procestypen/035d5ce8-d4f8-4f23-a386-fe2ea136d9e3",
    "gerelateerdeZaaktypen": [],
    "beginGeldigheid": "2020-01-01",
}
STAPPEN: Final = (
    ("Ontvangen", "Wij hebben uw aanvraag ontvangen."),
    ("In behandeling", "Wij bekijken of u aan de regels voldoet."),
    ("Besluit genomen", "Wij hebben een besluit genomen. U krijgt daarover bericht."),
    ("Afgehandeld", "Uw aanvraag is klaar."),
)
RESULTAATTYPE: Final[dict[str, Any]] = {
    "omschrijving": "Verleend",
    "resultaattypeomschrijving": (
        f"{_LIJST}/resultaattypeomschrijvingen/f7d2dc14-1b71-4179-aed3-4e7abcfbeb0d"
    ),
    "selectielijstklasse": f"{_LIJST}/resultaten/95e4097a-bdc8-46a9-8f86-5be6f42e817b",
    "archiefnominatie": "vernietigen",
    "archiefactietermijn": "P10Y",
    "brondatumArchiefprocedure": {"afleidingswijze": "afgehandeld"},
}
DOCUMENTEN: Final = {"Aanvraag": "inkomend", "Bewijsstuk": "inkomend", "Beschikking": "uitgaand"}
DOCUMENTTYPE: Final[dict[str, Any]] = {
    "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
    "beginGeldigheid": "2020-01-01",
    "informatieobjectcategorie": "brief",
}
BESLUITTYPE: Final[dict[str, Any]] = {
    "omschrijving": "Parkeervergunning verlenen",
    "zaaktypen": [],
    "publicatieIndicatie": False,
    "beginGeldigheid": "2020-01-01",
}
TAAK: Final[dict[str, Any]] = {
    "titel": "Stuur een foto van uw kentekenbewijs",
    "toelichting": "Wij willen zien dat de auto op uw naam staat.",
    "taakSoort": "formuliertaak",
    "handelingsPerspectief": "informatie_geven",
    "details": {
        "formulierDefinitie": {
            "components": [
                {
                    "type": "textfield", "key": "kenteken", "label": "Kenteken van uw auto",
                    "validate": {
                        "required": True, "maxLength": 8,
                        "pattern": "[A-Za-z0-9]{1,3}-?[A-Za-z0-9]{1,3}-?[A-Za-z0-9]{1,3}",
                    },
                },
                {
                    "type": "radio", "key": "lease", "label": "Is het een leaseauto?",
                    "values": [
                        {"label": "Ja", "value": "ja"}, {"label": "Nee", "value": "nee"},
                    ],
                    "validate": {"required": True},
                },
                {
                    "type": "file", "key": "bewijs", "label": "Foto van uw kentekenbewijs",
                    "multiple": True, "validate": {"required": True},
                },
            ]
        }
    },
}  # fmt: skip
BETALEN: Final[dict[str, Any]] = {
    "titel": "Betaal de kosten van uw vergunning",
    "toelichting": "Daarna kunnen wij uw aanvraag afmaken.",
    "taakSoort": "betaaltaak",
    "details": {
        "bedrag": "36.50",
        "transactieomschrijving": "Parkeervergunning eerste auto",
        "doelrekening": {"naam": "Gemeente Voorbeeld", "iban": "NL02ABNA0123456789"},
    },
}
MENING: Final[dict[str, Any]] = {
    "titel": "Vertel ons wat u van parkeren vindt",
    "toelichting": "U vult een vragenlijst in van een bureau dat dit voor ons onderzoekt.",
    "taakSoort": "urltaak",
    "details": {"uitvraagLink": "https://vragenlijst.example/parkeren"},
}
BERICHT: Final[dict[str, Any]] = {
    "onderwerp": "Wij hebben nog iets van u nodig",
    "berichtTekst": (
        "Beste aanvrager,\n\nU vroeg een **parkeervergunning** aan. Wij missen nog een foto van uw "
        "kentekenbewijs.\n\nU kunt die sturen bij Mijn taken. Daarna gaan wij verder met uw "
        "aanvraag.\n\nMet vriendelijke groet,\n\nTeam Parkeren"
    ),
    "handelingsPerspectief": "informatie_geven",
}
CONTACT: Final[dict[str, Any]] = {
    "kanaal": "telefoon",
    "onderwerp": "Heeft gevraagd hoe lang de aanvraag nog duurt",
    "inhoud": "De aanvrager heeft gevraagd wanneer de vergunning er is.",
    "reactie": "Wij hebben gezegd dat het besluit er binnen acht weken is.",
    "taal": "nld",
    "vertrouwelijk": False,
    "indicatieContactGelukt": True,
}
BESLUIT: Final = "U krijgt een parkeervergunning voor uw tweede auto."
AANVRAAG: Final = "Aanvraag parkeervergunning\n\nIk vraag een vergunning aan voor mijn auto."
BESCHIKKING: Final = (
    "Besluit parkeervergunning\n\nU krijgt een parkeervergunning voor uw tweede auto.\n"
    "Bent u het er niet mee eens? Dan kunt u binnen zes weken bezwaar maken.\n"
    "Stuur dan een brief naar Gemeente Voorbeeld, Postbus 1, 9999 ZZ Voorbeeldstad.\n"
    "Zet daarin uw naam en adres, de datum, het nummer van dit besluit, waarom u het\n"
    "er niet mee eens bent, en uw handtekening."
)


def pdf(tekst: str) -> bytes:
    """Return a page of text as a PDF, without more than a PDF needs."""
    lines = "".join(f"({line}) Tj 0 -20 Td " for line in tekst.splitlines())
    stream = f"BT /F1 13 Tf 60 770 Td {lines}ET".encode("latin-1")
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(nl)>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%b\nendstream" % (len(stream), stream),
        font,
    ]
    made, places = b"%PDF-1.4\n", []
    for nr, each in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj%b endobj\n" % (nr, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(made))
    )
