# ruff: noqa: E402 - Django first
"""A worker that dies by kill -9 at a delivery of its choice, all of it done but the commit."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import django

django.setup()

from loket.kernel import tenant
from loket.ledger import delivering, dispatch
from loket.services.archivering import vernietigen
from loket.site import tenants

HOST, LAST = sys.argv[1], int(sys.argv[2])
mark = delivering._mark  # noqa: SLF001 - where a delivery ends, just before its commit
done: list[int] = []


def die_at_the_last(*told: Any) -> None:
    """Note what was delivered; do not live to see the last committed."""
    mark(*told)
    done.append(1)
    if len(done) == LAST:
        os.kill(os.getpid(), signal.SIGKILL)


delivering.__dict__["_mark"] = die_at_the_last
dispatch.subscribers.clear()  # only what it dies of counts
vernietigen.connect()
found = tenants.by_host(HOST)
assert found is not None
with tenant.entered(found):
    while dispatch.route() or dispatch.deliver_one():
        pass
