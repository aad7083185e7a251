"""What the demo's citizens and a company find in the portal: zaken, documents, tasks, berichten."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.conf import settings

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.clock import now, today
from loket.registers.berichten.bericht import berichten
from loket.registers.besluiten.besluit import besluiten
from loket.registers.besluiten.besluitinformatieobject import besluitinformatieobjecten
from loket.registers.catalogi.besluittype import besluittypen
from loket.registers.catalogi.gereedheid import publication
from loket.registers.catalogi.informatieobjecttype import informatieobjecttypen
from loket.registers.catalogi.resultaattype import resultaattypen
from loket.registers.catalogi.roltype import roltypen
from loket.registers.catalogi.statustype import statustypen
from loket.registers.catalogi.zaaktype import zaaktypen
from loket.registers.catalogi.zaaktypeinformatieobjecttype import zaaktypeinformatieobjecttypen
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.onderwerpobject import onderwerpobjecten
from loket.registers.klantinteracties.partij import partijen
from loket.registers.klantinteracties.partijidentificator import partij_identificatoren
from loket.registers.taken.externetaak import externetaken
from loket.registers.zaken.resultaat import resultaten
from loket.registers.zaken.rol import rollen
from loket.registers.zaken.status import statussen
from loket.registers.zaken.zaak import zaken
from loket.registers.zaken.zaakinformatieobject import zaakinformatieobjecten
from loket.site import demo_teksten as teksten
from loket.site import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from loket.grammar.resource import Resource
    from loket.kernel.actor import Actor

_TYPEN: Final = (informatieobjecttypen, besluittypen, zaaktypen)


@dataclass(frozen=True)
class Klant:
    """Somebody of the demo: how messages, zaken and contacts name him."""

    urn: str
    rol: dict[str, Any]
    codes: dict[str, str]
    partij: dict[str, Any]
    naam: str
    email: str = ""


def burger(bsn: str, naam: str, email: str) -> Klant:
    """Return one of the demo's citizens."""
    voornaam, _, achternaam = naam.partition(" ")
    return Klant(
        f"urn:nld:brp:bsn:{bsn}",
        {
            "betrokkeneType": "natuurlijk_persoon",
            "betrokkeneIdentificatie": {"inpBsn": bsn, "geslachtsnaam": achternaam},
        },
        _codes("brp", "natuurlijk_persoon", "bsn", bsn),
        {
            "soortPartij": "persoon",
            "partijIdentificatie": {
                "contactnaam": {"voornaam": voornaam, "achternaam": achternaam}
            },
        },
        naam,
        email,
    )


def bedrijf(kvk: str, naam: str) -> Klant:
    """Return one of the demo's companies."""
    return Klant(
        f"urn:nld:hr:kvknummer:{kvk}",
        {
            "betrokkeneType": "niet_natuurlijk_persoon",
            "betrokkeneIdentificatie": {"kvkNummer": kvk, "statutaireNaam": naam},
        },
        _codes("hr", "niet_natuurlijk_persoon", "kvk_nummer", kvk),
        _organisatie(naam),
        naam,
    )


def _organisatie(naam: str) -> dict[str, Any]:
    return {"soortPartij": "organisatie", "partijIdentificatie": {"naam": naam}}


def _codes(register: str, kind: str, number: str, held: str) -> dict[str, str]:
    return {
        "codeRegister": register, "codeObjecttype": kind, "codeSoortObjectId": number,
        "objectId": held,
    }  # fmt: skip


class Maker:
    """Makes what the demo has, through the door."""

    def __init__(self, actor: Actor, catalogus: str, rsin: str) -> None:
        self.actor = actor
        self.catalogus = catalogus
        self.rsin = rsin
        self.typen: dict[str, str] = {}

    def make(self, resource: Resource, **body: Any) -> str:
        """Make a record and return its address."""
        call = Call(base=HOUSE, toelichting="demo")
        made = resource.create(self.actor, body, call).record
        return resource.address(made, HOUSE)

    def inrichten(self) -> None:
        """Make the types that the demo's zaken need, and publish them."""
        of = {"catalogus": self.catalogus}
        for naam in teksten.DOCUMENTEN:
            kind = {**teksten.DOCUMENTTYPE, "omschrijving": naam}
            self.typen[naam] = self.make(informatieobjecttypen, **of, **kind)
        kind = {**teksten.BESLUITTYPE, "informatieobjecttypen": ["Beschikking"]}
        self.typen["besluit"] = self.make(besluittypen, **of, **kind)
        besluit = teksten.BESLUITTYPE["omschrijving"]
        zaaktype = self.make(zaaktypen, **of, **teksten.ZAAKTYPE, besluittypen=[besluit])
        self.typen["zaaktype"] = zaaktype
        self._onderdelen({"zaaktype": zaaktype})
        for resource in _TYPEN:
            for url in self.typen.values():
                if f"/{resource.path}/" in url:
                    _publish(resource, self.actor, url)

    def _onderdelen(self, of: dict[str, str]) -> None:
        for nr, (naam, tekst) in enumerate(teksten.STAPPEN, start=1):
            self.typen[naam] = self.make(
                statustypen, **of, omschrijving=naam, statustekst=tekst, volgnummer=nr
            )
        for generiek, naam in (("initiator", "Aanvrager"), ("behandelaar", "Behandelaar")):
            self.typen[generiek] = self.make(
                roltypen, **of, omschrijving=naam, omschrijvingGeneriek=generiek
            )
        self.typen["Verleend"] = self.make(resultaattypen, **of, **teksten.RESULTAATTYPE)
        for nr, (naam, richting) in enumerate(teksten.DOCUMENTEN.items(), start=1):
            self.make(
                zaaktypeinformatieobjecttypen, **of, informatieobjecttype=naam, volgnummer=nr,
                richting=richting,
            )  # fmt: skip

    def partij(self, klant: Klant) -> dict[str, str]:
        """Let somebody be known, with his e-mail address; return a reference."""
        made, _ = self._bekend(klant.partij, klant.codes)
        if klant.email:
            self.make(
                digitaleadressen, verstrektDoorPartij=made, soortDigitaalAdres="email",
                adres=klant.email, isStandaardAdres=True,
            )  # fmt: skip
        return made

    def bedrijf(self, each: dict[str, Any]) -> tuple[Klant, dict[str, str]]:
        """Let a company be known with its vestigingen; return it with a reference."""
        klant = bedrijf(each["kvk"], each["naam"])
        made, above = self._bekend(klant.partij, klant.codes)
        for branch in each["vestigingen"]:
            codes = _codes("hr", "vestiging", "vestigingsnummer", branch["nummer"])
            self._bekend(_organisatie(branch["naam"]), codes, subIdentificatorVan=above)
        return klant, made

    def _bekend(
        self, partij: dict[str, Any], codes: dict[str, str], **more: Any
    ) -> tuple[dict[str, str], dict[str, str]]:
        """Let somebody be known by a number; return a reference to him and to the number."""
        made = _ref(self.make(partijen, indicatieActief=True, **partij))
        number = self.make(
            partij_identificatoren, identificeerdePartij=made, partijIdentificator=codes, **more
        )
        return made, _ref(number)

    def lopend(self, klant: Klant, partij: dict[str, str]) -> None:
        """Let somebody have a zaak that runs: there is something to do, to read and to remember."""
        zaak = self._zaak(klant, "Parkeervergunning eerste auto", days=12)
        self._status(zaak, "Ontvangen", days=12)
        self._status(zaak, "In behandeling", days=5)
        self._document(zaak, "Aanvraag", teksten.AANVRAAG, days=12, auteur=klant.naam)
        bij = [{"urn": f"urn:nld:loket:zaken:zaak:{_key(zaak)}"}]
        for taak, days in ((teksten.TAAK, 9), (teksten.BETALEN, 14), (teksten.MENING, 30)):
            self.make(
                externetaken, **taak, isToegewezenAan=klant.urn, isGerelateerdAan=bij,
                einddatumHandelingsTermijn=_ago(-days).isoformat(),
            )  # fmt: skip
        self.make(
            berichten, **teksten.BERICHT, ontvanger=klant.urn, isGerelateerdAan=bij,
            mijnOverheidBerichtenbox=False,
        )  # fmt: skip
        self._contact(partij, zaak)

    def afgerond(self, klant: Klant) -> None:
        """Let somebody have a zaak that ended with a besluit."""
        zaak = self._zaak(klant, "Parkeervergunning tweede auto", days=80)
        self._status(zaak, "Ontvangen", days=80)
        document = self._document(zaak, "Beschikking", teksten.BESCHIKKING, days=20)
        besluit = self.make(
            besluiten, besluittype=self.typen["besluit"], zaak=zaak,
            verantwoordelijkeOrganisatie=self.rsin, datum=_ago(21).isoformat(),
            ingangsdatum=_ago(20).isoformat(), verzenddatum=_ago(20).isoformat(),
            uiterlijkeReactiedatum=_ago(-22).isoformat(), toelichting=teksten.BESLUIT,
        )  # fmt: skip
        self.make(besluitinformatieobjecten, besluit=besluit, informatieobject=document)
        self.make(resultaten, zaak=zaak, resultaattype=self.typen["Verleend"])
        self._status(zaak, "Afgehandeld", days=20)

    def _zaak(self, klant: Klant, omschrijving: str, days: int) -> str:
        zaak = self.make(
            zaken, zaaktype=self.typen["zaaktype"], bronorganisatie=self.rsin,
            verantwoordelijkeOrganisatie=self.rsin, omschrijving=omschrijving,
            startdatum=_ago(days).isoformat(), registratiedatum=_ago(days).isoformat(),
            uiterlijkeEinddatumAfdoening=_ago(days - 56).isoformat(),
        )  # fmt: skip
        self.make(
            rollen, zaak=zaak, roltype=self.typen["initiator"], roltoelichting="vraagt aan",
            **klant.rol,
        )  # fmt: skip
        return zaak

    def _status(self, zaak: str, naam: str, days: int) -> None:
        moment = (now() - timedelta(days=days)).isoformat()
        self.make(statussen, zaak=zaak, statustype=self.typen[naam], datumStatusGezet=moment)

    def _document(
        self, zaak: str, naam: str, tekst: str, days: int, auteur: str = "Gemeente Voorbeeld"
    ) -> str:
        content = teksten.pdf(tekst)
        document = self.make(
            enkelvoudiginformatieobjecten, informatieobjecttype=self.typen[naam],
            bronorganisatie=self.rsin, creatiedatum=_ago(days).isoformat(),
            titel=f"{naam} parkeervergunning", auteur=auteur, taal="nld",
            status="definitief", tonenAanInitiator=True, formaat="application/pdf",
            bestandsnaam=f"{naam.lower()}.pdf", bestandsomvang=len(content),
            inhoud=base64.b64encode(content).decode(), indicatieGebruiksrecht=False,
        )  # fmt: skip
        self.make(zaakinformatieobjecten, zaak=zaak, informatieobject=document)
        return document

    def _contact(self, partij: dict[str, str], zaak: str) -> None:
        moment = (now() - timedelta(days=4)).isoformat()
        contact = _ref(self.make(klantcontacten, **teksten.CONTACT, plaatsgevondenOp=moment))
        self.make(
            betrokkenen, hadKlantcontact=contact, wasPartij=partij, rol="klant", initiator=True
        )
        self.make(
            onderwerpobjecten, klantcontact=contact, wasKlantcontact=None,
            onderwerpobjectidentificator=_codes("loket", "zaak", "uuid", _key(zaak)),
        )  # fmt: skip


def load(actor: Actor, catalogus: str, rsin: str) -> None:
    """Give the first people of the demo, and a company, something to find in the portal."""
    maker = Maker(actor, catalogus, rsin)
    maker.inrichten()
    burgers = [
        burger(each["bsn"], each["naam"], each["email"]) for each in _invented("personen")[:3]
    ]
    known = [(each, maker.partij(each)) for each in burgers]
    known.append(maker.bedrijf(_invented("bedrijven")[0]))
    with _scanner():
        for klant, partij in known:
            maker.lopend(klant, partij)
            maker.afgerond(klant)


def _invented(what: str) -> list[dict[str, Any]]:
    """Return the invented people or companies, whom the stand-ins of log-in and registers know."""
    found = resources.files("loket.simulators.demo") / f"{what}.json"
    read: list[dict[str, Any]] = json.loads(found.read_text(encoding="utf-8"))
    return read


@contextmanager
def _scanner() -> Iterator[None]:
    """Scan what the demo has itself: at the scanner that is set, or else at its stand-in."""
    if settings.CLAMD_URL and "LOKET_CLAMD_URL" in os.environ:
        files.connect()
        yield
        return
    before = settings.CLAMD_URL
    command = [sys.executable, "-m", "loket.simulators.clamd", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command, no shell
        try:
            said = process.stdout.readline() if process.stdout else ""
            settings.CLAMD_URL = json.loads(said)["url"]
            files.connect()
            yield
        finally:
            process.terminate()
            settings.CLAMD_URL = before
            files.connect()


def _publish(resource: Resource, actor: Actor, url: str) -> None:
    publication(resource).run(actor, Call(base=HOUSE, key=UUID(_key(url)), toelichting="demo"))


def _key(url: str) -> str:
    return url.rpartition("/")[2]


def _ref(url: str) -> dict[str, str]:
    return {"uuid": _key(url)}


def _ago(days: int) -> date:
    return today() - timedelta(days=days)
