"""Addresses of things that any register of the house may serve, found without knowing which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.links import key_in
from loket.grammar.register import registers
from loket.ledger.events import BASE

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.resource import Resource

HOUSE = BASE.removesuffix("/")


def is_ours(address: str) -> bool:
    """Tell whether a stored address lies in this house."""
    return address.startswith(BASE)


def resolved(address: str, base: str = HOUSE) -> tuple[Resource, UUID] | None:
    """Return the resource and the key that an address of the house names, or None."""
    for register in registers.values():
        if not address.startswith(f"{base}{register.root}/"):
            continue
        for resource in register.resources:
            key = key_in(address, resource, base)
            if key is not None:
                return resource, key
    return None


def resource_named(register: str, name: str) -> Resource | None:
    """Return a resource by the names of its register and itself, or None when there is none."""
    for each in registers.values():
        for resource in each.resources:
            if (each.name, resource.name) == (register, name):
                return resource
    return None
