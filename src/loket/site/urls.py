"""Where the pages stand; the APIs never come here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import admin
from django.urls import include, path

from loket.site import attention, health, sleutels, terugmeldingen
from loket.site.archief import aandacht as archief
from loket.site.output import aandacht as output

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def index(request: HttpRequest) -> HttpResponse:
    """Show the index of beheer, with what needs a look."""
    points = [*attention.points(), *archief.points(request.user), *output.points(request.user)]
    return admin.site.index(request, {"aandacht": points})


urlpatterns = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path(".well-known/jwks.json", sleutels.jwks),
    path("terugmeldingen/notifynl", terugmeldingen.notifynl),
    path("terugmeldingen/notificaties/<uuid:key>", terugmeldingen.notificaties),
    path("beheer/typen/", include("loket.site.typen.urls", namespace="typen")),
    path("beheer/archief/", include("loket.site.archief.urls", namespace="archief")),
    path("beheer/output/", include("loket.site.output.urls", namespace="output")),
    path("beheer/gebeurtenissen/", include("loket.site.gebeurtenissen.urls")),
    path("beheer/", admin.site.admin_view(index)),
    path("beheer/", admin.site.urls),
    path("", include("loket.channels.portaal.urls", namespace="portaal")),
]
