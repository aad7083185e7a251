"""What stands before a register that is played here: keys, failing on purpose, a memory."""

from __future__ import annotations

import secrets
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, jsonify, request

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LONGEST_WAIT: Final = 30.0
KEPT: Final = 200


@dataclass(frozen=True)
class Asked:
    """A question that came in."""

    path: str
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Keys:
    """Who is let in: whoever shows the key, or a token had for the client id and secret."""

    header: str
    key: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)


@dataclass
class Gate:
    """Lets in whoever may; fails and is slow when told so, and remembers what was asked."""

    keys: Keys
    asked: deque[Asked] = field(default_factory=lambda: deque[Asked](maxlen=KEPT))
    tokens: set[str] = field(default_factory=set[str])
    _failing: list[int] = field(default_factory=list[int])
    _wait: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def fail(self, status: int, times: int = 1) -> None:
        """Answer like this the next so many times."""
        with self._lock:
            self._failing = [status] * times

    def be_slow(self, seconds: float) -> None:
        """Wait so long before each answer."""
        with self._lock:
            self._wait = min(seconds, LONGEST_WAIT)

    def meet(self) -> int:
        """Take a question at the door; return with what status it is sent away, or 0."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = request.get_json(silent=True)
        with self._lock:
            self.asked.append(Asked(request.full_path.rstrip("?"), headers, body))
            status = self._failing.pop() if self._failing else 0
            wait = self._wait
        time.sleep(wait)
        return status or (0 if self._known() else HTTPStatus.UNAUTHORIZED)

    def token(self) -> str:
        """Make a token for whoever shows the client id and secret, else return nothing."""
        form = request.form
        right = (
            bool(self.keys.client_id)
            and form.get("grant_type") == "client_credentials"
            and form.get("client_id") == self.keys.client_id
            and form.get("client_secret") == self.keys.client_secret
        )
        if not right:
            return ""
        made = secrets.token_urlsafe()
        self.tokens.add(made)
        return made

    def _known(self) -> bool:
        if self.keys.key and request.headers.get(self.keys.header) != self.keys.key:
            return False
        if not self.keys.client_id:
            return bool(self.keys.key)
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return scheme == "Bearer" and token in self.tokens


def testing(gate: Gate) -> Blueprint:
    """Make the API beside the register's own, for tests and for looking: `/api`, and `/token`."""
    api = Blueprint("testing", __name__)

    @api.post("/token")
    def token() -> ResponseReturnValue:
        made = gate.token()
        if not made:
            return jsonify(error="invalid_client"), HTTPStatus.UNAUTHORIZED
        return jsonify(access_token=made, token_type="Bearer", expires_in=600)  # noqa: S106

    @api.get("/api/asked")
    def asked() -> Response:
        return jsonify([asdict(each) for each in gate.asked])

    @api.put("/api/failure")
    def failure() -> ResponseReturnValue:
        told: Any = request.get_json(silent=True)
        try:
            gate.fail(HTTPStatus(told["status"]), int(told.get("times", 1)))
        except (AttributeError, KeyError, TypeError, ValueError):
            return jsonify(error="Verwacht: status, en eventueel times."), HTTPStatus.BAD_REQUEST
        return "", HTTPStatus.NO_CONTENT

    return api
