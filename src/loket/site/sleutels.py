"""The public keys of the municipality, for whoever checks what it signed."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from loket.services.notificeren.sleutels import openbaar

KEPT_FOR = 300
"""Seconds that they may be kept on the way; who meets a key that it does not know asks again."""


@require_safe
def jwks(request: HttpRequest) -> JsonResponse:
    """Show them as a JWKS (RFC 7517)."""
    del request
    headers = {"Cache-Control": f"public, max-age={KEPT_FOR}"}
    return JsonResponse(openbaar(), content_type="application/jwk-set+json", headers=headers)
