"""The records and commands of this register; each stands in its own file."""

from __future__ import annotations

from loket.registers.zaken import nummers, opdrachten, zoeken
from loket.registers.zaken.klantcontact import KlantContact
from loket.registers.zaken.resultaat import Resultaat
from loket.registers.zaken.rol import Rol
from loket.registers.zaken.status import Status
from loket.registers.zaken.substatus import SubStatus
from loket.registers.zaken.zaak import Zaak
from loket.registers.zaken.zaakbesluit import ZaakBesluit
from loket.registers.zaken.zaakcontactmoment import ZaakContactMoment
from loket.registers.zaken.zaakeigenschap import ZaakEigenschap
from loket.registers.zaken.zaakinformatieobject import ZaakInformatieObject
from loket.registers.zaken.zaaknotitie import ZaakNotitie
from loket.registers.zaken.zaakobject import ZaakObject
from loket.registers.zaken.zaakverzoek import ZaakVerzoek

__all__ = [
    "KlantContact",
    "Resultaat",
    "Rol",
    "Status",
    "SubStatus",
    "Zaak",
    "ZaakBesluit",
    "ZaakContactMoment",
    "ZaakEigenschap",
    "ZaakInformatieObject",
    "ZaakNotitie",
    "ZaakObject",
    "ZaakVerzoek",
    "nummers",
    "opdrachten",
    "zoeken",
]
