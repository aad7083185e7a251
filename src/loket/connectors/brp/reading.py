"""From the BRP's words to ours; whatever cannot be understood is a ValueError."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.asking.reading import listed, named, text
from loket.connectors.brp.values import Adres, Datum, Deel, Gerelateerde, Persoon, Verblijf

if TYPE_CHECKING:
    from loket.connectors.asking.reading import Told

_VERBLIJF: Final = {
    "Adres": Verblijf.NEDERLAND,
    "Locatie": Verblijf.NEDERLAND,
    "VerblijfplaatsBuitenland": Verblijf.BUITENLAND,
    "VerblijfplaatsOnbekend": Verblijf.ONBEKEND,
}
_HERE: Final = "6030"
"""The Netherlands, in the national table of countries."""

_PLACES: Final = {
    "naam": Deel.NAAM,
    "geboorte": Deel.GEBOORTE,
    "verblijfplaats": Deel.ADRES,
    "overlijden": Deel.OVERLIJDEN,
}
"""Which part of ours a group of theirs is, where it says what is being looked into."""


def persoon(told: Told) -> Persoon | None:
    """Read the one person of an answer, or None of an empty one."""
    found = listed(told["personen"]) if "personen" in told else None
    if found is None:
        raise ValueError("There are no persons.")
    if len(found) > 1:
        raise ValueError("There is more than one person by one number.")
    return _persoon(named(found[0])) if found else None


def _persoon(told: Told) -> Persoon:
    naam, adressering = named(told.get("naam")), named(told.get("adressering"))
    geboorte = named(told.get("geboorte"))
    return Persoon(
        naam=text(naam, "volledigeNaam"),
        aanschrijfnaam=text(named(adressering.get("aanschrijfwijze")), "naam"),
        aanhef=text(adressering, "aanhef"),
        geboren=_datum(geboorte.get("datum")),
        geboorteplaats=_waarde(geboorte.get("plaats")),
        geboorteland=_waarde(geboorte.get("land")),
        adres=_adres(adressering, named(told.get("verblijfplaats"))),
        overleden=_datum(named(told.get("overlijden")).get("datum")),
        geheim=told.get("geheimhoudingPersoonsgegevens") is True,
        in_onderzoek=_in_onderzoek(told, adressering),
        opgeschort=_waarde(named(told.get("opschortingBijhouding")).get("reden")),
        partners=tuple(map(_gerelateerde, listed(told.get("partners")))),
        kinderen=tuple(map(_gerelateerde, listed(told.get("kinderen")))),
    )


def _adres(adressering: Told, verblijfplaats: Told) -> Adres | None:
    """Read where somebody lives: the lines from one group, of which kind it is from another."""
    names = ("adresregel1", "adresregel2", "adresregel3")
    regels = tuple(line for line in (text(adressering, name) for name in names) if line)
    land = named(adressering.get("land"))
    abroad = bool(land) and text(land, "code") != _HERE
    verblijf = _VERBLIJF.get(text(verblijfplaats, "type"))
    if verblijf is None and not (regels or abroad):
        return None
    return Adres(
        verblijf=verblijf or (Verblijf.BUITENLAND if abroad else Verblijf.NEDERLAND),
        regels=regels,
        land=text(land, "omschrijving") if abroad else "",
        sinds=_datum(verblijfplaats.get("datumVan")),
        woont_er_niet=adressering.get("indicatieVastgesteldVerblijftNietOpAdres") is True,
    )


def _in_onderzoek(told: Told, adressering: Told) -> frozenset[Deel]:
    """Tell which parts are looked into; a group that says so holds what, and since when."""
    found = {deel for name, deel in _PLACES.items() if named(named(told.get(name)).get(_LOOKED))}
    looked = named(adressering.get(_LOOKED))
    if any(looked.get(name) is True for name in ("adresregel1", "adresregel2", "land")):
        found.add(Deel.ADRES)
    if any(looked.get(name) is True for name in ("aanhef", "aanschrijfwijze")):
        found.add(Deel.NAAM)
    return frozenset(found)


_LOOKED: Final = "inOnderzoek"


def _gerelateerde(told: Any) -> Gerelateerde:
    fields = named(told)
    return Gerelateerde(
        naam=_volledige_naam(named(fields.get("naam"))),
        geboren=_datum(named(fields.get("geboorte")).get("datum")),
        verbintenis=_waarde(fields.get("soortVerbintenis")),
    )


def _volledige_naam(told: Told) -> str:
    parts = ("voornamen", "voorvoegsel", "geslachtsnaam")
    return " ".join(filter(None, (text(told, part) for part in parts)))


def _datum(told: Any) -> Datum | None:
    """Read a date of any of the four kinds."""
    fields = named(told)
    if not fields:
        return None
    day = text(fields, "datum") if text(fields, "type") == "Datum" else ""
    return Datum(text(fields, "langFormaat"), date.fromisoformat(day) if day else None)


def _waarde(told: Any) -> str:
    """Read a value of a table: what it is called, or else its code."""
    fields = named(told)
    return text(fields, "omschrijving") or text(fields, "code")
