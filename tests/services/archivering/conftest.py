"""Zaken that are due, and the two people that a destruction takes."""

from __future__ import annotations

from tests.registers.zaken.conftest import typen, werk
from tests.services.archivering.archiefwerk import archief

__all__ = ["archief", "typen", "werk"]
