"""document_registreren: a document and its link to a zaak, in one transaction (Open Zaak)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.addresses import resource_named
from loket.grammar.resource import Command
from loket.grammar.writing import prepared
from loket.kernel.problems import Fault, Invalid, Malformed, NotFound
from loket.ledger.database import atomic
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.documenten.register import AANMAKEN, DOCUMENTEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

_DOCUMENT: Final = "enkelvoudiginformatieobject"
_LINK: Final = "zaakinformatieobject"


def registreer(actor: Actor, call: Call) -> bytes:
    """Make a document and link it to a zaak: both or neither; Forbidden, Invalid."""
    body = call.body
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    missing = [
        Fault(name, "required", "Dit veld is vereist.")
        for name in (_DOCUMENT, _LINK)
        if not isinstance(body.get(name), dict)
    ]
    if missing:
        raise Invalid(missing)
    ready = prepared(enkelvoudiginformatieobjecten, actor, body[_DOCUMENT], call)
    with under(_DOCUMENT), ready as document, atomic():
        made = enkelvoudiginformatieobjecten.create(actor, document, call)
        link = linked(actor, made.record, body[_LINK], call)
    shown = (made.shown(call.base), link.shown(call.base))
    return b'{"%b":%b,"%b":%b}' % (_DOCUMENT.encode(), shown[0], _LINK.encode(), shown[1])


def linked(actor: Actor, document: Any, body: dict[str, Any], call: Call) -> Any:
    """Link a document to the zaak in a body, as a client would; Forbidden, Invalid."""
    address = enkelvoudiginformatieobjecten.address(document, call.base)
    with under(_LINK):
        return links().create(actor, {**body, "informatieobject": address}, call)


def links() -> Resource:
    """Return the resource of the links between zaken and documents, wherever it is served."""
    found = resource_named("zaken", "zaakinformatieobjecten")
    if found is None:
        raise NotFound("Deze gemeente heeft geen zaken.")
    return found


@contextmanager
def under(name: str) -> Iterator[None]:
    """Tell of faults under the name of the part of the body that they are in."""
    try:
        yield
    except Invalid as problem:
        if any(fault.name.startswith((f"{_DOCUMENT}.", f"{_LINK}.")) for fault in problem.faults):
            raise
        raise Invalid(
            [Fault(f"{name}.{each.name}", each.code, each.reason) for each in problem.faults]
        ) from None


_ANSWER: Final = {
    "type": "object",
    "required": [_DOCUMENT, _LINK],
    "properties": {
        _DOCUMENT: {"type": "object", "additionalProperties": True},
        _LINK: {"type": "object", "additionalProperties": True},
    },
}

Command(
    DOCUMENTEN,
    "document_registreren",
    registreer,
    (AANMAKEN,),
    "Maak een document en koppel het aan een zaak.",
    request=_ANSWER,
    response=_ANSWER,
    blobs=(f"{_DOCUMENT}.inhoud",),
    success=201,
)
