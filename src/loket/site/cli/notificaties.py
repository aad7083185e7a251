"""`loket notificaties`: hearing from the Notificaties API of somebody else, and no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from loket.connectors.notificaties import Failed
from loket.kernel.actor import Actor
from loket.kernel.problems import Conflict
from loket.services.notificeren import aanmelden, diensten
from loket.site import instellingen
from loket.site.cli.saying import (
    USAGE,
    TenantName,
    chosen,
    fail,
    out,
)

if TYPE_CHECKING:
    from loket.services.notificeren.diensten import Dienst

notificaties = typer.Typer(help="Notificaties API's van anderen.", no_args_is_help=True)

Named = Annotated[str, typer.Argument(help="De naam van de notificatiedienst, of haar uuid.")]

_ACTOR = Actor.system("loket notificaties")


@notificaties.command()
def abonneer(dienst: Named, tenant: TenantName = "") -> None:
    """Abonneer Loket daar op wat bij de dienst is ingesteld, of pas dat abonnement aan."""
    with chosen(tenant):
        found = _found(dienst)
        try:
            address = aanmelden.abonneer(_ACTOR, found, instellingen.portal())
        except (Conflict, Failed) as problem:
            fail(f"Niet geabonneerd bij {found.naam}: {problem}")
    out.print(f"Geabonneerd bij {found.naam}: {address}", highlight=False, soft_wrap=True)


@notificaties.command()
def afmelden(dienst: Named, tenant: TenantName = "") -> None:
    """Beëindig het abonnement dat Loket daar heeft."""
    with chosen(tenant):
        found = _found(dienst)
        try:
            aanmelden.meld_af(_ACTOR, found)
        except (Conflict, Failed) as problem:
            fail(f"Niet afgemeld bij {found.naam}: {problem}")
    out.print(f"Afgemeld bij {found.naam}.", highlight=False)


def _found(naam: str) -> Dienst:
    found = diensten.named(naam)
    if found is None:
        fail(f"Er is geen notificatiedienst {naam}.", USAGE)
    return found
