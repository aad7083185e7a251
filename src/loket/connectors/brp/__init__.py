"""Persons from the Basisregistratie Personen, by the BRP API Personen, version 2."""

from loket.connectors.asking import BevragenMislukt, Geweigerd, Onbereikbaar, VraagOnjuist
from loket.connectors.brp.persons import KEY_HEADER, persoon
from loket.connectors.brp.values import (
    Adres,
    Datum,
    Deel,
    Gerelateerde,
    Persoon,
    Verblijf,
)

__all__ = [
    "KEY_HEADER",
    "Adres",
    "BevragenMislukt",
    "Datum",
    "Deel",
    "Gerelateerde",
    "Geweigerd",
    "Onbereikbaar",
    "Persoon",
    "Verblijf",
    "VraagOnjuist",
    "persoon",
]
