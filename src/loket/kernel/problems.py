"""What can go wrong, as values: raise one, and the edge makes the reply."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class InvalidValue(ValueError):
    """A single value that does not pass: the standard's code and a Dutch reason."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Fault:
    """One fault in a body or query: `name` as on the wire, `code` from the standard."""

    name: str
    code: str
    reason: str


class Problem(Exception):
    """Something the client must hear of; the class docstring is the title (RFC 9457)."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    title: ClassVar[str] = "Er ging iets mis."

    def __init__(self, detail: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        self.detail = detail or self.title
        self.headers = dict(headers or {})
        super().__init__(self.detail)


class Malformed(Problem):
    """The request cannot be read at all."""

    status, code, title = 400, "parse_error", "Ongeldig verzoek."


class Invalid(Problem):
    """The body or query has faults: all of them at once."""

    status, code, title = 400, "invalid", "Ongeldige invoer."

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("Er staan fouten in de invoer.")
        self.faults = tuple(faults)


class NotAuthenticated(Problem):
    """Nobody the house knows. The standard's reference implementation answers 403 here."""

    status, code, title = (
        403,
        "not_authenticated",
        "Authenticatiegegevens ontbreken of kloppen niet.",
    )


class Unauthorised(NotAuthenticated):
    """The same, with the status that HTTP has for it."""

    status = 401


class Forbidden(Problem):
    """The actor may not do this."""

    status, code, title = (
        403,
        "permission_denied",
        "U heeft geen toestemming om deze actie uit te voeren.",
    )


class Ondertekening(Forbidden):
    """What came is not signed as was agreed."""

    code, title = "handtekening", "Dit is niet ondertekend zoals is afgesproken."


class NotFound(Problem):
    """There is no such thing, or the actor may not know that there is."""

    status, code, title = 404, "not_found", "Niet gevonden."


class NotAllowed(Problem):
    """The path exists, the method does not."""

    status, code, title = 405, "method_not_allowed", "Deze methode is hier niet toegestaan."


class NotAcceptable(Problem):
    """The client asks for a form we do not have."""

    status, code, title = 406, "not_acceptable", "Deze vorm kan niet worden geleverd."


class Conflict(Problem):
    """The state of the thing does not allow this now."""

    status, code, title = 409, "conflict", "De huidige toestand laat dit niet toe."


class PreconditionFailed(Problem):
    """A required header is missing or no longer true."""

    status, code, title = (
        412,
        "precondition_failed",
        "Er is niet voldaan aan een voorwaarde vooraf.",
    )


class TooLarge(Problem):
    """The body is larger than this operation takes."""

    status, code, title = 413, "too_large", "De inhoud is te groot."


class UnsupportedMedia(Problem):
    """The body is in a form that this operation does not take."""

    status, code, title = 415, "unsupported_media_type", "Dit mediatype wordt niet ondersteund."
