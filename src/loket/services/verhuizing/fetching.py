"""Main records of the source with what belongs to them, fetched ahead of the writing."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from loket.connectors.zgw import Broken, Gone, NotZgw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from loket.connectors.zgw import Addresses, Listed, Source
    from loket.grammar.resource import Resource
    from loket.services.verhuizing.plan import Main, Part

Json = dict[str, Any]


@dataclass
class Bundle:
    """A main record with its parts, or the reason why the source could not give them."""

    record: Json
    parts: list[tuple[Part, list[Json]]] = field(default_factory=list)
    problem: str = ""


class Fetching:
    """Reads from the source with a few threads, never far ahead of who writes."""

    def __init__(self, source: Source, addresses: Addresses, *, threads: int = 4) -> None:
        self._source = source
        self._addresses = addresses
        self._threads = threads
        self._lock = Lock()
        self.lacking: set[str] = set()

    def listed(self, main: Main) -> Listed:
        """Return the list of all main records of a kind."""
        return self._source.listed(self._root(main.api, main.resource), **dict(main.query))

    def count(self, api: str, resource: Resource, query: Iterable[tuple[str, str]]) -> int | None:
        """Return how many the source says it has of a resource; None when it does not tell."""
        if "{" in resource.path or not resource.paged:
            return None
        listed = self._source.listed(self._root(api, resource), **dict(query))
        try:
            next(listed.pages(), None)
        except (Gone, NotZgw, Broken):
            return None
        return listed.count

    def bundles(self, main: Main, records: Iterable[Json]) -> Iterator[Bundle]:
        """Yield the bundles of main records, in their order."""
        if not main.parts:
            yield from (Bundle(record) for record in records)
            return
        with ThreadPoolExecutor(self._threads, "verhuizing") as pool:
            yield from _ahead(pool, lambda each: self._bundle(main, each), records, self._threads)

    def _bundle(self, main: Main, record: Json) -> Bundle:
        made = Bundle(record)
        try:
            for part in main.parts:
                found = self._part(main, part, record)
                if part.order:
                    found.sort(key=lambda each: str(each.get(part.order) or ""))
                made.parts.append((part, found))
        except (Broken, NotZgw, Gone) as problem:
            made.problem = str(problem)
        return made

    def _part(self, main: Main, part: Part, record: Json) -> list[Json]:
        name = part.resource.name
        if (part.told and not record.get(part.told, True)) or name in self.lacking:
            return []
        if part.under:
            return self._mirrored(main, part, record)
        url = str(record["url"])
        if part.by:
            where = self._root(main.api, part.resource)
            listed = self._source.listed(where, **{part.by: url, **dict(part.query)})
        else:
            listed = self._source.listed(f"{self._addresses.reachable(url) or url}/{name}")
        try:
            return list(listed)
        except (Gone, NotZgw):
            if not part.recent:
                raise
            with self._lock:
                self.lacking.add(name)
            return []

    def _mirrored(self, main: Main, part: Part, record: Json) -> list[Json]:
        """Return what stands of this record under another, which has those of others as well."""
        above = self._addresses.reachable(str(record.get(part.under) or ""))
        if not above:
            return []
        field = str(main.resource.record._meta.model_name)
        listed = self._source.listed(f"{above}/{part.resource.name}")
        return [each for each in listed if each.get(field) == record["url"]]

    def _root(self, api: str, resource: Resource) -> str:
        return f"{self._addresses.roots[api]}/{resource.path}"


def _ahead(
    pool: ThreadPoolExecutor,
    fetch: Callable[[Json], Bundle],
    records: Iterable[Json],
    threads: int,
) -> Iterator[Bundle]:
    """Yield what is fetched, in order, with a few requests on their way beyond the threads."""
    waiting: deque[Future[Bundle]] = deque()
    try:
        for record in records:
            waiting.append(pool.submit(fetch, record))
            if len(waiting) > 2 * threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for each in waiting:
            each.cancel()


__all__ = ["Bundle", "Fetching"]
