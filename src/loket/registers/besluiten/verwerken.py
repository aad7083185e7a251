"""The command that Open Zaak added: a besluit with its documents, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.openapi_schemas import part_schema
from loket.grammar.resource import Command
from loket.grammar.together import together
from loket.kernel.problems import Fault, Invalid, Malformed
from loket.registers.besluiten.besluit import besluiten
from loket.registers.besluiten.besluitinformatieobject import besluitinformatieobjecten
from loket.registers.besluiten.register import BESLUITEN

if TYPE_CHECKING:
    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

BESLUIT, DOCUMENTEN = "besluit", "besluitinformatieobjecten"
SCOPES = ("besluiten.aanmaken",)

Part = tuple[str, "Resource", Any]


def verwerk(actor: Actor, call: Call) -> Any:
    """Make a besluit with the documents in which it is laid down; Invalid."""
    parts = _parts(call.body)
    with together(actor, call, parts) as doors:
        besluit = doors.create(BESLUIT, besluiten)
        made = [
            doors.create(path, resource, besluit=besluit)
            for path, resource, _ in parts
            if path != BESLUIT
        ]
    (shown,) = doors.shown(besluiten, besluit)
    return {BESLUIT: shown, DOCUMENTEN: doors.shown(besluitinformatieobjecten, *made)}


def _parts(body: Any) -> list[Part]:
    """Return the parts of a body by their path; Invalid when its form is another."""
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    missing = [name for name in (BESLUIT, DOCUMENTEN) if name not in body]
    if missing:
        raise Invalid([Fault(name, "required", "Dit veld is vereist.") for name in missing])
    listed = body[DOCUMENTEN]
    if not isinstance(listed, list):
        raise Invalid([Fault(DOCUMENTEN, "not_a_list", "Hier hoort een lijst.")])
    parts: list[Part] = [(BESLUIT, besluiten, body[BESLUIT])]
    parts += [
        (f"{DOCUMENTEN}.{nr}", besluitinformatieobjecten, each) for nr, each in enumerate(listed)
    ]
    wrong = [path for path, _, part in parts if not isinstance(part, dict)]
    if wrong:
        reason = "Ongeldige data: hier hoort een object."
        raise Invalid([Fault(path, "invalid", reason) for path in wrong])
    return parts


def _whole(besluit: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [BESLUIT, DOCUMENTEN],
        "properties": {BESLUIT: besluit, DOCUMENTEN: {"type": "array", "items": document}},
    }


besluit_verwerken = Command(
    BESLUITEN,
    "besluit_verwerken",
    verwerk,
    SCOPES,
    "Maak een besluit met de documenten waarin het is vastgelegd.",
    request=_whole(part_schema(besluiten), part_schema(besluitinformatieobjecten, BESLUIT)),
    response=_whole(
        {"$ref": "#/components/schemas/Besluit"},
        {"$ref": "#/components/schemas/BesluitInformatieObject"},
    ),
    success=201,
    of=besluiten,
)
