"""A command that opens several doors: one transaction, and all faults told under their part."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from loket.grammar import codec, deed
from loket.grammar.authorisation import demand_type
from loket.grammar.filters import Filter
from loket.grammar.reading import Query
from loket.grammar.shapes import Variant
from loket.grammar.taking import take
from loket.grammar.words import Intake
from loket.grammar.writing import demand_fresh, held, prepared
from loket.kernel.problems import Fault, Invalid
from loket.ledger import events
from loket.ledger.database import broken, whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

Part = tuple[str, "Resource", Any]
"""One part of a body: its path in it, the resource whose door it goes through, and its value."""

_BY_KEY = Filter("uuid__in", "{row}.id = ANY({value}::uuid[])", lambda raw, _: raw)


class Together:
    """The doors that one command opens, and what each part came to."""

    def __init__(self, actor: Actor, call: Call, bodies: Mapping[str, Any]) -> None:
        self.actor = actor
        self.call = call
        self.bodies = bodies
        self.faults: list[Fault] = []
        self._shown: dict[UUID, str] = {}

    @contextmanager
    def part(self, path: str) -> Iterator[None]:
        """Tell faults of the block under the path of its part, and go on with the next."""
        try:
            yield
        except Invalid as problem:
            self.faults += [Fault(f"{path}.{f.name}", f.code, f.reason) for f in problem.faults]
            if broken():
                self.stop()

    def create(self, path: str, resource: Resource, **above: Any) -> Any:
        """Make the record of a part, under records at hand; None when it has faults."""
        with self.part(path):
            if None in above.values():
                self._check(resource, path, above)
            else:
                body = {**self.bodies[path], **above}
                return self._kept(resource.create(self.actor, body, self.call))
        return None

    def replace(self, path: str, resource: Resource, key: UUID, **above: Any) -> Any:
        """Replace a record by a part; None when it has faults."""
        with self.part(path):
            body = {**self.bodies[path], **above}
            return self._kept(resource.replace(self.actor, key, body, self.call))
        return None

    def patch(self, path: str, resource: Resource, key: UUID) -> Any:
        """Change a record by a part; None when it has faults."""
        with self.part(path):
            return self._kept(resource.patch(self.actor, key, self.bodies[path], self.call))
        return None

    def hold(self, resource: Resource, key: UUID) -> Any:
        """Return a record that the command is about, held against other writers."""
        demand_fresh(self.actor)
        record = held(resource, key, self.actor)
        demand_type(resource, record, self.actor, resource.scopes_for("partial_update"))
        doing = deed.current()
        if doing is not None:
            doing.held[key] = record
        return record

    def stop(self) -> None:
        """Raise what was found wrong, if anything was."""
        if self.faults:
            raise Invalid(self.faults)

    def _kept(self, written: Any) -> Any:
        self.call.warnings.extend(written.warnings)
        return written.record

    def _check(self, resource: Resource, path: str, above: Mapping[str, Any]) -> None:
        """Tell the faults in the form of a part that cannot be made, for what it needs is not."""
        intake = Intake(self.call.base)
        take(resource, self.bodies[path], intake, None, partial=False)
        faults = [fault for fault in intake.faults if fault.name not in above]
        if faults:
            raise Invalid(faults)

    def tell(self) -> None:
        """Record the events of the deed, after which its records can be shown."""
        doing = deed.current()
        self._shown = events.record_all(doing.entries) if doing else {}

    def shown(self, resource: Resource, *records: Any) -> list[Any]:
        """Return the JSON of records as this client may see it, in their order."""
        if self.actor.purpose and any(_hides_number(each) for each in records):
            return self._read_again(resource, records)
        texts = (self._shown[each.pk] for each in records)
        return [codec.decode(_at(self.call.base, text)) for text in texts]

    def _read_again(self, resource: Resource, records: tuple[Any, ...]) -> list[Any]:
        """Read what an event hides; who may not read it sees what the event tells."""
        keys = [each.pk for each in records]
        query = Query(self.call.base, ((_BY_KEY, keys),), size=len(keys), trace=self.call.trace)
        found = {
            each["uuid"]: each for each in codec.decode(resource.list(self.actor, query).results)
        }
        told = (_at(self.call.base, self._shown[key]) for key in keys)
        return [
            found.get(str(key)) or codec.decode(text) for key, text in zip(keys, told, strict=True)
        ]


def _hides_number(record: Any) -> bool:
    """Tell whether a BSN stands apart from a record, which an event does not show."""
    words = (word for word in record.words.values() if isinstance(word, Variant) and word.numbers)
    return any(getattr(record, word.pseudonym) is not None for word in words)


def _at(base: str, text: str) -> bytes:
    return text.replace(f'"{events.BASE}', f'"{base}/').encode()


@contextmanager
def together(actor: Actor, call: Call, parts: list[Part]) -> Iterator[Together]:
    """Do the block as one: all of it is written and told, or nothing is."""
    with ExitStack() as around:
        ready = {
            path: around.enter_context(prepared(resource, actor, body, call))
            for path, resource, body in parts
        }
        with whole(), deed.doing():
            doors = Together(actor, call, ready)
            yield doors
            doors.stop()
            doors.tell()
