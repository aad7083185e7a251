"""What is wrong with a question: all of it at once, as the API tells it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

RAADPLEEG: Final = "RaadpleegMetBurgerservicenummer"
MOST_NUMBERS: Final = 20
MOST_FIELDS: Final = 130

_NUMBER: Final = re.compile(r"[0-9]{9}", re.ASCII)
_FIELD: Final = re.compile(r"[a-zA-Z0-9._]{1,200}", re.ASCII)
_ASKED: Final = {"type", "fields", "burgerservicenummer", "gemeenteVanInschrijving"}
_DATE: Final = (
    "datum",
    "datum.datum",
    "datum.jaar",
    "datum.langFormaat",
    "datum.maand",
    "datum.type",
)
_PLACE: Final = ("land", "land.code", "land.omschrijving", "plaats", "plaats.code",
                 "plaats.omschrijving")  # fmt: skip
_NAME: Final = ("voornamen", "voorvoegsel", "geslachtsnaam", "voorletters")
_GROUPS: Final = {
    "": ("burgerservicenummer", "geslacht", "geslacht.code", "geslacht.omschrijving", "leeftijd",
         "adressering", "geboorte", "kinderen", "naam", "overlijden", "partners",
         "verblijfplaats"),
    "naam.": (*_NAME, "volledigeNaam"),
    "geboorte.": (*_DATE, *_PLACE),
    "adressering.": (
        "aanhef", "aanschrijfwijze", "aanschrijfwijze.naam", "aanschrijfwijze.aanspreekvorm",
        "gebruikInLopendeTekst", "adresregel1", "adresregel2", "adresregel3", "land", "land.code",
        "land.omschrijving", "indicatieVastgesteldVerblijftNietOpAdres",
    ),
    "overlijden.": (*_DATE, *_PLACE),
    "verblijfplaats.": (
        "type", "datumVan", "functieAdres", "verblijfadres", "verblijfadres.officieleStraatnaam",
        "verblijfadres.korteStraatnaam", "verblijfadres.huisnummer", "verblijfadres.postcode",
        "verblijfadres.woonplaats", "verblijfadres.regel1", "verblijfadres.regel2",
        "verblijfadres.regel3", "verblijfadres.land", "indicatieVastgesteldVerblijftNietOpAdres",
    ),
    "partners.": ("naam", *(f"naam.{each}" for each in _NAME), "geboorte", "soortVerbintenis",
                  "soortVerbintenis.code", "soortVerbintenis.omschrijving"),
    "kinderen.": ("naam", *(f"naam.{each}" for each in _NAME), "geboorte"),
    "partners.geboorte.": _DATE,
    "kinderen.geboorte.": _DATE,
}  # fmt: skip
FIELDS: Final = frozenset(f"{group}{name}" for group, names in _GROUPS.items() for name in names)
"""The paths that exist here: those of the persons that are played, not all of the BRP's."""


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, with the parameter where it stands."""

    name: str
    code: str
    reason: str


class Refused(Exception):
    """The answer to a question that is not granted."""

    def __init__(self, status: int, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(status)
        self.status = status
        self.faults = faults

    def as_json(self, instance: str) -> dict[str, Any]:
        """Return the problem as the API writes it."""
        title, code = _TITLES.get(self.status, ("Interne server fout.", "serverError"))
        told: dict[str, Any] = {
            "type": "https://datatracker.ietf.org/doc/html/rfc7231",
            "title": title,
            "status": self.status,
            "instance": instance,
            "code": code,
        }
        if self.faults:
            names = ", ".join(each.name for each in self.faults)
            told["detail"] = f"De foutieve parameters zijn {names}."
            told["invalidParams"] = [
                {"name": each.name, "code": each.code, "reason": each.reason}
                for each in self.faults
            ]
        return told


_TITLES: Final[dict[int, tuple[str, str]]] = {
    HTTPStatus.BAD_REQUEST: ("Een of meerdere parameters zijn niet correct.", "paramsValidation"),
    HTTPStatus.UNAUTHORIZED: ("Niet correct geauthenticeerd.", "authentication"),
    HTTPStatus.FORBIDDEN: ("U bent niet geautoriseerd voor deze operatie.", "autorisation"),
    HTTPStatus.NOT_ACCEPTABLE: ("Gevraagde contenttype wordt niet ondersteund.", "notAcceptable"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("Contenttype wordt niet ondersteund.", "unsupported"),
    HTTPStatus.TOO_MANY_REQUESTS: ("Te veel verzoeken.", "tooManyRequests"),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        "Bronservice BRP is tijdelijk niet beschikbaar.",
        "notAvailable",
    ),
}


@dataclass(frozen=True)
class Question:
    """A question as it should be: by which numbers, and what of them."""

    numbers: tuple[str, ...] = field(repr=False)
    fields: tuple[str, ...]


def check(told: Any) -> Question:
    """Read the question by number, the only kind that is played here; Refused."""
    if not isinstance(told, dict):
        raise Refused(HTTPStatus.BAD_REQUEST)
    found = tuple(_faults(told))  # pyright: ignore[reportUnknownArgumentType] - read from JSON
    if found:
        raise Refused(HTTPStatus.BAD_REQUEST, found)
    return Question(tuple(told["burgerservicenummer"]), tuple(told["fields"]))


def _faults(told: dict[str, Any]) -> Iterator[Fault]:
    if told.get("type") != RAADPLEEG:
        code = "value" if "type" in told else "required"
        yield Fault("type", code, "Waarde is geen geldig zoek type.")
    for name in sorted(told.keys() - _ASKED):
        yield Fault(name[:30], "unknownParam", "Parameter is niet verwacht.")
    yield from _list_faults(told, "fields", MOST_FIELDS)
    yield from _list_faults(told, "burgerservicenummer", MOST_NUMBERS)


def _list_faults(told: dict[str, Any], name: str, most: int) -> Iterator[Fault]:
    value = told.get(name)
    if value is None:
        yield Fault(name, "required", "Parameter is verplicht.")
    elif not isinstance(value, list):
        yield Fault(name, "array", "Parameter is geen array.")
    elif not value:
        yield Fault(name, "minItems", "Array bevat minder dan 1 items.")
    elif len(value) > most:  # pyright: ignore[reportUnknownArgumentType] - read from JSON
        yield Fault(name, "maxItems", f"Array bevat meer dan {most} items.")
    elif not all(isinstance(each, str) for each in value):
        yield Fault(name, "string", "Waarde is geen string.")
    elif name == "fields":
        yield from _field_faults(value)
    elif not all(_NUMBER.fullmatch(each) for each in value):
        yield Fault(name, "pattern", "Waarde voldoet niet aan het patroon.")


def _field_faults(paths: list[str]) -> Iterator[Fault]:
    if not all(_FIELD.fullmatch(path) for path in paths):
        yield Fault("fields", "pattern", "Waarde voldoet niet aan het patroon.")
    elif not FIELDS.issuperset(paths):
        yield Fault("fields", "fields", "Parameter bevat een niet bestaande veldnaam.")
