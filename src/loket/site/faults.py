"""What the client hears when the fault is ours; what went wrong goes to the log."""

from __future__ import annotations

import logging

from loket.grammar.http import Request, Response, problem_response
from loket.kernel.problems import Problem

log = logging.getLogger("loket.api")


class Unidentified(Problem):
    """The event stream does not know who asks. It stands outside the standard, so it says 401."""

    status, code, title = 401, "not_authenticated", "Zeg eerst wie u bent."


class Misdirected(Problem):
    """No municipality of this house listens to that host name."""

    status, code, title = 421, "misdirected", "Deze hostnaam hoort bij geen gemeente."


class Unexpected(Problem):
    """A fault of ours."""

    status, code, title = 500, "error", "Er ging bij ons iets mis."


class Unavailable(Problem):
    """The database is away; what was asked did not happen, or is not known to have."""

    status, code, title = 503, "unavailable", "De gegevens zijn nu niet bereikbaar."


def away(request: Request) -> Response:
    """Answer while the database is away."""
    log.warning("%s database away: %s %s", request.trace, request.method, request.path)
    return problem_response(Unavailable(headers={"Retry-After": "2"}), request)


def unknown_host(request: Request) -> Response:
    """Answer for a host name that is nobody's."""
    return problem_response(Misdirected(), request)


def unexpected(request: Request) -> Response:
    """Log the exception at hand under the trace that the client is told."""
    log.exception(  # noqa: LOG004 - called while the exception is handled
        "%s %s %s", request.trace, request.method, request.path
    )
    return problem_response(Unexpected(f"Meld dit met nummer {request.trace}."), request)
