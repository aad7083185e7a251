"""A write on its way, and what every write does: hold the row, ask the rules, tell the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from loket.grammar import codec, deed
from loket.grammar.authorisation import OWN, mode_of
from loket.grammar.links import Ref, resource_of
from loket.grammar.reading import StaleRights
from loket.grammar.words import Level
from loket.kernel.clock import today
from loket.kernel.problems import Conflict, Fault, Invalid, NotFound
from loket.ledger import events
from loket.ledger.database import (
    ExclusionViolation,
    ForeignKeyViolation,
    UniqueViolation,
    fetch,
    one,
)
from loket.ledger.events import BASE, Context, Entry, Happening

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

HOUSE = BASE[:-1]
"""The base under which the house itself writes addresses."""


@dataclass
class Change:
    """A write on its way: who, what, the record before and after, and the body as it was sent."""

    resource: Resource
    actor: Actor
    verb: str
    call: Call
    record: Any = None
    before: Any = None
    given: frozenset[str] = frozenset()
    sent: Mapping[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    quiet: bool = False
    """Whether nobody has to hear of it: what happened elsewhere and long ago."""
    cause: Change | None = None
    """The removal with which this record goes along."""

    def fault(self, name: str, code: str, reason: str) -> None:
        """Note a fault found by a rule that has more to say than yes or no."""
        self.faults.append(Fault(name, code, reason))

    def warn(self, reason: str) -> None:
        """Note what is written all the same, but deserves a look (header X-Warning)."""
        self.warnings.append(reason)

    def may(self, *scopes: str) -> bool:
        """Tell whether the actor has one of `scopes` for the type at hand."""
        main, record = self.resource.main(self.record)
        if self.actor.everything or not main.authorised_by:
            return self.actor.allows(scopes)
        kind = getattr(record, f"{main.authorised_by}_id")
        granted = self.actor.granted(main.register.component, scopes)
        return any(grant.type == kind for grant in granted)


@dataclass(frozen=True)
class Written:
    """A record that was written, and its representation as JSON with the house's own base."""

    record: Any
    representation: str
    warnings: tuple[str, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)

    def shown(self, base: str) -> bytes:
        """Return the JSON with the addresses as the client knows them, and what is told beside."""
        shown = self.representation.replace(f'"{BASE}', f'"{base}/').encode()
        return b"%b,%b" % (shown[:-1], codec.encode(self.told)[1:]) if self.told else shown


def demand_fresh(actor: Actor) -> None:
    """Refuse rights that were read before the authorisations last changed."""
    doing = deed.current()
    if actor.stand is None or (doing is not None and doing.asked):
        return
    if one("SELECT stand FROM grammar_stand")[0] != actor.stand:
        raise StaleRights
    if doing is not None:
        doing.asked = True


def held(resource: Resource, key: UUID, actor: Actor, **keys: UUID) -> Any:
    """Return a record, held against other writers, its main record first."""
    doing = deed.current()
    if doing is not None and key in doing.held:
        return doing.held[key]
    found = fetch(resource.record, key, lock=not resource.parent)
    if found is None or any(getattr(found, f"{name}_id") != under for name, under in keys.items()):
        raise NotFound
    if mode_of(actor) in OWN:
        raise NotFound
    if not resource.parent:
        return found
    above = doing.held.get(getattr(found, f"{resource.parent}_id")) if doing else None
    if above is None:
        main, record = resource.main(found)
        fetch(main.record, record.pk, lock=True)
    locked = fetch(resource.record, key, lock=True)
    if locked is None:
        raise NotFound
    if above is not None:
        setattr(locked, resource.parent, above)
    return locked


def stop(faults: list[Fault]) -> None:
    """Raise what was found wrong, if anything was."""
    if faults:
        raise Invalid(faults)


def broken(change: Change) -> list[Fault]:
    """Ask every rule of the resource; return the faults of the change."""
    verb = "update" if change.verb == "partial_update" else change.verb
    for rule in change.resource.rules:
        if verb in rule.verbs:
            change.faults.extend(rule.faults(change.record, change))
    if verb != "destroy":
        for check in change.resource.checks:
            change.faults.extend(check(change.record, change))
    return change.faults


def tell(change: Change, status: int, representation: str) -> str | None:
    """Record the event in the ledger; return the new representation, as the SQL made it."""
    resource, record = change.resource, change.record
    main, main_record = resource.main(record)
    happening = Happening(
        register=resource.register.name,
        resource=resource.name,
        key=record.pk,
        url=resource.address(record, HOUSE),
        main_resource=main.name,
        main_key=main_record.pk,
        main_url=main.address(main_record, HOUSE),
        actie=change.verb,
        status=status,
        label=str(record),
        kenmerken=_kenmerken(main, main_record),
        regime=main_record.regime,
    )
    params = {
        "key": record.pk,
        "base": HOUSE,
        "dag": today(),
        "doel": None,
        "doel_van_een": None,
        "trace": change.call.trace,
        "wie": change.actor.logged_as,
        "regimes": [record.regime],
        "burger": None,
        "kvk": "",
        "vestiging": "",
        "urn": "",
    }
    context = Context(change.call.toelichting, change.call.trace)
    doing = deed.current()
    if doing is not None and not change.quiet:
        doing.held[record.pk] = record
        doing.note(Entry(representation, change.actor, happening, context, params))
        return None
    sql = _event_sql(representation, change.quiet)
    return events.record(sql, change.actor, happening, context, params)


@lru_cache(maxsize=512)
def _event_sql(representation: str, quiet: bool) -> str:  # noqa: FBT001 - part of the key
    return events.statement(representation, queued=not quiet)


def _kenmerken(main: Resource, record: Any) -> dict[str, str]:
    made = {}
    for path in main.kenmerken:
        owner: Any = record
        *steps, last = path.split(".")
        for step in steps:
            owner = getattr(owner, step)
        made[path] = _kenmerk(owner, last)
    return made


def _kenmerk(owner: Any, name: str) -> str:
    word = owner.words[name]
    if isinstance(word, Ref):
        target = resource_of(type(owner)._meta.get_field(name).related_model)
        return f"{HOUSE}{target.root}/{target.path}/{getattr(owner, f'{name}_id')}"
    value = getattr(owner, name)
    return str(word.of.values[value]) if isinstance(word, Level) else str(value)


def copy_of(record: Any) -> Any:
    """Return a record with the same values, to be changed beside the first."""
    fields = record._meta.concrete_fields
    names = [each.attname for each in fields]
    copied = type(record).from_db(record._state.db, names, [getattr(record, n) for n in names])
    copied._state.fields_cache = dict(record._state.fields_cache)
    return copied


class explained:  # noqa: N801 - reads as a word in a with statement
    """Turns a refusal by the database into the fault that the declaration names."""

    def __init__(self, resource: Resource) -> None:
        self.resource = resource

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, problem: object, trace: object) -> None:
        del kind, trace
        taken = UniqueViolation | ExclusionViolation
        cause = problem if isinstance(problem, taken) else getattr(problem, "__cause__", None)
        if isinstance(cause, taken):
            name = cause.diag.constraint_name or ""
            on, code = self.resource.unique.get(name, ("nonFieldErrors", "unique"))
            raise Invalid([Fault(on, code, "Deze waarde of combinatie bestaat al.")]) from None
        if isinstance(cause, ForeignKeyViolation):
            raise Conflict("Iets waarnaar verwezen wordt, bestaat niet meer.") from None
