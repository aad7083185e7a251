"""The schemas of an OpenAPI document: what a record looks like in an answer and in a request."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from loket.grammar.links import WHOLE, Back, Named, NamedBack, NamedOne, Ref, Refs
from loket.grammar.openapi_values import Schema, described, group_schema, value
from loket.grammar.relations import target_of
from loket.grammar.shapes import Variant

if TYPE_CHECKING:
    from loket.grammar.register import Dialect, Register
    from loket.grammar.resource import Resource
    from loket.grammar.words import Word

URI: Schema = {"type": "string", "format": "uri"}


def ref(name: str) -> Schema:
    """Return a reference to a schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


class Schemas:
    """The components of one document; a schema is made when it is first referred to."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.components: dict[str, Schema] = {}
        self._own = {each.record.__name__ for each in register.resources}

    def name(self, resource: Resource) -> str:
        """Return the name of a record's schema; that of another register gives way to our own."""
        name = resource.record.__name__
        if resource.facet_of is not None:
            return resource.name.capitalize()
        if resource.register.root != self.register.root and name in self._own:
            return f"{resource.register.name.capitalize()}{name}"
        return name

    def shown(self, resource: Resource) -> Schema:
        """Return the shape of a record in an answer."""
        return self._once(self.name(resource), lambda: self._answer(resource))

    def made(self, resource: Resource) -> Schema:
        """Return the shape of the answer to a POST, which may tell more than the record."""
        if resource.told is None:
            return self.shown(resource)
        own = {name: {"type": "string"} for name in resource.told(resource.record())}
        told = {"type": "object", "required": list(own), "properties": own}
        name = f"{self.name(resource)}Made"
        return self._once(name, lambda: {"allOf": [self.shown(resource), told]})

    def asked(self, resource: Resource) -> Schema:
        """Return the shape of a record in a POST or PUT."""
        return self._once(
            f"{self.name(resource)}Request", lambda: self._request(resource, partial=False)
        )

    def patched(self, resource: Resource) -> Schema:
        """Return the shape of a record in a PATCH: everything may be left out."""
        return self._once(
            f"Patched{self.name(resource)}", lambda: self._request(resource, partial=True)
        )

    def expanded(self, resource: Resource) -> Schema:
        """Return the shape of a record in an answer to a request that may hold `expand`."""
        if not resource.relations:
            return self.shown(resource)
        return self._once(f"{self.name(resource)}Expanded", lambda: self._with_expand(resource))

    def listed(self, resource: Resource) -> Schema:
        """Return the shape of a list: a page, or a bare list."""
        results = {"type": "array", "items": self.expanded(resource)}
        if not resource.paged:
            return results
        return self._once(f"Paginated{self.name(resource)}List", lambda: _page(results))

    def _once(self, name: str, make: Any) -> Schema:
        if name not in self.components:
            self.components[name] = {}  # a record may refer to itself
            self.components[name] = make()
        return ref(name)

    def _answer(self, resource: Resource) -> Schema:
        properties: dict[str, Schema] = {
            "url": {"description": "Het adres.", **URI, "readOnly": True}
        }
        if resource.with_uuid:
            properties["uuid"] = {
                "description": "De sleutel.", "type": "string", "format": "uuid", "readOnly": True,
            }  # fmt: skip
        for word in resource.record.words.values():
            if word.wire and not word.secret:
                properties[word.wire] = self.word(word, resource, reading=True)
        return {
            "type": "object",
            "description": inspect.cleandoc(resource.record.__doc__ or ""),
            "required": list(properties),
            "properties": properties,
        }

    def _request(self, resource: Resource, *, partial: bool) -> Schema:
        words = [
            word
            for word in resource.record.words.values()
            if word.wire and word.writable and word.name not in resource.fixed
        ]
        schema: Schema = {
            "type": "object",
            "description": inspect.cleandoc(resource.record.__doc__ or ""),
            "properties": {word.wire: self._asked(word, resource) for word in words},
        }
        required = [
            word.wire for word in words if not word.optional and word.name not in resource.path_keys
        ]
        return schema if partial or not required else {**schema, "required": required}

    def _asked(self, word: Word, resource: Resource) -> Schema:
        if word.name in resource.path_keys:
            return {
                "type": "string",
                "description": f"{word.doc} Het pad zegt welke; dit telt niet.",
            }
        return self.word(word, resource, reading=False)

    def _with_expand(self, resource: Resource) -> Schema:
        properties: dict[str, Schema] = {}
        for wire, word in resource.relations.items():
            one = self.expanded(target_of(resource, word))
            if _is_one(word):
                properties[wire] = {"anyOf": [one, ref("EmptyObject")]}
            else:
                properties[wire] = {"type": "array", "items": one}
        embedded = self._once(
            f"{self.name(resource)}Embedded",
            lambda: {"type": "object", "properties": properties},
        )
        own = {"type": "object", "properties": {"_expand": embedded}}
        return {"allOf": [self.shown(resource), own]}

    def word(self, word: Word, resource: Resource, *, reading: bool) -> Schema:
        """Return the schema of a field of a record."""
        dialect = resource.register.dialect
        if getattr(word, "shows", ()):
            schema = self._beside(word, resource, reading=reading)
        elif isinstance(word, Ref | Refs | Named | NamedBack) or word.many_valued:
            schema = _relation(word, dialect, reading=reading)
        elif isinstance(word, Variant) and word.on:
            schema = self._variant(word, resource, reading=reading)
        else:
            return value(word, reading=reading)
        made = described(word, schema, reading=reading)
        if reading and isinstance(word, Ref) and word.shown_blank:
            for name in ("nullable", "format"):
                made.pop(name, None)
        return made

    def _beside(self, word: Any, resource: Resource, *, reading: bool) -> Schema:
        """Return the schema of a relation that shows more than an address."""
        target = target_of(resource, word)
        if word.shows == WHOLE:
            one = self.shown(target) if reading else self._along(target)
            return {"type": "array", "items": one}
        one = resource.register.dialect.schema(URI)
        if "properties" not in one or not target.with_uuid:
            key = {"uuid": {"type": "string", "format": "uuid"}} if target.with_uuid else {}
            one = {"type": "object", "properties": {"url": URI, **key}}
        if reading:
            beside = {target.record.words[name].wire: name for name in word.shows}
            one["properties"] |= {
                wire: self.word(target.record.words[name], target, reading=True)
                for wire, name in beside.items()
            }
        return one if _is_one(word) else {"type": "array", "items": one}

    def _along(self, target: Resource) -> Schema:
        """Return the shape of a record that is written along with the one it refers to."""
        asked = self._request(target, partial=True)
        key = {"type": "string", "format": "uuid", "description": "Van wat er al is."}
        properties = {"uuid": key, **asked["properties"]}
        needed = [w.wire for w in target.record.words.values() if w.writable and not w.optional]
        return {"type": "object", "properties": properties, "required": needed}

    def _variant(self, word: Variant, resource: Resource, *, reading: bool) -> Schema:
        after = "" if reading else "Request"
        name = self.name(resource) + ("" if word.name == _main_variant(resource) else word.wire)
        cases = [
            self._once(
                f"{case}_{name}{after}", lambda group=group: group_schema(group, reading=reading)
            )
            for case, group in word.cases.items()
        ]
        return {"anyOf": cases}


def part_schema(resource: Resource, *above: str) -> Schema:
    """Return the shape of a part of a command's body, without what the command says of it itself.

    It is for records without a variant, which has schemas of its own.
    """
    made = Schemas(resource.register)
    words = [w for w in resource.record.words.values() if w.wire and w.writable]
    chosen = [word for word in words if word.wire not in above]
    return {
        "type": "object",
        "required": [word.wire for word in chosen if not word.optional],
        "properties": {word.wire: made.word(word, resource, reading=False) for word in chosen},
    }


def _is_one(word: Any) -> bool:
    return isinstance(word, Ref) or bool(getattr(word, "first", ""))


def _main_variant(resource: Resource) -> str:
    words = resource.record.words.values()
    return next(word.name for word in words if isinstance(word, Variant) and word.on)


def _page(results: Schema) -> Schema:
    address = {**URI, "nullable": True}
    return {
        "type": "object",
        "required": ["count", "next", "previous", "results"],
        "properties": {
            "count": {"type": "integer", "minimum": 0, "description": "Het totale aantal."},
            "next": {**address, "description": "De volgende pagina."},
            "previous": {**address, "description": "De vorige pagina."},
            "results": results,
        },
    }


def _relation(word: Any, dialect: Dialect, *, reading: bool) -> Schema:
    if isinstance(word, NamedOne):
        return word.schema()
    if isinstance(word, Named) and not reading:
        return {"type": "array", "items": {"type": "string", "maxLength": 1000}}
    one = dialect.schema(URI if reading else {**URI, "minLength": 1, "maxLength": 1000})
    if isinstance(word, Ref):
        return one
    if getattr(word, "first", ""):
        return {**one, "nullable": True} if isinstance(word, Back) else one
    return {"type": "array", "items": one}
