"""Measure, in a house of its own: `python -m loket.site.bench FILE [--scale]`.

`LOKET_DATA_DIR` is thrown away afterwards; the figures are written to FILE.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import re
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from rich.console import Console  # noqa: E402 - Django is set up first
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: E402 - Django is set up first
from rich.table import Table  # noqa: E402 - Django is set up first

from loket.grammar.writing import HOUSE  # noqa: E402 - Django is set up first
from loket.kernel import tenant  # noqa: E402 - Django is set up first
from loket.ledger.database import rows  # noqa: E402 - Django is set up first
from loket.site import files, tenants  # noqa: E402 - Django is set up first
from loket.site.bench import contacten, filling, mijnservices, notificaties, request  # noqa: E402 - Django is set up first
from loket.site.bench.measuring import Cost, Target, measure  # noqa: E402 - Django is set up first
from loket.site.bench.recording import Recorded, record  # noqa: E402 - Django is set up first
from loket.site.bench.serving import Serving, serving  # noqa: E402 - Django is set up first
from loket.site.child import HOST  # noqa: E402 - Django is set up first
from loket.site.postgres import Postgres, database_url  # noqa: E402 - Django is set up first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loket.site.bench.request import Request

PARTS = ("zaken", "contacten", "notificaties", "mijnservices")
SMALL, USUAL, LARGE = 20_000, 200_000, 1_000_000
EVENT = re.compile(r"_id(_[0-9]+)?")
"""The name under which a statement has the key of an event."""

console = Console()
if not console.is_terminal:
    console.width = 120


@dataclass
class Bench:
    """A furnished house, and the figures so far."""

    postgres: int
    template: UUID
    progress: Progress
    figures: list[dict[str, Any]]

    def grow_contacts(self, partij: UUID, count: int) -> None:
        """Load partijen with their klantcontacten until there are this many."""
        bar = self.progress.add_task(f"{count} partijen", total=count)
        contacten.grow(partij, count, lambda n: self.progress.update(bar, completed=n))

    def grow(self, count: int) -> None:
        """Load zaken until there are this many."""
        bar = self.progress.add_task(f"{count} zaken", total=count)
        filling.grow(self.template, count, lambda n: self.progress.update(bar, completed=n))

    def measure(self, requests: list[Request], count: int) -> None:
        """Measure each request, beside a bare loop with the same statements."""
        kept = [(each, record(each)) for each in requests]
        file = settings.DATA_DIR / "statements"
        shown = {"url": _url(), "files": _files(), "requests": [_once(*each) for each in kept]}
        file.write_bytes(pickle.dumps(shown))
        bar = self.progress.add_task(f"meten bij {count}", total=len(requests))
        with ExitStack() as stack:
            logs = settings.DATA_DIR / "logs"
            house = stack.enter_context(serving("loket.site.wsgi:application", logs / "app.log"))
            bare = stack.enter_context(
                serving(
                    "loket.site.bench.bare:application",
                    logs / "bare.log",
                    BENCH_STATEMENTS=str(file),
                )
            )
            for nr, (each, recorded) in enumerate(kept):
                costs = measure(_targets(house, bare, nr, each), self.postgres)
                self.figures.append(_figure(each, count, costs, len(recorded.statements)))
                self.progress.advance(bar)


def _url() -> str:
    return database_url(tenant.current().database)


def _files() -> str:
    return str(settings.DATA_DIR / files.FOLDER / tenant.current().name)


def _targets(house: Serving, bare: Serving, nr: int, each: Request) -> list[Target]:
    return [Target(house, each.path, each), Target(bare, f"/{nr}", each)]


def _once(each: Request, recorded: Recorded) -> tuple[list[tuple[str, Any]], list[Any]]:
    """Return the statements, and which of their values must be new at every turn."""
    if each.method == "GET" or each.reads:
        return recorded.statements, []
    told = json.loads(recorded.body)
    given = [p for _, p in recorded.statements if isinstance(p, dict)]
    events = [p[name] for p in given for name in p if EVENT.fullmatch(name)]
    once: list[Any] = []
    for made in [told] if "uuid" in told else [part for part in told.values() if part]:
        once.append(UUID(made["uuid"]))
        once += [made[name] for name in ("identificatie", "referentienummer") if name in made]
    return recorded.statements, [*once, *events]


def _figure(each: Request, count: int, costs: list[Cost], statements: int) -> dict[str, Any]:
    house, bare = costs
    return {
        "name": each.name,
        "rows": count,
        "app_ms": round(house.web_ms, 3),
        "db_ms": round(house.database_ms, 3),
        "bare_ms": round(bare.ms, 3),
        "ratio": round(house.ms / bare.ms, 2),
        "statements": statements,
        "bar": each.bar or None,
        "requests": house.requests,
    }


def _furnished(progress: Progress) -> Bench:
    server = Postgres(settings.DATA_DIR, leashed=True)
    server.start()
    tenants.prepare()
    made = tenants.add("bench", [HOST], "Bench")
    with tenant.entered(made):
        template = filling.furnish()
    if server.pid is None:
        raise RuntimeError("the database went away")
    return Bench(server.pid, template, progress, [])


def _scales(figures: list[dict[str, Any]]) -> None:
    """Set beside each large figure how many times the small one it is."""
    for large in figures:
        for small in figures:
            if (large["name"], large["rows"], small["rows"]) == (small["name"], LARGE, SMALL):
                grown = large["app_ms"] + large["db_ms"]
                large["times_small"] = round(grown / (small["app_ms"] + small["db_ms"]), 2)


def _table(figures: list[dict[str, Any]]) -> Table:
    table = Table(box=None)
    for name in ("verzoek", "rijen", "app ms", "db ms", "kaal ms", "verhouding", "grens",
                 "SQL", "× klein"):  # fmt: skip
        table.add_column(name, justify="left" if name == "verzoek" else "right")
    for each in figures:
        bar = each["bar"]
        missed = bar is not None and each["ratio"] > bar
        ratio = f"[red]{each['ratio']}[/]" if missed else str(each["ratio"])
        table.add_row(
            each["name"], str(each["rows"]), str(each["app_ms"]), str(each["db_ms"]),
            str(each["bare_ms"]), ratio, f"≤ {bar}" if bar else "", str(each["statements"]),
            str(each.get("times_small", "")),
        )  # fmt: skip
    return table


def _zaken(bench: Bench, *, scale: bool, count: int) -> None:
    """Measure zaken and documents."""
    zaaktype = filling.zaaktype_of(bench.template)
    body = filling.zaak_body(zaaktype, f"http://{HOST}")
    if scale:
        bench.grow(SMALL)
        bench.measure(request.scale(), SMALL)
    bench.grow(count)
    sql = "SELECT id FROM zaken_zaak ORDER BY id OFFSET %s LIMIT 2"
    read, written = (str(key) for (key,) in rows(sql, (count // 2,)))
    bench.measure(request.cost(read, str(zaaktype), body), count)
    step = filling.part_named("catalogi_statustype", "Stap 2")
    part = filling.part_named("catalogi_roltype", "behandelaar")
    bench.measure(request.writes(written, str(step), str(part)), count)
    bench.measure(_of_documents(), count)
    if scale:
        bench.grow(LARGE)
        bench.measure(request.scale(), LARGE)


def _contacts(bench: Bench, *, scale: bool) -> None:
    """Measure Klantinteracties, at few partijen and, for the scale, at many."""
    partij = contacten.furnish()
    bench.grow_contacts(partij, SMALL)
    bench.measure([*contacten.scale(), *contacten.writes()], SMALL)
    if scale:
        bench.grow_contacts(partij, LARGE)
        bench.measure([*contacten.scale(), *contacten.writes()], LARGE)


def _mijn(bench: Bench, *, scale: bool, count: int) -> list[dict[str, Any]]:
    """Measure the pages of a busy citizen, at few zaken and, for the scale, at many."""
    who = mijnservices.furnish(bench.template)
    figures = []
    for each in (SMALL, LARGE if scale else count):
        bench.grow(each)
        figures += mijnservices.measure(who, each)
    return figures


def _notified(bench: Bench) -> list[dict[str, Any]]:
    """Measure how news goes round."""

    def bar(name: str, total: int) -> Callable[[int], None]:
        shown = bench.progress.add_task(name, total=total)
        return lambda n: bench.progress.update(shown, completed=n)

    folder = settings.DATA_DIR / "logs"
    made = notificaties.Notified(folder, bench.postgres, bar)
    notificaties.measure(made)
    return made.figures


def _of_documents() -> list[Request]:
    kind, made = (each.replace(HOUSE, f"http://{HOST}") for each in filling.document())
    key = made.rsplit("/", 1)[-1]
    return request.documents(filling.document_body(kind), f"{request.EIO}/{key}/download")


@contextmanager
def _scanner() -> Iterator[None]:
    """Run the stand-in for the virus scanner, in a process whose time nobody counts."""
    command = [sys.executable, "-m", "loket.simulators.clamd", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own command, no shell
        try:
            said = process.stdout.readline() if process.stdout else ""
            settings.CLAMD_URL = os.environ["LOKET_CLAMD_URL"] = json.loads(said)["url"]
            files.connect()
            yield
        finally:
            process.terminate()


def main() -> None:
    """Measure, show the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--scale", action="store_true")
    parser.add_argument("--count", type=int, default=USUAL)
    parser.add_argument("--only", choices=PARTS)
    chosen = parser.parse_args()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with _scanner(), Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        bench = _furnished(progress)
        with tenant.entered(tenants.everyone()[0]):
            if chosen.only in (None, "zaken"):
                _zaken(bench, scale=chosen.scale, count=chosen.count)
            if chosen.only in (None, "contacten"):
                _contacts(bench, scale=chosen.scale)
            _scales(bench.figures)
            told = _notified(bench) if chosen.only in (None, "notificaties") else []
            mijn = (
                _mijn(bench, scale=chosen.scale, count=chosen.count)
                if chosen.only in (None, "mijnservices")
                else []
            )
    if bench.figures:
        console.print(_table(bench.figures))
    if mijn:
        console.print(mijnservices.table(mijn))
    if told:
        console.print(notificaties.table(told))
    shown = json.dumps([*bench.figures, *mijn, *told], indent=2, ensure_ascii=False)
    chosen.file.write_text(shown + "\n")


if __name__ == "__main__":
    main()
