"""Reading over HTTP: with a token, page by page, patiently, and never outside the source."""

from __future__ import annotations

import random
import threading
import time
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx

from loket.connectors.zgw.values import (
    Access,
    Broken,
    Denied,
    Gone,
    NotZgw,
    Patience,
    SourceProblem,
    TokenAccess,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json = dict[str, Any]

_AGAIN = {HTTPStatus.TOO_MANY_REQUESTS, *(HTTPStatus(n) for n in (500, 502, 503, 504))}
_TOKEN_SECONDS = 240.0
_CHUNK = 64 * 1024


class Listed:
    """A list at the source: how many it says there are, and the records, page by page."""

    def __init__(self, source: Source, url: str, query: Mapping[str, str]) -> None:
        self._source = source
        self._url = url
        self._query = dict(query)
        self.count: int | None = None

    def pages(self) -> Iterator[list[Json]]:
        """Yield each page. A page after the last, as when the list grew shorter, is the end."""
        query = dict(self._query)
        first = True
        while True:
            try:
                page = self._source.get(self._url, query)
            except Gone:
                if first:
                    raise
                return
            first = False
            results, following = self._read(page)
            yield results
            if not following:
                return
            query |= dict(parse_qsl(urlsplit(following).query))

    def _read(self, page: Any) -> tuple[list[Json], str]:
        if isinstance(page, list):
            self.count = len(page)
            return page, ""
        if not isinstance(page, dict) or not isinstance(page.get("results"), list):
            raise NotZgw(f"{self._url} antwoordt, maar niet met een lijst zoals deze API's.")
        count = page.get("count")
        self.count = count if isinstance(count, int) else len(page["results"])
        return page["results"], str(page.get("next") or "")

    def __iter__(self) -> Iterator[Json]:
        """Yield each record."""
        for page in self.pages():
            yield from page


class Source:
    """An installation, for reading only; safe to be used by several threads at once."""

    def __init__(
        self,
        access: Access | TokenAccess,
        patience: Patience | None = None,
        *,
        connections: int = 8,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._access = access
        self._patience = patience or Patience()
        limits = httpx.Limits(max_connections=connections + 2)
        self._client = httpx.Client(
            timeout=self._patience.timeout,
            limits=limits,
            transport=transport,
            follow_redirects=False,
            headers={"Accept": "application/json, */*;q=0.5", "User-Agent": "loket-verhuizing"},
        )
        self._lock = threading.Lock()
        self._token: tuple[float, str] = (0.0, "")

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def listed(self, url: str, **query: str) -> Listed:
        """Return a list; bare lists and pages read alike."""
        return Listed(self, url, query)

    def get(self, url: str, query: Mapping[str, str] | None = None) -> Any:
        """Return the JSON at an address; SourceProblem."""
        answer = self._asked(url, query or {})
        try:
            return answer.json()
        except ValueError:
            raise NotZgw(f"{url} antwoordt, maar niet met JSON; is dit de API?") from None

    @contextmanager
    def download(
        self, url: str, query: Mapping[str, str] | None = None
    ) -> Iterator[Iterator[bytes]]:
        """Open a file and hand out its bytes as they come; SourceProblem, also while reading."""
        with self._opened(url, query or {}) as answer:
            yield self._chunks(url, answer)

    @staticmethod
    def _chunks(url: str, answer: httpx.Response) -> Iterator[bytes]:
        try:
            yield from answer.iter_bytes(_CHUNK)
        except httpx.HTTPError as problem:
            raise Unreachable(f"{url}: de verbinding brak af ({_said(problem)}).") from None

    @contextmanager
    def _opened(self, url: str, query: Mapping[str, str]) -> Iterator[httpx.Response]:
        for attempt in self._attempts():
            request = self._client.build_request(
                "GET", url, params=query or None, headers=self._headers()
            )
            try:
                answer = self._client.send(request, stream=True)
            except httpx.HTTPError as problem:
                self._give_up(attempt, url, problem)
                continue
            try:
                if answer.status_code in _AGAIN and attempt < self._patience.attempts:
                    self._wait_as_asked(answer)
                    continue
                if answer.status_code != HTTPStatus.OK:
                    answer.read()
                    raise refusal(url, answer)
                yield answer
                return
            finally:
                answer.close()

    def _asked(self, url: str, query: Mapping[str, str]) -> httpx.Response:
        answer: httpx.Response | None = None
        asked = f"{url}?{urlencode(query)}" if query else url
        for attempt in self._attempts():
            try:
                answer = self._client.get(url, params=query or None, headers=self._headers())
            except (httpx.HTTPError, httpx.InvalidURL) as problem:
                self._give_up(attempt, asked, problem)
                continue
            if answer.status_code not in _AGAIN:
                break
            if attempt < self._patience.attempts:
                self._wait_as_asked(answer)
        if answer is None or answer.status_code != HTTPStatus.OK:
            raise refusal(asked, answer)
        return answer

    def _attempts(self) -> Iterator[int]:
        for attempt in range(1, self._patience.attempts + 1):
            pause = self._patience.before(attempt)
            if pause:
                time.sleep(pause * (1 + random.random() / 4))  # noqa: S311 - spreads, hides nothing
            yield attempt

    def _give_up(self, attempt: int, url: str, problem: Exception) -> None:
        if attempt >= self._patience.attempts or isinstance(problem, httpx.InvalidURL):
            raise Unreachable(f"{url} is niet bereikbaar ({_said(problem)}).") from None

    def _wait_as_asked(self, answer: httpx.Response) -> None:
        asked = answer.headers.get("Retry-After", "")
        if asked.isdigit():
            time.sleep(min(int(asked), self._patience.longest))

    def _headers(self) -> dict[str, str]:
        with self._lock:
            made, token = self._token
            if time.monotonic() - made > _TOKEN_SECONDS or not token:
                token = self._access.authorization()
                self._token = (time.monotonic(), token)
        headers = {
            "Authorization": token,
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
        }
        if self._access.purpose:
            headers["X-Doelbinding"] = self._access.purpose
        return headers


def refusal(url: str, answer: httpx.Response | None) -> SourceProblem:
    """Return what an answer that is no success means, in words."""
    if answer is None:
        return Unreachable(f"{url} is niet bereikbaar.")
    code, detail = _problem(answer)
    status = answer.status_code
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return _denied(url, status, code, detail)
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return Gone(f"{url}: daar staat niets ({status}).")
    if 300 <= status < 400:
        where = answer.headers.get("Location", "elders")
        return NotZgw(f"{url} verwijst door naar {where}; geef het adres waar de API zelf staat.")
    said = f"{status} {detail}".strip()
    if status >= 500 or status in _AGAIN:
        return Broken(f"{url}: de bron geeft een fout ({said}).")
    return NotZgw(f"{url} antwoordt met {said}; is dit de API?")


def _denied(url: str, status: int, code: str, detail: str) -> Denied:
    if status == HTTPStatus.FORBIDDEN and code in {"permission_denied", ""}:
        return Denied(f"{url}: deze client mag dit niet lezen ({detail or 'geen toestemming'}).")
    said = detail or code or "geen toegang"
    return Denied(f"{url}: de client-id of het geheim wordt niet aanvaard ({said}).")


def _problem(answer: httpx.Response) -> tuple[str, str]:
    """Return code and detail of a problem document, blank when it is none."""
    try:
        told = answer.json()
    except ValueError:
        return "", ""
    if not isinstance(told, dict):
        return "", ""
    return str(told.get("code") or ""), str(told.get("detail") or told.get("title") or "")


def _said(problem: Exception) -> str:
    return str(problem) or type(problem).__name__
