"""The groups of fields that several records of Klantinteracties share."""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.registers.contactgegevens.adres import adres

__all__ = ["ACTOREN", "adres", "contactnaam", "identificator", "volledige_naam"]

TELEFOONNUMMER = r"(?:0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})"
"""The notations that the published file takes; short numbers such as 14 0xx are not among them."""


def contactnaam(doc: str) -> Any:
    """Make the group of the name of somebody, in its parts."""
    return field.group(
        doc,
        optional=True,
        voorletters=field.text("De voorletters.", 10, optional=True),
        voornaam=field.text("De voornaam.", 200, optional=True),
        voorvoegsel_achternaam=field.text("Het voorvoegsel.", 10, optional=True),
        achternaam=field.text("De achternaam.", 200, optional=True),
    )


def identificator(doc: str) -> Any:
    """Make the group that names a thing in whatever register: the generic reference (K25, K26)."""
    return field.group(
        doc,
        optional=True,
        object_id=field.text("De sleutel van het object.", 200, optional=True),
        code_objecttype=field.text("Wat voor object het is.", 200, optional=True),
        code_register=field.text("In welk register het staat.", 200, optional=True),
        code_soort_object_id=field.text("Wat voor sleutel het is.", 200, optional=True),
    )


NAAM_DELEN = ("voorletters", "voornaam", "voorvoegselAchternaam", "achternaam")


def volledige_naam(naam: Any) -> str:
    """Return a name as one text: the first name, or else the initials, and the surname."""
    parts = naam or {}
    first = parts.get("voornaam") or parts.get("voorletters") or ""
    rest = (parts.get("voorvoegselAchternaam") or "", parts.get("achternaam") or "")
    return " ".join(part for part in (first, *rest) if part)


VOLLEDIGE_NAAM_SQL = (
    "concat_ws(' ', coalesce(nullif({groep}->>'voornaam', ''), "
    "nullif({groep}->>'voorletters', '')), nullif({groep}->>'voorvoegselAchternaam', ''), "
    "nullif({groep}->>'achternaam', ''))"
)
"""The same as `volledige_naam`, in SQL on the group `{groep}`."""


ACTOREN = {
    "medewerker": field.group(
        "Een medewerker.",
        functie=field.text("De functie.", 40, optional=True),
        emailadres=field.email("Het e-mailadres.", optional=True),
        telefoonnummer=field.text("Het telefoonnummer.", 20, pattern=TELEFOONNUMMER, optional=True),
    ),
    "geautomatiseerde_actor": field.group(
        "Een programma.",
        functie=field.text("Wat het doet.", 40, optional=True),
        omschrijving=field.text("Een omschrijving.", 200, optional=True),
    ),
    "organisatorische_eenheid": field.group(
        "Een afdeling of groep.",
        omschrijving=field.text("Een omschrijving.", 200, optional=True),
        emailadres=field.email("Het e-mailadres.", optional=True),
        faxnummer=field.text("Het faxnummer.", 20, optional=True),
        telefoonnummer=field.text("Het telefoonnummer.", 20, pattern=TELEFOONNUMMER, optional=True),
    ),
}
"""What is known of an actor of each kind."""
