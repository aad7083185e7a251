"""Which page of a list somebody asks for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.http import Http404

from loket.kernel.problems import NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

MOST = 10_000
"""The last page that can be asked for."""


def gevraagd(request: HttpRequest) -> int:
    """Return the number of the page that is asked for; Http404 for what is no number."""
    asked = request.GET.get("bladzijde", "1")
    if not (asked.isascii() and asked.isdigit() and 0 < int(asked[:6]) <= MOST):
        raise Http404
    return int(asked)


@contextmanager
def gevonden() -> Iterator[None]:
    """Let what is another's look the same as what does not exist."""
    try:
        yield
    except NotFound as not_found:
        raise Http404 from not_found
