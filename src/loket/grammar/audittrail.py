"""The audit trail of a main record: a view on the ledger, in the standard's words."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from loket.grammar.authorisation import OWN, demand_scope, demand_type, mode_of
from loket.grammar.register import registers
from loket.grammar.resource import Command
from loket.kernel.problems import NotFound
from loket.ledger.database import fetch, one
from loket.ledger.events import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

SCOPES = ("audittrails.lezen",)

_ACTIES = {
    "create": "Object aangemaakt",
    "update": "Object bijgewerkt",
    "partial_update": "Object deels bijgewerkt",
    "destroy": "Object verwijderd",
}
_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri"}
_STATE = {"type": "object", "nullable": True, "additionalProperties": True}

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "uuid": {"type": "string", "format": "uuid"},
        "bron": {**_TEXT, "description": "Het register waarin het gebeurde."},
        "applicatieId": {**_TEXT, "description": "De applicatie die het deed."},
        "applicatieWeergave": {**_TEXT, "description": "De naam van die applicatie."},
        "gebruikersId": {**_TEXT, "description": "De gebruiker van de applicatie."},
        "gebruikersWeergave": {**_TEXT, "description": "De naam van die gebruiker."},
        "actie": {**_TEXT, "enum": list(_ACTIES)},
        "actieWeergave": _TEXT,
        "resultaat": {"type": "integer", "description": "De HTTP-status van het antwoord."},
        "hoofdObject": _URI,
        "resource": {**_TEXT, "description": "Waar het mee gebeurde."},
        "resourceUrl": _URI,
        "toelichting": {**_TEXT, "description": "Waarom (header X-Audit-Toelichting)."},
        "resourceWeergave": _TEXT,
        "aanmaakdatum": {"type": "string", "format": "date-time"},
        "wijzigingen": {"type": "object", "properties": {"oud": _STATE, "nieuw": _STATE}},
    },
}


def audit_commands(resource: Resource) -> tuple[Command, Command]:
    """Offer the audit trail of the records of `resource`: the whole, and one line of it."""
    path = f"{resource.path}/{{uuid}}/audittrail"
    whole = Command(
        resource.register,
        path,
        partial(_whole, resource),
        SCOPES,
        "Vraag het audittrail op.",
        method="GET",
        response={"type": "array", "items": SCHEMA},
        of=resource,
    )
    line = Command(
        resource.register,
        f"{path}/{{audittrail_uuid}}",
        partial(_line, resource),
        SCOPES,
        "Vraag een regel van het audittrail op.",
        method="GET",
        response=SCHEMA,
        of=resource,
    )
    return whole, line


def _whole(resource: Resource, actor: Actor, call: Call) -> bytes:
    return _read(resource, actor, call, "coalesce(json_agg(r), '[]')", None) or b"[]"


def _line(resource: Resource, actor: Actor, call: Call) -> bytes:
    found = _read(resource, actor, call, "row_to_json(r)", call.keys["audittrail_uuid"])
    if found is None:
        raise NotFound
    return bytes(found)


def _read(
    resource: Resource, actor: Actor, call: Call, shown: str, line: UUID | None
) -> bytes | None:
    demand_scope(actor, SCOPES, resource.register.component)
    record = fetch(resource.record, call.key)
    if record is None or mode_of(actor) in OWN:  # a trail tells who handled what
        raise NotFound
    demand_type(resource, record, actor, SCOPES)
    row = one(_sql(shown), {"base": call.base, "key": call.key, "line": line})
    found: bytes | None = row[0] if row else None
    return found


@lru_cache(maxsize=4)
def _sql(shown: str) -> str:
    """Return the statement; what was there before is what the event before it left."""
    resources = (
        (f"{register.name}/{each.name}", each.record.__name__.lower())
        for register in registers.values()
        for each in register.resources
    )
    bronnen = ((register.name, register.component) for register in registers.values())
    nieuw = f"""replace(e.nieuw, '"{BASE}', '"' || %(base)s::text || '/')"""
    return f"""
    SELECT {shown} FROM (
        SELECT e.id AS "uuid", {_case("e.register", bronnen)} AS "bron",
            e.actor_id AS "applicatieId", e.actor_label AS "applicatieWeergave",
            e.user_id AS "gebruikersId", e.user_label AS "gebruikersWeergave",
            e.actie AS "actie", {_case("e.actie", _ACTIES.items())} AS "actieWeergave",
            e.status AS "resultaat", {_url("e.main_url")} AS "hoofdObject",
            {_case("e.register || '/' || e.resource", resources)} AS "resource",
            {_url("e.url")} AS "resourceUrl", e.toelichting AS "toelichting",
            e.label AS "resourceWeergave", e.moment AS "aanmaakdatum",
            json_build_object(
                'oud', lag({nieuw}) OVER (PARTITION BY e.key ORDER BY e.position)::json,
                'nieuw', {nieuw}::json
            ) AS "wijzigingen"
        FROM ledger_event e WHERE e.main_key = %(key)s ORDER BY e.position
    ) r WHERE %(line)s::uuid IS NULL OR r.uuid = %(line)s"""


def _case(expression: str, pairs: Iterable[tuple[str, str]]) -> str:
    cases = " ".join(f"WHEN '{key}' THEN '{value}'" for key, value in pairs)
    return f"CASE {expression} {cases} ELSE '' END"


def _url(column: str) -> str:
    return f"replace({column}, '{BASE}', %(base)s::text || '/')"
