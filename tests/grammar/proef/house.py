"""The registers of the tests, brought into the house for as long as a test lasts."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.apps import AppConfig, apps
from django.db import connections

from loket.grammar import register as known
from loket.grammar.installing import install
from loket.kernel import tenant

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.register import Register
    from loket.kernel.tenant import Tenant


def _admit() -> None:
    """Let Django know the records, as though they were among the installed apps."""
    config = AppConfig.create("tests.grammar.proef")
    if config.label not in apps.app_configs:
        config.apps = apps
        apps.app_configs[config.label] = config
        config.import_models()
        apps.clear_cache()


_admit()

from tests.grammar.proef.proeven import PROEVEN  # noqa: E402 - Django has to know the app first
from tests.grammar.proef.stalen import STALEN  # noqa: E402

REGISTERS: tuple[Register, ...] = (PROEVEN, STALEN)


@contextmanager
def present() -> Iterator[None]:
    """Let the house have the registers of the tests."""
    for each in REGISTERS:
        known.registers[each.root] = each
    try:
        yield
    finally:
        for each in REGISTERS:
            del known.registers[each.root]


def build(which: Tenant) -> None:
    """Make the tables of the registers in a municipality, unless they are there."""
    if "proef_proef" in connections[which.alias].introspection.table_names():
        return
    with tenant.entered(which), present():
        with connections[which.alias].schema_editor() as editor:
            for model in apps.get_app_config("proef").get_models():
                editor.create_model(model)
        install()
