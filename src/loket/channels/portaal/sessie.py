"""Who is logged in: what a session holds of a citizen or company, and the guards of their pages.

The session holds the pseudonym of a BSN, never the BSN, and counts only at the municipality where
it began. How long it lasts without a request is a setting of the house.
"""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from loket.kernel import clock, tenant
from loket.kernel.actor import Actor, Kind
from loket.kernel.problems import Forbidden
from loket.services.mijnservices.inloggen import sessies
from loket.services.mijnservices.klant import demand_zelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

P = ParamSpec("P")

KEY = "klant"


def begin(
    request: HttpRequest,
    actor: Actor,
    middel: str = "",
    leave: tuple[str, ...] = (),
    authenticated: datetime | None = None,
) -> None:
    """Remember that `actor` logged in, in a session with a new key and nothing else in it.

    `middel` is by which means, and `leave` what its provider wants to hear at the end. When he
    showed who he is may be longer ago: the provider may have known him still.
    """
    request.session.flush()
    request.session.create()
    request.session[KEY] = {
        "gemeente": tenant.current().name,
        "soort": actor.kind.value,
        "number": str(actor.number or ""),
        "kvk": actor.kvk,
        "vestiging": actor.vestiging,
        "vast": bool(actor.vestiging),
        "naam": actor.label,
        "loa": actor.loa,
        "user": actor.user,
        "user_label": actor.user_label,
        "middel": middel,
        "leave": list(leave),
        "bevestigd": authenticated.timestamp() if authenticated else 0,
    }
    sessies.onthoud(str(request.session.session_key), actor)


def known(request: HttpRequest) -> dict[str, Any] | None:
    """Return what the session holds of who is logged in here."""
    session = getattr(request, "session", None)
    held: dict[str, Any] | None = session.get(KEY) if session is not None else None
    here = tenant.chosen()
    return held if held and here is not None and held["gemeente"] == here.name else None


def klant(request: HttpRequest) -> Actor | None:
    """Return the citizen or company that is logged in here."""
    held = known(request)
    if held is None:
        return None
    if held["soort"] == Kind.BEDRIJF.value:
        return Actor.bedrijf(
            held["kvk"], held["vestiging"], held["naam"], held["loa"], held["user"],
            held["user_label"],
        )  # fmt: skip
    return Actor.burger(UUID(held["number"]), held["naam"], held["loa"], held["user"])


def choose(request: HttpRequest, vestiging: str) -> None:
    """Act for one vestiging of the company from now on, or for all of it."""
    request.session[KEY] = {**request.session[KEY], "vestiging": vestiging}


def confirm(request: HttpRequest, actor: Actor, leave: tuple[str, ...] = ()) -> bool:
    """Remember that who is logged in showed again who he is; tell whether it is the same person.

    `leave` is what the provider wants to hear at the end from now on.
    """
    now = klant(request)
    if now is None or _without_branch(now) != _without_branch(actor):
        return False
    told = {"bevestigd": clock.now().timestamp(), "leave": list(leave)}
    request.session[KEY] = {**request.session[KEY], **told}
    return True


def citizens_only(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only who is logged in see `view`; the others log in first and come back."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        actor = klant(request)
        if actor is None:
            return _to("portaal:inloggen", request)
        try:
            return view(request, actor, *args, **kwargs)
        except Forbidden as problem:
            raise PermissionDenied from problem

    return guarded


def himself(
    view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]:
    """Let no gemachtigde do what `view` does; it stands below `citizens_only`."""

    @wraps(view)
    def guarded(
        request: HttpRequest, actor: Actor, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponseBase:
        demand_zelf(actor)
        return view(request, actor, *args, **kwargs)

    return guarded


def recently(
    minutes: int,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
]:
    """Let only who showed in the last `minutes` who he is do what `view` does.

    It stands below `citizens_only`. The others hear why, show it again, and come back. A form that
    was opened in time may be sent for as long again, so that nothing filled in is lost.
    """

    def guard(
        view: Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]:
        @wraps(view)
        def guarded(
            request: HttpRequest, actor: Actor, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            held = known(request) or {}
            allowed = timedelta(minutes=minutes * (2 if request.method == "POST" else 1))
            if clock.now().timestamp() - held.get("bevestigd", 0) > allowed.total_seconds():
                return _to("portaal:bevestigen", request)
            return view(request, actor, *args, **kwargs)

        return guarded

    return guard


def _without_branch(actor: Actor) -> tuple[Any, ...]:
    return actor.kind, actor.number, actor.kvk, actor.user


def _to(page: str, request: HttpRequest) -> HttpResponseBase:
    """Go to a page and come back; what was sent is told to be lost, and its form comes back."""
    if request.method != "POST":
        told = {"volgende": request.get_full_path()}
    else:
        form = urlsplit(request.headers.get("Referer", ""))._replace(scheme="", netloc="")
        told = {"volgende": form.geturl(), "onverstuurd": "1"}
    return redirect(f"{reverse(page)}?{urlencode(told)}")
