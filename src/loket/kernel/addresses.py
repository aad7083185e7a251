"""Web addresses: which of them nobody on the way can listen to."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_private(address: str) -> bool:
    """Tell whether an address is https, or http on this machine, and holds no more than a place."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return False
    bare = not ("@" in parts.netloc or parts.query or parts.fragment) and port != 0
    plain = parts.scheme == "http" and is_loopback(host)
    return bool(host) and bare and (parts.scheme == "https" or plain)


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
