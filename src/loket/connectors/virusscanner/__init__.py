"""Looking for viruses: clamd, and what must be true of a file before clamd can judge it."""

from loket.connectors.virusscanner.clamd import Clamd, Unset
from loket.connectors.virusscanner.scanning import Scanner
from loket.connectors.virusscanner.values import (
    ExpandsTooFar,
    FileTooLarge,
    Limits,
    TooDeep,
    Unreadable,
    Unscanned,
)

__all__ = [
    "Clamd",
    "ExpandsTooFar",
    "FileTooLarge",
    "Limits",
    "Scanner",
    "TooDeep",
    "Unreadable",
    "Unscanned",
    "Unset",
]
