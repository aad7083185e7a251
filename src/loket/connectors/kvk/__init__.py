"""Companies from the Handelsregister, by the API's of KVK."""

from loket.connectors.asking import BevragenMislukt, Geweigerd, Onbereikbaar, VraagOnjuist
from loket.connectors.kvk.companies import (
    KEY_HEADER,
    naamgeving,
    onderneming,
    vestiging,
    vestigingen,
    zoek,
)
from loket.connectors.kvk.values import (
    Activiteit,
    Adres,
    Naamgeving,
    Onderneming,
    Soort,
    Treffer,
    Vestiging,
    Zoekresultaat,
    Zoekvraag,
)

__all__ = [
    "KEY_HEADER",
    "Activiteit",
    "Adres",
    "BevragenMislukt",
    "Geweigerd",
    "Naamgeving",
    "Onbereikbaar",
    "Onderneming",
    "Soort",
    "Treffer",
    "Vestiging",
    "VraagOnjuist",
    "Zoekresultaat",
    "Zoekvraag",
    "naamgeving",
    "onderneming",
    "vestiging",
    "vestigingen",
    "zoek",
]
