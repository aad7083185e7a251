"""Making a klantcontact with all that belongs to it, in one transaction.

`maak-klantcontact` is as published. `maak-gesprek` is ours: one conversation with several subjects,
each a klantcontact of its own with what has to follow (K4, K9).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.openapi_schemas import part_schema
from loket.grammar.resource import Command
from loket.grammar.together import together
from loket.kernel.problems import Fault, Invalid, Malformed
from loket.registers.klantinteracties.actorklantcontact import actorklantcontacten
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.gesprek import gesprekken
from loket.registers.klantinteracties.internetaak import internetaken
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.onderwerpobject import onderwerpobjecten
from loket.registers.klantinteracties.register import BIJWERKEN, KLANTINTERACTIES

if TYPE_CHECKING:
    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

KLANTCONTACT, BETROKKENE, ONDERWERP = "klantcontact", "betrokkene", "onderwerpobject"
UNDER = {
    BETROKKENE: (betrokkenen, "hadKlantcontact"),
    ONDERWERP: (onderwerpobjecten, "klantcontact"),
    "actorKlantcontact": (actorklantcontacten, "klantcontact"),
    "interneTaak": (internetaken, "aanleidinggevendKlantcontact"),
}
"""What may be made under a klantcontact: its resource, and the field that refers to it."""

GESPREK, CONTACTEN = "gesprek", "klantcontacten"


def _checked(body: Any, path: str) -> dict[str, Any]:
    if not isinstance(body, dict):
        if not path:
            raise Malformed("De inhoud is geen JSON-object.")
        raise Invalid([Fault(path, "invalid", "Ongeldige data: hier hoort een object.")])
    return body


def _demand(body: Any, path: str, name: str) -> Any:
    if _checked(body, path).get(name) is None:
        where = f"{path}.{name}" if path else name
        raise Invalid([Fault(where, "required", "Dit veld is vereist.")])
    return body[name]


def maak_klantcontact(actor: Actor, call: Call) -> Any:
    """Make a klantcontact, with a betrokkene and an onderwerpobject where they are given."""
    contact = _checked(_demand(call.body, "", KLANTCONTACT), KLANTCONTACT)
    given = [name for name in (BETROKKENE, ONDERWERP) if call.body.get(name) is not None]
    bodies = {name: _checked(call.body[name], name) for name in given}
    parts: list[tuple[str, Resource, Any]] = [(KLANTCONTACT, klantcontacten, contact)]
    parts += [(name, UNDER[name][0], body) for name, body in bodies.items()]
    with together(actor, call, parts) as doors:
        made = {KLANTCONTACT: doors.create(KLANTCONTACT, klantcontacten)}
        for name in given:
            resource, refers = UNDER[name]
            made[name] = doors.create(name, resource, **{refers: made[KLANTCONTACT]})
    resources = {KLANTCONTACT: klantcontacten, **{name: UNDER[name][0] for name in given}}
    return {name: doors.shown(resources[name], record)[0] for name, record in made.items()}


def maak_gesprek(actor: Actor, call: Call) -> Any:
    """Make a gesprek with a klantcontact for each subject, the same betrokkene at each."""
    gesprek = _checked(_demand(call.body, "", GESPREK), GESPREK)
    listed = _demand(call.body, "", CONTACTEN)
    if not isinstance(listed, list) or not listed:
        reason = "Hier hoort een lijst met minstens één klantcontact."
        raise Invalid([Fault(CONTACTEN, "not_a_list", reason)])
    parts: list[tuple[str, Resource, Any]] = [(GESPREK, gesprekken, gesprek)]
    for nr, each in enumerate(listed):
        parts += _subject(each, f"{CONTACTEN}.{nr}", call.body.get(BETROKKENE))
    with together(actor, call, parts) as doors:
        conversation = doors.create(GESPREK, gesprekken)
        contact, made = None, []
        for path, resource, _ in parts[1:]:
            if resource is klantcontacten:
                contact = doors.create(path, resource, gesprek=conversation)
                made.append(contact)
            else:
                refers = UNDER[path.rpartition(".")[2]][1]
                doors.create(path, resource, **{refers: contact})
    (shown,) = doors.shown(gesprekken, conversation)
    return {GESPREK: shown, CONTACTEN: doors.shown(klantcontacten, *made)}


def _subject(body: Any, path: str, betrokkene: Any) -> list[tuple[str, Resource, Any]]:
    """Return the parts of one subject; the betrokkene of the gesprek is at each."""
    contact = _demand(body, path, KLANTCONTACT)
    body = {BETROKKENE: betrokkene, **body} if betrokkene is not None else body
    found: list[tuple[str, Resource, Any]] = [
        (f"{path}.{KLANTCONTACT}", klantcontacten, _checked(contact, f"{path}.{KLANTCONTACT}"))
    ]
    for name, (resource, _) in UNDER.items():
        if body.get(name) is not None:
            found.append((f"{path}.{name}", resource, _checked(body[name], f"{path}.{name}")))
    return found


def _under(*names: str) -> dict[str, Any]:
    return {name: part_schema(UNDER[name][0], UNDER[name][1]) for name in names}


def _shown(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


Command(
    KLANTINTERACTIES,
    "maak-klantcontact",
    maak_klantcontact,
    BIJWERKEN,
    "Maak een klantcontact, met een betrokkene en een onderwerpobject.",
    request={
        "type": "object",
        "required": [KLANTCONTACT],
        "properties": {KLANTCONTACT: part_schema(klantcontacten), **_under(BETROKKENE, ONDERWERP)},
    },
    response={
        "type": "object",
        "required": [KLANTCONTACT],
        "properties": {
            KLANTCONTACT: _shown("Klantcontact"),
            BETROKKENE: _shown("Betrokkene"),
            ONDERWERP: _shown("Onderwerpobject"),
        },
    },
    success=201,
    of=klantcontacten,
)
Command(
    KLANTINTERACTIES,
    "maak-gesprek",
    maak_gesprek,
    BIJWERKEN,
    "Maak een gesprek, met voor elk onderwerp een klantcontact en wat daarop volgt.",
    request={
        "type": "object",
        "required": [GESPREK, CONTACTEN],
        "properties": {
            GESPREK: part_schema(gesprekken),
            BETROKKENE: part_schema(betrokkenen, "hadKlantcontact"),
            CONTACTEN: {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": [KLANTCONTACT],
                    "properties": {
                        KLANTCONTACT: part_schema(klantcontacten, "gesprek"),
                        **_under(*UNDER),
                    },
                },
            },
        },
    },
    response={
        "type": "object",
        "required": [GESPREK, CONTACTEN],
        "properties": {
            GESPREK: _shown("Gesprek"),
            CONTACTEN: {"type": "array", "items": _shown("Klantcontact")},
        },
    },
    success=201,
    of=gesprekken,
)
