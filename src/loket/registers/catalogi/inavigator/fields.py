"""Typed values out of the elements of an export; every fault names its line and column."""

from collections.abc import Collection, Iterator
from datetime import date, datetime

from loket.registers.catalogi.inavigator.model import Grondslag, Kenmerken, Term
from loket.registers.catalogi.inavigator.reader import Element

MAX_DIGITS = 8
FLAGS = {"ja": True, "true": True, "1": True, "nee": False, "false": False, "0": False}
BOOKKEEPING = frozenset({"bron", "laatst-gewijzigd", "extern-id", "numerieke-code"})


def child(parent: Element, name: str) -> Element | None:
    """The one child of that name, if it is there."""
    found = [element for element in parent.children if element.name == name]
    if len(found) > 1:
        raise found[1].fault(f"<{name}> staat twee keer in <{parent.name}>.")
    return found[0] if found else None


def required(parent: Element, name: str) -> Element:
    """The one child of that name, which must be there."""
    found = child(parent, name)
    if found is None:
        raise parent.fault(f"In <{parent.name}> ontbreekt <{name}>.")
    return found


def members(parent: Element, container: str, name: str) -> Iterator[Element]:
    """The elements in a list such as <statustypen>, which may hold nothing else."""
    box = child(parent, container)
    for element in box.children if box is not None else ():
        if element.name != name:
            raise element.fault(f"In <{container}> hoort alleen <{name}>, niet <{element.name}>.")
        yield element


def only(parent: Element, known: Collection[str]) -> None:
    """Refuse a child that the format does not know."""
    for element in parent.children:
        if element.name not in known:
            raise element.fault(f"<{element.name}> hoort niet in <{parent.name}>.")


def identifier(element: Element, name: str = "id") -> str:
    """An attribute that must be there and say something."""
    value = element.attributes.get(name, "").strip()
    if not value:
        raise element.fault(f"Bij <{element.name}> ontbreekt het attribuut {name}.")
    return value


def whole_number(element: Element, value: str) -> int:
    """A number without decimals, zero or more."""
    if not (value.isascii() and value.isdigit()) or len(value) > MAX_DIGITS:
        raise element.fault(f"<{element.name}>: '{value[:40]}' is geen geheel getal.")
    return int(value)


def volgnummer(element: Element) -> int | None:
    """The position of a member in its list."""
    value = element.attributes.get("volgnummer", "").strip()
    return whole_number(element, value) if value else None


class Velden:
    """The fields of an element; knows afterwards which ones nobody asked for."""

    def __init__(self, owner: Element, *, box: str = "velden") -> None:
        self.element = required(owner, box)
        self.read: set[str] = set()

    def find(self, name: str) -> Element | None:
        """The field, unless it is absent or empty."""
        self.read.add(name)
        found = child(self.element, name)
        if found is None:
            return None
        if found.nil and (found.text or found.children):
            raise found.fault(f"<{name}> is leeg verklaard (nil) maar heeft inhoud.")
        return found if found.text or found.children else None

    def text(self, name: str) -> str:
        """The text of a field, on one line; empty when absent."""
        found = self.find(name)
        if found is None:
            return ""
        if found.children:
            raise found.fault(f"<{name}> hoort tekst te zijn, geen elementen.")
        return found.text

    def flag(self, name: str, *, default: bool) -> bool:
        """Ja or Nee."""
        value = self.text(name)
        if not value:
            return default
        if value.lower() not in FLAGS:
            raise self.fault(name, f"'{value[:40]}' is geen Ja of Nee.")
        return FLAGS[value.lower()]

    def day(self, name: str) -> date | None:
        """A date, or the date of a date with time."""
        value = self.text(name)
        try:
            return datetime.fromisoformat(value).date() if value else None
        except ValueError as error:
            raise self.fault(name, f"'{value[:40]}' is geen datum.") from error

    def term(self, name: str) -> Term | None:
        """A number of units, which stand in a field of their own."""
        value, eenheid = self.text(name), self.text(f"{name}-eenheid")
        if not value:
            return None
        return Term(whole_number(self.element_of(name), value), eenheid)

    def grondslagen(self, name: str) -> tuple[Grondslag, ...]:
        """A list of references to law or Selectielijst."""
        found = self.find(name)
        box = child(found, "list") if found is not None else None
        return tuple(_grondslag(fields) for fields in (box.children if box is not None else ()))

    def parts(self, name: str) -> dict[str, str]:
        """The parts of a structured field, such as the three words of a zaaktype's name."""
        found = self.find(name)
        box = child(found, "structuur") if found is not None else None
        return {part.name: part.text for part in (box.children if box is not None else ())}

    def rest(self) -> Kenmerken:
        """The fields that nobody asked for and that say something."""
        unread = [
            leaf
            for element in self.element.children
            if element.name not in self.read | BOOKKEEPING
            for leaf in leaves(element)
        ]
        return tuple(unread)

    def element_of(self, name: str) -> Element:
        """The field's element, or the element that holds the fields."""
        return child(self.element, name) or self.element

    def fault(self, name: str, message: str) -> Exception:
        """The error for a value that cannot be."""
        return self.element_of(name).fault(f"<{name}>: {message}")


def leaves(element: Element, label: str = "") -> Iterator[tuple[str, str]]:
    """The texts in and below an element, each with a label."""
    name = element.attributes.get("naam") or label or element.name
    if element.text:
        yield name, element.text
    for below in element.children:
        own = below.name in {"list", "fields", "field", "waardes", "waarde", "structuur", "velden"}
        yield from leaves(below, name if own else "")


def _grondslag(fields: Element) -> Grondslag:
    values = {part.attributes.get("naam", part.name).upper(): part.text for part in fields.children}
    return Grondslag(
        values.get("NAAM", fields.text), values.get("URL", ""), values.get("TOELICHTING", "")
    )
