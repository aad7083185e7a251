"""How a question fails, and whose fault that is."""

from __future__ import annotations


class BevragenMislukt(Exception):
    """The question was not answered; `code` and `answer` are the other's, if it said anything.

    Neither holds what was asked: a question is about a person.
    """

    def __init__(self, answer: str, code: int | None = None) -> None:
        super().__init__(f"{code} {answer}" if code else answer)
        self.code = code
        self.answer = answer


class Onbereikbaar(BevragenMislukt):
    """The register is away, slow, busy or broken: later it may answer."""


class Geweigerd(BevragenMislukt):
    """We may not ask this: the key, the certificate or the authorisation is not right."""


class VraagOnjuist(BevragenMislukt):
    """The register does not understand the question, so that asking again is of no use."""
