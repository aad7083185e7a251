"""Addresses of things that another register, or another house, serves."""

from __future__ import annotations

from loket.grammar.links import key_in
from loket.grammar.register import registers
from loket.ledger.database import fetch
from loket.ledger.events import BASE


def is_served(address: str) -> bool:
    """Tell whether a stored address leads somewhere, as far as the house can know.

    An address of our own must name something that a register serves now. One of another house
    is taken as it is: asking there would put a stranger's server inside our transaction.
    """
    if not address.startswith(BASE):
        return True
    base = BASE.removesuffix("/")
    for register in registers.values():
        for resource in register.resources:
            key = key_in(address, resource, base)
            if key is not None:
                return fetch(resource.record, key) is not None
    return False
