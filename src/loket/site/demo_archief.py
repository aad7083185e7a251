"""What the demo municipality has lying since long: zaken to destroy, and one to keep for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.registers.catalogi.gereedheid import publication
from loket.registers.catalogi.resultaattype import resultaattypen
from loket.registers.catalogi.roltype import roltypen
from loket.registers.catalogi.statustype import statustypen
from loket.registers.catalogi.zaaktype import zaaktypen
from loket.registers.zaken.resultaat import resultaten
from loket.registers.zaken.status import statussen
from loket.registers.zaken.zaak import zaken

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

_LIJST = f"{HOUSE}/selectielijst/api/v1"
_TOESTEMMING = f"{_LIJST}/procestypen/035d5ce8-d4f8-4f23-a386-fe2ea136d9e3"
_NAMEN = f"{_LIJST}/resultaattypeomschrijvingen"
_KLASSEN = f"{_LIJST}/resultaten"
_VERLEEND = f"{_NAMEN}/f7d2dc14-1b71-4179-aed3-4e7abcfbeb0d"
_GEWEIGERD = f"{_NAMEN}/1f750958-431c-4916-bc01-af5d3a753b41"
_AFGEHANDELD = {"brondatumArchiefprocedure": {"afleidingswijze": "afgehandeld"}}
_RESULTAATTYPEN = (
    {
        "omschrijving": "Verleend",
        "resultaattypeomschrijving": _VERLEEND,
        "selectielijstklasse": f"{_KLASSEN}/95e4097a-bdc8-46a9-8f86-5be6f42e817b",
        "archiefnominatie": "vernietigen",
        "archiefactietermijn": "P10Y",
    },
    {
        "omschrijving": "Geweigerd",
        "resultaattypeomschrijving": _GEWEIGERD,
        "selectielijstklasse": f"{_KLASSEN}/bcd33d3a-4a34-4143-9569-4d161ea6da6b",
        "archiefnominatie": "vernietigen",
        "archiefactietermijn": "P5Y",
    },
    {
        "omschrijving": "Verleend, bijzonder",
        "resultaattypeomschrijving": _VERLEEND,
        "selectielijstklasse": f"{_KLASSEN}/fffefd71-9891-4e78-b896-b7aa77b9d9ec",
        "archiefnominatie": "blijvend_bewaren",
        "archiefactietermijn": "P20Y",
    },
)
_ZAAKTYPE = {
    "identificatie": "DEMO-TERRAS",
    "omschrijving": "Terrasvergunning",
    "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
    "doel": "Besluiten of een terras er mag staan",
    "aanleiding": "Een aanvraag van een ondernemer",
    "indicatieInternOfExtern": "extern",
    "handelingInitiator": "aanvragen",
    "onderwerp": "Terras",
    "handelingBehandelaar": "behandelen",
    "doorlooptijd": "P56D",
    "opschortingEnAanhoudingMogelijk": False,
    "verlengingMogelijk": False,
    "publicatieIndicatie": False,
    "productenOfDiensten": [],
    "referentieproces": {"naam": "Toestemming verlenen"},
    "verantwoordelijke": "Vergunningen",
    "selectielijstProcestype": _TOESTEMMING,
    "besluittypen": [],
    "gerelateerdeZaaktypen": [],
    "beginGeldigheid": "2010-01-01",
}


@dataclass(frozen=True)
class _Zaak:
    """A zaak of long ago."""

    omschrijving: str
    begin: str
    einde: str
    resultaat: str


_ZAKEN = (
    _Zaak("Terras op de Markt, seizoen 2013", "2013-02-04", "2013-03-18", "Verleend"),
    _Zaak("Terras aan de Haven, seizoen 2014", "2014-01-20", "2014-03-03", "Verleend"),
    _Zaak("Gevelterras in de Kerkstraat", "2018-04-09", "2018-05-28", "Geweigerd"),
    _Zaak("Terras op het Stadhuisplein", "2005-01-10", "2005-03-07", "Verleend, bijzonder"),
)


class _Maker:
    """Makes what the demo has, through the door."""

    def __init__(self, actor: Actor, rsin: str) -> None:
        self.actor = actor
        self.rsin = rsin
        self.call = Call(base=HOUSE, toelichting="demo")

    def make(self, resource: Resource, **body: Any) -> str:
        """Make a record and return its address."""
        made = resource.create(self.actor, body, self.call).record
        return resource.address(made, HOUSE)

    def zaaktype(self, catalogus: str) -> dict[str, str]:
        """Make a zaaktype and publish it; return the addresses of what a zaak needs."""
        record = zaaktypen.create(
            self.actor, {**_ZAAKTYPE, "catalogus": catalogus}, self.call
        ).record
        url = zaaktypen.address(record, HOUSE)
        of = {"zaaktype": url}
        self.make(statustypen, **of, omschrijving="Ontvangen", volgnummer=1)
        einde = self.make(statustypen, **of, omschrijving="Afgehandeld", volgnummer=2)
        self.make(roltypen, **of, omschrijving="Aanvrager", omschrijvingGeneriek="initiator")
        typen = {"zaaktype": url, "einde": einde}
        for each in _RESULTAATTYPEN:
            naam = str(each["omschrijving"])
            typen[naam] = self.make(resultaattypen, **of, **each, **_AFGEHANDELD)
        publication(zaaktypen).run(self.actor, Call(base=HOUSE, key=record.pk, toelichting="demo"))
        return typen

    def zaak(self, typen: dict[str, str], which: _Zaak) -> None:
        """Make a zaak and close it."""
        url = self.make(
            zaken,
            zaaktype=typen["zaaktype"],
            bronorganisatie=self.rsin,
            verantwoordelijkeOrganisatie=self.rsin,
            startdatum=which.begin,
            omschrijving=which.omschrijving,
        )
        self.make(resultaten, zaak=url, resultaattype=typen[which.resultaat])
        moment = f"{which.einde}T12:00:00Z"
        self.make(statussen, zaak=url, statustype=typen["einde"], datumStatusGezet=moment)


def load(actor: Actor, catalogus: str, rsin: str) -> None:
    """Fill the municipality with zaken that ended long ago."""
    maker = _Maker(actor, rsin)
    typen = maker.zaaktype(catalogus)
    for which in _ZAKEN:
        maker.zaak(typen, which)
