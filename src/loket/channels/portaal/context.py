from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from loket.channels.portaal import sessie, tekstmaat
from loket.channels.portaal.huisstijl import Huisstijl
from loket.channels.portaal.kaartje import kaartje

if TYPE_CHECKING:
    from django.http import HttpRequest


def portaal(request: HttpRequest) -> dict[str, Any]:
    """Give each page the house style and who is logged in, if any."""
    huisstijl = Huisstijl(request)
    return {
        "huisstijl": huisstijl,
        "gemeente": SimpleLazyObject(lambda: huisstijl.naam),
        "klant": sessie.klant(request),
        "vestiging_vast": (sessie.known(request) or {}).get("vast", True),
        "maten": tekstmaat.MATEN.items(),
        "tekstmaat": tekstmaat.gekozen(request),
        "kaartje": SimpleLazyObject(lambda: kaartje(str(request.session.session_key))),
        "stroom": settings.STREAM_URL,
        "sessieduur": settings.SESSION_COOKIE_AGE,
        "sessieminuten": settings.SESSION_COOKIE_AGE // 60,
    }
