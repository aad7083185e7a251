"""The two things that pages need before Django's own: a tenant, and a known host."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from loket.kernel import tenant
from loket.site import tenants
from loket.site.door import address, hostname

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

_WITHOUT_TENANT = ("/healthz", "/readyz", "/metrics")


class TenantMiddleware:
    """Enters the municipality of the host name for the length of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep what comes after."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Choose the tenant, or say that the host is nobody's."""
        if request.path in _WITHOUT_TENANT:
            return self.get_response(request)
        found = tenants.by_host(hostname(address(request.META)[1]))
        if found is None:
            return HttpResponse("Deze hostnaam hoort bij geen gemeente.", status=421)
        with tenant.entered(found):
            return self.get_response(request)
