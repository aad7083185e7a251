"""Addresses of others that a municipality trusts: what is there, fetched and remembered."""

from loket.connectors.referenties.remembering import Referenties
from loket.connectors.referenties.trusting import Base, BaseError, based, plainly_inside

__all__ = ["Base", "BaseError", "Referenties", "based", "plainly_inside"]
