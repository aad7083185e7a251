from __future__ import annotations

import gzip
import json
import multiprocessing
import re
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from loket.channels.portaal import assets
from loket.channels.portaal.assets import BuildFailed, build

ROOT = Path(__file__).parents[3]


def built(into: Path) -> dict[str, bytes]:
    build(ROOT, into)
    return {path.name: path.read_bytes() for path in into.rglob("*") if path.is_file()}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    assert built(tmp_path / "once") == built(tmp_path / "again")


def build_often(into: Path) -> bytes:
    for _ in range(10):
        build(ROOT, into)
    return (into / "portaal.css").read_bytes()


def test_two_processes_may_build_at_the_same_time(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=spawn) as pool:
        first, second = pool.map(build_often, [tmp_path, tmp_path])
    assert first == second


@pytest.mark.req("M6")
def test_every_token_that_is_used_and_themed_is_there(tmp_path: Path) -> None:
    sheet = built(tmp_path)["portaal.css"].decode()
    theme = (ROOT / "node_modules" / assets.THEME).read_text(encoding="utf-8")
    themed = set(re.findall(r"^\s*(--[\w-]+):", theme, re.MULTILINE))
    there = set(re.findall(r"(--[\w-]+):", sheet))
    assert themed & set(re.findall(r"var\(\s*(--[\w-]+)", sheet)) <= there
    assert len(themed & there) < len(themed) / 3


def test_the_fonts_named_are_the_fonts_made(tmp_path: Path) -> None:
    made = built(tmp_path)
    named = set(re.findall(r"url\(([^)]+)\)", made["portaal.css"].decode()))
    assert named == {name for name in made if name.endswith(".woff2")}


def test_the_sheet_is_there_packed_as_well(tmp_path: Path) -> None:
    made = built(tmp_path)
    assert gzip.decompress(made["portaal.css.gz"]) == made["portaal.css"]


def test_nothing_points_outside(tmp_path: Path) -> None:
    sheet = built(tmp_path)["portaal.css"].decode()
    assert not re.search(r"https?:|//[a-z]|@import", sheet)


@pytest.mark.parametrize("gone", ["node_modules", f"node_modules/{assets.THEME}"])
def test_a_build_that_cannot_be_made_leaves_the_earlier_one(tmp_path: Path, gone: str) -> None:
    modules = tmp_path / "node_modules"
    if gone != "node_modules":
        modules.mkdir()
        for scope in ("@fontsource", "@utrecht"):
            (modules / scope).symlink_to(ROOT / "node_modules" / scope)
    into = tmp_path / "built"
    into.mkdir()
    (into / "portaal.css").write_text("earlier")
    with pytest.raises(BuildFailed, match="npm ci"):
        build(tmp_path, into)
    assert [path.name for path in into.iterdir()] == ["portaal.css"]
    assert (into / "portaal.css").read_text() == "earlier"


def test_the_lock_pins_every_package_and_names_no_registry() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in wanted.items():
        entry = locked[f"node_modules/{name}"]
        assert entry["version"] == version
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


def test_every_component_of_the_bundle_is_a_dependency_and_the_other_way_round() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    components = {f"@utrecht/{name}-css" for name in assets.COMPONENTS}
    assert {name for name in wanted if name.startswith("@utrecht/")} == components
