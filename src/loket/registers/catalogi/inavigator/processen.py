"""One proces of an export, with everything that it refers to."""

from collections.abc import Iterator

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

POINTERS = {
    "registers": "proces-register",
    "domeinobjecten": "proces-domeinobject",
    "applicaties": "proces-applicatie",
    "producten": "proces-product",
    "archiefbestanden": "proces-archiefbestand",
}
LISTS = {
    "roltypen",
    "statustypen",
    "documenttypen",
    "resultaattypen",
    "besluittypen",
    "zaakeigenschappen",
    "procesrelaties",
}
HANDLED = LISTS | POINTERS.keys() | {"velden", "regelsets"}


def parse_proces(element: Element, lists: Lists) -> Proces:
    """The proces that stands in the element."""
    only(element, HANDLED | {"LokaleMetaData"})
    velden = Velden(element)
    naam = velden.text("naam")
    kernomschrijving = velden.text("kernomschrijving") or naam
    if not kernomschrijving:
        raise element.fault("Dit proces heeft geen <kernomschrijving> en geen <naam>.")
    woorden = _zaaktypenaam(velden)
    return Proces(
        id=identifier(element),
        kernomschrijving=kernomschrijving,
        model_kernomschrijving=velden.text("model-kernomschrijving"),
        naam=naam,
        proceseigenaar=velden.text("proceseigenaar"),
        toelichting=velden.text("toelichting-proces"),
        aanleiding=velden.text("aanleiding"),
        categorie=velden.text("zaaktype-categorie"),
        schemalocatie=velden.text("schemalocatie"),
        afdoeningstermijn=velden.term("afdoeningstermijn"),
        wettelijke_afdoeningstermijn=velden.term("wettelijke-afdoeningstermijn"),
        verdagingstermijn=velden.term("verdagingstermijn"),
        wettelijke_verdagingstermijn=velden.term("wettelijke-verdagingstermijn"),
        aanhouden_mogelijk=velden.flag("aanhouden-mogelijk", default=False),
        vertrouwelijkheid=velden.text("vertrouwelijkheid"),
        publicatie_indicatie=velden.flag("publicatie-indicatie", default=False),
        publicatietekst=velden.text("publicatietekst"),
        handeling_initiator=woorden.get("handeling-initiator", ""),
        onderwerp=woorden.get("onderwerp", ""),
        handeling_behandelaar=woorden.get("handeling-behandelaar", ""),
        verantwoordingsrelatie=velden.text("verantwoordingsrelatie"),
        trefwoorden=velden.text("lokale-trefwoorden"),
        thesaurustermen=velden.text("vng-thesaurusterm"),
        toelichting_handeling=velden.text("toelichting-handeling"),
        grondslagen=velden.grondslagen("vernietigingsgrondslag"),
        grondslag_tekst=velden.text("vernietigingsgrondslag-txt"),
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
        overig=velden.rest() + _loose_text(element),
        line=element.line,
    )


def _zaaktypenaam(velden: Velden) -> dict[str, str]:
    own, model = velden.parts("zaaktype-naam"), velden.parts("zaaktype-naam-model")
    return {name: own.get(name) or model.get(name, "") for name in own | model}


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
        if box.name in LISTS
        for member in box.children
    }
    for regelset in members(element, "regelsets", "regelset"):
        naam = lists.regel(regelset)
        loose = [regelset] if regelset.text else []
        for regel in (*loose, *regelset.children):
            said = [regel.text] if regel is regelset else list(_values(regel))
            pair = [value for value in said if value in known] or said
            van, naar = (*pair, "", "")[:2]
            yield Regel(naam=naam, van=van, naar=naar, line=regel.line)


def _values(regel: Element) -> Iterator[str]:
    for part in (regel, *regel.children):
        yield from part.attributes.values()
        if part.text:
            yield part.text


def _loose_text(element: Element) -> Kenmerken:
    """Local metadata, and text where a list of elements was to be expected."""
    lokaal = child(element, "LokaleMetaData")
    texts = [(box.name, box.text) for box in element.children if box.name in HANDLED and box.text]
    return (*(leaves(lokaal) if lokaal is not None else ()), *texts)
