"""The records and commands of this register; each stands in its own file."""

from __future__ import annotations

from loket.registers.documenten import (
    aanleveren,
    downloaden,
    importeren,
    importwerk,
    nummers,
    registreren,
    vergrendelen,
    zoeken,
)
from loket.registers.documenten.bestandsdeel import BestandsDeel
from loket.registers.documenten.enkelvoudiginformatieobject import (
    VERSIE,
    EnkelvoudigInformatieObject,
)
from loket.registers.documenten.gebruiksrecht import Gebruiksrecht
from loket.registers.documenten.import_model import Import, ImportRegel
from loket.registers.documenten.objectinformatieobject import ObjectInformatieObject
from loket.registers.documenten.verzending import Verzending

__all__ = [
    "VERSIE",
    "BestandsDeel",
    "EnkelvoudigInformatieObject",
    "Gebruiksrecht",
    "Import",
    "ImportRegel",
    "ObjectInformatieObject",
    "Verzending",
    "aanleveren",
    "downloaden",
    "importeren",
    "importwerk",
    "nummers",
    "registreren",
    "vergrendelen",
    "zoeken",
]
