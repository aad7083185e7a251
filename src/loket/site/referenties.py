"""The world as a municipality may see it: our own reference lists, and what it trusts of others."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings

from loket.connectors.referenties import BaseError, Referenties, based, plainly_inside
from loket.connectors.referenties.trusting import INTERN
from loket.grammar import outside
from loket.grammar.codec import decode
from loket.grammar.links import key_in
from loket.grammar.reading import Query
from loket.grammar.register import registers
from loket.grammar.writing import HOUSE
from loket.kernel import tenant
from loket.kernel.problems import NotFound
from loket.registers.beheer.current import instellingen
from loket.registers.selectielijst.register import COPY_OF, SELECTIELIJST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from loket.grammar.resource import Resource

log = logging.getLogger(__name__)

_chosen: list[Callable[[], Iterable[str]]] = []


def also_trust(bases: Callable[[], Iterable[str]]) -> None:
    """Trust, beside what the settings name, the bases that the current municipality chose."""
    _chosen.append(bases)


def bases() -> list[str]:
    """Return the bases that the current municipality trusts.

    Only the keeper of the house can open its own network; a municipality cannot.
    """
    ours = [plainly_inside(each) for each in (settings.SELECTIELIJST_URL, *settings.TRUSTED_URLS)]
    theirs = [each for chosen in _chosen for each in chosen() if not each.startswith(INTERN)]
    return [each for each in (*ours, *theirs) if each]


FRESH = 5.0
"""Seconds within which a change of a municipality's own choice holds in every process."""

_remembered: dict[str, tuple[float, tuple[str, ...]]] = {}


def _of_the_municipality() -> tuple[str, ...]:
    """Return what the current municipality chose in its settings, as it was a moment ago at most.

    A write may name many addresses of others, and each would ask the settings anew.
    """
    name, moment = tenant.current().name, time.monotonic()
    known = _remembered.get(name)
    if known is None or moment - known[0] > FRESH:
        chosen = instellingen()
        known = moment, (chosen.selectielijst, *chosen.vertrouwde_adressen)
        _remembered[name] = known
    return known[1]


def forget() -> None:
    """Forget what was remembered of the municipalities' choices."""
    _remembered.clear()


class World:
    """What stands in our own open registers, and behind it the addresses of others."""

    def __init__(self, others: Referenties) -> None:
        self._others = others

    def trusts(self, url: str) -> bool:
        """Tell whether an address is one of ours, one that we copied, or under a trusted base."""
        return _at_home(url) is not None or self._others.trusts(url)

    def get(self, url: str) -> Any:
        """Return the JSON at such an address, or None when nothing is there; Unavailable."""
        home = _at_home(url)
        found = None if home is None else _own(home)
        return self._others.get(url) if found is None else found


def _at_home(url: str) -> str | None:
    """Return the address in an open register of ours where the same stands, if there is one."""
    for copied in COPY_OF:
        if url.startswith(f"{copied}/"):
            return f"{HOUSE}{SELECTIELIJST.root}{url.removeprefix(copied)}"
    return url if _register_of(url) is not None else None


def _register_of(url: str) -> Any:
    roots = (root for root, each in registers.items() if each.open)
    return next((registers[root] for root in roots if url.startswith(f"{HOUSE}{root}/")), None)


def _own(url: str) -> Any:
    """Return what stands at an address in an open register, read as anybody reads it."""
    register = _register_of(url)
    for resource in register.resources:
        key = key_in(url, resource, HOUSE)
        if key is not None:
            return _read(resource, key)
    return None


def _read(resource: Resource, key: UUID) -> Any:
    try:
        return decode(resource.get(resource.register.anybody, key, Query(HOUSE)))
    except NotFound:
        return None


def connect() -> None:
    """Let registers look outside through here; every process of the house does so at its start."""
    for text in (settings.SELECTIELIJST_URL, *settings.TRUSTED_URLS):
        _look_at(text)
    if _of_the_municipality not in _chosen:
        also_trust(_of_the_municipality)
    world = World(Referenties(bases))
    outside.bind(lambda: world)


def _look_at(text: str) -> None:
    try:
        based(text or "https://localhost")
    except BaseError as problem:
        log.error("LOKET_SELECTIELIJST_URL or LOKET_TRUSTED_URLS: %s", problem)  # noqa: TRY400
