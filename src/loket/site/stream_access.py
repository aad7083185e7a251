"""Who may listen to the event stream: a client that may read something here.

It shows its JWT in the header `Authorization`. A browser's EventSource cannot send headers, so the
same token also buys a ticket: signed, for one connection, to be used within a minute.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core import signing

from loket.grammar import codec
from loket.kernel import tenant
from loket.kernel.clock import now
from loket.kernel.problems import Forbidden, NotAuthenticated
from loket.registers.autorisaties.rights import known
from loket.site.faults import Unidentified
from loket.site.identity import identify

if TYPE_CHECKING:
    from loket.grammar.http import Request
    from loket.kernel.actor import Actor

TICKET_LIFE = 60
"""Seconds in which a ticket can be used."""

_SALT = "loket.site.stream"
_used: dict[str, float] = {}


def listener(request: Request) -> str:
    """Return the client that listens; Unidentified, Forbidden.

    A ticket in the query goes before the header: who has it showed the header before.
    """
    ticket = dict(request.query).get("ticket")
    client_id = _redeemed(ticket) if ticket is not None else _identified(request)
    demand_reader(client_id)
    return client_id


def ticket(request: Request) -> bytes:
    """Sell a ticket to whoever may listen; Unidentified, Forbidden."""
    client_id = _identified(request)
    demand_reader(client_id)
    claims = [tenant.current().name, client_id, secrets.token_urlsafe(12)]
    made = signing.dumps(claims, salt=_SALT)
    return codec.encode({"ticket": made, "seconden": TICKET_LIFE})


def demand_reader(client_id: str) -> None:
    """Refuse the client that may read nothing, as its rights are now."""
    found = known(client_id)
    if found is None or not _reads(found.actor):
        raise Forbidden("Voor de gebeurtenissen is een recht om te lezen nodig.")


def _reads(actor: Actor) -> bool:
    return actor.everything or any(
        scope.endswith(".lezen") or scope.startswith("notificaties.")
        for grant in actor.grants
        for scope in grant.scopes
    )


def _identified(request: Request) -> str:
    try:
        return identify(request, fresh=True).id
    except NotAuthenticated as problem:
        raise Unidentified(problem.detail, {"WWW-Authenticate": "Bearer"}) from None


def _redeemed(given: str) -> str:
    try:
        where, client_id, nonce = signing.loads(given, salt=_SALT, max_age=TICKET_LIFE)
    except signing.BadSignature:
        raise Unidentified("Dit kaartje is niet geldig, of niet meer.") from None
    moment = now().timestamp()
    for old in [each for each, until in _used.items() if until < moment]:
        del _used[old]
    if where != tenant.current().name or nonce in _used:
        raise Unidentified("Dit kaartje is niet geldig, of niet meer.")
    _used[nonce] = moment + TICKET_LIFE
    return str(client_id)
