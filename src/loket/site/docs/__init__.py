"""The manual: reference pages written from the code, links checked, HTML built."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from loket.site.docs.pages import generated
from loket.site.docs.rendering import Page, page_html, read
from loket.site.docs.screens import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loket.site.docs.pages import Manual

__all__ = ["build", "check", "write"]

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:")


def write(manual: Manual) -> list[Path]:
    """Write the generated pages that differ from what stands there; return their paths."""
    stale = dict(_stale(manual))
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(stale)


def check(manual: Manual) -> list[str]:
    """Return what is wrong with the manual, a line a fault; an empty list means nothing."""
    faults = [f"{_name(path, manual)}: stale; run `make docs`" for path, _ in _stale(manual)]
    pages = {path: read(path) for path in sorted(manual.docs.rglob("*.md"))}
    papers = {path: read(path) for path in sorted(manual.root.glob("*.md"))}
    for page in (*pages.values(), *papers.values()):
        within = manual.docs if page.path in pages else manual.root
        faults += [
            f"{_name(page.path, manual)}: {fault}"
            for fault in _broken_links(page, within, pages | papers)
        ]
    return faults


def build(manual: Manual, out: Path) -> int:
    """Build the manual as HTML below `out`; return how many pages were written."""
    pages = [read(path) for path in sorted(manual.docs.rglob("*.md"))]
    for page in pages:
        target = (out / page.path.relative_to(manual.docs)).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page_html(page, pages, manual.docs), encoding="utf-8")
    pictures = manual.docs / "reference" / FOLDER
    if pictures.is_dir():
        shutil.copytree(pictures, out / "reference" / FOLDER, dirs_exist_ok=True)
    return len(pages)


def _stale(manual: Manual) -> Iterator[tuple[Path, str]]:
    for name, text in generated(manual):
        path = manual.docs / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            yield path, text


def _broken_links(page: Page, within: Path, known: dict[Path, Page]) -> Iterator[str]:
    for link in page.links:
        if _ELSEWHERE.match(link):
            continue
        address, _, fragment = link.partition("#")
        target = (page.path.parent / address).resolve() if address else page.path
        if not target.exists() or not target.is_relative_to(within):
            yield f"link to `{link}` leads nowhere in the manual"
        elif fragment and (target not in known or fragment not in known[target].anchors):
            yield f"link to `{link}`: no such heading"


def _name(path: Path, manual: Manual) -> str:
    return str(path.relative_to(manual.root))
