"""The move: main record by main record, each with its parts in one transaction.

Killed at any moment it leaves whole main records and a journal that tells which; begun again it
goes on with the others. Nothing that the journal knows to be here is written again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.connectors.zgw import Addresses, Gone
from loket.grammar.files import Infected
from loket.grammar.writing import HOUSE
from loket.ledger.database import atomic
from loket.services.verhuizing import journal
from loket.services.verhuizing.admission import (
    CHANGED,
    MADE,
    REFUSED,
    UPDATED,
    Admission,
    Outcome,
    key_of,
)
from loket.services.verhuizing.bodies import Bodies
from loket.services.verhuizing.documents import close, forget, stored
from loket.services.verhuizing.fetching import Bundle, Fetching
from loket.services.verhuizing.journal import Line
from loket.services.verhuizing.likeness import fingerprint
from loket.services.verhuizing.options import Listener, Options, Stopped, Tally
from loket.services.verhuizing.plan import EVERYTHING, named, value_at
from loket.services.verhuizing.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from loket.connectors.zgw import Source
    from loket.grammar.resource import Resource
    from loket.services.verhuizing.plan import Main

Json = dict[str, Any]

PASSES = 4
"""How often a list is walked while the source goes on changing it."""


class Move:
    """One run of a move from a source into the municipality that is entered."""

    def __init__(
        self,
        source: Source,
        roots: Mapping[str, str],
        options: Options,
        listener: Listener | None = None,
        plan: Sequence[Main] = EVERYTHING,
    ) -> None:
        self.options = options
        self.roots = dict(roots)
        self.addresses = Addresses(roots, HOUSE)
        self.fetching = Fetching(source, self.addresses, threads=options.threads)
        self.bodies = Bodies(self.addresses)
        self.admission = Admission(self.bodies, _origin(roots), options)
        self.tally = Tally()
        self._refused: set[str] = set()
        self._listener = listener
        self._plan = plan

    def mains(self) -> Iterator[Main]:
        """Yield what this source can be asked for."""
        return (main for main in self._plan if main.api in self.roots)

    def carry_out(self) -> Tally:
        """Bring everything over that is not here yet; SourceProblem, Stopped."""
        for main in self.mains():
            if main.foreseen:
                for record in self.fetching.listed(main):
                    self.bodies.learn(main.resource, record)
                    self.addresses.learn(main.api, record["url"], main.resource.path)
        for main in self.mains():
            self._all_there_is(main)
        for main in self.mains():
            if main.late:
                self._complete(main)
        return self.tally

    def _all_there_is(self, main: Main) -> None:
        try:
            self._all(main)
        except Gone:
            if not main.recent:
                raise
            self.fetching.lacking.add(named(main.resource))

    def _complete(self, main: Main) -> None:
        """Walk the list once more for the fields that had to wait until everything was here."""
        for page in self.fetching.listed(main).pages():
            waited = [each for each in page if any(each.get(name) for name in main.late)]
            known = journal.known(str(each.get("url")) for each in waited)
            for record in waited:
                line = known.get(str(record.get("url")))
                if line is not None and line.here:
                    outcome = self.admission.complete(main.resource, record, line, main.late)
                    self.tally.note(main.resource, outcome)

    def _all(self, main: Main) -> None:
        """Walk the list until everything that the source counts was seen.

        What was refused on the way gets another chance with what a later walk brought.
        """
        seen: set[str] = set()
        for _ in range(PASSES):
            listed = self.fetching.listed(main)
            later: list[Json] = []
            for page in listed.pages():
                fresh = [each for each in page if str(each.get("url")) not in seen]
                seen |= {str(each.get("url")) for each in fresh}
                now, waiting = self._in_order(main, fresh)
                later += waiting
                self._page(main, now)
                self._tell(main, len(seen) - len(later), listed.count)
            self._page(main, later)
            self._tell(main, len(seen), listed.count)
            if listed.count is None or len(seen) >= listed.count:
                return
            seen -= self._refused
            self._refused.clear()

    def _in_order(self, main: Main, records: list[Json]) -> tuple[list[Json], list[Json]]:
        """Set apart what is under another of its kind that is not here yet."""
        for record in records:
            self.addresses.learn(main.api, str(record.get("url")), main.resource.path)
        if not main.above:
            return records, []
        above = {under for each in records if (under := value_at(each, main.above))}
        here = {url for url, line in journal.known(above).items() if line.here}
        now: list[Json] = []
        waiting: list[Json] = []
        for each in records:
            under = value_at(each, main.above)
            (now if not under or under in here else waiting).append(each)
        return now, waiting

    def _page(self, main: Main, records: list[Json]) -> None:
        known = journal.known(str(each.get("url")) for each in records)
        open_keys = journal.unfinished(line.key for line in known.values())
        todo = [each for each in records if self._needs(main, each, known, open_keys)]

        def with_files(record: Json) -> bool:
            line = known.get(str(record.get("url")))
            if line is None or not line.here:
                return True
            return self.options.update and self._changed(main, record, line)

        for bundle in self.fetching.bundles(main, todo, with_files):
            refused = self._bring(main, bundle, known.get(str(bundle.record.get("url"))))
            if refused is not None:
                self._refused.add(str(bundle.record.get("url")))
                if self.options.stop:
                    raise Stopped(f"{refused.url}: {refused.reason}")

    def _needs(
        self, main: Main, record: Json, known: Mapping[str, Line], open_keys: set[UUID]
    ) -> bool:
        """Tell whether a main record must be looked at: new, unfinished, changed, or asked for."""
        line = known.get(str(record.get("url")))
        if line is None or not line.here or line.key in open_keys or self.options.thorough:
            return True
        if self._changed(main, record, line):
            self.tally.note(main.resource, Outcome(CHANGED, line))
        return False

    @staticmethod
    def _changed(main: Main, record: Json, line: Line) -> bool:
        return line.fingerprint != fingerprint(main.resource, record)

    def _bring(self, main: Main, bundle: Bundle, prior: Line | None) -> Line | None:
        """Bring a main record with its parts, in one transaction; return the first refusal."""
        url = str(bundle.record.get("url") or "")
        if main.foreseen:
            self._look_ahead(main, bundle)
        try:
            with stored(key_of(url), bundle.versions):
                outcomes = self._brought(main, bundle, prior)
            if outcomes[0][1].what not in (MADE, UPDATED):
                forget(bundle.versions)
        except Infected as problem:
            bundle.problem = f"{problem.title} {problem.detail}"
            outcomes = self._brought(main, bundle, prior, State.GEWEIGERD)
        finally:
            close(bundle.versions)
        for resource, outcome in outcomes:
            self.tally.note(resource, outcome)
        refused = [outcome.line for _, outcome in outcomes if outcome.what == REFUSED]
        return refused[0] if refused else None

    def _brought(
        self, main: Main, bundle: Bundle, prior: Line | None, failed: State = State.MISLUKT
    ) -> list[tuple[Resource, Outcome]]:
        url = str(bundle.record.get("url") or "")
        with atomic():
            if bundle.problem:
                line = Line(url, named(main.resource), key_of(url), key_of(url), failed)
                kept = prior if prior is not None and prior.here else line
                first = self._failed(kept, bundle.problem, failed)
            else:
                first = self.admission.bring(
                    main.resource, bundle.record, None, prior, bundle.versions, late=main.late
                )
            return [(main.resource, first), *self._parts(bundle, first)]

    def _look_ahead(self, main: Main, bundle: Bundle) -> None:
        self.admission.look_ahead(main.resource, bundle.record)
        for part, records in bundle.parts:
            for record in records:
                self.admission.look_ahead(part.resource, record)

    def _failed(self, line: Line, problem: str, state: State) -> Outcome:
        if line.here:
            return Outcome(REFUSED, line)
        return self.admission.refuse(line, problem, state)

    def _parts(self, bundle: Bundle, first: Outcome) -> Iterator[tuple[Resource, Outcome]]:
        key = first.line.key
        prior = journal.below(key) if key else {}
        seen = {first.line.url}
        for part, records in bundle.parts:
            for record in records:
                url = str(record.get("url") or "")
                seen.add(url)
                if not first.here or key is None:
                    line = Line(url, named(part.resource), key_of(url), key, State.GEWEIGERD)
                    reason = f"Hoort bij wat niet is overgenomen: {first.line.url}"
                    yield part.resource, self.admission.refuse(line, reason)
                else:
                    yield (
                        part.resource,
                        self.admission.bring(part.resource, record, key, prior.get(url)),
                    )
        self.tally.gone += [url for url, line in prior.items() if line.here and url not in seen]

    def _tell(self, main: Main, number: int, total: int | None) -> None:
        if self._listener is not None:
            self._listener.at(named(main.resource), number, total)


def _origin(roots: Mapping[str, str]) -> str:
    """Return the address of the source as people know it."""
    api, root = next(iter(roots.items()), ("", ""))
    return root.split(f"/{api}/")[0]


__all__ = ["Move"]
