"""One proces of an export, with everything that it refers to."""

from collections.abc import Iterator
from typing import Any

from loket.registers.catalogi.inavigator import onderdelen
from loket.registers.catalogi.inavigator.fields import (
    Velden,
    child,
    identifier,
    leaves,
    members,
    only,
)
from loket.registers.catalogi.inavigator.lists import Lists
from loket.registers.catalogi.inavigator.model import Kenmerken, Proces, Regel, Verwijzing
from loket.registers.catalogi.inavigator.reader import Element

TEXTS = {
    "model_kernomschrijving": "model-kernomschrijving",
    "proceseigenaar": "proceseigenaar",
    "toelichting": "toelichting-proces",
    "aanleiding": "aanleiding",
    "categorie": "zaaktype-categorie",
    "schemalocatie": "schemalocatie",
    "vertrouwelijkheid": "vertrouwelijkheid",
    "publicatietekst": "publicatietekst",
    "verantwoordingsrelatie": "verantwoordingsrelatie",
    "trefwoorden": "lokale-trefwoorden",
    "thesaurustermen": "vng-thesaurusterm",
    "toelichting_handeling": "toelichting-handeling",
    "grondslag_tekst": "vernietigingsgrondslag-txt",
}
TERMS = (
    "afdoeningstermijn",
    "wettelijke_afdoeningstermijn",
    "verdagingstermijn",
    "wettelijke_verdagingstermijn",
)
POINTERS = {
    "registers": "proces-register",
    "domeinobjecten": "proces-domeinobject",
    "applicaties": "proces-applicatie",
    "producten": "proces-product",
    "archiefbestanden": "proces-archiefbestand",
}
TYPES = {
    "roltypen",
    "statustypen",
    "documenttypen",
    "resultaattypen",
    "besluittypen",
    "zaakeigenschappen",
}
HANDLED = TYPES | POINTERS.keys() | {"velden", "procesrelaties", "regelsets"}
NUMBERING = {"id", "volgnummer"}


def parse_proces(element: Element, lists: Lists) -> Proces:
    """The proces that stands in the element."""
    only(element, HANDLED | {"LokaleMetaData"})
    velden = Velden(element)
    naam = velden.text("naam")
    kernomschrijving = velden.text("kernomschrijving") or naam
    if not kernomschrijving:
        raise element.fault("Dit proces heeft geen <kernomschrijving> en geen <naam>.")
    return Proces(
        id=identifier(element),
        naam=naam,
        kernomschrijving=kernomschrijving,
        aanhouden_mogelijk=velden.flag("aanhouden-mogelijk", default=False),
        publicatie_indicatie=velden.flag("publicatie-indicatie", default=False),
        grondslagen=velden.grondslagen("vernietigingsgrondslag"),
        actueel_van=velden.day("actueel-van"),
        actueel_tot=velden.day("actueel-tot"),
        actief=velden.flag("actief", default=True),
        roltypen=onderdelen.roltypen(element, lists),
        statustypen=onderdelen.statustypen(element, lists),
        documenttypen=onderdelen.documenttypen(element, lists),
        resultaattypen=onderdelen.resultaattypen(element, lists),
        besluittypen=onderdelen.besluittypen(element, lists),
        zaakeigenschappen=onderdelen.zaakeigenschappen(element, lists),
        regels=tuple(_regels(element, lists)),
        procesrelaties=tuple(_pointers(element, lists, "procesrelaties", "procesrelatie")),
        verwijzingen=tuple(_verwijzingen(element, lists)),
        line=element.line,
        **_plain_fields(velden),
        overig=velden.rest() + _loose_text(element),
    )


def _plain_fields(velden: Velden) -> dict[str, Any]:
    texts = {name: velden.text(field) for name, field in TEXTS.items()}
    terms = {name: velden.term(name.replace("_", "-")) for name in TERMS}
    return {**texts, **terms, **_zaaktypenaam(velden)}


def _zaaktypenaam(velden: Velden) -> dict[str, str]:
    """The three words of a zaaktype's name; the model's words where there are no own ones."""
    own, model = velden.parts("zaaktype-naam"), velden.parts("zaaktype-naam-model")
    return {
        name.replace("-", "_"): own.get(name) or model.get(name, "")
        for name in ("handeling-initiator", "onderwerp", "handeling-behandelaar")
    }


def _verwijzingen(element: Element, lists: Lists) -> Iterator[Verwijzing]:
    for container, name in POINTERS.items():
        yield from _pointers(element, lists, container, name)


def _pointers(element: Element, lists: Lists, container: str, name: str) -> Iterator[Verwijzing]:
    for pointer in members(element, container, name):
        target = identifier(pointer, "ref")
        yield Verwijzing(kind=name, id=target, naam=lists.namen.get(target, ""), line=pointer.line)


def _regels(element: Element, lists: Lists) -> Iterator[Regel]:
    known = {
        member.attributes.get("id")
        for box in element.children
        if box.name in TYPES
        for member in box.children
    }
    for regelset in members(element, "regelsets", "regelset"):
        naam = lists.regel(regelset)
        loose = [regelset] if regelset.text else []
        for regel in (*loose, *regelset.children):
            said = [regel.text] if regel is regelset else list(_values(regel))
            parts = [value for value in said if value in known]
            van, naar = (*(parts if len(parts) > 1 else said), "", "")[:2]
            yield Regel(naam=naam, van=van, naar=naar, line=regel.line)


def _values(regel: Element) -> Iterator[str]:
    """What a rule names, in attributes or in elements; its own number is no name."""
    yield from (value for name, value in regel.attributes.items() if name not in NUMBERING)
    for part in regel.children:
        yield from part.attributes.values()
        if part.text:
            yield part.text


def _loose_text(element: Element) -> Kenmerken:
    """Local metadata, and text where a list of elements was to be expected."""
    lokaal = child(element, "LokaleMetaData")
    texts = [(box.name, box.text) for box in element.children if box.name in HANDLED and box.text]
    return (*(leaves(lokaal) if lokaal is not None else ()), *texts)
