"""The lists at the top of an export: soorten, rule definitions, value sets and names."""

from dataclasses import dataclass

from loket.registers.catalogi.inavigator.fields import Velden, child, identifier, members, required
from loket.registers.catalogi.inavigator.model import Soort
from loket.registers.catalogi.inavigator.reader import Element

SOORTEN = {
    "documentsoorten": "documentsoort",
    "statussoorten": "statussoort",
    "resultaatsoorten": "resultaatsoort",
    "besluitsoorten": "besluitsoort",
    "rolsoorten": "rolsoort",
}
NAMED = {
    "registers": "register",
    "domeinobjecten": "domeinobject",
    "applicaties": "applicatie",
    "producten": "product",
    "archiefbestanden": "archiefbestand",
}


@dataclass(frozen=True)
class Lists:
    """The lists at the top of an export that processes refer to."""

    soorten: dict[str, dict[str, Soort]]
    regels: dict[str, str]
    waardesets: dict[str, tuple[str, ...]]
    namen: dict[str, str]

    def soort(self, element: Element) -> Soort | None:
        """The soort that a type names; an export without such soorten names nothing."""
        name = element.attributes.get("soort-id", "").strip()
        known = self.soorten.get(element.name.replace("type", "soort"), {})
        if name and known and name not in known:
            raise element.fault(f"Soort {name[:40]} staat niet in deze export.")
        return known.get(name)

    def regel(self, regelset: Element) -> str:
        """The name of the rule that a set applies."""
        name = identifier(regelset, "regeltype")
        if self.regels and name not in self.regels:
            raise regelset.fault(f"Regeltype {name[:40]} staat niet in deze export.")
        return self.regels.get(name, name)


def read_lists(root: Element) -> Lists:
    """The lists of an export."""
    return Lists(
        soorten={
            name: {
                identifier(element): _soort(element) for element in members(root, container, name)
            }
            for container, name in SOORTEN.items()
        },
        regels={
            identifier(element): required(element, "naam").text
            for element in members(root, "regeldefinities", "regeldefinitie")
        },
        waardesets=_waardesets(root),
        namen={
            identifier(element): Velden(element).text("naam")
            for container, name in NAMED.items()
            for element in members(root, container, name)
        },
    )


def _soort(element: Element) -> Soort:
    velden = Velden(element)
    return Soort(
        id=identifier(element),
        naam=velden.text("naam"),
        toelichting=velden.text("toelichting"),
        procesfase=velden.text("procesfase"),
    )


def _waardesets(root: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in members(root, "waardesets", "waardeset"):
        found[identifier(element)] = waarden(element)
        naam = child(required(element, "velden"), "naam")
        if naam is not None and naam.text:
            found.setdefault(naam.text, found[identifier(element)])
    return found


def waarden(owner: Element) -> tuple[str, ...]:
    """The values that an element lists: each a text, or fields with a name."""
    found = []
    for waarde in members(owner, "waardes", "waarde"):
        if child(waarde, "velden") is None:
            found.append(waarde.text)
            continue
        velden = Velden(waarde)
        if velden.flag("actief", default=True):
            found.append(velden.text("naam"))
    return tuple(filter(None, found))
