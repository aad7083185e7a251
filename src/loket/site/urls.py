"""Where the pages stand; the APIs never come here."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from loket.site import health

urlpatterns = [
    path("healthz", health.live),
    path("readyz", health.ready),
    path("metrics", health.metrics),
    path("beheer/typen/", include("loket.site.typen.urls", namespace="typen")),
    path("beheer/", admin.site.urls),
    path("", include("loket.channels.portaal.urls", namespace="portaal")),
]
