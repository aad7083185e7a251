"""From a path to what stands there: the addresses of a register's resources and commands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from loket.grammar.numbering import key_under
from loket.grammar.register import registers

if TYPE_CHECKING:
    from loket.grammar.register import Register
    from loket.grammar.resource import Command, Resource

METHODS = {
    "GET": "retrieve", "HEAD": "retrieve", "PUT": "update", "PATCH": "partial_update",
    "DELETE": "destroy",
}  # fmt: skip
COLLECTION_METHODS = {"GET": "list", "HEAD": "list", "POST": "create"}
_NUMBER = r"(?P<number>[0-9]{1,5})"
_UUID = r"(?P<{}>[0-9a-fA-F]{{8}}-(?:[0-9a-fA-F]{{4}}-){{3}}[0-9a-fA-F]{{12}})"


@dataclass(frozen=True)
class Route:
    """A path of the API, and what stands there."""

    pattern: re.Pattern[str]
    resource: Resource | None
    command: Command | None
    one: bool


def register_of(path: str) -> Register | None:
    """Return the register under whose root a path lies."""
    root = "/".join(path.split("/", 4)[:4])
    return registers.get(root)


_routes: dict[str, tuple[Route, ...]] = {}


def routes_of(register: Register) -> tuple[Route, ...]:
    """Return the routes of a register, made when first asked for."""
    if register.root not in _routes:
        _routes[register.root] = tuple(_made(register))
    return _routes[register.root]


def _pattern(path: str) -> re.Pattern[str]:
    shape = re.sub(r"\{([a-z_]+)\}", lambda match: _UUID.format(match[1]), path)
    return re.compile(f"{shape}/?")


def _numbered(path: str) -> re.Pattern[str]:
    return re.compile(_pattern(path).pattern.removesuffix("/?") + f"/{_NUMBER}/?")


def _made(register: Register) -> list[Route]:
    routes = [Route(_pattern(each.path), None, each, one=False) for each in register.commands]
    for each in register.resources:
        routes.append(Route(_pattern(each.path), each, None, one=False))
        one = _numbered(each.path) if each.numbered else _pattern(f"{each.path}/{{uuid}}")
        routes.append(Route(one, each, None, one=True))
    return routes


def keys_of(match: re.Match[str]) -> dict[str, UUID]:
    """Return the keys in a path; that of what is numbered follows from what it lies under."""
    found = match.groupdict()
    number = found.pop("number", None)
    keys = {name: UUID(value) for name, value in found.items()}
    if number is not None:
        keys["uuid"] = key_under(next(iter(keys.values())), int(number))
    return keys


def methods_of(route: Route) -> set[str]:
    """Return the methods that a route takes."""
    if route.resource is None:
        method = route.command.method if route.command else ""
        return {"GET", "HEAD"} if method == "GET" else {method}
    verbs = METHODS if route.one else COLLECTION_METHODS
    return {method for method, verb in verbs.items() if verb in route.resource.verbs}
