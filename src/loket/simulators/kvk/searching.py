"""Searching: what may be asked, and what is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from loket.simulators.kvk.faults import Refused, wrong
from loket.simulators.kvk.shapes import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import MultiDict

    from loket.simulators.kvk.companies import Bedrijf

Json = dict[str, Any]

KINDS: Final = frozenset({"hoofdvestiging", "nevenvestiging", "rechtspersoon"})
MOST_PAGES: Final = 1000
MOST_ON_A_PAGE: Final = 100

_FORMS: Final = {
    "kvkNummer": r"[0-9]{8}",
    "rsin": r"[0-9]{9}",
    "vestigingsnummer": r"[0-9]{12}",
    "naam": r".+",
    "straatnaam": r".+",
    "plaats": r".+",
    "postcode": r"[0-9]{4}[a-zA-Z]{2}",
    "huisnummer": r"[0-9]+",
    "huisletter": r"[a-zA-Z]",
    "postbusnummer": r"[0-9]+",
    "type": "|".join(sorted(KINDS)),
    "inclusiefInactieveRegistraties": r"true|false",
    "pagina": r"[0-9]{1,4}",
    "resultatenPerPagina": r"[0-9]{1,3}",
}
_BY: Final = ("kvkNummer", "rsin", "vestigingsnummer")


def search(companies: Mapping[str, Bedrijf], asked: MultiDict[str, str], url: str) -> Json:
    """Return the page that is asked for; Refused, also when there is nothing."""
    _check(asked)
    ended = asked.get("inclusiefInactieveRegistraties") == "true"
    known = (each for each in companies.values() if ended or not each.beeindigd)
    found = [line for each in known for line in lines(each) if _matches(line, asked)]
    page, size = int(asked.get("pagina", 1)), int(asked.get("resultatenPerPagina", 10))
    shown = found[(page - 1) * size : page * size]
    if not shown:
        raise Refused(404, "IPD5200", "Er zijn geen resultaten gevonden.")
    told: Json = {"pagina": page, "resultatenPerPagina": size, "totaal": len(found)}
    return told | {"resultaten": shown, "_links": {"self": {"href": url}}}


def _check(asked: MultiDict[str, str]) -> None:
    for name, value in asked.items(multi=True):
        if name not in _FORMS:
            raise wrong(f"De parameter {name} bestaat niet.")
        if not re.fullmatch(_FORMS[name], value, re.ASCII | re.DOTALL):
            raise wrong(f"De waarde van {name} is niet geldig.")
    if not 1 <= int(asked.get("pagina", 1)) <= MOST_PAGES:
        raise wrong("De waarde van pagina is niet geldig.")
    if not 1 <= int(asked.get("resultatenPerPagina", 10)) <= MOST_ON_A_PAGE:
        raise wrong("De waarde van resultatenPerPagina is niet geldig.")
    if "postcode" in asked and not asked.keys() & {"huisnummer", "postbusnummer"}:
        raise wrong("Een postcode kan alleen samen met een huisnummer of postbusnummer.")
    if asked.keys() & {"huisnummer", "postbusnummer"} and "postcode" not in asked:
        raise wrong("Een huisnummer of postbusnummer kan alleen samen met een postcode.")


def _matches(line: Json, asked: MultiDict[str, str]) -> bool:
    at: Json = next(iter(line.get("adres", {}).values()), {})
    kinds = asked.getlist("type")
    same = (line.get(name) == asked[name] for name in _BY if name in asked)
    words = [("naam", line), ("straatnaam", at), ("plaats", at)]
    holds = (_holds(held, name, asked) for name, held in words if name in asked)
    exact = (_is(at, name, asked) for name in ("postcode", "huisnummer") if name in asked)
    return (not kinds or line["type"] in kinds) and all((*same, *holds, *exact))


def _holds(held: Json, name: str, asked: MultiDict[str, str]) -> bool:
    return asked[name].casefold() in str(held.get(name, "")).casefold()


def _is(at: Json, name: str, asked: MultiDict[str, str]) -> bool:
    return str(at.get(name, "")).replace(" ", "").casefold() == asked[name].casefold()
