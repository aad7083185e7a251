"""Log-outs that the provider begins, and its answer to those that we begin (single logout)."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from loket.connectors.identiteit.saml.assertion import check_window
from loket.connectors.identiteit.saml.attributes import name_of, named
from loket.connectors.identiteit.saml.markup import PLACEHOLDER, found, moment, sign, words
from loket.connectors.identiteit.saml.messages import (
    enveloped,
    logout_request,
    logout_response,
    new_id,
    redirected,
)
from loket.connectors.identiteit.saml.peer import REDIRECT, SOAP_BINDING
from loket.connectors.identiteit.saml.status import check_issuer, check_status
from loket.connectors.identiteit.values import AanmeldenMislukt, Reason
from loket.connectors.identiteit.who import SKEW
from loket.kernel import clock

if TYPE_CHECKING:
    from loket.connectors.identiteit.saml.carried import Carried
    from loket.connectors.identiteit.saml.provider import SamlProvider

_LASTS: Final = timedelta(minutes=5)
"""How old a request may be, also where it would hold for longer."""

_ANSWERED: Final = timedelta(hours=1)
"""How long the provider may take to answer a request of ours."""


@dataclass(frozen=True)
class Leaving:
    """Whose sessions end: all of a name, or those with one of the indexes that are given."""

    name: str = field(repr=False)
    indexes: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """An answer that goes by the browser: to `url`, or posted there where `form` holds something.

    `state` is what the provider wants back with it.
    """

    url: str
    form: str = ""
    state: str = ""


def logout_url(provider: SamlProvider, leave: tuple[str, ...]) -> str | None:
    """Return where to end the session at the provider, or None where there is none to end.

    What ends it goes through the browser, so it is only done for who is known by a pseudonym.
    """
    if not provider.peer.logout or not leave:
        return None
    request_id = new_id()
    provider.once(_mark(provider, "sent", request_id), clock.now() + _ANSWERED)
    message = logout_request(provider, request_id, *leave)
    return redirected(provider.peer.logout, message, "", provider.keys)


def asked(provider: SamlProvider, carried: Carried, here: str) -> Leaving:
    """Return whose sessions a request ends that came in at the address `here`; it serves once."""
    request = carried.element
    _check_meant(provider, carried, here)
    _check_in_time(carried)
    mark = _mark(provider, "asked", request.get("ID", ""))
    if not provider.once(mark, clock.now() + _LASTS + 2 * SKEW):
        raise AanmeldenMislukt(Reason.REPLAYED, "The request was used before.")
    name = name_of(provider, named(provider, request))
    indexes = tuple(words(each) for each in found(request, "samlp:SessionIndex"))
    if not name or not all(indexes):
        raise AanmeldenMislukt(Reason.TOKEN, "Whose session ends is not said.")
    return Leaving(name, indexes)


def answered(provider: SamlProvider, carried: Carried, here: str) -> None:
    """Check the answer to a request of ours: of the provider, to us, once, and that it did it."""
    _check_meant(provider, carried, here)
    about, later = carried.element.get("InResponseTo", ""), clock.now() + _ANSWERED
    if not provider.once(_mark(provider, "answered", about), later):
        raise AanmeldenMislukt(Reason.REPLAYED, "The request was answered before.")
    if provider.once(_mark(provider, "sent", about), later):
        raise AanmeldenMislukt(Reason.NONCE, "The answer is to no request of ours.")
    check_status(carried.element)


def reply(provider: SamlProvider, carried: Carried, *, done: bool) -> Reply | None:
    """Answer a request by the browser that brought it; None where the provider takes no answer.

    The answer goes as the request came where the provider takes that, or else as it does.
    """
    offered = dict(provider.peer.replies)
    binding = carried.binding if carried.binding in offered else next(iter(offered), "")
    if not binding:
        return None
    about, to = carried.element.get("ID", ""), offered[binding]
    if binding == REDIRECT:
        message = logout_response(provider, about, to, "", done=done)
        return Reply(redirected(to, message, carried.relay, provider.keys, "SAMLResponse"))
    message = sign(logout_response(provider, about, to, PLACEHOLDER, done=done), provider.keys)
    return Reply(to, base64.b64encode(message.encode()).decode(), carried.relay)


def envelope(provider: SamlProvider, carried: Carried, *, done: bool) -> bytes:
    """Answer a request by the back channel, in the reply to it."""
    about = carried.element.get("ID", "")
    return enveloped(
        sign(logout_response(provider, about, "", PLACEHOLDER, done=done), provider.keys)
    )


def _check_meant(provider: SamlProvider, carried: Carried, here: str) -> None:
    """Check that it is of the provider, and for us; over SOAP a message may leave out the last."""
    check_issuer(provider, carried.element, demanded=True)
    destination = carried.element.get("Destination")
    if destination != here and (destination or carried.binding != SOAP_BINDING):
        raise AanmeldenMislukt(Reason.AUDIENCE, "The message is for another address.")


def _check_in_time(carried: Carried) -> None:
    check_window(carried.element, demanded=False)
    issued, now = moment(carried.element.get("IssueInstant")), clock.now()
    if issued is None or not now - _LASTS - SKEW < issued <= now + SKEW:
        raise AanmeldenMislukt(Reason.EXPIRED, "The request is not of now.")


def _mark(provider: SamlProvider, kind: str, message_id: str) -> str:
    """Return under what a message is remembered: its id is of the provider, and of any length."""
    told = f"{provider.peer.entity_id}\n{message_id}"
    return f"logout:{kind}:{sha256(told.encode()).hexdigest()}"
