"""The tables of this register; each record stands with its resource in its own file."""

from __future__ import annotations

import loket.registers.catalogi.publiceren  # noqa: F401 - makes its commands known
from loket.registers.catalogi.besluittype import BesluitType
from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.eigenschap import Eigenschap
from loket.registers.catalogi.informatieobjecttype import InformatieObjectType
from loket.registers.catalogi.resultaattype import ResultaatType
from loket.registers.catalogi.roltype import RolType
from loket.registers.catalogi.statustype import StatusType
from loket.registers.catalogi.zaakobjecttype import ZaakObjectType
from loket.registers.catalogi.zaaktype import ZaakType
from loket.registers.catalogi.zaaktypeinformatieobjecttype import ZaakTypeInformatieObjectType

__all__ = [
    "BesluitType",
    "Catalogus",
    "Eigenschap",
    "InformatieObjectType",
    "ResultaatType",
    "RolType",
    "StatusType",
    "ZaakObjectType",
    "ZaakType",
    "ZaakTypeInformatieObjectType",
]
