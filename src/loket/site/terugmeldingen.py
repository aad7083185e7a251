"""What whoever carries our messages says of them: a door for machines that are no client of ours.

NotifyNL and the Notificaties API's of others call it with a token that we gave them; which
municipality it is about, the host says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from loket.connectors.notificaties.signing import Request
from loket.connectors.notifynl import read_callback
from loket.grammar.bodies import JSON, kind_of
from loket.grammar.codec import decode
from loket.kernel.clock import now
from loket.kernel.problems import Invalid, Problem, TooLarge
from loket.registers.notificaties.cloudevent import MEDIA
from loket.services.notificeren import ondertekend, ontvangen
from loket.services.output import afloop
from loket.site import instellingen, uitgaand

if TYPE_CHECKING:
    from django.http import HttpRequest

LARGEST: Final = 2**20
"""Bytes of the largest notification that is taken."""


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


@csrf_exempt
@require_POST
def notificaties(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take what another Notificaties API delivers, as the consumer's side of the standard has it.

    204 when it is taken, also when it was known already; 401 without authorisation; 403 with
    another than we gave it, or when it is not signed as was agreed; 400 for what is no
    notification; 503 when the keys of the service cannot be read.
    """
    try:
        dienst = ontvangen.recognised(key, request.headers.get("Authorization"))
        kind = kind_of(request.content_type or "", (JSON, MEDIA))
        body = _body(request)
        if kind == MEDIA or not ontvangen.is_proef(body):
            ondertekend.controleer(dienst, _as_sent(request), request.body)
        if kind == MEDIA:
            ontvangen.neem_cloudevent(dienst, body)
        else:
            ontvangen.neem(dienst, body, instellingen.portal())
    except Problem as problem:
        return JsonResponse(
            _told(problem), status=problem.status, content_type="application/problem+json",
            headers=problem.headers,
        )  # fmt: skip
    return HttpResponse(status=204)


def _as_sent(request: HttpRequest) -> Request:
    """Return a request as who signed it knows it: at the address that we gave."""
    address = f"{instellingen.portal()}{request.get_full_path()}"
    return Request(address, dict(request.headers), str(request.method))


def _body(request: HttpRequest) -> Any:
    """Return the JSON of a request; Malformed, TooLarge."""
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        raise TooLarge
    return decode(request.body)


def _told(problem: Problem) -> dict[str, Any]:
    """Return a problem as the consumer's side of the standard writes it."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "code": problem.code,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": f"urn:uuid:{uuid4()}",
    }
    if isinstance(problem, Invalid):
        told["invalid-params"] = [
            {"name": each.name, "code": each.code, "reason": each.reason} for each in problem.faults
        ]
    return told
