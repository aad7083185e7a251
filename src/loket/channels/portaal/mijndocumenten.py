"""Mijn documenten: a document to save, and to read in the page where that is safe.

A file never opens as a page of ours: it is sent to be saved. What is shown is drawn by our own
script (PDF) or is an image by its content, whatever its name says.
"""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPMethod
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from loket.channels.portaal.sessie import citizens_only
from loket.grammar.sending import sent
from loket.kernel.problems import NotFound
from loket.services.mijnservices import documenten

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from loket.grammar.blobs import Download
    from loket.kernel.actor import Actor

ASKED = ("range", "if-range", "if-none-match")


@require_safe
@citizens_only
def bestand(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponseBase:
    """Send the file of a document, to be saved; a part of it when that is asked."""
    try:
        return _answer(request, documenten.inhoud(actor, uuid))
    except NotFound as not_found:
        raise Http404 from not_found


@require_safe
@citizens_only
def beeld(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponseBase:
    """Send a document that is an image, for the page that shows it."""
    try:
        return _answer(request, documenten.beeld(actor, uuid))
    except NotFound as not_found:
        raise Http404 from not_found


@require_safe
@citizens_only
def lezen(request: HttpRequest, actor: Actor, uuid: UUID) -> HttpResponse:
    """Show a document in the page, or say that it can be saved."""
    try:
        document = documenten.detail(actor, uuid)
    except NotFound as not_found:
        raise Http404 from not_found
    return render(
        request,
        "portaal/document.html",
        {"document": document.regel, "auteur": document.auteur, "zaken": document.zaken},
    )


def _answer(request: HttpRequest, download: Download) -> HttpResponseBase:
    asked = {name: request.headers[name] for name in ASKED if name in request.headers}
    status, body, headers = sent(download, asked, only_headers=request.method == HTTPMethod.HEAD)
    if isinstance(body, Iterator):
        return StreamingHttpResponse(body, status=status, headers=headers)
    return HttpResponse(body, status=status, headers=headers)
