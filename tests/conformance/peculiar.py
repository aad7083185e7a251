"""What a valid body of a resource takes beyond its fields: the rules of its register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conformance.example import Examples

Body = dict[str, Any]


def applicatie(_: Examples, body: Body) -> Body:
    """Give the application rights, which it must have."""
    return {**body, "heeftAlleAutorisaties": True, "autorisaties": []}


PECULIAR: dict[str, Callable[[Examples, Body], Body]] = {
    "autorisaties/applicaties": applicatie,
}
