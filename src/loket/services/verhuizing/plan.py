"""What is brought over, in which order: main records, and what belongs to each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from loket.registers.besluiten.besluit import besluiten
from loket.registers.besluiten.besluitinformatieobject import besluitinformatieobjecten
from loket.registers.catalogi.besluittype import besluittypen
from loket.registers.catalogi.catalogus import catalogussen
from loket.registers.catalogi.eigenschap import eigenschappen
from loket.registers.catalogi.informatieobjecttype import informatieobjecttypen
from loket.registers.catalogi.resultaattype import resultaattypen
from loket.registers.catalogi.roltype import roltypen
from loket.registers.catalogi.statustype import statustypen
from loket.registers.catalogi.zaakobjecttype import zaakobjecttypen
from loket.registers.catalogi.zaaktype import zaaktypen
from loket.registers.catalogi.zaaktypeinformatieobjecttype import zaaktypeinformatieobjecttypen
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.documenten.gebruiksrecht import gebruiksrechten
from loket.registers.documenten.objectinformatieobject import objectinformatieobjecten
from loket.registers.documenten.verzending import verzendingen
from loket.registers.zaken.klantcontact import klantcontacten
from loket.registers.zaken.resultaat import resultaten
from loket.registers.zaken.rol import rollen
from loket.registers.zaken.status import statussen
from loket.registers.zaken.substatus import substatussen
from loket.registers.zaken.zaak import zaken
from loket.registers.zaken.zaakbesluit import zaakbesluiten
from loket.registers.zaken.zaakcontactmoment import zaakcontactmomenten
from loket.registers.zaken.zaakeigenschap import zaakeigenschappen
from loket.registers.zaken.zaakinformatieobject import zaakinformatieobjecten
from loket.registers.zaken.zaaknotitie import zaaknotities
from loket.registers.zaken.zaakobject import zaakobjecten
from loket.registers.zaken.zaakverzoek import zaakverzoeken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.grammar.resource import Resource

ALL: Final = (("status", "alles"),)
"""Asks for concepts as well, which a list of types leaves out by itself."""


@dataclass(frozen=True)
class Part:
    """What belongs to a main record.

    `by` is the query parameter that takes the address of the main record; without one, the path
    lies below it, or below the record that its field `under` names. `told` is the field of the
    main record that is empty when there are none; `order` the field that says in which order they
    came; `api` where it stands, when that is another than the main record's. A source may lack the
    whole resource when it is `recent`, or on its way out.
    """

    resource: Resource
    by: str = ""
    under: str = ""
    told: str = ""
    order: str = ""
    query: tuple[tuple[str, str], ...] = ()
    recent: bool = False
    api: str = ""


@dataclass(frozen=True)
class Main:
    """A main record with its parts.

    `above` is the field for the one of its kind that it is under; `foreseen`: every one is looked
    at before the first is brought, since they name each other; `files`: it has versions, each with
    a file; `late` are the fields for what refers back to it, so that these follow when all is here;
    a source may lack the whole resource when it is `recent`.
    """

    api: str
    resource: Resource
    parts: tuple[Part, ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    above: str = ""
    foreseen: bool = False
    files: bool = False
    late: tuple[str, ...] = ()
    recent: bool = False

    @property
    def resources(self) -> tuple[Resource, ...]:
        """The resource itself and those of its parts."""
        return (self.resource, *(part.resource for part in self.parts))


def _of_zaaktype(resource: Resource) -> Part:
    return Part(resource, by="zaaktype", query=ALL)


def _of_zaak(resource: Resource, **options: str | bool) -> Part:
    return Part(resource, by="zaak", **options)  # type: ignore[arg-type]  # as Part says


def _mirror(told: str = "") -> Part:
    """Return what the documents say of belonging to a record: at the other end of its relations."""
    return Part(objectinformatieobjecten, by="object", told=told, api="documenten")


CATALOGI: Final = (
    Main("catalogi", catalogussen),
    Main("catalogi", informatieobjecttypen, query=ALL, foreseen=True),
    Main("catalogi", besluittypen, query=ALL, foreseen=True),
    Main(
        "catalogi",
        zaaktypen,
        (
            _of_zaaktype(statustypen),
            _of_zaaktype(resultaattypen),
            _of_zaaktype(roltypen),
            _of_zaaktype(eigenschappen),
            _of_zaaktype(zaakobjecttypen),
            _of_zaaktype(zaaktypeinformatieobjecttypen),
        ),
        query=ALL,
        foreseen=True,
    ),
)

DOCUMENTEN: Final = (
    Main(
        "documenten",
        enkelvoudiginformatieobjecten,
        (
            Part(gebruiksrechten, by="informatieobject", told="indicatieGebruiksrecht"),
            Part(verzendingen, by="informatieobject", recent=True),
        ),
        files=True,
    ),
)

ZAKEN: Final = (
    Main(
        "zaken",
        zaken,
        (
            _of_zaak(rollen, told="rollen"),
            _of_zaak(statussen, told="status", order="datumStatusGezet"),
            _of_zaak(substatussen, recent=True),
            _of_zaak(resultaten, told="resultaat"),
            Part(zaakeigenschappen, told="eigenschappen"),
            _of_zaak(zaakobjecten, told="zaakobjecten"),
            _of_zaak(zaakinformatieobjecten, told="zaakinformatieobjecten"),
            _mirror(told="zaakinformatieobjecten"),
            Part(zaaknotities, by="gerelateerdAan", recent=True),
            _of_zaak(zaakcontactmomenten, recent=True),
            _of_zaak(zaakverzoeken, recent=True),
            _of_zaak(klantcontacten, recent=True),
        ),
        above="hoofdzaak",
    ),
)

BESLUITEN: Final = (
    Main(
        "besluiten",
        besluiten,
        (
            Part(zaakbesluiten, under="zaak", api="zaken"),
            Part(besluitinformatieobjecten, by="besluit"),
            _mirror(),
        ),
    ),
)

EVERYTHING: Final = (*CATALOGI, *DOCUMENTEN, *ZAKEN, *BESLUITEN)


def named(resource: Resource) -> str:
    """Return how a resource is called in the journal and the report."""
    return f"{resource.register.name}/{resource.name}"


def value_at(record: Mapping[str, Any], path: str) -> str:
    """Return the address that a record holds at a path of fields; nothing when it is empty."""
    value: Any = record
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return str(value.get("url") if isinstance(value, dict) else value or "")
