"""The grammar is tried on two registers of its own."""

from __future__ import annotations

from tests.grammar.proef.fixtures import _proef_registers, proef_tables

__all__ = ["_proef_registers", "proef_tables"]
