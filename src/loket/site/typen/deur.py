"""What every page does first: who is this, may they, and which record is it about."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.ledger.database import fetch
from loket.registers.catalogi.soorten import DELEN, TYPEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from loket.grammar.resource import Resource

TOELICHTING = "gewijzigd in beheer van typen"
NAMES = {
    "zaaktypen": "zaaktype",
    "besluittypen": "besluittype",
    "informatieobjecttypen": "informatieobjecttype",
    "statustypen": "statustype",
    "resultaattypen": "resultaattype",
    "roltypen": "roltype",
    "eigenschappen": "eigenschap",
    "zaakobjecttypen": "zaakobjecttype",
    "zaaktype-informatieobjecttypen": "document bij het zaaktype",
}
"""What one of each kind is called on a page."""

View = "Callable[..., HttpResponse]"


def page(action: str, model: str = "zaaktype") -> Callable[[Any], Any]:
    """Make a view a page of beheer, for who has the permission (`view`, `add`, `change` …).

    The model is that of the `soort` or `deel` in the path, or else the one named here.
    """

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, **keys: Any) -> HttpResponse:
            named = keys.get("deel") or keys.get("soort")
            kind = _resource(named).record._meta.model_name if named else model
            user: Any = request.user
            if not user.has_perm(f"catalogi.{action}_{kind}"):
                raise PermissionDenied
            answer: HttpResponse = view(request, **keys)
            return answer

        return admin.site.admin_view(guarded)

    return wrap


def _resource(path: str) -> Resource:
    found = TYPEN.get(path) or DELEN.get(path)
    if found is None:
        raise Http404
    return found


def type_at(soort: str, key: UUID) -> tuple[Resource, Any]:
    """Return the resource and the version that a path names."""
    resource = TYPEN.get(soort)
    found = fetch(resource.record, key) if resource else None
    if resource is None or found is None:
        raise Http404
    return resource, found


def call() -> Call:
    """Return what a write from these pages is known by."""
    return Call(base=HOUSE, toelichting=TOELICHTING)


def shown(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Show a page in the frame of beheer."""
    frame = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    status = context.pop("status", 200)
    return render(request, f"typen/{template}.html", {**frame, **context}, status=status)


def done(request: HttpRequest, text: str) -> None:
    """Say on the next page what was done."""
    messages.success(request, text)
