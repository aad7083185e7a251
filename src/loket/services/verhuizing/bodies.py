"""A record of the source as a body for the house: our addresses, names for what is named.

Types refer to each other by address in Open Zaak, and by name here: a name holds for whichever
version is valid. So the names of all types are learnt before they are brought over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.grammar.links import Back, Named, NamedOne
from loket.grammar.shapes import Group
from loket.grammar.shown import Alias

if TYPE_CHECKING:
    from collections.abc import Callable

    from loket.connectors.zgw import Addresses
    from loket.grammar.resource import Resource
    from loket.grammar.words import Word

Json = dict[str, Any]

TOLD: Final = {
    ("zaaktypen", "besluittypen"): "besluittypeOmschrijving",
    ("zaaktypen", "deelzaaktypen"): "deelzaaktypeIdentificaties",
    ("besluittypen", "informatieobjecttypen"): "informatieobjecttypeOmschrijvingen",
    ("resultaattypen", "besluittypen"): "besluittypeOmschrijving",
    ("resultaattypen", "informatieobjecttypen"): "informatieobjecttypeOmschrijving",
}
"""Where a newer source tells the names beside the addresses."""

_NAMES: Final = {
    "zaaktypen": "identificatie",
    "besluittypen": "omschrijving",
    "informatieobjecttypen": "omschrijving",
}
"""The field by which each kind of type is named."""


class Bodies:
    """Makes bodies; knows the names of the types that it saw."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._names: dict[str, str] = {}

    def learn(self, resource: Resource, record: Json) -> None:
        """Note the name of a type."""
        by = _NAMES.get(resource.path)
        if by is not None:
            self._names[str(record.get("url"))] = str(record.get(by) or "")

    def body(self, resource: Resource, record: Json) -> Json:
        """Return the body with which a record can be admitted.

        What refers to it comes over by itself, and an older name says nothing more.
        """
        made = dict(record)
        for word in resource.record.words.values():
            if isinstance(word, Back | Alias):
                made.pop(word.wire, None)
            elif word.wire in record:
                made[word.wire] = self._value(resource, word, record)
        return {name: self._addresses.translated(value) for name, value in made.items()}

    def _value(self, resource: Resource, word: Word, record: Json) -> Any:
        raw = record[word.wire]
        peculiar = _PECULIAR.get((resource.path, word.wire))
        if peculiar is not None:
            return peculiar(self, raw)
        if isinstance(word, NamedOne):
            return self._name(raw)
        if isinstance(word, Named):
            told = record.get(TOLD.get((resource.path, word.wire), ""))
            return told or sorted({self._name(each) for each in raw or []})
        if isinstance(word, Group) and word.optional and _says_nothing(raw):
            return None
        return raw

    def _name(self, raw: Any) -> Any:
        """Return the name of the type at an address; what is unknown stays an address."""
        return self._names.get(raw) or raw

    def relaties(self, raw: Any) -> Any:
        """Return the gerelateerde zaaktypen by their identificatie."""
        return [
            {
                "zaaktype": each.get("zaaktypeIdentificatie") or self._name(each.get("zaaktype")),
                "aardRelatie": each.get("aardRelatie"),
                "toelichting": each.get("toelichting") or "",
            }
            for each in raw or []
        ]


_PECULIAR: Final[dict[tuple[str, str], Callable[[Bodies, Any], Any]]] = {
    ("zaaktypen", "gerelateerdeZaaktypen"): Bodies.relaties,
}


def _says_nothing(raw: Any) -> bool:
    """Tell whether a group holds nothing but the absence of values."""
    return isinstance(raw, dict) and not any(raw.values())
