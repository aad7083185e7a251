"""Taking a body in: every fault noted at once, references found, nothing written yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model

from loket.grammar.blobs import Blob
from loket.grammar.links import Back, Named, NamedOne, Ref, Refs, key_in, resource_of
from loket.grammar.record import written
from loket.grammar.relations import target_of
from loket.grammar.shapes import Variant
from loket.grammar.shown import Alias, Outer
from loket.grammar.words import MISSING, Number, Secret, Text, Word
from loket.kernel.problems import Malformed
from loket.ledger.database import fetch

if TYPE_CHECKING:
    from loket.grammar.resource import Resource
    from loket.grammar.words import Intake


def take(resource: Resource, body: Any, intake: Intake, before: Any, *, partial: bool) -> Taken:
    """Check a body against the words of a record.

    `before` is the record as it stands when it is being changed; `partial` leaves out what the
    body leaves out. Faults are noted in `intake`.
    """
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    taken = Taken(resource, intake, before, partial=partial)
    for word in written(resource.record):
        if word.name in resource.path_keys:
            continue
        if word.wire in body:
            taken.give(word, body[word.wire], body)
        elif not partial:
            taken.leave_out(word)
    taken.aliases(body)
    if before is not None:
        taken.refuse_changes()
    return taken


class Taken:
    """The values of a body that passed, by the name of the word."""

    def __init__(
        self, resource: Resource, intake: Intake, before: Any, *, partial: bool = False
    ) -> None:
        self.resource = resource
        self.intake = intake
        self.before = before
        self.partial = partial
        self.values: dict[str, Any] = {}
        self.numbers: dict[str, str] = {}
        self.given: set[str] = set()

    def give(self, word: Word, raw: Any, body: dict[str, Any]) -> None:
        """Take the value that the client gave."""
        if isinstance(word, Alias):
            return
        self.given.add(word.name)
        if isinstance(word, Variant):
            self._variant(word, raw, body)
            return
        value = self._value(word, raw)
        if value is MISSING or (value is None and isinstance(word, Number) and self.before):
            return
        if value is None and not word.nullable:
            value = word.empty()
        self.values[word.name] = value

    def _value(self, word: Word, raw: Any) -> Any:
        if isinstance(word, Ref):
            return self._reference(word, raw)
        if isinstance(word, Refs) or (isinstance(word, Back) and word.kept == "links"):
            return self._references(word, raw)
        if isinstance(word, Back):
            return self._whole(word, raw)
        if isinstance(word, NamedOne):
            return self._name(word, target_of(self.resource, word), raw, word.wire)
        if isinstance(word, Named):
            return self._names(word, raw)
        return word.taken(raw, word.wire, self.intake)

    def leave_out(self, word: Word) -> None:
        """Take the default of what the client left out, or note that it is required.

        What may not change, a number that the house handed out, a secret and a file stay as
        they were.
        """
        kept = Named | Number | Secret | Blob | Back
        if isinstance(word, Alias):
            return
        if self.before is not None and (word.once or isinstance(word, kept)):
            return
        if not word.optional:
            self.intake.fault(word.wire, "required", "Dit veld is vereist.")
        else:
            self.values[word.name] = word.empty()
            if isinstance(word, Variant):
                self.numbers[word.name] = ""

    def aliases(self, body: dict[str, Any]) -> None:
        """Take what was given under another name, unless it stands under its own as well."""
        for name, word in self.resource.record.words.items():
            if not isinstance(word, Alias) or body.get(word.wire) is None:
                continue
            meant = self.resource.record.words[word.of]
            if body.get(meant.wire) in (None, "", []):
                raw = body[word.wire]
                self.give(meant, [raw] if word.single else raw, body)
            elif word.single and not isinstance(body[meant.wire], list):
                continue  # which is amiss by itself
            elif word.single and body[word.wire] not in body[meant.wire]:
                reason = f"Dit staat niet in {meant.wire}; geef een van beide."
                self.intake.fault(word.wire, "invalid", reason)
            elif not word.single and str(body[meant.wire]) != str(body[word.wire]):
                reason = f"Dit is een andere waarde dan {meant.wire}, terwijl het hetzelfde is."
                self.intake.fault(word.wire or name, "invalid", reason)

    def _reference(self, word: Ref, raw: Any, path: str = "") -> Any:
        target, path = target_of(self.resource, word), path or word.wire
        if isinstance(raw, UUID | Model):
            key: Any = getattr(raw, "pk", raw)
        else:
            key = word.key(raw, path, self.intake, target, self.resource.register.dialect)
        if key in (None, MISSING):
            return key
        held = word.name == self.resource.parent
        found = raw if isinstance(raw, Model) else fetch(target.record, key, lock=held)
        if found is None:
            return word.refused("", path, self.intake, self.resource.register.dialect)
        return found

    def _whole(self, word: Back, raw: Any) -> Any:
        """Return the bodies of records that are written along; their own door checks them."""
        if raw is None and word.nullable:
            return []
        if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
            self.intake.fault(word.wire, "not_a_list", "Hier hoort een lijst van objecten.")
            return MISSING
        return raw

    def _references(self, word: Refs | Back, raw: Any) -> Any:
        if raw is None and word.nullable:
            return []
        if not isinstance(raw, list):
            self.intake.fault(word.wire, "not_a_list", "Hier hoort een lijst.")
            return MISSING
        target = target_of(self.resource, word)
        dialect = self.resource.register.dialect
        found = []
        for nr, each in enumerate(raw):
            key = each if isinstance(each, UUID) else dialect.key_of(each, target, self.intake.base)
            if key is None or (row := fetch(target.record, key)) is None:
                self.intake.fault(f"{word.wire}.{nr}", *dialect.bad_reference(each))
            else:
                found.append(row)
        return found

    def _names(self, word: Named, raw: Any) -> Any:
        if raw is None and word.optional:
            return []
        if not isinstance(raw, list):
            self.intake.fault(word.wire, "not_a_list", "Hier hoort een lijst.")
            return MISSING
        target = target_of(self.resource, word)
        names = []
        for nr, each in enumerate(raw):
            name = self._name(word, target, each, f"{word.wire}.{nr}")
            if name is not MISSING and name not in names:
                names.append(name)
        return names

    def _name(self, word: Named, target: Resource, raw: Any, path: str) -> Any:
        """Return the name that a name or an address stands for."""
        key = key_in(raw, target, self.intake.base)
        if key is not None:
            row = fetch(target.record, key)
            if row is not None:
                return getattr(row, word.by)
            self.intake.fault(path, "bad-url", "De URL verwijst naar niets dat dit register kent.")
            return MISSING
        return Text(word.doc, max=word.length).taken(raw, path, self.intake)

    def _variant(self, word: Variant, raw: Any, body: dict[str, Any]) -> None:
        case: Any = ""
        if word.on:
            on = self.resource.record.words[word.on]
            case = body.get(on.wire, getattr(self.before, word.on, ""))
            case = case if isinstance(case, str) else ""
        raw = self._merged(word, raw, case)
        value, number = word.case(raw, case, word.wire, self.intake)
        if value is MISSING:
            return
        if word.unknown(value, number, self.before):
            self.intake.fault(word.wire, "invalid", "Dit staat voor niemand.")
        self.values[word.name] = value
        self.numbers[word.name] = number
        for name, where in word.outer.items():
            self.values[name] = self._outer(word, name, raw if where == case else None)

    def _merged(self, word: Variant, raw: Any, case: str) -> Any:
        """Return the form with what a PATCH leaves as it was."""
        if not (word.merged and self.partial and self.before is not None and isinstance(raw, dict)):
            return raw
        return (
            {**(getattr(self.before, word.name) or {}), **raw}
            if (case == word.case_of(self.before))
            else raw
        )

    def _outer(self, word: Variant, name: str, raw: Any) -> Any:
        """Return the record that a reference inside the form of a variant names."""
        group = word.cases[word.outer[name]]
        part = next(p for p in group.words.values() if isinstance(p, Outer) and p.of == name)
        given = raw.get(part.wire) if isinstance(raw, dict) else None
        held: Any = self.resource.record.words[name]
        found = self._reference(held, given, f"{word.wire}.{part.wire}")
        return None if found is MISSING else found

    def refuse_changes(self) -> None:
        """Note a fault for each field that may not change after creation, but would."""
        for word in written(self.resource.record):
            if not word.once or word.name not in self.values or word.name not in self.given:
                continue
            new, old = self.values[word.name], getattr(self.before, word.name)
            if getattr(new, "pk", new) != getattr(old, "pk", old) or self.numbers.get(word.name):
                code = self.resource.register.dialect.unchangeable
                self.intake.fault(word.wire, code, "Dit veld mag niet gewijzigd worden.")
            self.values.pop(word.name)
            self.numbers.pop(word.name, None)


def parent_of(resource: Resource, keys: dict[str, UUID]) -> Any:
    """Return the record named in the path, held against other writers; None when absent."""
    name = resource.path_keys[0]
    model: Any = resource.record._meta.get_field(name).related_model
    return fetch(resource_of(model).record, keys[name], lock=True)
