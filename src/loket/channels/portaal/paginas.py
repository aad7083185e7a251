"""The pages that are there for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from loket.channels.portaal import sessie

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the overview of whoever is logged in, and others to the log-in page."""
    return redirect("portaal:overzicht" if sessie.klant(request) else "portaal:inloggen")


@require_safe
def toegankelijkheid(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "portaal/toegankelijkheid.html")
