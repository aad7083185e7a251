"""The page to see which letters came in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template

from loket.connectors.printer.values import JobState
from loket.simulators.moments import in_words

if TYPE_CHECKING:
    from loket.simulators.printer.jobs import Queue

SHOWN: Final = 100
"""Letters on the page, at most: the newest."""

_STATES: Final = {
    JobState.PENDING: "wacht",
    JobState.HELD: "wacht",
    JobState.PROCESSING: "wordt afgedrukt",
    JobState.STOPPED: "staat stil",
    JobState.CANCELED: "geannuleerd",
    JobState.ABORTED: "mislukt",
    JobState.COMPLETED: "afgedrukt",
}


def reading(queue: Queue) -> Blueprint:
    """Make the page on top of a queue."""
    pages = Blueprint("lezen", __name__)
    pages.add_app_template_filter(in_words)

    def lijst() -> str:
        newest = list(reversed(list(queue.jobs)))
        return render_template(
            "printer/lijst.html",
            jobs=newest[:SHOWN], count=len(newest), states=_STATES, directory=queue.directory,
        )  # fmt: skip

    pages.add_url_rule("/", view_func=lijst)
    return pages
