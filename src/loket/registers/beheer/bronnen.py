"""The base registers that the current municipality asks, as they are set now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loket.grammar.codec import decode
from loket.ledger.database import one

if TYPE_CHECKING:
    from loket.registers.beheer.basisregistratie import Basis

_SQL: Final = """
SELECT api_root, sleutel, sleutel_kop, token_adres, client_id, geheim, scope,
    token_parameters::text, kopregels::text, certificaat
FROM beheer_basisregistratie WHERE soort = %s AND doelbinding IN (%s, '') AND actief
ORDER BY doelbinding DESC LIMIT 1
"""


@dataclass(frozen=True)
class Bron:
    """Where a register is asked, and what lets the municipality in there."""

    api_root: str
    sleutel: str = field(repr=False)
    sleutel_kop: str
    token_adres: str
    client_id: str
    geheim: str = field(repr=False)
    scope: str
    token_parameters: tuple[tuple[str, str], ...]
    kopregels: tuple[tuple[str, str], ...]
    certificaat: str


def bron(soort: Basis, doelbinding: str) -> Bron | None:
    """Return where a register is asked for a purpose, in one statement; None when it is not.

    What is set for that purpose goes before what is set for all.
    """
    row = one(_SQL, (soort.value, doelbinding))
    if row is None:
        return None
    root, sleutel, kop, token, client_id, geheim, scope, parameters, lines, certificaat = row
    return Bron(
        root, sleutel, kop, token, client_id, geheim, scope, _pairs(parameters, "="),
        _pairs(lines, ": "), certificaat,
    )  # fmt: skip


def _pairs(written: str, between: str) -> tuple[tuple[str, str], ...]:
    parts = (each.partition(between) for each in decode(written.encode()))
    return tuple((name, value) for name, _, value in parts)
