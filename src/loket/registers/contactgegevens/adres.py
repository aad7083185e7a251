"""The group of an address, as Contactgegevens and Klantinteracties have it."""

from __future__ import annotations

from typing import Any

from loket.grammar import field


def adres(doc: str) -> Any:
    """Make the group of an address: by the key of the BAG, by its parts, or by free lines."""
    return field.group(
        doc,
        optional=True,
        nummeraanduiding_id=field.text(
            "De sleutel van de nummeraanduiding in de BAG.", 16, pattern="[0-9]{16}", optional=True
        ),
        straatnaam=field.text("De straat.", 255, optional=True),
        huisnummer=field.integer(
            "Het huisnummer.", least=1, most=99_999, optional=True, nullable=True
        ),
        huisnummertoevoeging=field.text("Wat er achter het huisnummer staat.", 20, optional=True),
        postcode=field.text(
            "De postcode, zoals 1234 AB.", 7, pattern="[1-9][0-9]{3} [A-Z]{2}", optional=True
        ),
        stad=field.text("De woonplaats.", 255, optional=True),
        adresregel1=field.text(
            "De eerste regel, voor een adres in het buitenland.", 80, optional=True
        ),
        adresregel2=field.text("De tweede regel.", 80, optional=True),
        adresregel3=field.text("De derde regel.", 80, optional=True),
        land=field.text("Het land, ISO 3166-1 alpha-2.", 2, pattern="[A-Z]{2}", optional=True),
    )
