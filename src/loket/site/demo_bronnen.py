"""Where the demo municipality asks about persons and companies: at the stand-ins beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.ledger.database import rows
from loket.registers.beheer.basisregistratie import Basis, basisregistraties
from loket.services.mijnservices.burger import PURPOSE

if TYPE_CHECKING:
    from loket.kernel.actor import Actor

KEYS: Final = {Basis.BRP: "demo-sleutel-brp", Basis.KVK: "demo-sleutel-kvk"}
"""They let in at nothing but the stand-ins."""

DOELBINDING: Final = "Mijn gegevens"
"""What the stand-in of the BRP wants to read in `x-doelbinding`."""

_PORTS: Final = {Basis.BRP: 8, Basis.KVK: 9}
_PATHS: Final = {Basis.BRP: "/haalcentraal/api/brp", Basis.KVK: "/api"}
_BEFORE: Final = "http://127.0.0.1:"
_LINES: Final = {
    Basis.BRP: [
        f"x-doelbinding: {DOELBINDING}",
        "x-verwerking: MijnServices",
        "x-gebruiker: {gebruiker}",
    ],
    Basis.KVK: [],
}
_SQL: Final = "SELECT id, soort, api_root FROM beheer_basisregistratie WHERE doelbinding = %s"


def port(basis: Basis) -> int:
    """Return the port of a stand-in."""
    return int(settings.PORT) + _PORTS[basis]


def options(basis: Basis) -> list[str]:
    """Return what a stand-in is told: whom to let in, and the BRP also for which purpose."""
    key = ["--api-key", KEYS[basis]]
    return [*key, "--purpose", DOELBINDING] if basis is Basis.BRP else key


def load(actor: Actor) -> None:
    """Let an empty municipality ask the stand-ins."""
    for basis in Basis:
        body = {
            "soort": basis.value,
            "doelbinding": PURPOSE,
            "apiRoot": _address(basis),
            "sleutel": KEYS[basis],
            "kopregels": _LINES[basis],
        }
        basisregistraties.create(actor, body, _call())


def move(actor: Actor) -> None:
    """Follow the stand-ins to the ports of this start; what is asked elsewhere stays as it is."""
    for key, soort, root in rows(_SQL, (PURPOSE,)):
        basis = Basis(soort)
        moved = root.startswith(_BEFORE) and root.endswith(_PATHS[basis])
        if moved and root != _address(basis):
            basisregistraties.patch(actor, key, {"apiRoot": _address(basis)}, _call())


def _address(basis: Basis) -> str:
    return f"{_BEFORE}{port(basis)}{_PATHS[basis]}"


def _call() -> Call:
    return Call(base=HOUSE, toelichting="demo")
