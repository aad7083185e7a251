"""The address at which a client found the house."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Mapping


NOWHERE = "host.invalid"
"""What stands for a Host that is none (RFC 2606): nothing is found there, and it is an address."""

_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


def address(environ: Mapping[str, Any]) -> tuple[str, str]:
    """Return scheme and host as the client knows them."""
    scheme, host = environ.get("wsgi.url_scheme", "http"), environ.get("HTTP_HOST", "")
    if settings.TRUST_PROXY:
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", scheme)
        host = environ.get("HTTP_X_FORWARDED_HOST", host)
    return scheme, host if _HOST.fullmatch(host) else NOWHERE


def hostname(host: str) -> str:
    """Return a host without its port."""
    return host if host.endswith("]") else host.rsplit(":", 1)[0]
