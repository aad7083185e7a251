"""What every page does first: who is this, and may they."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

BEKIJKEN: Final = "ledger.view_event"
HERSTELLEN: Final = "ledger.change_delivery"


def page(right: str) -> Callable[[Any], Any]:
    """Make a view a page of beheer, for who has a permission beside that to look."""

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, **keys: Any) -> HttpResponse:
            user: Any = request.user
            if not user.has_perms([BEKIJKEN, right]):
                raise PermissionDenied
            answer: HttpResponse = view(request, **keys)
            return answer

        return admin.site.admin_view(guarded)

    return wrap


def mag_herstellen(request: HttpRequest) -> bool:
    """Tell whether somebody may set going again what is stuck."""
    user: Any = request.user
    return bool(user.has_perm(HERSTELLEN))


def shown(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Show a page in the frame of beheer."""
    frame = {**admin.site.each_context(request), "title": title, "is_nav_sidebar_enabled": False}
    return render(request, f"gebeurtenissen/{template}.html", {**frame, **context})


def done(request: HttpRequest, text: str) -> None:
    """Say on the next page what was done."""
    messages.success(request, text)


def refused(request: HttpRequest, text: str) -> None:
    """Say on the next page why nothing was done."""
    messages.warning(request, text)
