"""Bringing one record into the house, and telling what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.admitting import Leniency, admit, readmit
from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE, prepared
from loket.kernel.actor import Actor
from loket.kernel.problems import Invalid, Problem
from loket.ledger.database import Away, atomic, fetch
from loket.services.verhuizing import journal, ours
from loket.services.verhuizing.journal import Line
from loket.services.verhuizing.likeness import (
    differing,
    digest,
    fingerprint,
    lacks_bsn,
    left_behind,
    likeness,
)
from loket.services.verhuizing.plan import named
from loket.services.verhuizing.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.resource import Resource
    from loket.services.verhuizing.bodies import Bodies
    from loket.services.verhuizing.documents import Version
    from loket.services.verhuizing.options import Options

Json = dict[str, Any]

DOEL: Final = "urn:loket:verwerking:verhuizing"
"""The purpose in the processing log for the BSNs that come along."""

PAST: Final = frozenset(
    {
        "zaak-gesloten", "not-published", "status-niet-toegestaan", "resultaat-does-not-exist",
        "date-before-start", "non-concept-object", "non-concept-zaaktype", "notitie-definitief",
        "zaak-archiefstatus-invalid", "documents-not-archived", "indicatiegebruiksrecht-unset",
        "informatieobject-locked", "unlocked", "deelzaken-not-closed", "hoofdzaak-closed",
        "relations-incorrect-catalogus", "pending-relations", "inconsistent-relation",
        "relevanteAndereZaken:bad-url", "gerelateerdeZaken:bad-url",
        "missing-gebruiksrechten", "existing-gebruiksrechten", "missing-lock-id",
        "klantcontact-onveranderlijk",
    }
)  # fmt: skip
"""Codes of rules about the moment of an act, or about what comes over a moment later."""

MADE, THERE, CHANGED, UPDATED, REFUSED = "made", "there", "changed", "updated", "refused"


@dataclass(frozen=True)
class Outcome:
    """What became of one record in this run."""

    what: str
    line: Line

    @property
    def here(self) -> bool:
        """Whether the record is in the house."""
        return self.line.here


class Admission:
    """Brings records in, one by one, each in a savepoint of its own."""

    def __init__(self, bodies: Bodies, origin: str, options: Options) -> None:
        self._bodies = bodies
        self._update = options.update
        self._leniency = Leniency(PAST, warned=not options.strict)
        self._call = Call(base=HOUSE, toelichting=f"overgenomen van {origin}")
        self._actor = replace(Actor.system(options.by), purposes=(DOEL,), purpose=DOEL)
        self.left_behind: dict[tuple[str, str], int] = {}
        self.without_bsn = 0

    def bring(
        self,
        resource: Resource,
        record: Json,
        main_key: UUID | None,
        prior: Line | None,
        versions: Sequence[Version] = (),
        *,
        late: Sequence[str] = (),
    ) -> Outcome:
        """Bring a record in, unless it is here; the journal tells of it in this transaction.

        Of a document there are versions, the newest last, each with its file. What is `late` is
        for `complete`.
        """
        seen = fingerprint(resource, record)
        if prior is not None and prior.here:
            if prior.fingerprint == seen:
                return Outcome(THERE, prior)
            if not self._update:
                return Outcome(CHANGED, prior)
        url = str(record.get("url") or "")
        key = key_of(url)
        line = Line(url, named(resource), key, main_key or key, State.GEWEIGERD, seen)
        if key is None:
            return self.refuse(line, "Het adres eindigt niet op een UUID.")
        bodies = [self._document(resource, each) for each in versions]
        bodies = bodies or [self._bodies.body(resource, record)]
        self._note(resource, bodies[-1])
        here = fetch(resource.record, key)
        if prior is not None and prior.here and here is not None:
            newest = getattr(here, "versie", 0)
            since = [
                _without(body, late)
                for body in bodies
                if (body.get("versie") or 0) >= newest or not versions
            ]
            return self._write(resource, since, line, again=True)
        if here is not None:
            return self._compare(resource, bodies[-1], line)
        early = [_without(body, late) for body in bodies]
        return self._write(resource, early, line, again=False)

    def complete(
        self, resource: Resource, record: Json, line: Line, late: Sequence[str]
    ) -> Outcome:
        """Give a record that came without them the fields that had to wait for others.

        Its checksum tells that it still lacks them: what was changed here later is left alone.
        """
        body = self._bodies.body(resource, record)
        if line.checksum != digest(likeness(resource, _without(body, late))):
            return Outcome(THERE, line)
        outcome = self._write(resource, [body], line, again=True)
        return replace(outcome, what=THERE) if outcome.here else outcome

    def _document(self, resource: Resource, version: Version) -> Json:
        """Return the body of a version, with the file as it is kept.

        An upload that was not finished comes without: its parts cannot be read at the source.
        """
        body = {**self._bodies.body(resource, version.record), "inhoud": version.stored}
        if version.stored is None and body.get("bestandsomvang"):
            body["bestandsomvang"] = None
        return body

    def look_ahead(self, resource: Resource, record: Json) -> None:
        """Let a resource fetch what its rules look up elsewhere, before the transaction."""
        body = self._bodies.body(resource, record)
        with prepared(resource, self._actor, body, self._call):
            pass

    def refuse(self, line: Line, reason: str, state: State = State.GEWEIGERD) -> Outcome:
        """Write down that a record did not come in, and why."""
        refused = replace(line, state=state, reason=reason, checksum="")
        if refused.url:
            journal.write(refused)
        return Outcome(REFUSED, refused)

    def _write(
        self, resource: Resource, bodies: Sequence[Json], line: Line, *, again: bool
    ) -> Outcome:
        remarks: list[str] = []
        try:
            with atomic():
                for nr, body in enumerate(bodies):
                    remarks += self._act(resource, body, line, again=again or nr > 0)
        except Away:
            raise
        except Problem as problem:
            return self.refuse(line, told(problem))
        except Exception as problem:  # noqa: BLE001 - one strange record does not stop the move
            return self.refuse(line, f"Onverwacht: {type(problem).__name__}: {problem}")
        made = replace(
            line,
            state=State.OVERGENOMEN,
            checksum=digest(likeness(resource, bodies[-1])),
            reason=" ".join(dict.fromkeys(remarks)),
        )
        journal.write(made)
        return Outcome(UPDATED if again else MADE, made)

    def _act(self, resource: Resource, body: Json, line: Line, *, again: bool) -> list[str]:
        """Write one version of a record, or the only one; return what is remarkable about it."""
        act = readmit if again else admit
        keys = path_keys(resource, line.url)
        key: Any = line.key
        written = act(resource, self._actor, key, body, self._call, self._leniency, **keys)
        remarks = list(written.warnings)
        theirs, here = self._both(resource, body, key)
        if unlike := differing(theirs, here):
            remarks.append(f"Anders dan bij de bron: {', '.join(unlike)}.")
        return remarks

    def _compare(self, resource: Resource, body: Json, line: Line) -> Outcome:
        """Take a record that was here before the move for what it is: the same, or not."""
        key: Any = line.key
        theirs, here = self._both(resource, body, key)
        if unlike := differing(theirs, here):
            reason = f"Hier staat al iets met deze sleutel, maar anders: {', '.join(unlike)}."
            return self.refuse(line, reason)
        there = replace(line, state=State.AANWEZIG, checksum=digest(theirs))
        journal.write(there)
        return Outcome(THERE, there)

    @staticmethod
    def _both(resource: Resource, body: Json, key: UUID) -> tuple[Json, Json]:
        here = ours.shown(resource, [key]).get(key, {})
        return likeness(resource, body), likeness(resource, here)

    def _note(self, resource: Resource, body: Json) -> None:
        for name in left_behind(resource, body):
            place = (named(resource), name)
            self.left_behind[place] = self.left_behind.get(place, 0) + 1
        if lacks_bsn(resource, body):
            self.without_bsn += 1


def key_of(url: str) -> UUID | None:
    """Return the key at the end of an address."""
    try:
        return UUID(url.rstrip("/").rpartition("/")[2])
    except ValueError:
        return None


def _without(body: Json, late: Sequence[str]) -> Json:
    return {name: value for name, value in body.items() if name not in late}


def path_keys(resource: Resource, url: str) -> dict[str, UUID]:
    """Return the key in the path of a record that lies below another: the one before the last."""
    above = key_of("/".join(url.rstrip("/").split("/")[:-2]))
    return {} if above is None else dict.fromkeys(resource.path_keys, above)


def told(problem: Problem) -> str:
    """Return why the house refuses a record, in words."""
    if isinstance(problem, Invalid):
        return "; ".join(f"{each.name}: {each.reason}" for each in problem.faults)
    return problem.detail
