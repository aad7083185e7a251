"""Each import contract holds, and breaks when somebody offends against it."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture.source_tree import ROOT, SRC

CONFIG = ROOT / ".importlinter"
PREFIX = "importlinter:contract:"
WITHOUT_TYPES = "exclude_type_checking_imports = True\n"
UPWARDS = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import loket.ledger"


class Offence(NamedTuple):
    """Files to plant below `src/loket`, and the words by which the linter names the fault."""

    contract: str
    files: dict[str, str]
    seen: tuple[str, ...]


OFFENCES = {
    "the kernel looks up": Offence(
        "floors",
        {"kernel/planted.py": "import loket.ledger"},
        ("loket.kernel.planted -> loket.ledger",),
    ),
    "a register looks at the site": Offence(
        "floors",
        {"registers/planted/__init__.py": "import loket.site"},
        ("loket.registers.planted -> loket.site",),
    ),
    "a register calls a neighbour": Offence(
        "floors",
        {
            "registers/planted/__init__.py": "import loket.connectors.planted",
            "connectors/planted/__init__.py": "",
        },
        ("loket.registers.planted -> loket.connectors.planted",),
    ),
    "the product leans on a simulator": Offence(
        "floors",
        {
            "site/planted.py": "import loket.simulators.planted",
            "simulators/planted/__init__.py": "",
        },
        ("loket.site.planted -> loket.simulators.planted",),
    ),
    "a room without a floor": Offence("floors", {"leftovers/__init__.py": ""}, ("leftovers",)),
    "a register looks sideways": Offence(
        "registers",
        {
            "registers/planted/__init__.py": "import loket.registers.other.planted",
            "registers/other/__init__.py": "",
            "registers/other/planted.py": "",
        },
        ("loket.registers.planted -> loket.registers.other.planted",),
    ),
    "catalogi looks up at zaken": Offence(
        "registers",
        {
            "registers/catalogi/planted.py": "import loket.registers.zaken.planted",
            "registers/zaken/planted.py": "",
        },
        ("loket.registers.catalogi.planted -> loket.registers.zaken.planted",),
    ),
    "a channel uses a channel": Offence(
        "channels",
        {
            "channels/planted/__init__.py": "import loket.channels.other",
            "channels/other/__init__.py": "",
        },
        ("loket.channels.planted -> loket.channels.other",),
    ),
    "a connector uses a connector": Offence(
        "connectors",
        {
            "connectors/planted/__init__.py": "import loket.connectors.other",
            "connectors/other/__init__.py": "",
        },
        ("loket.connectors.planted -> loket.connectors.other",),
    ),
    "the kernel imports frameworks": Offence(
        "kernel",
        {"kernel/planted.py": "import django, granian, httpx, msgspec, psycopg, requests"},
        tuple(
            f"loket.kernel.planted -> {framework}"
            for framework in ("django", "granian", "httpx", "msgspec", "psycopg", "requests")
        ),
    ),
    "registers, services and connectors speak HTTP": Offence(
        "edge",
        {
            f"{room}/planted/__init__.py": "import loket.grammar.http"
            for room in ("registers", "services", "connectors")
        },
        tuple(
            f"loket.{room}.planted -> loket.grammar.http"
            for room in ("registers", "services", "connectors")
        ),
    ),
    "siblings in a circle": Offence(
        "circles",
        {
            "grammar/planted.py": "import loket.grammar.planted_too",
            "grammar/planted_too.py": "import loket.grammar.planted",
        },
        ("planted_too",),
    ),
    "msgspec in a second module": Offence(
        "msgspec", {"grammar/planted.py": "import msgspec"}, ("loket.grammar.planted -> msgspec",)
    ),
    "psycopg in a second module": Offence(
        "psycopg", {"grammar/planted.py": "import psycopg"}, ("loket.grammar.planted -> psycopg",)
    ),
}


@pytest.mark.req("M7")
def test_the_contracts_hold() -> None:
    outcome = lint(SRC)
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize("offence", OFFENCES.values(), ids=OFFENCES)
def test_an_offence_breaks_its_contract(offence: Offence, tmp_path: Path) -> None:
    shutil.copytree(SRC, tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg*"))
    for name, text in offence.files.items():
        plant(tmp_path / "src" / "loket", name, text)
    outcome = lint(tmp_path / "src", offence.contract)
    assert outcome.returncode == 1, outcome.stdout
    assert "0 kept, 1 broken" in outcome.stdout
    for words in offence.seen:
        assert words in outcome.stdout


def test_every_contract_has_an_offence() -> None:
    assert contracts() == {offence.contract for offence in OFFENCES.values()}


def test_imports_for_types_keep_to_the_contracts_but_may_go_in_circles(strict: Path) -> None:
    outcome = lint(SRC, *contracts() - {"circles"}, config=strict)
    assert outcome.returncode == 0, outcome.stdout


def test_an_import_for_types_alone_is_an_offence_too(strict: Path, tmp_path: Path) -> None:
    shutil.copytree(SRC / "loket", tmp_path / "loket")
    plant(tmp_path / "loket", "kernel/planted.py", UPWARDS)
    outcome = lint(tmp_path, "floors", config=strict)
    assert outcome.returncode == 1
    assert "loket.kernel.planted -> loket.ledger" in outcome.stdout


@pytest.fixture(name="strict")
def _strict(tmp_path: Path) -> Path:
    """The configuration, but looking at imports for types as well."""
    text = CONFIG.read_text(encoding="utf-8")
    assert WITHOUT_TYPES in text
    path = tmp_path / "importlinter.ini"
    path.write_text(text.replace(WITHOUT_TYPES, ""), encoding="utf-8")
    return path


def contracts() -> set[str]:
    """Return the identifiers of the contracts."""
    config = configparser.ConfigParser()
    config.read(CONFIG)
    return {name.removeprefix(PREFIX) for name in config.sections() if PREFIX in name}


def plant(package: Path, name: str, text: str) -> None:
    """Write a module, making each folder above it a package."""
    path = package / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{text}\n", encoding="utf-8")
    for folder in path.parents:
        if folder == package:
            break
        (folder / "__init__.py").touch()


def lint(src: Path, *chosen: str, config: Path = CONFIG) -> subprocess.CompletedProcess[str]:
    linter = Path(sys.executable).with_name("lint-imports")
    options = ["--config", str(config), "--no-cache", "--no-logo"]
    options += [f"--contract={contract}" for contract in chosen]
    return subprocess.run(  # noqa: S603 - our own interpreter and arguments
        [str(linter), *options],
        cwd=src,
        env={**os.environ, "PYTHONPATH": str(src), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
