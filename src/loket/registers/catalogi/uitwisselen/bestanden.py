"""The files of the ZIP: one per resource, each a JSON list in the form of the API.

The names, and the list of representations in each, are those of the catalogus export that
municipalities exchange. ZaakObjectType.json is ours: a reader that does not know it passes by.
"""

from __future__ import annotations

from typing import Final

from loket.registers.catalogi.catalogus import catalogussen
from loket.registers.catalogi.soorten import DELEN, TYPEN

FILES: Final = {
    "Catalogus.json": catalogussen,
    "InformatieObjectType.json": TYPEN["informatieobjecttypen"],
    "BesluitType.json": TYPEN["besluittypen"],
    "ZaakType.json": TYPEN["zaaktypen"],
    "StatusType.json": DELEN["statustypen"],
    "ResultaatType.json": DELEN["resultaattypen"],
    "RolType.json": DELEN["roltypen"],
    "Eigenschap.json": DELEN["eigenschappen"],
    "ZaakObjectType.json": DELEN["zaakobjecttypen"],
    "ZaakTypeInformatieObjectType.json": DELEN["zaaktype-informatieobjecttypen"],
}
"""The files, in an order in which what they hold can be made."""

NAMED: Final = {
    "BesluitType.json": {"informatieobjecttypen": "InformatieObjectType.json"},
    "ZaakType.json": {"besluittypen": "BesluitType.json", "deelzaaktypen": "ZaakType.json"},
    "ResultaatType.json": {
        "besluittypen": "BesluitType.json",
        "informatieobjecttypen": "InformatieObjectType.json",
    },
    "ZaakTypeInformatieObjectType.json": {"informatieobjecttype": "InformatieObjectType.json"},
}
"""The fields that refer to a type by name, which in the ZIP is an address; and in which file."""

NAME: Final = {
    "InformatieObjectType.json": "omschrijving",
    "BesluitType.json": "omschrijving",
    "ZaakType.json": "identificatie",
}
"""What all versions of a type have in common, within their catalogus."""
