"""The records and commands of this register; each stands in its own file."""

from __future__ import annotations

from loket.registers.documenten.bestandsdeel import BestandsDeel
from loket.registers.documenten.enkelvoudiginformatieobject import EnkelvoudigInformatieObject
from loket.registers.documenten.gebruiksrecht import Gebruiksrecht
from loket.registers.documenten.objectinformatieobject import ObjectInformatieObject

__all__ = [
    "BestandsDeel",
    "EnkelvoudigInformatieObject",
    "Gebruiksrecht",
    "ObjectInformatieObject",
]
