"""What commands have in common: choosing a municipality, telling, failing."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from loket.kernel import tenant
from loket.site import tenants

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loket.kernel.tenant import Tenant

FAILED = 1
USAGE = 2

out = Console()
err = Console(stderr=True)

AsJson = Annotated[bool, typer.Option("--json", help="Vertel het als JSON.")]
TenantName = Annotated[
    str, typer.Option("--tenant", help="De gemeente; weglaten kan als er maar één is.")
]


def fail(message: str, code: int = FAILED) -> NoReturn:
    """Say what is wrong, on the error stream, and stop."""
    err.print(f"[red]✗[/] {message}", highlight=False, soft_wrap=True)
    raise typer.Exit(code)


@contextmanager
def chosen(name: str) -> Iterator[Tenant]:
    """Enter the municipality that is named, or the only one."""
    found = tenants.everyone()
    named = [each for each in found if not name or each.name == name]
    if not named:
        fail(f"De gemeente {name} bestaat niet." if name else "Er is nog geen gemeente.", USAGE)
    if len(named) > 1:
        fail(f"Kies een gemeente met --tenant: {', '.join(t.name for t in named)}.", USAGE)
    with tenant.entered(named[0]):
        yield named[0]


def tell(rows: Sequence[dict[str, Any]], *, as_json: bool) -> None:
    """Show rows as a table, or as JSON."""
    if as_json:
        typer.echo(json.dumps(list(rows), default=str, ensure_ascii=False))
        return
    table = Table(box=None)
    for nr, name in enumerate(rows[0] if rows else ()):
        table.add_column(name, no_wrap=nr == 0)  # what a row is about stays readable
    for row in rows:
        table.add_row(*("" if value is None else escape(str(value)) for value in row.values()))
    out.print(table)
