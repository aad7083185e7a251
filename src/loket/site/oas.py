"""`loket oas`: our OpenAPI documents, written out and held beside the published ones."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from loket.grammar.openapi import document
from loket.grammar.register import registers
from loket.site.oas_comparison import KINDS, Comparison, compare
from loket.site.oas_deviations import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loket.site.oas_comparison import Gap

BASE = "https://gemeente.example"
"""Where the house stands in the documents that are written out."""

FOLDER = Path("docs/reference/openapi")
STANDARDS = "LOKET_STANDARDS"
"""The variable with the folder of the published files; by default next to the repository."""

PUBLISHED = {
    "autorisaties": "zgw-autorisaties-1.1.0.vng.yaml",
    "besluiten": "zgw-besluiten-1.1.0.vng.yaml",
    "catalogi": "zgw-catalogi-1.3.3.vng.yaml",
    "notificaties": "zgw-notificaties-1.0.1.vng.yaml",
    "berichten": "vtb-berichten-0.1.0.openvtb.yaml",
    "verzoeken": "vtb-verzoeken-0.1.0.openvtb.yaml",
    "taken": "vtb-taken-0.1.0.openvtb.yaml",
    "contactgegevens": "contactgegevens-1.1.1.openklant-2.18.yaml",
    "documenten": "zgw-documenten-1.7.1.vng.yaml",
    "klantinteracties": "klantinteracties-0.9.0.openklant-2.18.yaml",
    "mijntaken": "mijn-taken-0.1.0.vng.yaml",
    "selectielijst": "../consume/vng-referentielijsten-selectielijst-0.6.0.yaml",
    "zaken": "zgw-zaken-1.7.0.vng.yaml",
}


OTHER_VERSION = {"klantinteracties": "0.9.0", "selectielijst": "0.6.0"}
"""Published versions that differ from ours: a path with v1 asks for a version 1."""


@dataclass(frozen=True)
class Verdict:
    """One comparison, with what has no reason, what has one, and reasons that nothing needs."""

    comparison: Comparison
    unexplained: Sequence[Gap]
    explained: Sequence[tuple[Gap, str]]
    needless: Sequence[str]


def written() -> dict[str, str]:
    """Return our documents as text, by the name of their file."""
    return {
        f"{register.name}.json": json.dumps(
            document(register, BASE), ensure_ascii=False, indent=2, sort_keys=True
        )
        + "\n"
        for register in registers.values()
        if register.resources or register.commands
    }


def write(folder: Path) -> list[Path]:
    """Write our documents to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for name, text in written().items():
        (folder / name).write_text(text, encoding="utf-8")
        made.append(folder / name)
    return made


def stale(folder: Path) -> list[str]:
    """Return the names of files that are not as our declarations say."""
    asked = written()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(
        name for name in asked.keys() | there.keys() if asked.get(name) != there.get(name)
    )


def standards(root: Path) -> Path:
    """Return the folder of the published files."""
    given = os.environ.get("LOKET_STANDARDS", "")
    return Path(given) if given else root.parent / "shared" / "standards" / "serve"


def verdicts(folder: Path) -> Iterator[Verdict]:
    """Compare each register with the file published for it."""
    for register in registers.values():
        if register.name in PUBLISHED:
            published = _read(folder / PUBLISHED[register.name])
            made = compare(register.name, document(register, BASE), published)
            yield Verdict(made, *split(register.name, made.gaps))


def _read(path: Path) -> dict[str, Any]:
    import yaml  # noqa: PLC0415 - only who compares has the published files, and the package

    with path.open(encoding="utf-8") as file:
        read: dict[str, Any] = yaml.load(file, yaml.CSafeLoader)
    return read


def main(root: Path, *, check: bool = False, out: Path | None = None, as_json: bool = False) -> int:
    """Write (or, with `check`, only check) our documents, compare them, and tell; 1 when amiss."""
    console = Console(stderr=as_json)
    folder = out or root / FOLDER
    amiss = [f"{name} is niet bij; draai `make oas`." for name in stale(folder)] if check else []
    for path in [] if check else write(folder):
        console.print(str(path), highlight=False)
    published = standards(root)
    if published.is_dir():
        found = list(verdicts(published))
        _tell(console, found, as_json=as_json)
        amiss += [str(gap) for each in found for gap in each.unexplained] if check else []
        amiss += (
            [f"overbodige reden: {e}" for each in found for e in each.needless] if check else []
        )
    else:
        console.print(
            f"De gepubliceerde bestanden zijn er niet ({published}); er is niets vergeleken. "
            f"Wijs ze aan met {STANDARDS}."
        )
    for line in amiss:
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    return 1 if amiss else 0


def _tell(console: Console, found: Sequence[Verdict], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([_plain(each) for each in found], ensure_ascii=False))  # noqa: T201
        return
    heads = [
        f"{kind} {of}" for kind in ("verrichting", "parameter", "veld") for of in ("er", "niet")
    ]
    table = Table("API", "versie", *heads, "zonder reden")
    for each in found:
        made = each.comparison
        counts = [str(n) for kind in KINDS for n in (made.present[kind], made.absent[kind])]
        table.add_row(made.api, made.version, *counts, str(len(each.unexplained)))
    console.print(table)
    for each in found:
        for line in _told(each):
            console.print(line, highlight=False, markup=False, soft_wrap=True)


def _told(verdict: Verdict) -> Iterator[str]:
    """Tell each gap once, with the operations where it shows, and how often a reason held."""
    api = verdict.comparison.api
    grouped: dict[str, list[str]] = {}
    for gap in verdict.unexplained:
        method, path, *where = gap.name.split(" ", 3)
        what = " ".join(where).replace("results[].", "") or "de operatie"
        line = f"{api} /{path.split('/')[1]} {what}: {gap.remark}"
        grouped.setdefault(line, []).append(f"{method} {path}")
    for line, operations in grouped.items():
        yield f"{line} ({', '.join(operations)})"
    for reason, count in Counter(reason for _, reason in verdict.explained).items():
        yield f"{api}: {count} × {reason}"


def _plain(each: Verdict) -> dict[str, Any]:
    made = each.comparison
    return {
        "api": made.api,
        "version": made.version,
        "present": dict(made.present),
        "unexplained": [str(gap) for gap in each.unexplained],
        "explained": {str(gap): reason for gap, reason in each.explained},
        "needless": list(each.needless),
    }
