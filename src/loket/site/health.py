"""Whether the house lives, whether it can serve, and how busy it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from loket.kernel import tenant
from loket.ledger.database import rows
from loket.site import files, tenants

if TYPE_CHECKING:
    from django.http import HttpRequest

DELIVERIES = Gauge("loket_deliveries", "Deliveries not done yet", ["tenant", "subscriber", "state"])
UNROUTED = Gauge("loket_events_unrouted", "Events not handed to subscribers yet", ["tenant"])


def live(request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    del request
    return JsonResponse({"status": "ok"})


def ready(request: HttpRequest) -> HttpResponse:
    """Say whether databases, storage and scanner answer and are up to date, or what is missing."""
    del request
    missing = []
    try:
        found = tenants.everyone()
    except Exception as problem:  # noqa: BLE001 - whatever it is, we are not ready
        return JsonResponse(
            {"status": "niet gereed", "ontbreekt": [f"database: {problem}"]}, status=503
        )
    for each in found:
        with tenant.entered(each):
            missing += tenants.missing(each)
    if not found:
        missing.append("er is nog geen gemeente: loket tenant add")
    missing += files.missing()
    if missing:
        return JsonResponse({"status": "niet gereed", "ontbreekt": missing}, status=503)
    return JsonResponse({"status": "gereed"})


def metrics(request: HttpRequest) -> HttpResponse:
    """Show the figures for Prometheus, to this machine only."""
    if request.META.get("REMOTE_ADDR") not in settings.METRICS_HOSTS:
        return HttpResponseNotFound()
    for each in tenants.everyone():
        with tenant.entered(each):
            _measure(each.name)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _measure(name: str) -> None:
    counted = rows(
        "SELECT subscriber, state, count(*) FROM ledger_delivery "
        "WHERE state <> 'klaar' GROUP BY 1, 2"
    )
    for subscriber, state, n in counted:
        DELIVERIES.labels(name, subscriber, state).set(n)
    UNROUTED.labels(name).set(rows("SELECT count(*) FROM ledger_outbox")[0][0])
