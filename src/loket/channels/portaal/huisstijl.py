"""The house style of the municipality at hand: name, colours, logo and where else to look.

The colours are a style sheet of the same origin, so that no page holds a style of its own; it sets
the custom properties of the theme, and the pages know of no colours.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from loket.kernel import tenant
from loket.registers.beheer import current
from loket.registers.beheer.current import Geldend
from loket.registers.beheer.kleuren import LIGHT
from loket.registers.beheer.logo import image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

YEAR = "public, max-age=31536000, immutable"


class Huisstijl:
    """What a page needs of it, read when it first asks."""

    def __init__(self, request: HttpRequest) -> None:
        """Read nothing yet."""
        self._read = partial(geldend, request)

    def __getattr__(self, name: str) -> str:
        return str(getattr(self._read(), name))

    @property
    def stijl(self) -> str:
        """A mark of the style sheet's content, empty when the theme stays as it is."""
        return _mark(style_sheet(self._read()))


def geldend(request: HttpRequest) -> Geldend:
    """Return what the municipality set, read once in a request."""
    kept: Any = request
    if not hasattr(kept, "geldend"):
        kept.geldend = _current()
    found: Geldend = kept.geldend
    return found


def _current() -> Geldend:
    return current.instellingen() if tenant.chosen() else Geldend("")


def _mark(sheet: str) -> str:
    return hashlib.sha256(sheet.encode()).hexdigest()[:12] if sheet else ""


def style_sheet(geldend: Geldend) -> str:
    """Return the theme's properties that the municipality sets, as a style sheet."""
    made = "".join(f"{name}:{value};" for name, value in _properties(geldend))
    return f".voorbeeld-theme{{{made}}}" if made else ""


def _properties(geldend: Geldend) -> Iterator[tuple[str, str]]:
    if geldend.kleur_hoofd:
        yield "--utrecht-page-header-background-color", geldend.kleur_hoofd
    if geldend.kleur_hoofd_tekst:
        yield "--utrecht-page-header-color", geldend.kleur_hoofd_tekst
        yield "--loket-merk-kleur", geldend.kleur_hoofd_tekst
    if accent := geldend.kleur_accent:
        darker = f"color-mix(in srgb, {accent}, #000 18%)"
        yield "--loket-accent", accent
        yield "--loket-kaart-kleur", LIGHT
        yield "--utrecht-page-footer-background-color", LIGHT
        yield "--utrecht-nav-bar-background-color", accent
        yield "--utrecht-nav-bar-color", "#fff"
        for state, colour in (("", accent), ("-hover", darker), ("-active", darker)):
            yield f"--utrecht-button-primary-action{state}-background-color", colour
            yield f"--utrecht-button-primary-action{state}-color", "#fff"
            yield f"--utrecht-link{state}-color", colour
        yield "--utrecht-link-visited-color", accent
        yield "--utrecht-link-text-decoration-color", accent


@require_safe
def stijl(request: HttpRequest) -> HttpResponse:
    """Serve the style sheet."""
    sheet = style_sheet(_current())
    return _kept(request, HttpResponse(sheet, content_type="text/css; charset=utf-8"), _mark(sheet))


@require_safe
def logo(request: HttpRequest) -> HttpResponse:
    """Serve the logo; opened by itself it can do nothing."""
    uri = current.logo() if tenant.chosen() else ""
    if not uri:
        raise Http404
    kind, content = image(uri)
    made = HttpResponse(content, content_type=kind)
    made["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return _kept(request, made, _current().logo)


def _kept(request: HttpRequest, made: HttpResponse, mark: str) -> HttpResponse:
    """Let a browser keep it under the address that names this very content."""
    made["Cache-Control"] = YEAR if mark and request.GET.get("v") == mark else "no-cache"
    return made
