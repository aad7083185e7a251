"""Where the demo's text messages and letters go: to stand-ins, unless others are set."""

from __future__ import annotations

import sys
from ctypes.util import find_library
from typing import TYPE_CHECKING

from django.conf import settings

from loket.site.child import HOST, Process

if TYPE_CHECKING:
    from collections.abc import Mapping

API_KEY = "demo-7f1d2f6e-5d0a-4a51-8f0f-3f8a1e1b0c01-9c0b6a52-7d0e-4c56-9a57-2f6f6f1d0c02"
"""A key of the form that NotifyNL gives, known to the stand-in only."""

CALLBACK_TOKEN = "demo-terugmelding-van-de-demo-gemeente"  # noqa: S105 - it opens nothing elsewhere
TEMPLATE = "5a1c3c1e-0f0d-4b52-9d25-6b7a0c1f2e01"
QUEUE = "brieven"


def environment() -> Mapping[str, str]:
    """Return by which settings web and worker find the stand-ins."""
    told: dict[str, str] = {}
    if has_sms():
        told |= {
            "LOKET_NOTIFYNL_URL": f"http://{HOST}:{_sms_port()}",
            "LOKET_NOTIFYNL_API_KEY": API_KEY,
            "LOKET_NOTIFYNL_SMS_TEMPLATE": TEMPLATE,
            "LOKET_NOTIFYNL_CALLBACK_TOKEN": CALLBACK_TOKEN,
        }
    if has_printer():
        told["LOKET_PRINTER"] = f"ipp://{HOST}:{_printer_port()}/printers/{QUEUE}"
    return told


def processes() -> list[Process]:
    """Return the stand-ins."""
    python, made = [sys.executable, "-m"], list[Process]()
    if has_sms():
        callback = f"http://{HOST}:{settings.PORT}/terugmeldingen/notifynl"
        command = [
            *python, "loket.simulators.notifynl", "--port", str(_sms_port()), "--api-key", API_KEY,
            "--callback", callback, "--bearer", CALLBACK_TOKEN,
        ]  # fmt: skip
        made.append(Process("sms", command, port=_sms_port()))
    if has_printer():
        command = [
            *python, "loket.simulators.printer", "--port", str(_printer_port()),
            "--directory", str(settings.DATA_DIR / "brieven"),
        ]  # fmt: skip
        made.append(Process("printer", command, port=_printer_port()))
    return made


def addresses() -> list[tuple[str, str]]:
    """Return where to see what was sent."""
    shown = []
    if has_sms():
        shown.append(("Sms", f"http://{HOST}:{_sms_port()}/ (alle sms'jes van de demo)"))
    if has_printer():
        shown.append(("Brieven", f"http://{HOST}:{_printer_port()}/ (alle brieven van de demo)"))
    elif settings.DEMO and not settings.PRINTER:
        shown.append(("Brieven", "worden niet gemaakt: Pango staat niet op deze machine"))
    return shown


def has_sms() -> bool:
    """Tell whether a stand-in takes text messages."""
    return settings.DEMO and not settings.NOTIFYNL_URL


def has_printer() -> bool:
    """Tell whether a stand-in takes letters; on a machine that can make any."""
    return settings.DEMO and not settings.PRINTER and can_make_letters()


def can_make_letters() -> bool:
    """Tell whether the libraries are there with which letters are made."""
    return find_library("pango-1.0") is not None


def _sms_port() -> int:
    return int(settings.PORT) + 6


def _printer_port() -> int:
    return int(settings.PORT) + 7
