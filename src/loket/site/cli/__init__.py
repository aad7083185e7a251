"""The command line: `loket`. Every command has --help, an exit code, and --json where it tells."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings")

import typer

app = typer.Typer(
    name="loket", help="Loket, het platform van de gemeente.", no_args_is_help=True,
    pretty_exceptions_enable=False,
)  # fmt: skip


def main() -> None:
    """Run a command."""
    import django

    django.setup()
    assembled()()


def assembled() -> typer.Typer:
    """Return the command line with every command; Django must be set up."""
    from loket.site.cli import (
        archief,
        beheer,
        catalogi,
        documenten,
        events,
        house,
        klantinteracties,
        notificaties,
        output,
        zgw,
    )

    if not app.registered_commands:
        app.add_typer(archief.archief, name="archief")
        app.add_typer(beheer.client, name="client")
        app.add_typer(beheer.tenant_app, name="tenant")
        app.add_typer(catalogi.catalogi, name="catalogi")
        app.add_typer(documenten.documenten, name="documenten")
        app.add_typer(events.events, name="events")
        app.add_typer(klantinteracties.klantinteracties, name="klantinteracties")
        app.add_typer(notificaties.notificaties, name="notificaties")
        app.add_typer(output.output, name="output")
        app.add_typer(zgw.zgw, name="zgw")
        house.add_to(app)
    return app
