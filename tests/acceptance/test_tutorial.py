"""The tutorial, as it stands, from its first command to its last."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.house import House, start

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    running = start(tmp_path)
    yield running
    assert running.stop() == 0


def test_the_commands_of_the_tutorial_lead_to_a_case_that_is_closed(house: House) -> None:
    first, *blocks = BLOCK.findall((ROOT / "docs/tutorial/first-zaak.md").read_text())
    assert first == "make run\n"
    script = "\n".join(blocks).replace("localhost:8000", f"localhost:{house.port}")
    done = subprocess.run(  # noqa: S603 - the commands of our own manual
        ["/bin/bash", "-e", "-u", "-o", "pipefail", "-c", f'{script}\necho; echo "$ZAAK"'],
        env=house.environment, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "invalidParams" not in done.stdout
    zaak = house.call("GET", done.stdout.splitlines()[-1])
    assert zaak["omschrijving"] == "My first zaak"
    assert zaak["einddatum"]
    assert zaak["resultaat"]
    assert len(house.messages(2)) == 2
