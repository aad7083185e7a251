"""`loket events`: what is on its way, what is stuck and why, and how to set it going again."""

from __future__ import annotations

from typing import Annotated

import typer

from loket.ledger import dispatch
from loket.site import subscriptions
from loket.site.cli.saying import AsJson, TenantName, chosen, fail, out, tell

events = typer.Typer(help="Gebeurtenissen en hun aflevering.", no_args_is_help=True)


@events.command()
def status(*, tenant: TenantName = "", as_json: AsJson = False) -> None:
    """Toon wat er onderweg is, wat vastzit en waarom; de uitkomst is 1 als er iets vastzit."""
    with chosen(tenant):
        rows = [
            {"subscriber": "(nog te verdelen)", "state": "", "count": dispatch.waiting()},
            *dispatch.status(),
        ]
        stuck = dispatch.stuck()
    if as_json:
        tell([*rows, *stuck], as_json=True)
    else:
        tell(
            [{k: row.get(k) for k in ("subscriber", "state", "count", "oldest")} for row in rows],
            as_json=False,
        )
        if stuck:
            out.print("\nVastgelopen of opnieuw te proberen:")
            tell(stuck, as_json=False)
    raise typer.Exit(1 if any(row["state"] == "vast" for row in stuck) else 0)


@events.command()
def replay(
    *,
    subscriber: Annotated[str, typer.Option(help="De afnemer.")],
    position: Annotated[int, typer.Option("--from", help="De eerste positie.", min=1)],
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Lever alles vanaf een positie opnieuw af aan één afnemer."""
    subscriptions.connect()
    try:
        dispatch.named(subscriber)
    except KeyError:
        known = [*dispatch.subscribers, *(f"{name}:<sleutel>" for name in dispatch.families)]
        fail(f"Onbekende afnemer; wel: {', '.join(known)}.", 2)
    with chosen(tenant):
        tell([{"opnieuw": dispatch.replay(subscriber, position)}], as_json=as_json)


@events.command()
def release(
    *,
    delivery: Annotated[int | None, typer.Option(help="Alleen deze aflevering.")] = None,
    subscriber: Annotated[str | None, typer.Option(help="Alleen van deze afnemer.")] = None,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Probeer wat vastzit meteen opnieuw."""
    with chosen(tenant):
        tell([{"vrijgegeven": dispatch.release(delivery, subscriber)}], as_json=as_json)
