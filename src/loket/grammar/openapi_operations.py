"""The operations of a resource in an OpenAPI document, one for each verb."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from loket.grammar.asking import VERSION_QUERY
from loket.grammar.openapi_parameters import (
    filter_parameter,
    number_parameter,
    parameter,
    path_parameter,
    query_parameter,
)
from loket.grammar.openapi_parts import (
    PROBLEMS,
    answer,
    body,
    header,
    problem,
    security,
    strangers,
)
from loket.grammar.reading import filters_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.openapi_schemas import Schemas
    from loket.grammar.register import Register
    from loket.grammar.resource import Resource

Part = dict[str, Any]

_METHODS = {
    "list": "get", "create": "post", "retrieve": "get", "headers": "head", "update": "put",
    "partial_update": "patch", "destroy": "delete",
}  # fmt: skip
_SUMMARIES = {
    "list": "Vraag een lijst van {many} op.",
    "create": "Maak een {one}.",
    "retrieve": "Vraag een {one} op.",
    "headers": "Vraag de headers van een {one} op.",
    "update": "Vervang alle velden van een {one}.",
    "partial_update": "Wijzig enkele velden van een {one}.",
    "destroy": "Verwijder een {one}.",
}
_READS = ("retrieve", "headers")
_WRITES = ("create", "update", "partial_update")


def purposeful(register: Register) -> bool:
    """Tell whether a BSN may come by in a register, for which a client needs a purpose."""
    return any(resource.hides_numbers for resource in register.resources)


class Operations:
    """The operations of one resource."""

    def __init__(self, resource: Resource, made: Schemas) -> None:
        self.resource = resource
        self.made = made
        self.one = resource.name if resource.facet_of else resource.record.__name__.lower()
        self.crs = resource.register.dialect.crs and resource.has_geometry

    def paths(self) -> dict[str, dict[str, Any]]:
        """Return the operations by path and method."""
        keys = [path_parameter(f"{name}_uuid") for name in self.resource.path_keys]
        path = "/" + re.sub(r"\{([a-z_]+)\}", r"{\1_uuid}", self.resource.path)
        one: list[str] = [verb for verb in self.resource.verbs if verb not in ("list", "create")]
        if "retrieve" in one:
            one.append("headers")
        numbered = self.resource.numbered
        own = number_parameter(numbered) if numbered else parameter("uuid")
        paths = {
            path: self._at([verb for verb in self.resource.verbs if verb not in one], keys),
            f"{path}/{{{numbered or 'uuid'}}}": self._at(one, [*keys, own]),
        }
        return {path: written for path, written in paths.items() if written}

    def _at(self, verbs: Sequence[str], keys: list[Part]) -> dict[str, Any]:
        written: dict[str, Any] = {_METHODS[verb]: self._operation(verb) for verb in verbs}
        return {"parameters": keys, **written} if keys and written else written

    def _operation(self, verb: str) -> Part:
        resource = self.resource
        scopes = resource.scopes_for("retrieve" if verb == "headers" else verb)
        made: Part = {
            "operationId": f"{self.one}_{verb}",
            "summary": _SUMMARIES[verb].format(one=self.one, many=resource.name),
            "description": self._rules(verb),
            "tags": [resource.name],
            "parameters": [*self._query(verb), *self._headers(verb)],
            "security": self._security(scopes),
            "responses": self._responses(verb),
        }
        if verb in _WRITES:
            shape = self.made.patched if verb == "partial_update" else self.made.asked
            made["requestBody"] = body(shape(resource))
        return {key: value for key, value in made.items() if value}

    def _security(self, scopes: tuple[str, ...]) -> list[Part]:
        register = self.resource.register
        return [] if register.open else security(scopes, tokens=register.dialect.tokens)

    def _rules(self, verb: str) -> str:
        asked = "update" if verb == "partial_update" else verb
        rules = [each for each in self.resource.rules if asked in each.verbs]
        return "\n".join(f"- `{each.code}` ({each.on}): {each.reason}" for each in rules)

    def _query(self, verb: str) -> list[Part]:
        if verb == "list":
            paging = [parameter("page"), parameter("pageSize")] if self.resource.paged else []
            filters = [filter_parameter(each) for each in filters_of(self.resource).values()]
            return [*filters, *self._ordering(), *self._days(verb), *paging, *self._expand()]
        return [*self._days(verb), *self._expand()] if verb in _READS else []

    def _ordering(self) -> list[Part]:
        names = [self.resource.record.words[name].wire for name in self.resource.ordering]
        if not names:
            return []
        choices = [f"{sign}{name}" for name in names for sign in ("", "-")]
        schema = {"type": "array", "items": {"type": "string", "enum": choices}}
        return [query_parameter("ordering", schema, "De volgorde; een - ervoor keert haar om.")]

    def _days(self, verb: str) -> list[Part]:
        filters = filters_of(self.resource) if verb == "list" else {}
        schema = {"type": "string", "format": "date"}
        text = "De dag waarop de relaties geldig moeten zijn; anders vandaag."
        names = [name for name in self.resource.read_query if name not in filters]
        made = [query_parameter(name, schema, text) for name in names]
        if verb != "list" and self.resource.history is not None:
            made += [
                query_parameter(name, word.schema(), word.doc)
                for name, word in VERSION_QUERY.items()
            ]
        return made

    def _expand(self) -> list[Part]:
        names = list(self.resource.relations)
        if not names:
            return []
        text = (
            "Relaties die meekomen onder `_expand`, gescheiden door komma's; dieper met een punt. "
            f"Hier: {', '.join(names)}."
        )
        return [query_parameter("expand", {"type": "string"}, text, example=names[0])]

    def _headers(self, verb: str) -> list[Part]:
        wanted = {
            "If-None-Match": verb in _READS,
            "X-Audit-Toelichting": verb in (*_WRITES, "destroy"),
            "X-Doelbinding": purposeful(self.resource.register),
            "Accept-Crs": self.crs and verb != "destroy",
            "Content-Crs": self.crs and verb in _WRITES,
        }
        return [parameter(name) for name, asked in wanted.items() if asked]

    def _responses(self, verb: str) -> dict[str, Part]:
        faults = {str(status): problem(status) for status in self._faults(verb)}
        faults["400"] = problem("400-inhoud" if verb in _WRITES else 400)
        if verb == "headers":
            faults = {status: {"description": PROBLEMS[int(status)]} for status in faults}
        return dict(sorted((self._success(verb) | faults).items()))

    def _success(self, verb: str) -> dict[str, Part]:
        told = {"API-version": header("API-version")}
        if self.crs:
            told["Content-Crs"] = header("Content-Crs")
        if verb == "list":
            return answer(200, told, self.made.listed(self.resource))
        if verb == "create":
            told["Location"] = header("Location")
            return answer(201, told, self.made.made(self.resource))
        if verb == "destroy":
            return answer(204, told)
        if verb in _WRITES:
            return answer(200, told, self.made.shown(self.resource))
        told["ETag"] = header("ETag")
        schema = self.made.expanded(self.resource) if verb == "retrieve" else None
        return answer(200, told, schema) | answer(304, told)

    def _faults(self, verb: str) -> list[int]:
        finds = verb not in ("list", "create") or bool(self.resource.path_keys)
        faults = {
            404: finds or (verb == "list" and (self.resource.paged or self.resource.relations)),
            409: verb in (*_WRITES, "destroy"),
            413: verb in _WRITES,
            415: verb in _WRITES,
            503: verb in _WRITES and bool(self.resource.around),
            406: self.crs and verb != "destroy",
            412: self.crs and verb != "destroy",
        }
        told = strangers(self.resource.register)
        return [*told, 421, 500, *(status for status, given in faults.items() if given)]
