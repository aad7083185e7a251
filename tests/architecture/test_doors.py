"""What import contracts do not show: nobody goes round the door."""

from __future__ import annotations

import ast
import importlib
from typing import TYPE_CHECKING

import pytest
from django.db.models import Model

from tests.architecture.source_tree import Source, sources

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTSIDE = ("loket.channels", "loket.services")
MANAGERS = {"objects", "_default_manager", "_base_manager"}


def calls_of_get_model(source: Source) -> Iterator[tuple[int, str | None]]:
    """Yield the line of each `….get_model(…)` and the app it names, if it says so itself."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "get_model":
            first = node.args[0] if node.args else None
            named = first.value if isinstance(first, ast.Constant) else None
            yield node.lineno, str(named).split(".")[0] if named else None


def model_classes_imported(source: Source) -> Iterator[str]:
    """Yield the model classes of registers and ledger that a module imports by name."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("loket."):
            for alias in node.names:
                imported = getattr(importlib.import_module(str(node.module)), alias.name, None)
                if isinstance(imported, type) and issubclass(imported, Model):
                    yield f"{node.lineno}: {node.module}.{alias.name}"


def managers_used(source: Source) -> Iterator[str]:
    """Yield where a module asks a model class for its rows."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield f"{node.lineno}: {ast.unparse(node)}"


def register_of(source: Source) -> str | None:
    """Return the register that a module belongs to, if any."""
    parts = source.name.split(".")
    return parts[2] if parts[1:2] == ["registers"] and len(parts) > 2 else None


@pytest.mark.parametrize("source", [*sources("loket.registers")], ids=str)
def test_a_register_asks_for_no_model_of_another(source: Source) -> None:
    own = register_of(source)
    foreign = [line for line, app in calls_of_get_model(source) if app != own]
    assert not foreign, f"get_model of another register (or of who knows whom) on lines {foreign}"


@pytest.mark.parametrize("source", [s for room in OUTSIDE for s in sources(room)], ids=str)
def test_channels_and_services_use_resources_not_model_classes(source: Source) -> None:
    assert list(model_classes_imported(source)) == []
    assert list(managers_used(source)) == []
    assert list(calls_of_get_model(source)) == []


def planted(text: str) -> Source:
    return Source(
        "loket.registers.zaken.planted", sources()[0].path, text, ast.parse(text, "planted")
    )


def test_the_looking_itself_sees_an_offence() -> None:
    source = planted(
        "from django.apps import apps\n"
        "from loket.ledger.models import Event\n"
        "apps.get_model('catalogi', 'Catalogus')\n"
        "apps.get_model('zaken.Zaak')\n"
        "Event.objects.all()\n"
    )
    assert list(calls_of_get_model(source)) == [(3, "catalogi"), (4, "zaken")]
    assert list(model_classes_imported(source)) == ["2: loket.ledger.models.Event"]
    assert list(managers_used(source)) == ["5: Event.objects"]
    assert register_of(source) == "zaken"
