"""Where the pages stand; the APIs never come here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.urls import include, path

from loket.site import attention, health

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def index(request: HttpRequest) -> HttpResponse:
    """Show the index of beheer, with what needs a look."""
    return admin.site.index(request, {"aandacht": attention.points()})


urlpatterns = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("beheer/typen/", include("loket.site.typen.urls", namespace="typen")),
    path("beheer/", admin.site.admin_view(index)),
    path("beheer/", admin.site.urls),
    path("", include("loket.channels.portaal.urls", namespace="portaal")),
]
