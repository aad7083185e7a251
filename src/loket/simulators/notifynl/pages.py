"""The page to read what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, render_template

from loket.simulators.moments import in_words

if TYPE_CHECKING:
    from loket.simulators.notifynl.post import Post

SHOWN: Final = 100
"""Messages on the page, at most: the newest."""

_KINDS: Final = {"sms": "Sms", "email": "E-mail", "letter": "Brief"}
_STATUSES: Final = {
    "created": "aangenomen",
    "sending": "onderweg",
    "pending-virus-check": "wordt nagekeken",
    "delivered": "aangekomen",
    "received": "aangekomen",
    "permanent-failure": "niet aangekomen: het nummer of adres bestaat niet",
    "temporary-failure": "niet aangekomen: nu niet bereikbaar",
    "returned-letter": "teruggekomen",
}


def reading(post: Post) -> Blueprint:
    """Make the page on top of what is kept."""
    pages = Blueprint("lezen", __name__)
    pages.add_app_template_filter(in_words)

    def lijst() -> str:
        newest = list(reversed(list(post.sent)))
        return render_template(
            "notifynl/lijst.html",
            sent=newest[:SHOWN], count=len(newest), kinds=_KINDS, statuses=_STATUSES,
        )  # fmt: skip

    pages.add_url_rule("/", view_func=lijst)
    return pages
