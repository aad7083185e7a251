"""Looking for viruses: clamd, and what must be true of a file before clamd can judge it."""

from loket.connectors.virusscanner.clamd import Clamd, Unset

__all__ = ["Clamd", "Unset"]
