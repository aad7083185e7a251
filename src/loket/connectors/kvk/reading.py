"""From KVK's words to ours; whatever cannot be understood is a ValueError."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.asking.reading import listed, named, number, text
from loket.connectors.kvk.values import (
    Activiteit,
    Adres,
    Naamgeving,
    Onderneming,
    Treffer,
    Vestiging,
    Zoekresultaat,
)

if TYPE_CHECKING:
    from datetime import date

    from loket.connectors.asking.reading import Told

_YES: Final = "ja"


def onderneming(told: Told) -> Onderneming:
    """Read a basisprofiel."""
    inside = named(told.get("_embedded"))
    eigenaar, hoofd = named(inside.get("eigenaar")), named(inside.get("hoofdvestiging"))
    begonnen, geeindigd = _looptijd(told)
    return Onderneming(
        kvk_nummer=_nummer(told, "kvkNummer"),
        naam=text(told, "naam"),
        statutaire_naam=text(told, "statutaireNaam"),
        handelsnamen=_namen(told),
        rechtsvorm=text(eigenaar, "uitgebreideRechtsvorm") or text(eigenaar, "rechtsvorm"),
        rsin=text(eigenaar, "rsin"),
        begonnen=begonnen,
        geeindigd=geeindigd,
        adressen=_adressen(hoofd) or _adressen(eigenaar),
        activiteiten=_activiteiten(told),
        hoofdvestiging=vestiging(hoofd) if hoofd else None,
    )


def vestiging(told: Told) -> Vestiging:
    """Read a vestigingsprofiel, or a vestiging inside something else."""
    begonnen, geeindigd = _looptijd(told)
    return Vestiging(
        nummer=_nummer(told, "vestigingsnummer"),
        kvk_nummer=text(told, "kvkNummer"),
        naam=text(told, "eersteHandelsnaam") or text(told, "naam"),
        handelsnamen=_namen(told),
        hoofd=_yes(told, "indHoofdvestiging"),
        begonnen=begonnen,
        geeindigd=geeindigd,
        adressen=_adressen(told),
        activiteiten=_activiteiten(told),
        websites=tuple(each for each in listed(told.get("websites")) if isinstance(each, str)),
    )


def vestigingen(told: Told) -> tuple[Vestiging, ...]:
    """Read a list of vestigingen, which holds the address of each in one line."""
    return tuple(map(_kort, listed(told.get("vestigingen"))))


def naamgeving(told: Told) -> Naamgeving:
    """Read the names of a company."""
    return Naamgeving(
        kvk_nummer=_nummer(told, "kvkNummer"),
        naam=text(told, "naam"),
        statutaire_naam=text(told, "statutaireNaam"),
        ook_genoemd=text(told, "ookGenoemd"),
        vestigingen=tuple(vestiging(named(each)) for each in listed(told.get("vestigingen"))),
    )


def zoekresultaat(told: Told) -> Zoekresultaat:
    """Read a page of what was found."""
    return Zoekresultaat(
        int(number(told, "totaal") or 0), tuple(map(_treffer, listed(told.get("resultaten"))))
    )


def _treffer(told: Any) -> Treffer:
    fields = named(told)
    adres = named(fields.get("adres"))
    place = named(adres.get("binnenlandsAdres")) or named(adres.get("buitenlandsAdres"))
    return Treffer(
        kvk_nummer=_nummer(fields, "kvkNummer"),
        naam=text(fields, "naam"),
        soort=text(fields, "type"),
        vestigingsnummer=text(fields, "vestigingsnummer"),
        rsin=text(fields, "rsin"),
        regels=_regels(place),
        actief=text(fields, "actief").casefold() != "nee",
    )


def _kort(told: Any) -> Vestiging:
    fields = named(told)
    line = text(fields, "volledigAdres")
    shielded = _yes(fields, "indAdresAfgeschermd")
    found = (Adres("bezoekadres", (line,) if line else (), shielded),) if line or shielded else ()
    return Vestiging(
        nummer=_nummer(fields, "vestigingsnummer"),
        kvk_nummer=text(fields, "kvkNummer"),
        naam=text(fields, "eersteHandelsnaam"),
        hoofd=_yes(fields, "indHoofdvestiging"),
        adressen=found,
    )


def _adressen(told: Told) -> tuple[Adres, ...]:
    return tuple(
        Adres(text(each, "type"), _regels(each), _yes(each, "indAfgeschermd"))
        for each in map(named, listed(told.get("adressen")))
    )


def _regels(told: Told) -> tuple[str, ...]:
    """Return the lines of an address: street, place, and the country where it is not ours."""
    if text(told, "straatHuisnummer"):
        lines = [text(told, "straatHuisnummer"), text(told, "postcodeWoonplaats")]
    else:
        lines = [_straat(told), f"{_postcode(told)} {text(told, 'plaats')}".strip()]
    land = text(told, "land")
    lines += [text(told, "toevoegingAdres"), "" if land.casefold() == "nederland" else land]
    found = tuple(line for line in lines if line)
    whole = text(told, "volledigAdres")
    return found or ((whole,) if whole else ())


def _postcode(told: Told) -> str:
    """Return a postcode as it stands on an envelope."""
    code = text(told, "postcode")
    return f"{code[:4]} {code[4:].strip()}" if code[:4].isdigit() else code


def _straat(told: Told) -> str:
    box = number(told, "postbusnummer")
    if box:
        return f"Postbus {box}"
    tail = text(told, "huisletter") + text(told, "huisnummerToevoeging")
    return f"{text(told, 'straatnaam')} {number(told, 'huisnummer')}{tail}".strip()


def _activiteiten(told: Told) -> tuple[Activiteit, ...]:
    return tuple(
        Activiteit(
            text(each, "sbiCode"), text(each, "sbiOmschrijving"), _yes(each, "indHoofdactiviteit")
        )
        for each in map(named, listed(told.get("sbiActiviteiten")))
    )


def _namen(told: Told) -> tuple[str, ...]:
    """Return the trade names in their order."""
    found = [named(each) for each in listed(told.get("handelsnamen"))]
    found.sort(key=lambda each: int(number(each, "volgorde") or 0))
    return tuple(text(each, "naam") for each in found)


def _looptijd(told: Told) -> tuple[date | None, date | None]:
    life = named(told.get("materieleRegistratie"))
    return _dag(text(life, "datumAanvang")), _dag(text(life, "datumEinde"))


def _dag(written: str) -> date | None:
    """Read a day, `JJJJMMDD`; one of which a part is unknown has zeros there, and is none."""
    if not written or written[4:6] == "00" or written[6:8] == "00":
        return None
    return datetime.strptime(written, "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone


def _nummer(told: Told, name: str) -> str:
    found = text(told, name)
    if not found:
        raise ValueError(f"There is no {name}.")
    return found


def _yes(told: Told, name: str) -> bool:
    return text(told, name).casefold() == _YES
