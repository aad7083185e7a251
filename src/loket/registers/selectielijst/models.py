"""The tables of this register; each record stands with its resource in its own file."""

from loket.registers.selectielijst.communicatiekanaal import CommunicatieKanaal
from loket.registers.selectielijst.procestype import ProcesType
from loket.registers.selectielijst.resultaat import Resultaat
from loket.registers.selectielijst.resultaattypeomschrijving import (
    ResultaattypeOmschrijvingGeneriek,
)

__all__ = ["CommunicatieKanaal", "ProcesType", "Resultaat", "ResultaattypeOmschrijvingGeneriek"]
