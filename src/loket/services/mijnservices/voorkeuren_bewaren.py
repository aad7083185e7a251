"""What somebody said that he prefers, written down: only what changed, in one transaction (M52)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE
from loket.kernel.clock import today
from loket.kernel.problems import Fault, Invalid
from loket.ledger.database import whole
from loket.registers.klantinteracties.bereikbaarheid import bereikbaarheden
from loket.registers.klantinteracties.contactvoorkeur import contactvoorkeuren
from loket.registers.klantinteracties.partij import partijen
from loket.services.mijnservices import partij, voorkeuren
from loket.services.mijnservices.klant import demand_zelf, namens
from loket.services.mijnservices.voorkeuren import ALLE, DIGITAAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.voorkeuren import Stand, Voorkeuren

BRON: Final = "MijnServices"
_ONBEKEND: Final = "Kies een van de mogelijkheden."


@dataclass(frozen=True)
class Wens:
    """What somebody wants from now on: the channels in order, by kind of zaak, and so on.

    `toestemming` are the pairs of a kind of message and a channel over which it may come;
    `per_zaaktype` the channel by the key of the kind, empty for the general one.
    """

    taal: str
    kanalen: tuple[str, ...] = ()
    per_zaaktype: Mapping[UUID, str] = field(default_factory=dict)
    toestemming: frozenset[tuple[str, str]] = frozenset()


def bewaar(actor: Actor, wens: Wens, call: Call) -> Voorkeuren:
    """Write down what somebody wants, and return it; Invalid."""
    demand_zelf(actor)
    with whole():
        key = partij.word_bekend(actor, call)
        partij.alleen(actor)
        held = voorkeuren.stand(actor)
        faults = list(_faults(held.voorkeuren, wens))
        if faults:
            raise Invalid(faults)
        opslag = _Opslag(actor, key, call)
        if wens.taal != held.voorkeuren.taal:
            partijen.patch(opslag.house, key, {"voorkeurstaal": wens.taal}, call)
        if wens.kanalen != held.voorkeuren.kanalen:
            opslag.vervang(held.algemeen, [{"kanaal": each} for each in reversed(wens.kanalen)])
        opslag.per_zaaktype(held, wens)
        opslag.toestemming(held, wens)
        return voorkeuren.lees(actor)


def _faults(held: Voorkeuren, wens: Wens) -> Iterator[Fault]:
    """Yield what was chosen that can't be, under the name that the form has for it."""
    if wens.taal not in {"", held.taal, *(code for code, _ in held.talen)}:
        yield Fault("taal", "invalid_choice", _ONBEKEND)
    if set(wens.kanalen) - set(ALLE):
        yield Fault("kanalen", "invalid_choice", _ONBEKEND)
    if len(set(wens.kanalen)) < len(wens.kanalen):
        yield Fault("kanalen", "unique", "Kies twee verschillende manieren.")
    kinds = {each.sleutel for each in held.per_zaaktype}
    if set(wens.per_zaaktype) - kinds or set(wens.per_zaaktype.values()) - {"", *ALLE}:
        yield Fault("perZaaktype", "invalid_choice", _ONBEKEND)
    possible = {(each.soort, k.value) for each in held.toestemmingen for k in DIGITAAL}
    if wens.toestemming - possible:
        yield Fault("toestemming", "invalid_choice", _ONBEKEND)


class _Opslag:
    """The doors through which the preferences of one partij are written."""

    def __init__(self, actor: Actor, key: UUID, call: Call) -> None:
        self.house = namens(actor)
        self.key = key
        self.call = call

    @property
    def _partij(self) -> dict[str, Any]:
        return {"partij": {"uuid": str(self.key)}}

    def vervang(self, records: tuple[UUID, ...], bodies: list[dict[str, Any]]) -> None:
        """Put preferences in the place of others; of equals the newest comes first."""
        for record in records:
            contactvoorkeuren.destroy(self.house, record, self.call)
        for body in bodies:
            contactvoorkeuren.create(self.house, {**self._partij, **body}, self.call)

    def per_zaaktype(self, held: Stand, wens: Wens) -> None:
        """Write what is wanted of each kind of zaak, for every version of its type."""
        for each in held.voorkeuren.per_zaaktype:
            kanaal = wens.per_zaaktype.get(each.sleutel, "")
            records = held.zaaktypen[each.sleutel]
            complete = len(records) == (len(each.zaaktypen) if kanaal else 0)
            if kanaal == each.kanaal and complete:
                continue
            root = f"{HOUSE}/catalogi/api/v1/zaaktypen"
            bodies = [{"kanaal": kanaal, "zaaktype": f"{root}/{key}"} for key in each.zaaktypen]
            self.vervang(records, bodies if kanaal else [])

    def toestemming(self, held: Stand, wens: Wens) -> None:
        """Write what was consented to, and what was withdrawn."""
        shown = {each.soort for each in held.voorkeuren.toestemmingen}
        for (soort, kanaal), record in held.gegeven.items():
            if soort in shown and kanaal in DIGITAAL and (soort, kanaal) not in wens.toestemming:
                body = {"ingetrokkenOp": today().isoformat()}
                bereikbaarheden.patch(self.house, record, body, self.call)
        for soort, kanaal in sorted(wens.toestemming - set(held.gegeven)):
            body = {"soortBericht": soort, "kanaal": kanaal, "bron": BRON}
            bereikbaarheden.create(self.house, {**self._partij, **body}, self.call)
