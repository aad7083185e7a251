"""What NotifyNL answers when it does not do what is asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


class Refused(Exception):
    """The answer to a request that is not granted: what is wrong, each with the kind of error."""

    def __init__(self, status: int, *errors: tuple[str, str]) -> None:
        super().__init__(status, errors)
        self.status = status
        self.errors = errors

    def as_json(self) -> dict[str, Any] | list[dict[str, str]]:
        """Return the answer as the API writes it, which is otherwise when it broke down."""
        errors = [{"error": kind, "message": message} for kind, message in self.errors]
        if self.status == HTTPStatus.INTERNAL_SERVER_ERROR:
            return errors
        return {"status_code": self.status, "errors": errors}


def invalid(*messages: str) -> Refused:
    """Return the answer to a body that is not as the API asks."""
    return Refused(HTTPStatus.BAD_REQUEST, *(("ValidationError", each) for each in messages))


def bad(message: str) -> Refused:
    """Return the answer to a body that is well-formed and cannot be."""
    return Refused(HTTPStatus.BAD_REQUEST, ("BadRequestError", message))


def on_purpose(status: int) -> Refused:
    """Return the answer of a NotifyNL that is busy or broken."""
    kind, message = _ON_PURPOSE.get(status, ("Exception", HTTPStatus(status).phrase))
    return Refused(status, (kind, message))


_ON_PURPOSE: dict[int, tuple[str, str]] = {
    HTTPStatus.TOO_MANY_REQUESTS: (
        "RateLimitError",
        "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds",
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("Exception", "Internal server error"),
}
