"""A register: a name, an address, a version, and the dialect it speaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from loket.grammar.links import key_in
from loket.kernel.actor import Actor, Grant, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.grammar.resource import Command, Resource


@dataclass(frozen=True)
class Dialect:
    """How a family of registers writes references, pages and errors.

    `nested`: a reference is `{uuid, url}` instead of a URL. `tokens`: a client shows a token
    instead of a JWT that it signed itself, and a stranger hears 401. `personal`: who comes is a
    citizen or company, by a token of his own. `unchangeable` is the code of the fault for a field
    that may not change.
    """

    name: str
    nested: bool
    tokens: bool = False
    personal: bool = False
    unchangeable: str = "wijzigen-niet-toegelaten"
    page_size: int = 100
    largest_page: int = 500
    crs: bool = False

    def reference(self, url: str, key: str) -> str:
        """Return SQL for a reference, given SQL for its address and its key."""
        if not self.nested:
            return f"CASE WHEN {key} IS NOT NULL THEN {url} END"
        return (
            f"CASE WHEN {key} IS NOT NULL THEN json_build_object('uuid', {key}, 'url', {url}) END"
        )

    def key_of(self, raw: Any, target: Resource, base: str) -> UUID | None:
        """Return the key that a reference in a body names, or None."""
        if not self.nested:
            return key_in(raw, target, base)
        if isinstance(raw, dict) and isinstance(raw.get("uuid"), str):
            try:
                return UUID(raw["uuid"])
            except ValueError:
                return None
        return None

    def bad_reference(self, raw: Any) -> tuple[str, str]:
        """Return code and reason for a reference that names nothing here."""
        if self.nested:
            return "required", 'Een verwijzing noemt de uuid: {"uuid": …}.'
        if not isinstance(raw, str):
            return "incorrect_type", "Hier hoort een URL."
        return "bad-url", "De URL verwijst naar niets dat dit register kent."

    def schema(self, one: Mapping[str, Any]) -> dict[str, Any]:
        """Return the OpenAPI schema of a reference, given that of a URI."""
        if not self.nested:
            return dict(one)
        return {
            "type": "object",
            "required": ["uuid"],
            "properties": {
                "uuid": {"type": "string", "format": "uuid"},
                "url": {"type": "string", "format": "uri", "readOnly": True},
            },
        }


ZGW = Dialect("ZGW", nested=False, crs=True)
INTERACTIES = Dialect("INTERACTIES", nested=True, tokens=True)
MIJN = Dialect("MIJN", nested=False, tokens=True, personal=True)
"""MijnServices: a citizen or company asks for what is his own."""

VTB = Dialect("VTB", nested=False, tokens=True, unchangeable="immutable-field")
"""Verzoeken, Taken and Berichten: as INTERACTIES, but a reference is a URL."""


@dataclass(frozen=True)
class Register:
    """What the municipality records of one kind, under one address.

    `component` is the standard's code in authorisations (zrc, ztc, …); `scopes` the scopes that
    each verb takes, one of which is enough; `kanaal` the channel of its notifications. An `open`
    register holds facts that anybody may read: nobody is asked who he is. `major` is the version
    in its address, when that is another than the first part of `version`.
    """

    name: str
    title: str
    component: str
    version: str
    dialect: Dialect
    scopes: Mapping[str, tuple[str, ...]]
    kanaal: str = ""
    description: str = ""
    open: bool = False
    major: str = ""
    resources: list[Resource] = field(default_factory=list, compare=False)
    commands: list[Command] = field(default_factory=list, compare=False)

    @property
    def root(self) -> str:
        """The path of the API, such as `/zaken/api/v1`."""
        return f"/{self.name}/api/v{self.major or self.version.split('.')[0]}"

    @property
    def anybody(self) -> Actor:
        """Who comes to an open register: an actor that may read it, and nothing else."""
        grant = Grant(self.component, frozenset(self.scopes["list"]))
        return Actor(Kind.APPLICATION, "", "", grants=(grant,))


registers: dict[str, Register] = {}


def register(
    name: str, title: str, component: str, version: str, dialect: Dialect, **options: Any
) -> Register:
    """Make a register and note that the house has it."""
    made = Register(name, title, component, version, dialect, **options)
    registers[made.root] = made
    return made
