"""From an event to the messages that it leads to: who hears, over which channel, and when.

A message is known by its event, rule and recipient, so that an event that comes again, or is
replayed, leads to nothing new.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE, Change
from loket.grammar.resource import Call
from loket.grammar.writing import follow
from loket.kernel.actor import Actor
from loket.kernel.clock import AMSTERDAM, now
from loket.ledger.database import one, rows
from loket.ledger.dispatch import Subscriber, subscribe
from loket.registers.klantinteracties.bekend import partij_van
from loket.registers.klantinteracties.talen import in_two
from loket.registers.output.klantnotificatie import klantnotificaties
from loket.registers.output.sjabloonversie import NEDERLANDS, in_gebruik
from loket.registers.output.waarden import (
    Gebeurtenis,
    Ontvanger,
    Outputkanaal,
    SoortOntvanger,
    Verzendstatus,
)
from loket.services.output import gebeurtenissen, onderwerp
from loket.services.output.bezorgen import BINNEN
from loket.services.output.kanaalkeuze import ANY, Keuze, mogelijk

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from uuid import UUID

    from loket.ledger.dispatch import Happened
    from loket.services.output.onderwerp import Betrokkene, Onderwerp

NAME: Final = "output"
OCHTEND, AVOND = time(8), time(21)
"""Between evening and morning no telephone makes a sound."""

VERZAMELD: Final = time(17)
"""When what was gathered during a day is told."""

_REGELS: Final = """
SELECT r.id, r.naam, r.ontvanger, r.soort_ontvanger, r.sjabloon_id,
    ARRAY(SELECT jsonb_array_elements_text(r.kanalen)), r.stille_uren,
    r.verzamelen, s.soort_bericht, s.inhoud
FROM output_outputregel r JOIN output_sjabloon s ON s.id = r.sjabloon_id
WHERE r.actief AND r.gebeurtenis = %s AND r.zaaktype IN ('', %s) ORDER BY r.id
"""
_TAAL: Final = "SELECT voorkeurstaal FROM klantinteracties_partij WHERE id = %s"


@dataclass(frozen=True)
class Regel:
    """A rule, with what it needs of its template."""

    id: UUID
    naam: str
    ontvanger: str
    soort_ontvanger: str
    sjabloon: UUID
    kanalen: list[str]
    stille_uren: bool
    verzamelen: bool
    soort_bericht: str
    inhoud: str


@dataclass(frozen=True)
class Plan:
    """A message that is to be sent: to whom, over what, when; `keuzes` are in order."""

    regel: Regel
    versie: int
    soort: Gebeurtenis
    wie: Betrokkene
    partij: UUID | None
    taal: str
    keuzes: list[Keuze]
    wanneer: datetime
    sleutel: str

    @property
    def eerste(self) -> Keuze | None:
        """The channel that is tried first, if there is one."""
        return next((each for each in self.keuzes if not each.reden), None)


def connect(ingericht: Callable[[], Collection[str]] = lambda: ANY) -> None:
    """Subscribe to the ledger; `ingericht` says over which channels the municipality can send."""
    subscribe(
        Subscriber(NAME, gebeurtenissen.may_be_news, lambda event: plan_in(event, ingericht()))
    )


def plan_in(event: Happened, ingericht: Collection[str] = ANY) -> str:
    """Plan every message that an event leads to; return what was done."""
    soort = gebeurtenissen.kind_of(event)
    if soort is None:
        return "geen nieuws"
    about = onderwerp.van(soort, event.key, event.main_key)
    if about is None:
        return "niet meer te melden"
    plans = list(plannen(event, soort, about, ingericht))
    made = sum(_leg_vast(each, event, about) for each in plans)
    return f"{made} bericht(en) gepland" if made else "geen regel, of al gepland"


def plannen(
    event: Happened, soort: Gebeurtenis, about: Onderwerp, ingericht: Collection[str] = ANY
) -> Iterator[Plan]:
    """Yield what an event leads to, by the rules as they are now; nothing is written."""
    if soort == Gebeurtenis.BERICHT_GEPLAATST:  # it is in the portal; a bericht about it goes round
        ingericht = [each for each in ingericht if each not in BINNEN]
    for row in rows(_REGELS, (soort.value, about.zaaktype)):
        regel = Regel(*row)
        versie = in_gebruik(regel.sjabloon)
        if versie is None:
            continue
        for wie in _ontvangers(regel, about):
            partij = partij_van(wie.urn, wie.nummer)
            keuzes = mogelijk(
                wie, partij, about, regel.soort_bericht, regel.inhoud, regel.kanalen, ingericht
            )
            taal = one(_TAAL, (partij,)) if partij else None
            first = next((each for each in keuzes if not each.reden), None)
            moment = max(filter(None, (event.moment, about.vanaf)))
            yield Plan(
                regel,
                versie.versie,
                soort,
                wie,
                partij,
                in_two(taal[0] if taal else "", NEDERLANDS),
                keuzes,
                wanneer(regel, moment, first),
                _sleutel(regel, event, about, wie, moment),
            )


def _ontvangers(regel: Regel, about: Onderwerp) -> Iterator[Betrokkene]:
    """Yield whom a rule is for, each once."""
    seen: set[str] = set()
    for wie in about.betrokkenen:
        if regel.ontvanger == Ontvanger.INITIATOR and wie.rol != "initiator":
            continue
        if regel.soort_ontvanger == SoortOntvanger.BURGERS and wie.is_bedrijf:
            continue
        if regel.soort_ontvanger == SoortOntvanger.BEDRIJVEN and not wie.is_bedrijf:
            continue
        if wie.sleutel and wie.sleutel not in seen:
            seen.add(wie.sleutel)
            yield wie


def wanneer(regel: Regel, moment: datetime, keuze: Keuze | None) -> datetime:
    """Return when a message goes that is planned now."""
    return naar_de_klok(regel, max(moment, now()), keuze)


def naar_de_klok(regel: Regel, moment: datetime, keuze: Keuze | None) -> datetime:
    """Return when a message goes: in the evening with what was gathered, and at no quiet hour."""
    local = moment.astimezone(AMSTERDAM)
    if regel.verzamelen:
        local = _next(local, VERZAMELD)
    quiet = local.time() >= AVOND or local.time() < OCHTEND
    wakes = keuze is not None and keuze.kanaal == Outputkanaal.SMS
    return _next(local, OCHTEND) if regel.stille_uren and quiet and wakes else local


def _next(local: datetime, at: time) -> datetime:
    """Return the next moment at which the clock says `at`."""
    found = datetime.combine(local.date(), at, AMSTERDAM)
    return found if found >= local else found + timedelta(days=1)


def _sleutel(
    regel: Regel, event: Happened, about: Onderwerp, wie: Betrokkene, moment: datetime
) -> str:
    """Return what a message is known by; what is gathered is one a day for each thing."""
    if regel.verzamelen:
        day = moment.astimezone(AMSTERDAM).date()
        return f"{regel.id} {wie.sleutel} {about.hoofd_object} {day}"[-250:]
    return f"{event.id} {regel.id} {wie.sleutel}"[:250]


def _leg_vast(plan: Plan, event: Happened, about: Onderwerp) -> bool:
    """Write a plan down, unless that was done before; tell whether it was new."""
    if one("SELECT 1 FROM output_klantnotificatie WHERE sleutel = %s", (plan.sleutel,)):
        return False
    first = plan.eerste
    call = Call(base=HOUSE, toelichting=f"regel '{plan.regel.naam}'")
    change: Any = Change(klantnotificaties, Actor.system(NAME), "create", call)
    wie = plan.wie
    follow(
        klantnotificaties,
        change,
        regel_id=plan.regel.id,
        sjabloonversie=plan.versie,
        gebeurtenis=plan.soort.value,
        positie=event.position,
        hoofd_object=about.hoofd_object,
        onderdeel=f"{HOUSE}/{event.register}/api/v1/{event.resource}/{event.key}",
        ontvanger=wie.urn,
        ontvanger_nummer=wie.nummer,
        partij=f"{HOUSE}/klantinteracties/api/v1/partijen/{plan.partij}" if plan.partij else "",
        taal=plan.taal,
        kanaal=first.kanaal if first else "",
        adres=first.adres if first else "",
        geprobeerd=[
            {"kanaal": each.kanaal, "reden": each.reden} for each in plan.keuzes if each.reden
        ],
        status=Verzendstatus.GEPLAND.value,
        gepland_op=plan.wanneer,
        pogingen=0,
        uitkomst="" if first else "Er is geen kanaal om iemand langs te bereiken.",
        sleutel=plan.sleutel,
    )
    return True
