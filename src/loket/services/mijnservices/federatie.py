"""The zaken of a citizen or company at other organisations, asked for side by side.

Each organisation has a time of its own; what did not answer within it is named, never left out in
silence. What was found is kept in mind for a few minutes, so that turning pages asks nothing anew.
"""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import wait as finished
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import jwt
from django.conf import settings

from loket.connectors.asking import Access
from loket.connectors.elders import BevragenMislukt, Client, Nummers, mijn_zaken, zgw_zaken
from loket.connectors.identiteit import EIDAS_LEVELS
from loket.connectors.identiteit.saml.provider import DIGID_LEVELS, EHERKENNING_LEVELS
from loket.kernel import tenant
from loket.kernel.actor import Kind
from loket.kernel.clock import now
from loket.ledger.database import one
from loket.registers.beheer import current
from loket.registers.beheer.federatie import Bron, bronnen
from loket.registers.beheer.federatiebron import Federatiesoort
from loket.services.mijnservices.burger import PURPOSE
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.zaken import ZaakRegel
from loket.services.notificeren.sleutels import ondertekenaar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from loket.connectors.elders import ZaakElders
    from loket.kernel.actor import Actor

log = logging.getLogger(__name__)

THREADS: Final = 16
"""How many organisations one process asks at once; who waits for a turn waits within its time."""

KEPT: Final = 300.0
"""Seconds that an answer is kept in mind."""

MOST_KEPT: Final = 5_000
TOKEN_HOLDS: Final = 60

_pool: Final = ThreadPoolExecutor(THREADS, thread_name_prefix="elders")
_kept: dict[tuple[str, ...], tuple[float, tuple[ZaakRegel, ...]]] = {}


@dataclass(frozen=True)
class Organisatie:
    """Wat een andere organisatie antwoordde; `website` is waar een burger daar verder kijkt.

    `bereikt` is onwaar als er binnen de tijd geen bruikbaar antwoord kwam.
    """

    naam: str
    website: str
    bereikt: bool
    zaken: tuple[ZaakRegel, ...]


def elders(actor: Actor) -> tuple[Organisatie, ...]:
    """Return the zaken of who asks at each other organisation; it takes no longer than the slowest.

    Somebody who acts for another sees here what is of that other; a number goes out in a body or a
    token, never in an address, and each time it does is a line in the processing log.
    """
    demand_klant(actor)
    sources = bronnen()
    known = {bron.key: _remembered(actor, bron) for bron in sources}
    wanted = [bron for bron in sources if known[bron.key] is None]
    asked = _ask(actor, wanted) if wanted else {}
    return tuple(
        Organisatie(bron.naam, bron.website, regels is not None, regels or ())
        for bron in sources
        for regels in [known[bron.key] if bron not in wanted else asked.get(bron)]
    )


def forget() -> None:
    """Forget every answer."""
    _kept.clear()


def _ask(actor: Actor, sources: list[Bron]) -> dict[Bron, tuple[ZaakRegel, ...]]:
    """Ask all at once, and wait for each as long as it may take."""
    who = _nummers(actor, sources)
    calls = {bron: _pool.submit(_question(actor, bron, who)) for bron in sources}
    begun = time.monotonic()
    found: dict[Bron, tuple[ZaakRegel, ...]] = {}
    for bron in sorted(sources, key=lambda each: each.tijdslimiet):
        left = max(begun + bron.tijdslimiet - time.monotonic(), 0)
        answer = _answered(bron, calls[bron], left)
        if answer is not None:
            found[bron] = tuple(_regel(bron, each) for each in answer)
            _remember(actor, bron, found[bron])
    return found


def _answered(bron: Bron, call: Future[list[ZaakElders]], left: float) -> list[ZaakElders] | None:
    finished([call], timeout=left)
    if not call.done():
        call.cancel()
        log.warning("%s did not answer within %s seconds.", bron.naam, bron.tijdslimiet)
        return None
    try:
        return call.result()
    except BevragenMislukt as failure:
        log.warning("%s: %s: %s", bron.naam, type(failure).__name__, failure)
    except Exception as failure:  # noqa: BLE001 - a neighbour never breaks the page
        log.warning("%s: %s", bron.naam, type(failure).__name__)
    return None


def _question(actor: Actor, bron: Bron, who: Nummers) -> Callable[[], list[ZaakElders]]:
    """Return what a thread does; all that needs the database is had by then."""
    access = Access(bron.api_root, timeout=float(bron.tijdslimiet))
    if bron.soort == Federatiesoort.ZGW:
        client = Client(bron.client_id, bron.geheim)
        return lambda: zgw_zaken(access, client, who)
    token = _token(actor, bron, who)
    return lambda: mijn_zaken(access, token)


def _nummers(actor: Actor, sources: list[Bron]) -> Nummers:
    """Open the number of a citizen once for all, with a line in the log for each organisation."""
    if actor.kind is not Kind.BURGER:
        return Nummers(kvk=actor.kvk, vestiging=actor.vestiging)
    number = ""
    for bron in sources:
        (number,) = one(
            "SELECT coalesce(bsn.bevraag(%s::uuid, %s::text, %s::text, %s::text, %s::text), '')",
            (actor.number, bron.naam, PURPOSE, uuid4().hex, actor.logged_as),
        )
    return Nummers(bsn=number)


def _token(actor: Actor, bron: Bron, who: Nummers) -> str:
    """Make an access token for whom we logged in, for one organisation and one minute."""
    signer = ondertekenaar()
    moment = int(now().timestamp())
    claims: dict[str, Any] = {
        "iss": (current.instellingen().portaal or str(settings.PUBLIC_URL)).rstrip("/"),
        "aud": bron.api_root,
        "sub": uuid4().hex,
        "jti": uuid4().hex,
        "iat": moment,
        "exp": moment + TOKEN_HOLDS,
        "scope": "mijn.lezen",
        "acr": _eidas(actor.loa or ""),
        **{name: held for name, held in _claims(who).items() if held},
    }
    headers = {"typ": "at+jwt", "kid": signer.keyid}
    return jwt.encode(claims, signer.key, algorithm="EdDSA", headers=headers)


def _claims(who: Nummers) -> dict[str, str]:
    return {"bsn": who.bsn, "kvk": who.kvk, "vestiging": who.vestiging}


def _eidas(loa: str) -> str:
    """Return a level as eIDAS calls it; one that we do not know is the lowest."""
    low, substantial, high = EIDAS_LEVELS
    for levels, named in (
        (EIDAS_LEVELS, EIDAS_LEVELS),
        (DIGID_LEVELS, (low, substantial, high, high)),
        (EHERKENNING_LEVELS, (low, low, substantial, high)),
    ):
        if loa in levels:
            return named[levels.index(loa)]
    return low


def _regel(bron: Bron, zaak: ZaakElders) -> ZaakRegel:
    return ZaakRegel(
        uuid=zaak.uuid,
        zaaknummer=zaak.zaaknummer,
        omschrijving=zaak.omschrijving,
        registratiedatum=zaak.registratiedatum,
        status=zaak.status,
        afgerond=zaak.afgerond,
        resultaat=zaak.resultaat,
        organisatienaam=bron.naam,
    )


def _remembered(actor: Actor, bron: Bron) -> tuple[ZaakRegel, ...] | None:
    kept = _kept.get(_mark(actor, bron))
    return kept[1] if kept and time.monotonic() - kept[0] < KEPT else None


def _remember(actor: Actor, bron: Bron, regels: tuple[ZaakRegel, ...]) -> None:
    if len(_kept) >= MOST_KEPT:
        _kept.clear()
    _kept[_mark(actor, bron)] = (time.monotonic(), regels)


def _mark(actor: Actor, bron: Bron) -> tuple[str, ...]:
    return (tenant.current().name, actor.kind.value, actor.id, str(bron.key), bron.api_root)
