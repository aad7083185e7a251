"""The thread that sends: what is wrong with one municipality holds up no other."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from django.db import OperationalError

from loket.kernel import tenant
from loket.site import sending, tenants

if TYPE_CHECKING:
    import pytest

    from loket.kernel.tenant import Tenant


def test_wrong_settings_of_one_hold_up_no_other(
    both: tuple[Tenant, Tenant], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor do they end the thread: once they are right, messages go."""
    stop, sent = threading.Event(), list[str]()

    def send_due(_stop: threading.Event) -> bool:
        here = tenant.current().name
        sent.append(here)
        if sent.count("elders") == 3:
            stop.set()
        if here == "demo":
            raise ValueError("An SMTP log-in needs both a user and a password.")
        if sent.count("elders") == 2:
            raise OperationalError("weg")
        return True

    monkeypatch.setattr(tenants, "known", lambda: list(both))
    monkeypatch.setattr(sending, "send_due", send_due)
    monkeypatch.setattr(sending, "IDLE", 0.01)
    thread = sending.begin(stop)
    thread.join(20)
    assert not thread.is_alive()
    assert sent == ["demo", "elders"] * 3
    assert "nothing can be sent for demo" in caplog.text
