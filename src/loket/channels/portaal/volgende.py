"""Where somebody was going before he had to do something else first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest


def volgende(request: HttpRequest) -> str:
    """Return the path that somebody was going to, within this site."""
    wanted = request.GET.get("volgende", "")
    return wanted if is_here(wanted) else reverse("portaal:overzicht")


def is_here(path: str) -> bool:
    """Tell whether a path leads to a page of this site, and nowhere else."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def onderweg(page: str, path: str, *args: str) -> str:
    """Return the address of a page from where one goes on to `path`."""
    return f"{reverse(page, args=args)}?{urlencode({'volgende': path})}"
