from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from loket.channels.portaal import sessie
from loket.kernel import tenant

if TYPE_CHECKING:
    from django.http import HttpRequest


def portaal(request: HttpRequest) -> dict[str, Any]:
    """Give each page the name of the municipality and the citizen who is logged in, if any."""
    here = tenant.chosen()
    return {
        "gemeente": here.title if here else "",
        "burger": sessie.burger(request),
        "sessieduur": settings.SESSION_COOKIE_AGE,
        "sessieminuten": settings.SESSION_COOKIE_AGE // 60,
    }
