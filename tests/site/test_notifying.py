"""The threads by which news goes round: woken in time, and not ended by anything that fails."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from loket.site import notifying, tenants
from loket.site.notifying import Bell

if TYPE_CHECKING:
    import pytest

    from loket.kernel.tenant import Tenant


def test_a_ring_between_looking_and_waiting_is_heard() -> None:
    bell = Bell()
    heard = bell.rung
    bell.ring()
    bell.wait(heard, seconds=3600)  # it comes back at once, or the test does not end


def test_who_waits_is_woken() -> None:
    bell = Bell()
    thread = threading.Thread(target=bell.wait, args=(bell.rung, 3600))
    thread.start()
    bell.ring()
    thread.join()


def test_what_fails_does_not_end_a_thread(
    gemeente: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> int:
        raise ValueError("zomaar")

    monkeypatch.setattr(tenants, "known", lambda: [gemeente])
    monkeypatch.setattr(notifying, "TROUBLE", 0.0)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    assert not notifying.everywhere(threading.Event(), fail)
    assert notifying.everywhere(threading.Event(), lambda: 1)


def test_nothing_is_begun_after_the_signal_to_stop(gemeente: Tenant) -> None:
    del gemeente
    stop = threading.Event()
    stop.set()
    assert not notifying.everywhere(stop, lambda: 1)


def test_who_asks_all_the_time_does_not_connect_each_time(
    gemeente: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def everyone() -> list[Tenant]:
        asked.append(1)
        return [gemeente]

    monkeypatch.setattr(tenants, "everyone", everyone)
    monkeypatch.setattr(tenants, "KNOWN_FOR", 3600)
    monkeypatch.setattr(tenants._Known, "last", (0.0, []))  # noqa: SLF001 - begin with nothing
    assert [tenants.known(), tenants.known()] == [[gemeente]] * 2
    assert len(asked) == 1


def test_the_threads_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenants, "known", list)
    stop, bell = threading.Event(), Bell()
    threads = notifying.begin(stop, bell)
    stop.set()
    bell.ring()
    for each in threads:
        each.join()
    assert len(threads) == 1 + notifying.CALLERS
