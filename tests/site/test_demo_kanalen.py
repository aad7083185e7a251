"""The stand-ins of the demo for text messages and letters: there unless others are set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import override_settings

from loket.connectors.notifynl import NotifyNL
from loket.connectors.printer import Ipp
from loket.simulators.notifynl.templates import DEMO
from loket.simulators.notifynl.tokens import Key
from loket.site import demo_kanalen
from loket.site.cli import house

if TYPE_CHECKING:
    from collections.abc import Iterator

NONE = {"NOTIFYNL_URL": "", "PRINTER": ""}


@pytest.fixture(autouse=True)
def able(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(demo_kanalen, "can_make_letters", lambda: True)
    with override_settings(PORT=9000, DEMO=True, **NONE):
        yield


def names() -> set[str]:
    return {process.name for process in house._processes()}  # noqa: SLF001 - what is started


def environments() -> list[dict[str, Any]]:
    made = {process.name: dict(process.env) for process in house._processes()}  # noqa: SLF001 - idem
    return [made["web"], made["worker"]]


def test_web_and_worker_send_to_the_stand_ins() -> None:
    assert {"sms", "printer"} <= names()
    assert {(each.name, each.port) for each in demo_kanalen.processes()} == {
        ("sms", 9006), ("printer", 9007),
    }  # fmt: skip
    for env in environments():
        assert env["LOKET_PRINTER"] == "ipp://127.0.0.1:9007/printers/brieven"
        assert env["LOKET_NOTIFYNL_URL"] == "http://127.0.0.1:9006"
        assert env["LOKET_NOTIFYNL_SMS_TEMPLATE"] in DEMO
        Key(env["LOKET_NOTIFYNL_API_KEY"])
        NotifyNL(env["LOKET_NOTIFYNL_URL"], env["LOKET_NOTIFYNL_API_KEY"])
        Ipp(env["LOKET_PRINTER"])
    assert [name for name, _ in demo_kanalen.addresses()] == ["Sms", "Brieven"]


@pytest.mark.parametrize(
    "own", [{"DEMO": False}, {"NOTIFYNL_URL": "https://x", "PRINTER": "file:/x"}]
)
def test_without_a_demo_or_with_others_set_there_are_none(own: dict[str, Any]) -> None:
    with override_settings(**own):
        assert not {"sms", "printer"} & names()
        assert not [
            each for each in environments() if {"LOKET_PRINTER", "LOKET_NOTIFYNL_URL"} & set(each)
        ]
        assert demo_kanalen.addresses() == []


def test_a_machine_that_cannot_make_letters_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_kanalen, "can_make_letters", lambda: False)
    assert "printer" not in names()
    assert "Pango" in dict(demo_kanalen.addresses())["Brieven"]
