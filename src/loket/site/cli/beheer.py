"""`loket client` and `loket tenant`: who may call, and for which municipality."""

from __future__ import annotations

from typing import Annotated

import typer

from loket.grammar.resource import Call
from loket.grammar.writing import HOUSE
from loket.kernel.actor import Actor
from loket.kernel.problems import Invalid
from loket.ledger.database import atomic, one
from loket.registers.autorisaties.applicatie import applicaties
from loket.registers.beheer.client import clients
from loket.site import tenants
from loket.site.cli.saying import AsJson, TenantName, chosen, fail, out, tell

PURPOSE = "urn:loket:verwerking:dienstverlening"
"""The purpose for which a client with all rights may see a BSN, when none is named."""

client = typer.Typer(help="Applicaties die de API's aanroepen.", no_args_is_help=True)
tenant_app = typer.Typer(help="Gemeenten in dit huis.", no_args_is_help=True)


@client.callback()
def _client() -> None:
    """Keep the verb `add`, also while it is the only one."""


@client.command("add")
def client_add(
    *,
    client_id: Annotated[str, typer.Option("--id", help="De client-id.")],
    secret: Annotated[str, typer.Option(help="Het geheim waarmee zij haar tokens tekent.")],
    token: Annotated[
        str, typer.Option(help="Een token voor API's die een token in plaats van een JWT vragen.")
    ] = "",
    superuser: Annotated[bool, typer.Option(help="Geef haar alle autorisaties.")] = False,
    doel: Annotated[
        list[str] | None, typer.Option(help="Een verwerkingsactiviteit waarvoor zij BSN's ziet.")
    ] = None,
    tenant: TenantName = "",
    as_json: AsJson = False,
) -> None:
    """Voeg een client toe, of geef een bestaande een nieuw geheim.

    Zonder --superuser mag de client niets, tot een applicatie haar rechten geeft.
    """
    if not 0 < len(client_id) <= 50 or not secret:
        fail("Een client-id telt 1 tot 50 tekens, en het geheim is niet leeg.", 2)
    purposes = doel or ([PURPOSE] if superuser else [])
    actor = Actor.system("loket client add")
    try:
        with chosen(tenant), atomic():
            _keep(actor, client_id, secret, token, purposes)
            if superuser:
                _grant_all(actor, client_id)
    except Invalid as problem:
        fail("\n".join(f"{each.name}: {each.reason}" for each in problem.faults), 2)
    tell([{"client": client_id, "superuser": superuser, "doelen": purposes}], as_json=as_json)


def _keep(actor: Actor, client_id: str, secret: str, token: str, purposes: list[str]) -> None:
    """Make the client, or change the one that is there; through the door, so that it is told."""
    row = one("SELECT id FROM beheer_client WHERE client_id = %s", (client_id,))
    body = {"geheim": secret, "doelbindingen": purposes, **({"token": token} if token else {})}
    if row is None:
        clients.create(actor, {"clientId": client_id, **body}, Call(base=HOUSE))
    else:
        clients.patch(actor, row[0], body, Call(base=HOUSE))


def _grant_all(actor: Actor, client_id: str) -> None:
    body = {"clientIds": [client_id], "label": client_id, "heeftAlleAutorisaties": True}
    try:
        applicaties.create(actor, body, Call(base=HOUSE))
    except Invalid as problem:
        if problem.faults[0].code != "clientId-exists":
            raise
        out.print(f"De applicatie van {client_id} bestond al; haar rechten blijven zoals zij zijn.")


@tenant_app.command("add")
def tenant_add(
    name: Annotated[str, typer.Argument(help="Een korte naam: kleine letters, cijfers en _.")],
    *,
    host: Annotated[list[str], typer.Option(help="Een hostnaam; mag vaker.")],
    title: Annotated[str, typer.Option(help="De naam voor mensen.")] = "",
    as_json: AsJson = False,
) -> None:
    """Voeg een gemeente toe, met een eigen database."""
    tenants.prepare()
    try:
        made = tenants.add(name, host, title)
    except tenants.TenantError as problem:
        fail(str(problem), 2)
    tell([{"name": made.name, "title": made.title, "hosts": list(made.hosts)}], as_json=as_json)


@tenant_app.command("list")
def tenant_list(*, as_json: AsJson = False) -> None:
    """Toon de gemeenten in dit huis."""
    found = tenants.everyone()
    tell(
        [{"name": t.name, "title": t.title, "hosts": list(t.hosts)} for t in found], as_json=as_json
    )
