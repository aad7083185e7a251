"""The Notificaties API 1.0 of somebody else, such as Open Notificaties, as a client of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import httpx
import jwt

from loket.connectors.notificaties import Failed
from loket.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loket.connectors.notificaties.signing import Signer

Json = dict[str, Any]

TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)
"""Seconds to wait for a connection, and for each piece of an answer."""

CLOUDEVENT: Final = "application/cloudevents+json"
TOLD: Final = 500
"""Characters that are kept of what the other says of a fault."""

_USER: Final = ("loket", "Loket")
"""In whose name is called: the house itself, never who brought something about."""


class Rejected(Failed):
    """The other takes this for a wrong request (400): it may know the kanaal otherwise."""


class Missing(Failed):
    """There is nothing (any more) at this address (404)."""


@dataclass(frozen=True)
class Access:
    """Where a Notificaties API is, and as whom we come there."""

    root: str
    client_id: str
    secret: str = field(repr=False)
    signer: Signer | None = None
    """Who signs what we send there, where that was agreed."""

    def authorization(self) -> str:
        """Make a token, as the standard describes it, for a header."""
        user, shown = _USER
        claims = {
            "iss": self.client_id,
            "iat": int(now().timestamp()),
            "client_id": self.client_id,
            "user_id": user,
            "user_representation": shown,
        }
        return f"Bearer {jwt.encode(claims, self.secret, algorithm='HS256')}"


class Remote:
    """Keeps connections to Notificaties API's open; safe to be used by several threads at once."""

    def __init__(self, timeout: httpx.Timeout = TIMEOUT) -> None:
        self._client = httpx.Client(timeout=timeout, headers={"User-Agent": "loket-notificaties"})

    def publish(self, access: Access, message: Mapping[str, Any], identity: str) -> str:
        """Hand a notification over; return what was answered. Failed."""
        return self._said(
            self._ask(access, "POST", "notificaties", message, {"Idempotency-Key": identity})
        )

    def publish_event(self, access: Access, event: Mapping[str, Any]) -> str:
        """Hand a CloudEvent over; return what was answered. Failed."""
        headers = {"Content-Type": CLOUDEVENT}
        return self._said(self._ask(access, "POST", "cloudevents", event, headers))

    def kanaal(self, access: Access, naam: str) -> list[str] | None:
        """Return the kenmerken of a kanaal, or None when it is not there. Failed."""
        told = self._json(self._ask(access, "GET", "kanaal", query={"naam": naam}))
        listed = told.get("results") if isinstance(told, dict) else told
        found = (
            each for each in listed or () if isinstance(each, dict) and each.get("naam") == naam
        )
        return next((list(each.get("filters") or ()) for each in found), None)

    def make_kanaal(
        self, access: Access, naam: str, filters: Sequence[str], documentatie: str
    ) -> None:
        """Make a kanaal. Failed."""
        body = {"naam": naam, "filters": list(filters), "documentatieLink": documentatie}
        self._ask(access, "POST", "kanaal", body)

    def subscribe(self, access: Access, body: Mapping[str, Any], current: str = "") -> str:
        """Take an abonnement, or change the `current` one; return its address. Failed."""
        if current:
            try:
                self._ask(access, "PUT", _own(current), body)
            except Missing:
                pass
            else:
                return current
        told = self._json(self._ask(access, "POST", "abonnement", body))
        key = str(told.get("url", "") if isinstance(told, dict) else "").rstrip("/")
        if not key:
            raise Failed("het antwoord noemt geen abonnement")
        return f"{access.root}/abonnement/{key.rpartition('/')[2]}"

    def unsubscribe(self, access: Access, current: str) -> None:
        """End an abonnement; one that is gone already is well. Failed."""
        try:
            self._ask(access, "DELETE", _own(current))
        except Missing:
            return

    def _ask(
        self, access: Access, method: str, path: str,
        body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> httpx.Response:  # fmt: skip
        own = {"Authorization": access.authorization(), "Accept": "application/json, */*;q=0.5"}
        try:
            request = self._client.build_request(
                method, f"{access.root}/{path}", params=query, headers={**own, **(headers or {})},
                json=dict(body) if body is not None else None,
            )  # fmt: skip
            if access.signer is not None and body is not None:
                access.signer.sign(request, request.content)
            answer = self._client.send(request)
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            # not "from problem": its request holds the token
            raise Failed(f"{type(problem).__name__}: {problem}") from None
        if answer.is_success:
            return answer
        raise _REFUSALS.get(answer.status_code, Failed)(f"{self._said(answer)}: {_reason(answer)}")

    @staticmethod
    def _said(answer: httpx.Response) -> str:
        return f"{answer.status_code} {answer.reason_phrase}".strip()

    @staticmethod
    def _json(answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError:
            raise Failed("het antwoord is geen JSON; is dit een Notificaties API?") from None


_REFUSALS: Final[dict[int, type[Failed]]] = {
    HTTPStatus.BAD_REQUEST: Rejected,
    HTTPStatus.NOT_FOUND: Missing,
}


def _own(address: str) -> str:
    """Return the path of an abonnement under the root of its API, and nowhere else."""
    return f"abonnement/{address.rstrip('/').rpartition('/')[2]}"


def _reason(answer: httpx.Response) -> str:
    """Return why the other refuses, as far as it says so."""
    try:
        told = answer.json()
    except ValueError:
        return "zonder uitleg"
    if not isinstance(told, dict):
        return "zonder uitleg"
    params = told.get("invalidParams") or told.get("invalid-params") or ()
    faults = [
        f"{each.get('name')}: {each.get('code')}" for each in params if isinstance(each, dict)
    ]
    detail = told.get("detail") or told.get("title") or "zonder uitleg"
    return (", ".join(faults) or str(detail))[:TOLD]
