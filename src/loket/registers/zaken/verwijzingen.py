"""Addresses of things that another register, or another house, serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.links import key_in
from loket.grammar.outside import outside
from loket.grammar.register import registers
from loket.ledger.database import fetch
from loket.ledger.events import BASE

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Resource

HOUSE = BASE.removesuffix("/")


def place(address: str) -> tuple[Resource, UUID] | None:
    """Return the resource and key that a stored address of ours is made of."""
    for register in registers.values():
        for resource in register.resources:
            key = key_in(address, resource, HOUSE)
            if key is not None:
                return resource, key
    return None


def named(address: str) -> Any:
    """Return what an address names: resource and key in this house, the JSON in a trusted one."""
    if address.startswith(BASE):
        found = place(address)
        return found if found and fetch(found[0].record, found[1]) is not None else None
    return outside().get(address) if outside().trusts(address) else None


def is_served(address: str) -> bool:
    """Tell whether a stored address leads somewhere, as far as the house can know.

    An address of our own must name something that a register serves now, one under a source that
    the tenant trusts something that is there. Any other is taken as it is: to ask there would
    let a client choose where the house calls.
    """
    if address.startswith(BASE) or outside().trusts(address):
        return named(address) is not None
    return True


def known(address: str) -> str:
    """Keep what is at a trusted address outside the house in mind, before the transaction."""
    if not address.startswith(BASE) and outside().trusts(address):
        outside().get(address)
    return address
