"""Who is logged in: what a session holds of a citizen, and the guard of the pages for him.

The session holds the pseudonym of his BSN, never the BSN, and counts only at the municipality where
it began. How long it lasts without a request is a setting of the house.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec
from urllib.parse import urlencode
from uuid import UUID

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from loket.kernel import tenant
from loket.kernel.actor import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")

KEY = "burger"


def begin(request: HttpRequest, actor: Actor) -> None:
    """Remember that `actor` logged in, in a session with a new key and nothing else in it."""
    request.session.flush()
    request.session[KEY] = {
        "gemeente": tenant.current().name,
        "number": str(actor.number),
        "naam": actor.label,
        "loa": actor.loa,
    }


def burger(request: HttpRequest) -> Actor | None:
    """Return the citizen who is logged in here."""
    session = getattr(request, "session", None)
    known = session.get(KEY) if session is not None else None
    here = tenant.chosen()
    if known is None or here is None or known["gemeente"] != here.name:
        return None
    return Actor.burger(UUID(known["number"]), known["naam"], known["loa"])


def citizens_only(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let only citizens who are logged in see `view`; the others log in first and come back."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = burger(request)
        if actor is None:
            query = urlencode({"volgende": request.get_full_path()})
            return redirect(f"{reverse('portaal:inloggen')}?{query}")
        return view(request, actor, *args, **kwargs)

    return guarded
