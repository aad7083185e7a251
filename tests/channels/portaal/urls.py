"""The portal mounted as the site mounts it, with pages that go wrong on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.urls import include, path

from loket.channels.portaal.sessie import citizens_only, recently

if TYPE_CHECKING:
    from django.http import HttpRequest

    from loket.kernel.actor import Actor


def bad(_request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation


def forbidden(_request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def broken(_request: HttpRequest) -> NoReturn:
    raise RuntimeError


@citizens_only
@recently(minutes=10)
def gevoelig(request: HttpRequest, actor: Actor) -> HttpResponse:
    return HttpResponse(f"{request.method} door {actor.id}")


urlpatterns = [
    path("", include("loket.channels.portaal.urls", namespace="portaal")),
    path("gevoelig/", gevoelig),
    path("fout/400/", bad),
    path("fout/403/", forbidden),
    path("fout/500/", broken),
]
