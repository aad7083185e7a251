"""Main records of the source with what belongs to them, fetched ahead of the writing."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any

from loket.connectors.zgw import Broken, Gone, NotZgw
from loket.services.verhuizing.documents import Version, close, fetch_versions

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
    versions: list[Version] = field(default_factory=list)
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

    def bundles(
        self, main: Main, records: Iterable[Json], with_files: Callable[[Json], bool]
    ) -> Iterator[Bundle]:
        """Yield the bundles of main records, in their order; files where `with_files` says so."""
        if not main.parts:
            yield from (Bundle(record) for record in records)
            return

        def fetch(record: Json) -> Bundle:
            return self._bundle(main, record, files=main.files and with_files(record))

        most = self._threads if main.files else 2 * self._threads
        with ThreadPoolExecutor(self._threads, "verhuizing") as pool:
            yield from _ahead(pool, fetch, records, most)

    def _bundle(self, main: Main, record: Json, *, files: bool) -> Bundle:
        made = Bundle(record)
        try:
            if files:
                url = self._addresses.reachable(str(record["url"]))
                made.versions = fetch_versions(self._source, url, record)
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
        api = part.api or main.api
        if (part.told and not record.get(part.told, True)) or name in self.lacking:
            return []
        if api not in self._addresses.roots:
            return []
        if part.under:
            return self._mirrored(main, part, record)
        url = str(record["url"])
        if part.by:
            where = self._root(api, part.resource)
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
    most: int,
) -> Iterator[Bundle]:
    """Yield what is fetched, in order, with at most so many on their way."""
    waiting: deque[Future[Bundle]] = deque()
    try:
        for record in records:
            waiting.append(pool.submit(fetch, record))
            if len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for each in waiting:
            if not each.cancel() and each.exception() is None:
                close(each.result().versions)


__all__ = ["Bundle", "Fetching"]
