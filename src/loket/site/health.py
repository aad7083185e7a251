"""Whether the house lives, whether it can serve, and how busy it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotFound, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest

from loket.kernel import tenant
from loket.kernel.clock import now
from loket.ledger import deliveries
from loket.ledger.models import Delivery
from loket.site import files, tenants

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

DELIVERIES = Gauge("loket_deliveries", "Deliveries not done yet", ["tenant", "subscriber", "state"])
OPEN = Gauge("loket_deliveries_open", "Deliveries not done yet, to anybody", ["tenant", "state"])
OLDEST = Gauge(
    "loket_delivery_oldest_seconds",
    "Age of the oldest event not delivered yet",
    ["tenant", "state"],
)
UNROUTED = Gauge("loket_events_unrouted", "Events not handed to subscribers yet", ["tenant"])
UNROUTED_OLDEST = Gauge(
    "loket_event_unrouted_oldest_seconds", "Age of the oldest event not handed out", ["tenant"]
)
UNDONE = (Delivery.State.WACHT.value, Delivery.State.VAST.value)


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
    DELIVERIES.clear()  # who has nothing left is not counted at all
    for each in tenants.everyone():
        with tenant.entered(each):
            _measure(each.name)
    return HttpResponse(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _measure(name: str) -> None:
    """Measure a municipality; what an alarm goes by is always there, also when it is nothing."""
    found = deliveries.undone()
    for each in found:
        DELIVERIES.labels(name, each.subscriber, each.state).set(each.number)
    for state in UNDONE:
        here = [each for each in found if each.state == state]
        OPEN.labels(name, state).set(sum(each.number for each in here))
        OLDEST.labels(name, state).set(_age(min((each.since for each in here), default=None)))
    number, since = deliveries.unrouted()
    UNROUTED.labels(name).set(number)
    UNROUTED_OLDEST.labels(name).set(_age(since))


def _age(since: datetime | None) -> float:
    return max((now() - since).total_seconds(), 0.0) if since else 0.0
