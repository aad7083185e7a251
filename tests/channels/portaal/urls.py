"""The portal mounted as the site mounts it, with pages that go wrong on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.urls import include, path

if TYPE_CHECKING:
    from django.http import HttpRequest


def bad(_request: HttpRequest) -> NoReturn:
    raise SuspiciousOperation


def forbidden(_request: HttpRequest) -> NoReturn:
    raise PermissionDenied


def broken(_request: HttpRequest) -> NoReturn:
    raise RuntimeError


urlpatterns = [
    path("", include("loket.channels.portaal.urls", namespace="portaal")),
    path("fout/400/", bad),
    path("fout/403/", forbidden),
    path("fout/500/", broken),
]
