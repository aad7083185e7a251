from __future__ import annotations

from django.apps import AppConfig


class ProefConfig(AppConfig):
    """De registers van de tests."""

    name = "tests.grammar.proef"
    label = "proef"
