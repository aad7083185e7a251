"""MDTO 1.0: what an archive has to know of a dossier, its documents and their files, as XML.

Source: Nationaal Archief, MDTO-XML 1.0.1. The schema fixes the order of the elements, which is
that of the parts below. A BSN never goes along.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from loket.kernel.clock import today
from loket.registers.catalogi.waarden import Archiefnominatie, Vertrouwelijkheidaanduiding
from loket.registers.zaken.waarden import BetrokkeneType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
LONGEST_NAME = 80

Part = tuple[str, "str | int | Sequence[Part] | None"]
"""An element: its name, and its text or the elements inside; without either it is left out."""

_WAARDERING = {
    Archiefnominatie.BLIJVEND_BEWAREN: ("Blijvend te bewaren", "B"),
    Archiefnominatie.VERNIETIGEN: ("Tijdelijk te bewaren", "V"),
}


@dataclass(frozen=True)
class Herkomst:
    """The municipality that formed the archive."""

    naam: str
    rsin: str

    @property
    def bron(self) -> str:
        """The system in which an identification is unique."""
        return f"Loket, {self.naam}"

    def identificatie(self, kenmerk: str) -> Part:
        """Return an identification of ours."""
        return "identificatie", _kenmerk(kenmerk, self.bron)

    def verwijzing(self, element: str, naam: str, kenmerk: str) -> Part:
        """Return a reference to something of ours."""
        inside = ("verwijzingIdentificatie", _kenmerk(kenmerk, self.bron))
        return element, [("verwijzingNaam", naam[:LONGEST_NAME]), inside]

    def archiefvormer(self) -> Part:
        """Return who formed the archive."""
        known = _kenmerk(self.rsin, "RSIN") if self.rsin else None
        inside: list[Part] = [("verwijzingNaam", self.naam), ("verwijzingIdentificatie", known)]
        return "archiefvormer", inside


def dossier(zaak: Any, documenten: Iterable[Any], herkomst: Herkomst) -> bytes:
    """Return the XML of a zaak with its documents."""
    zaaktype = zaak.zaaktype
    parts: list[Part] = [
        herkomst.identificatie(zaak.identificatie),
        herkomst.identificatie(str(zaak.pk)),
        ("naam", (zaak.omschrijving or zaak.identificatie)[:LONGEST_NAME]),
        ("aggregatieniveau", _begrip("Dossier", "MDTO begrippenlijst aggregatieniveaus")),
        (
            "classificatie",
            _begrip(zaaktype.omschrijving, "Zaaktypecatalogus", zaaktype.identificatie),
        ),
        ("omschrijving", zaak.toelichting),
        ("dekkingInTijd", _looptijd(zaak)),
        ("taal", "nl"),
        *_events(zaak),
        ("waardering", _waardering(zaak)),
        ("bewaartermijn", _bewaartermijn(zaak)),
        ("informatiecategorie", _categorie(zaak)),
        *(
            herkomst.verwijzing("bevatOnderdeel", each.titel, each.identificatie)
            for each in documenten
        ),
        herkomst.archiefvormer(),
        *_betrokkenen(zaak),
        ("activiteit", [("verwijzingNaam", zaaktype.omschrijving[:LONGEST_NAME])]),
        _beperking(zaak.vertrouwelijkheidaanduiding),
    ]
    return _document("informatieobject", parts)


def archiefstuk(document: Any, zaak: Any, herkomst: Herkomst) -> bytes:
    """Return the XML of one document of a zaak."""
    omschrijving = document.informatieobjecttype.omschrijving
    parts: list[Part] = [
        herkomst.identificatie(document.identificatie),
        herkomst.identificatie(str(document.pk)),
        ("naam", document.titel[:LONGEST_NAME]),
        ("aggregatieniveau", _begrip("Archiefstuk", "MDTO begrippenlijst aggregatieniveaus")),
        ("classificatie", _begrip(omschrijving, "Informatieobjecttypen")),
        *(("trefwoord", each) for each in document.trefwoorden),
        ("omschrijving", document.beschrijving),
        ("taal", document.taal),
        ("event", _event("Creatie", str(document.creatiedatum))),
        ("waardering", _waardering(zaak)),
        ("bewaartermijn", _bewaartermijn(zaak)),
        herkomst.verwijzing(
            "isOnderdeelVan", zaak.omschrijving or zaak.identificatie, zaak.identificatie
        ),
        herkomst.verwijzing("heeftRepresentatie", bestandsnaam(document), f"{document.pk}-bestand"),
        herkomst.archiefvormer(),
        _betrokkene("auteur", document.auteur),
        _beperking(document.vertrouwelijkheidaanduiding),
    ]
    return _document("informatieobject", parts)


def bestand(document: Any, herkomst: Herkomst) -> bytes:
    """Return the XML of the file of a document."""
    inhoud = document.inhoud
    formaat = document.formaat or inhoud["type"] or "application/octet-stream"
    parts: list[Part] = [
        herkomst.identificatie(f"{document.pk}-bestand"),
        ("naam", bestandsnaam(document)),
        ("omvang", inhoud["omvang"]),
        ("bestandsformaat", _begrip(formaat, "IANA Media types")),
        (
            "checksum",
            [
                ("checksumAlgoritme", _begrip("SHA-256", "MDTO begrippenlijst algoritmes")),
                ("checksumWaarde", inhoud["sha256"]),
                ("checksumDatum", f"{today()}T00:00:00"),
            ],
        ),
        herkomst.verwijzing("isRepresentatieVan", document.titel, document.identificatie),
    ]
    return _document("bestand", parts)


def bestandsnaam(document: Any) -> str:
    """Return the name of the file of a document, without what leads out of a folder."""
    name = document.bestandsnaam.replace("\\", "/").rsplit("/", 1)[-1].lstrip(".")
    safe = "".join(sign if sign.isprintable() else "_" for sign in name).strip()
    return safe[-LONGEST_NAME:] or f"{document.identificatie}.bin"


def _kenmerk(kenmerk: str, bron: str) -> list[Part]:
    return [("identificatieKenmerk", kenmerk), ("identificatieBron", bron)]


def _begrip(label: str, lijst: str, code: str = "") -> list[Part]:
    return [
        ("begripLabel", label),
        ("begripCode", code),
        ("begripBegrippenlijst", [("verwijzingNaam", lijst)]),
    ]


def _looptijd(zaak: Any) -> list[Part]:
    return [
        ("dekkingInTijdType", _begrip("Behandeling van de zaak", "Loket")),
        ("dekkingInTijdBegindatum", str(zaak.startdatum)),
        ("dekkingInTijdEinddatum", str(zaak.einddatum) if zaak.einddatum else None),
    ]


def _events(zaak: Any) -> Iterator[Part]:
    for status in zaak.statussen.select_related("statustype").order_by("datum_status_gezet", "id"):
        moment = status.datum_status_gezet.isoformat(timespec="seconds")
        resultaat = status.statustoelichting
        yield (
            "event",
            [*_event(status.statustype.omschrijving, moment), ("eventResultaat", resultaat)],
        )
    for resultaat in zaak.resultaten.select_related("resultaattype"):
        naam = resultaat.resultaattype.omschrijving
        yield "event", [*_event("Resultaat", str(zaak.einddatum or "")), ("eventResultaat", naam)]


def _event(soort: str, tijd: str) -> list[Part]:
    return [("eventType", _begrip(soort, "Loket")), ("eventTijd", tijd)]


def _waardering(zaak: Any) -> list[Part]:
    label, code = _WAARDERING.get(zaak.archiefnominatie, ("Nog niet bepaald", ""))
    return _begrip(label, "MDTO begrippenlijst waarderingen", code)


def _bewaartermijn(zaak: Any) -> list[Part] | None:
    if zaak.archiefactiedatum is None:
        return None
    resultaat = zaak.resultaten.select_related("resultaattype").first()
    start = zaak.startdatum_bewaartermijn
    return [
        ("termijnStartdatumLooptijd", str(start) if start else None),
        ("termijnLooptijd", resultaat.resultaattype.archiefactietermijn if resultaat else None),
        ("termijnEinddatum", str(zaak.archiefactiedatum)),
    ]


def _categorie(zaak: Any) -> list[Part] | None:
    resultaat = zaak.resultaten.select_related("resultaattype").first()
    klasse = zaak.selectielijstklasse or (resultaat and resultaat.resultaattype.selectielijstklasse)
    return (
        _begrip(klasse, "Selectielijst gemeenten en intergemeentelijke organen") if klasse else None
    )


def _betrokkenen(zaak: Any) -> Iterator[Part]:
    for rol in zaak.rollen.select_related("roltype").order_by("id"):
        yield _betrokkene(rol.roltype.omschrijving, _naam(rol))


def _betrokkene(relatie: str, naam: str) -> Part:
    return "betrokkene", [
        ("betrokkeneTypeRelatie", _begrip(relatie, "Loket")),
        ("betrokkeneActor", [("verwijzingNaam", naam[:LONGEST_NAME] or "onbekend")]),
    ]


def _naam(rol: Any) -> str:
    """Return what somebody in a rol is called, as far as the zaak knows."""
    known = rol.betrokkene_identificatie or {}
    if rol.afwijkende_naam_betrokkene:
        return str(rol.afwijkende_naam_betrokkene)
    person = (known.get("voornamen"), known.get("voorvoegselGeslachtsnaam"))
    pieces = [*person, known.get("geslachtsnaam") or known.get("achternaam")]
    named = " ".join(piece for piece in pieces if piece)
    return named or known.get("statutaireNaam") or known.get("naam") or _soort(rol)


def _soort(rol: Any) -> str:
    return str(BetrokkeneType(rol.betrokkene_type).label)


def _beperking(rank: int) -> Part:
    level = Vertrouwelijkheidaanduiding.values[rank]
    label = str(Vertrouwelijkheidaanduiding(level).label)
    return "beperkingGebruik", [
        ("beperkingGebruikType", _begrip(label, "ZGW vertrouwelijkheidaanduiding", level))
    ]


def _document(kind: str, parts: Sequence[Part]) -> bytes:
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(f"{{{NAMESPACE}}}MDTO")
    _fill(ET.SubElement(root, f"{{{NAMESPACE}}}{kind}"), parts)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="UTF-8", xml_declaration=True))


def _fill(element: ET.Element, parts: Sequence[Part]) -> None:
    for name, value in parts:
        if value is None or value in ("", []):
            continue
        inside = ET.SubElement(element, f"{{{NAMESPACE}}}{name}")
        if isinstance(value, (str, int)):
            inside.text = "".join(
                sign for sign in str(value) if sign.isprintable() or sign in "\n\t"
            )
        else:
            _fill(inside, value)
