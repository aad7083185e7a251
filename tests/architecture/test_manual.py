"""The example in the grammar's manual works as it stands there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.architecture.source_tree import DOCS, SRC

if TYPE_CHECKING:
    from pathlib import Path

BLOCK = re.compile(r"`src/(?P<path>loket/[\w/]+\.py)`\n\n```python\n(?P<text>.*?)```\n", re.DOTALL)
TRIAL = """
import django
from django.conf import settings
settings.INSTALLED_APPS.append("loket.registers.producten")
django.setup()
from django.core.management import call_command
call_command("makemigrations", "producten")
from loket.grammar.reading import detail_sql, filters_of
from loket.grammar.register import registers
register = registers["/producten/api/v1"]
producten, prijzen = register.resources
print(*filters_of(producten), *filters_of(prijzen))
print(*producten.relations, *prijzen.relations)
print(detail_sql(prijzen, "beperkt", (("product", (("prijzen", ()),)),)))
"""


@pytest.fixture(scope="module", name="trial")
def _trial(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Put the example into a copy of the house, and let it say what it has become."""
    copy = tmp_path_factory.mktemp("manual")
    shutil.copytree(SRC / "loket", copy / "loket", ignore=shutil.ignore_patterns("__pycache__"))
    manual = (DOCS / "how-to" / "add-a-resource.md").read_text(encoding="utf-8")
    for block in BLOCK.finditer(manual):
        plant(copy / block["path"], block["text"])
    plant(copy / "loket/registers/producten/__init__.py", "")
    environment = {
        "PYTHONPATH": str(copy),
        "LOKET_DATA_DIR": str(copy / "var"),
        "DJANGO_SETTINGS_MODULE": "loket.site.settings",
    }
    return subprocess.run(  # noqa: S603 - our own interpreter and text
        [sys.executable, "-c", TRIAL],
        env={**os.environ, **environment},
        cwd=copy,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def plant(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_example_becomes_tables_filters_and_relations(
    trial: subprocess.CompletedProcess[str],
) -> None:
    assert trial.returncode == 0, trial.stderr
    said = trial.stdout
    assert "Create model Product" in said
    assert "Create model Prijs" in said
    assert "identificatie naam__icontains ingangsdatum__lte product ingangsdatum__lte" in said
    assert "prijzen product" in said
    assert '"producten_prijs"' in said.splitlines()[-1]
    assert '"producten_product"' in said.splitlines()[-1]
