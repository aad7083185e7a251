"""What types refer to in the Selectielijst: ours, or the one that the municipality trusts.

The looking up is done through the port to what stands outside. An address of another source is
fetched before the transaction, so that the rules inside it find what is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.links import localised
from loket.grammar.outside import outside
from loket.grammar.times import Duration
from loket.kernel.problems import Fault, InvalidValue
from loket.ledger.events import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

PROCESTYPE: Final = {"nummer": int, "jaar": int, "naam": str}
RESULTAAT: Final = {"procesType": str, "volledigNummer": str, "waardering": str}
OMSCHRIJVING: Final = {"omschrijving": str, "definitie": str}
"""The fields by which each kind is known, with what they are."""

Form = Mapping[str, type]


def looked_up(url: str, form: Form, name: str) -> tuple[dict[str, Any], list[Fault]]:
    """Return what stands at an address, or the fault of the field `name` that holds it."""
    world = outside()
    if not world.trusts(url):
        return {}, [_wrong(name, "De URL staat niet in de Selectielijst.")]
    found = world.get(url)
    if found is None:
        return {}, [Fault(name, "bad-url", "Op deze URL staat niets.")]
    if not _has_form(found, form):
        return {}, [_wrong(name, "Op deze URL staat iets anders dan hier hoort.")]
    return found, []


def _wrong(name: str, reason: str) -> Fault:
    return Fault(name, "invalid-resource", reason)


def _has_form(found: Any, form: Form) -> bool:
    return (
        isinstance(found, dict)
        and all(isinstance(found.get(name), kind) for name, kind in form.items())
        and _is_term(found.get("bewaartermijn"))
    )


def _is_term(raw: Any) -> bool:
    try:
        return raw is None or bool(Duration("").value(raw))
    except InvalidValue:
        return False


def same(url: str, other: str) -> bool:
    """Tell whether two addresses are of one record, be it at two copies of the list."""
    return _key(url) == _key(other)


def _key(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2].lower()


def fetched_first(*names: str) -> Callable[..., AbstractContextManager[Any]]:
    """Make what fetches the addresses in these fields of a body before the transaction."""

    @contextmanager
    def around(actor: Actor, body: Any, call: Call) -> Iterator[Any]:
        del actor
        world = outside()
        for url in _addresses(body, names, call.base):
            if not url.startswith(BASE) and world.trusts(url):
                world.get(url)
        yield body

    return around


def _addresses(body: Any, names: tuple[str, ...], base: str) -> Iterator[str]:
    for name in names if isinstance(body, dict) else ():
        if isinstance(body.get(name), str):
            yield localised(base, body[name].strip())
