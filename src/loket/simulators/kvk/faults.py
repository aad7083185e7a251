"""What KVK answers when it does not do what is asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any


class Refused(Exception):
    """The answer to a question that is not granted, with KVK's code."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.words = words

    def as_json(self) -> dict[str, Any]:
        """Return the answer as the API writes it."""
        return {"fout": [{"code": self.code, "omschrijving": self.words}]}


def wrong(words: str) -> Refused:
    """Return the answer to a question that cannot be."""
    return Refused(HTTPStatus.BAD_REQUEST, "IPD1999", words)


def sent_away(status: int) -> Refused:
    """Return the answer to whoever may not ask, or of a KVK that is broken."""
    code, words = _SAID.get(status, ("IPD9999", HTTPStatus(status).phrase))
    return Refused(status, code, words)


def missing(kind: str) -> Refused:
    """Return the answer to a number that nothing has."""
    return Refused(HTTPStatus.NOT_FOUND, "IPD0005", f"{kind} is niet gevonden.")


_SAID: dict[int, tuple[str, str]] = {
    HTTPStatus.UNAUTHORIZED: ("IPD0001", "De API-sleutel ontbreekt of is niet juist."),
    HTTPStatus.FORBIDDEN: ("IPD0002", "Deze sleutel geeft geen toegang."),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("IPD9999", "Er is een interne fout opgetreden."),
}
