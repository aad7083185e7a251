"""Subscribing at the Notificaties API of somebody else, and ending that."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

from loket.connectors.notificaties.extern import Remote
from loket.grammar.change import HOUSE, Change, held
from loket.grammar.resource import Call
from loket.grammar.writing import adjust
from loket.kernel.problems import Conflict
from loket.ledger.database import atomic, rows
from loket.registers.beheer.notificatiedienst import notificatiediensten
from loket.registers.notificaties.kanaal import kanalen
from loket.services.notificeren.ontvangen import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loket.kernel.actor import Actor
    from loket.services.notificeren.diensten import Dienst

CALLBACK: Final = "/terugmeldingen/notificaties/"
"""Where services deliver, after the address of the house and before the key of the service."""

_THERE: Final = "SELECT naam FROM notificaties_kanaal WHERE naam = ANY(%s)"


def abonneer(actor: Actor, dienst: Dienst, base: str, remote: Remote | None = None) -> str:
    """Subscribe to what is set, or change that; return the address. Conflict, Failed.

    The service tries the callback before it answers, so what it has to show is kept first; when
    it refuses, what it had to show before holds again.
    """
    if not dienst.actief or not (dienst.ontvangt or dienst.ontvangt_typen):
        raise Conflict("Kies eerst kanalen of soorten CloudEvents waarvan Loket hier hoort.")
    api = remote or Remote()
    found = dict(_there(dienst, api))
    _make_own(actor, found)
    auth = f"Bearer {secrets.token_urlsafe(32)}"
    body = {
        "callbackUrl": f"{base}{CALLBACK}{dienst.key}",
        "auth": auth,
        "kanalen": [{"naam": naam, "filters": {}} for naam in dienst.ontvangt],
    }
    if dienst.ontvangt_typen:
        types = [{"typeSubstring": each, "filters": {}} for each in dienst.ontvangt_typen]
        body["cloudeventFilters"] = types
    _note(actor, dienst, callback_geheim=digest(auth))
    try:
        address = api.subscribe(dienst.access, body, dienst.abonnement)
    except BaseException:
        _note(actor, dienst, callback_geheim=dienst.callback_digest)
        raise
    _note(actor, dienst, abonnement=address)
    return address


def meld_af(actor: Actor, dienst: Dienst, remote: Remote | None = None) -> None:
    """End the abonnement; what the service delivers from now on is refused. Conflict, Failed."""
    if not dienst.abonnement:
        raise Conflict("Er is hier geen abonnement.")
    (remote or Remote()).unsubscribe(dienst.access, dienst.abonnement)
    _note(actor, dienst, abonnement="", callback_geheim="")


def _there(dienst: Dienst, api: Remote) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the kanalen to hear of, with their kenmerken; Conflict when one is not there."""
    for naam in dienst.ontvangt:
        filters = api.kanaal(dienst.access, naam)
        if filters is None:
            raise Conflict(f"Het kanaal {naam} bestaat daar niet.")
        yield naam, filters


def _make_own(actor: Actor, found: dict[str, Sequence[str]]) -> None:
    """Make the kanalen that we do not have yet, for others to subscribe to here."""
    own = {naam for (naam,) in rows(_THERE, (list(found),))}
    for naam, filters in found.items():
        if naam not in own:
            call = Call(base=HOUSE, toelichting="kanaal van een notificatiedienst")
            kanalen.create(actor, {"naam": naam, "filters": list(filters)}, call)


def _note(actor: Actor, dienst: Dienst, **values: Any) -> None:
    with atomic():
        record = held(notificatiediensten, dienst.key, actor)
        call = Call(base=HOUSE, toelichting="abonnement bij een notificatiedienst")
        change = Change(notificatiediensten, actor, "partial_update", call, record)
        adjust(notificatiediensten, record, change, **values)
