"""Persons as the API writes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from loket.kernel import clock

if TYPE_CHECKING:
    from loket.simulators.brp.people import Mens, Naam, Verwant

Json = dict[str, Any]

_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
_GENDERS: Final = {"M": "man", "V": "vrouw", "O": "onbekend"}
_GREETINGS: Final = {"M": "Geachte heer", "V": "Geachte mevrouw"}
_FORMS: Final = {"M": "de heer", "V": "mevrouw"}
_BONDS: Final = {"huwelijk": "H", "geregistreerd partnerschap": "P"}
_LOOKED_SINCE: Final = "2026-09-01"

AUTOMATIC: Final = ("geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie")
"""What is told without being asked for."""


def person(mens: Mens) -> Json:
    """Return all that is known of somebody; what is not known is left out."""
    naam = mens.naam
    told: Json = {
        "burgerservicenummer": mens.bsn,
        "geslacht": {"code": mens.geslacht, "omschrijving": _GENDERS[mens.geslacht]},
        "leeftijd": _age(mens),
        "naam": _naam(naam) | {"volledigeNaam": f"{naam.voornamen} {naam.achternaam}".strip()},
        "geboorte": _geboorte(mens),
        "adressering": _adressering(mens),
        "verblijfplaats": _verblijfplaats(mens),
        "kinderen": [_verwant(each) for each in mens.kinderen],
        "partners": [_verwant(mens.partner)] if mens.partner else [],
    }
    if mens.overleden:
        told["overlijden"] = {"datum": day(mens.overleden)}
        reden = {"code": "O", "omschrijving": "overlijden"}
        told["opschortingBijhouding"] = {"reden": reden, "datum": day(mens.overleden)}
    elif not mens.adres:
        reden = {"code": "E", "omschrijving": "emigratie"}
        told["opschortingBijhouding"] = {"reden": reden, "datum": day(mens.sinds)}
    if mens.geheim:
        told["geheimhoudingPersoonsgegevens"] = True
    for group, names in mens.onderzoek.items():
        since = "datumIngangOnderzoek"
        since += "Verblijfplaats" if group == "adressering" else ""
        told[group]["inOnderzoek"] = dict.fromkeys(names, True) | {since: day(_LOOKED_SINCE)}
    return {name: value for name, value in told.items() if value not in ([], None)}


def day(written: str) -> Json:
    """Return a date of one of the four kinds, by how much of it is known."""
    parts = [int(part) for part in written.split("-") if part]
    if not parts:
        return {"type": "DatumOnbekend", "onbekend": True, "langFormaat": "onbekend"}
    if len(parts) == 1:
        return {"type": "JaarDatum", "jaar": parts[0], "langFormaat": str(parts[0])}
    words = f"{_MONTHS[parts[1] - 1]} {parts[0]}"
    if len(parts) == 2:
        kind = "JaarMaandDatum"
        return {"type": kind, "jaar": parts[0], "maand": parts[1], "langFormaat": words}
    return {"type": "Datum", "datum": written, "langFormaat": f"{parts[2]} {words}"}


def _naam(naam: Naam) -> Json:
    told = {
        "voornamen": naam.voornamen,
        "voorvoegsel": naam.voorvoegsel,
        "geslachtsnaam": naam.geslachtsnaam,
        "voorletters": naam.voorletters,
    }
    return {name: value for name, value in told.items() if value}


def _geboorte(mens: Mens) -> Json:
    code, land = mens.geboorteland
    told = {"datum": day(mens.geboren), "land": {"code": code, "omschrijving": land}}
    if mens.geboorteplaats:
        told["plaats"] = {"omschrijving": mens.geboorteplaats}
    return told


def _adressering(mens: Mens) -> Json:
    naam = mens.naam
    written = naam.achternaam[0].upper() + naam.achternaam[1:]
    told: Json = {
        "aanhef": f"{_GREETINGS.get(mens.geslacht, 'Geachte')} {written}",
        "aanschrijfwijze": {"naam": f"{naam.voorletters} {naam.achternaam}"},
        "gebruikInLopendeTekst": f"{_FORMS.get(mens.geslacht, '')} {written}".strip(),
    }
    if mens.adres:
        at = mens.adres
        told["adresregel1"] = f"{at['straat']} {at['huisnummer']}"
        told["adresregel2"] = f"{at['postcode']} {at['woonplaats']}"
    elif mens.buitenland:
        there = mens.buitenland
        told |= {f"adres{name}": there[name] for name in _LINES if there.get(name)}
        told["land"] = {"code": there["code"], "omschrijving": there["land"]}
    if mens.woont_er_niet:
        told["indicatieVastgesteldVerblijftNietOpAdres"] = True
    return told


_LINES: Final = ("regel1", "regel2", "regel3")


def _verblijfplaats(mens: Mens) -> Json:
    since = {"datumVan": day(mens.sinds)}
    if mens.adres:
        at = mens.adres
        place = {
            "officieleStraatnaam": at["straat"],
            "korteStraatnaam": at["straat"],
            "huisnummer": at["huisnummer"],
            "postcode": at["postcode"].replace(" ", ""),
            "woonplaats": at["woonplaats"],
        }
        kind = {"code": "W", "omschrijving": "woonadres"}
        told: Json = {"type": "Adres", "verblijfadres": place, "functieAdres": kind} | since
        if mens.woont_er_niet:
            told["indicatieVastgesteldVerblijftNietOpAdres"] = True
        return told
    if mens.buitenland:
        there = mens.buitenland
        abroad: Json = {name: there[name] for name in _LINES if there.get(name)}
        abroad["land"] = {"code": there["code"], "omschrijving": there["land"]}
        return {"type": "VerblijfplaatsBuitenland", "verblijfadres": abroad} | since
    return {"type": "VerblijfplaatsOnbekend"} | since


def _verwant(verwant: Verwant) -> Json:
    told: Json = {"naam": _naam(verwant.naam), "geboorte": {"datum": day(verwant.geboren)}}
    if verwant.verbintenis:
        code = _BONDS[verwant.verbintenis]
        told["soortVerbintenis"] = {"code": code, "omschrijving": verwant.verbintenis}
    return told


def _age(mens: Mens) -> int | None:
    """Return the age of somebody who lives, and of whom the day of birth is known."""
    if mens.overleden or mens.geboren.count("-") < 2:
        return None
    born, today = date.fromisoformat(mens.geboren), clock.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))
