"""How large somebody wants the text, kept in a cookie of his browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from loket.channels.portaal.volgende import is_here

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

COOKIE: Final = "loket_tekst"
YEAR: Final = 365 * 24 * 60 * 60
MATEN: Final = {"": _("Gewone tekst"), "groot": _("Grote tekst"), "grootst": _("Grootste tekst")}


def gekozen(request: HttpRequest) -> str:
    """Return how large the text is on the pages for who asks; empty for as it is."""
    asked = request.COOKIES.get(COOKIE, "")
    return asked if asked in MATEN else ""


@require_POST
def kies(request: HttpRequest) -> HttpResponse:
    """Remember a choice, and go back to the page on which it was made."""
    back = request.POST.get("next", "")
    answer = redirect(back if is_here(back) else "portaal:start")
    maat = request.POST.get("maat", "")
    if maat in MATEN:
        answer.set_cookie(
            COOKIE, maat, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
            samesite="Lax",
        )  # fmt: skip
    return answer
