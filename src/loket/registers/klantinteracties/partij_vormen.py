"""How a partij of each kind is named."""

from __future__ import annotations

from loket.grammar import field
from loket.registers.klantinteracties.groepen import contactnaam


def _volledige_naam() -> str:
    return field.prose("De naam als één tekst.", computed=True, optional=True)


PARTIJEN = {
    "persoon": field.group(
        "Een persoon.",
        contactnaam=contactnaam("De naam."),
        volledige_naam=_volledige_naam(),
    ),
    "organisatie": field.group("Een organisatie.", naam=field.text("De naam.", 200, optional=True)),
    "contactpersoon": field.group(
        "Iemand die namens een organisatie spreekt.",
        contactnaam=contactnaam("De naam."),
        volledige_naam=_volledige_naam(),
        werkte_voor_partij=field.outer("werkte_voor_partij", "De organisatie."),
    ),
}
"""The forms of a partij, by its kind."""
