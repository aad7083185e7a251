"""The types inside a proces: roles, statuses, documents, results, decisions, properties."""

from collections.abc import Iterator
from typing import Any

from loket.registers.catalogi.inavigator.fields import (
    Velden,
    child,
    identifier,
    leaves,
    members,
    only,
    volgnummer,
)
from loket.registers.catalogi.inavigator.lists import Lists, waarden
from loket.registers.catalogi.inavigator.model import (
    Besluittype,
    Check,
    Documenttype,
    Resultaattype,
    Roltype,
    Statustype,
    Zaakeigenschap,
)
from loket.registers.catalogi.inavigator.reader import Element

PLAIN = frozenset({"velden", "LokaleMetaData"})
CLOSED = {
    "roltype": PLAIN,
    "statustype": PLAIN | {"checks"},
    "documenttype": PLAIN,
    "resultaattype": PLAIN,
}


def roltypen(proces: Element, lists: Lists) -> tuple[Roltype, ...]:
    """The roles of a proces."""
    return tuple(
        Roltype(betrokkenen=velden.text("betrokkenen"), **_common(element, velden, lists))
        for element, velden in _each(proces, "roltypen", "roltype")
    )


def statustypen(proces: Element, lists: Lists) -> tuple[Statustype, ...]:
    """The statuses of a proces, in the order of the file."""
    return tuple(
        Statustype(
            activiteit=velden.text("activiteit"),
            bericht=velden.text("bericht"),
            doorlooptijd=velden.term("standaard-doorlooptijd"),
            zichtbaarheid=velden.text("zichtbaarheid"),
            checks=tuple(_check(check) for check in members(element, "checks", "check")),
            **_common(element, velden, lists),
        )
        for element, velden in _each(proces, "statustypen", "statustype")
    )


def documenttypen(proces: Element, lists: Lists) -> tuple[Documenttype, ...]:
    """The documents of a proces."""
    return tuple(
        Documenttype(
            richting=velden.text("type"),
            vertrouwelijkheid=velden.text("vertrouwelijkheid"),
            trefwoorden=velden.text("trefwoorden"),
            **_common(element, velden, lists),
        )
        for element, velden in _each(proces, "documenttypen", "documenttype")
    )


def resultaattypen(proces: Element, lists: Lists) -> tuple[Resultaattype, ...]:
    """The outcomes of a proces."""
    return tuple(
        Resultaattype(
            grondslagen=velden.grondslagen("vernietigingsgrondslag"),
            grondslag_tekst=velden.text("vernietigingsgrondslag-txt"),
            waardering=velden.text("waardering"),
            bewaartermijn=velden.term("bewaartermijn"),
            bewaartermijn_start=velden.text("bewaartermijn-start"),
            brondatum=velden.text("brondatum-archiefprocedure"),
            toelichting_bewaartermijn=velden.text("toelichting-bewaartermijn"),
            **_common(element, velden, lists),
        )
        for element, velden in _each(proces, "resultaattypen", "resultaattype")
    )


def besluittypen(proces: Element, lists: Lists) -> tuple[Besluittype, ...]:
    """The decisions of a proces."""
    return tuple(
        Besluittype(
            categorie=velden.text("besluitcategorie"),
            reactietermijn=velden.term("reactietermijn"),
            publicatie_indicatie=velden.flag("publicatie-indicatie", default=False),
            publicatietekst=velden.text("publicatietekst"),
            publicatietermijn=velden.term("publicatietermijn"),
            **_common(element, velden, lists),
        )
        for element, velden in _each(proces, "besluittypen", "besluittype")
    )


def zaakeigenschappen(proces: Element, lists: Lists) -> tuple[Zaakeigenschap, ...]:
    """The properties that a proces records."""
    return tuple(
        Zaakeigenschap(
            definitie=velden.text("definitie"),
            type=velden.text("type") or velden.text("formaat"),
            groep=velden.text("groep"),
            lengte=velden.text("lengte"),
            kardinaliteit=velden.text("kardinaliteit"),
            waarden=tuple(_waarden(element, velden, lists)),
            **_common(element, velden, lists),
        )
        for element, velden in _each(proces, "zaakeigenschappen", "zaakeigenschap")
    )


def _each(proces: Element, container: str, name: str) -> Iterator[tuple[Element, Velden]]:
    for element in members(proces, container, name):
        if name in CLOSED:
            only(element, CLOSED[name])
        yield element, Velden(element)


def _common(element: Element, velden: Velden, lists: Lists) -> dict[str, Any]:
    """The fields of an Onderdeel; call it last, for it tells which fields nobody read."""
    naam, naam_model = velden.text("naam"), velden.text("naam-model")
    if not (naam or naam_model):
        raise element.fault(f"Dit <{element.name}> heeft geen <naam>.")
    lokaal = child(element, "LokaleMetaData")
    return {
        "id": identifier(element),
        "volgnummer": volgnummer(element),
        "naam": naam or naam_model,
        "naam_model": naam_model,
        "soort": lists.soort(element),
        "toelichting": velden.text("toelichting"),
        "opmerking": velden.text("opmerking"),
        "actueel_van": velden.day("actueel-van"),
        "actueel_tot": velden.day("actueel-tot"),
        "actief": velden.flag("actief", default=True),
        "overig": velden.rest() + tuple(leaves(lokaal) if lokaal is not None else ()),
        "line": element.line,
    }


def _check(element: Element) -> Check:
    velden = Velden(element)
    naam, vraag = velden.text("naam"), velden.text("vraag")
    if not (naam or vraag):
        raise element.fault("Deze <check> heeft geen <naam> en geen <vraag>.")
    return Check(
        naam=naam or vraag,
        vraag=vraag or naam,
        toelichting=velden.text("toelichting"),
        verplicht=velden.flag("verplicht", default=False),
        actief=velden.flag("actief", default=True),
    )


def _waarden(element: Element, velden: Velden, lists: Lists) -> Iterator[str]:
    """The values of a property: written out, or by the id or name of a value set."""
    yield from waarden(element)
    for name in ("waardes", "waardenverzameling", "waardelijst", "waardeset"):
        field = velden.find(name)
        if field is None:
            continue
        if name == "waardes":
            yield from waarden(velden.element)
        elif field.children:
            yield from waarden(field)
        else:
            own = (waarde.strip() for waarde in field.text.split(";"))
            yield from lists.waardesets.get(field.text) or filter(None, own)
