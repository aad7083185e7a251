"""Hearing from the Notificaties API of somebody else: what it delivers here is kept, and handed on.

It comes without a client of ours: with what we gave it when we subscribed there.
"""

from __future__ import annotations

import hmac
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.problems import Fault, Forbidden, Invalid, InvalidValue, Malformed, Unauthorised
from loket.ledger.database import atomic, one
from loket.registers.notificaties.cloudevent import neem_aan
from loket.registers.notificaties.notificatie import notificaties
from loket.services.notificeren import cloudevents, diensten

if TYPE_CHECKING:
    from uuid import UUID

    from loket.services.notificeren.diensten import Dienst

TEST: Final = "test"
"""The kanaal by which a Notificaties API tries a callback."""

_NOBODY: Final = sha256(b"").hexdigest()
_ALONE: Final = "SELECT pg_advisory_xact_lock(hashtext(%s))"
_THERE: Final = """
SELECT 1 FROM notificaties_notificatie WHERE aanmaakdatum = %s AND kanaal = %s AND resource = %s
AND resource_url = %s AND actie = %s
"""


def digest(auth: str) -> str:
    """Return what is kept of what a service has to show."""
    return sha256(auth.encode()).hexdigest()


def recognised(key: UUID, auth: str | None) -> Dienst:
    """Return the service that delivers; Unauthorised without authorisation, Forbidden with another.

    Who guesses learns nothing: a service that is not there answers as one that is.
    """
    if not auth:
        raise Unauthorised
    dienst = diensten.by_key(key)
    known = (dienst.callback_digest if dienst else "") or _NOBODY
    if not hmac.compare_digest(digest(auth), known) or dienst is None or not dienst.actief:
        raise Forbidden
    return dienst


def is_proef(body: Any) -> bool:
    """Tell whether a service only tries whether we are there; it signs nothing yet, then."""
    return isinstance(body, dict) and body.get("kanaal") == TEST


def neem(dienst: Dienst, body: Any, base: str) -> None:
    """Keep a notification that a service delivers, once; Invalid, Malformed.

    What is about us began here, and came back; what is known came by another way as well.
    """
    if not isinstance(body, dict):
        raise Malformed("De inhoud is geen JSON-object.")
    kanaal = body.get("kanaal")
    if is_proef(body) or str(body.get("resourceUrl", "")).startswith(f"{base}/"):
        return
    if kanaal not in dienst.ontvangt:
        raise Invalid([Fault("kanaal", "message_kanaal", "Van dit kanaal hoort Loket hier niet.")])
    with atomic():
        one(_ALONE, (f"notificatie {body.get('resourceUrl')!a}",))
        if not _is_there(body):
            call = Call(base=HOUSE, toelichting=f"ontvangen van {dienst.naam}")
            notificaties.create(dienst.actor, body, call)


def neem_cloudevent(dienst: Dienst, body: Any) -> None:
    """Keep a CloudEvent that a service delivers, once; Invalid, Malformed."""
    if isinstance(body, dict) and body.get("source") == cloudevents.own_source():
        return
    kind = str(body.get("type", "")) if isinstance(body, dict) else ""
    if kind and not any(part in kind for part in dienst.ontvangt_typen):
        raise Invalid([Fault("type", "invalid", "Van deze soort hoort Loket hier niet.")])
    call = Call(base=HOUSE, body=body, toelichting=f"ontvangen van {dienst.naam}")
    neem_aan(dienst.actor, call)


def _is_there(body: dict[str, Any]) -> bool:
    """Tell whether this very notification came before; one that is amiss did not."""
    try:
        moment = notificaties.by_wire["aanmaakdatum"].value(body.get("aanmaakdatum"))
    except InvalidValue:
        return False
    told = [body.get(name) for name in ("kanaal", "resource", "resourceUrl", "actie")]
    if not all(isinstance(each, str) and "\x00" not in each for each in told):
        return False
    return one(_THERE, (moment, *told)) is not None
