from __future__ import annotations

from django.apps import AppConfig


class PortaalConfig(AppConfig):
    """The portal as Django knows it."""

    name = "loket.channels.portaal"
    label = "portaal"
