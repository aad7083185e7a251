"""What whoever carries our messages says of them: a door for machines that are no client of ours.

NotifyNL calls it with a token that we gave it; which municipality it is about, the host says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from loket.connectors.notifynl import read_callback
from loket.kernel.clock import now
from loket.kernel.problems import Problem
from loket.services.output import afloop
from loket.site import uitgaand

if TYPE_CHECKING:
    from django.http import HttpRequest


@csrf_exempt
@require_POST
def notifynl(request: HttpRequest) -> HttpResponse:
    """Take a report of NotifyNL on one message; 401 without our token, 400 for what is no report.

    A report on what is no message of ours is taken as well: there is nothing that NotifyNL could
    do about it.
    """
    try:
        report = read_callback(
            request.body, request.headers.get("Authorization"), settings.NOTIFYNL_CALLBACK_TOKEN
        )
    except Problem as problem:
        told = {"title": problem.title, "status": problem.status, "detail": problem.detail}
        return JsonResponse(told, status=problem.status, content_type="application/problem+json")
    if report.status.final:
        afloop.teruggemeld(
            str(report.id),
            uitgaand.ingericht(),
            gelukt=not report.status.failed,
            moment=report.completed_at or now(),
            reden=f"NotifyNL: {report.status.value}",
        )
    return HttpResponse(status=204)
