"""Reading one event: what it was, who was told of it, and what came before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.contrib import admin
from django.urls import reverse

from loket.grammar.addresses import resource_named
from loket.ledger import dispatch
from loket.ledger.database import one, rows
from loket.ledger.models import Delivery
from loket.registers.output.waarden import Verzendstatus
from loket.services.notificeren import abonnees, diensten
from loket.site.gebeurtenissen import woorden
from loket.site.gebeurtenissen.vraag import MAIN, WIE
from loket.site.output import woorden as output

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

BESIDE: Final = 5
"""How many events before and after are shown."""

_EVENT: Final = f"""
SELECT e.position, e.moment, e.register, e.resource, e.key, e.main_resource, e.main_key, e.actie,
    e.status, e.label, e.actor_kind, e.actor_label, e.user_label, e.toelichting, e.kenmerken::text,
    e.regime, e.trace, e.vergeten_op, {MAIN},
    EXISTS (SELECT FROM ledger_outbox o WHERE o.position = e.position)
FROM ledger_event e WHERE e.position = %s
"""  # noqa: S608 - our own names
_EVENT_NAMES: Final = (
    "positie", "moment", "register", "resource", "key", "hoofd_resource", "hoofd_key", "actie",
    "status", "label", "actor_kind", "actor_label", "user_label", "toelichting", "kenmerken",
    "regime", "trace", "vergeten_op", "hoofd", "onverdeeld",
)  # fmt: skip
_TOLD: Final = f"""
WITH RECURSIVE {WIE}, bekend(naam, bekend) AS (
    SELECT '{abonnees.NAME}:' || id, callback_url FROM notificaties_abonnement
    UNION ALL SELECT '{diensten.NAME}:' || id, naam FROM beheer_notificatiedienst)
SELECT n.naam, b.bekend, d.id, d.state, d.attempts, d.next_at, d.changed_at, d.outcome, (
    SELECT v.position FROM ledger_delivery v
    WHERE d.state = 'wacht' AND v.subscriber = d.subscriber AND v.main_key = d.main_key
    AND v.position < d.position AND v.state <> 'klaar' ORDER BY v.position LIMIT 1)
FROM (SELECT naam FROM wie WHERE naam IS NOT NULL UNION SELECT naam FROM bekend) n
LEFT JOIN bekend b USING (naam)
LEFT JOIN ledger_delivery d ON d.subscriber = n.naam AND d.position = %s
ORDER BY d.state = 'wacht', d.changed_at, n.naam
"""  # noqa: S608 - our own names
_NEAR: Final = """
(SELECT e.position, e.moment, e.register, e.resource, e.actie, e.label FROM ledger_event e
    WHERE e.main_key = %(key)s AND e.position < %(positie)s
    ORDER BY e.position DESC LIMIT %(most)s)
UNION ALL
(SELECT e.position, e.moment, e.register, e.resource, e.actie, e.label FROM ledger_event e
    WHERE e.main_key = %(key)s AND e.position > %(positie)s ORDER BY e.position LIMIT %(most)s)
ORDER BY 1
"""


_BERICHTEN: Final = """
SELECT id, kanaal, status, coalesce(bezorgd_op, verzonden_op, gepland_op), uitkomst
FROM output_klantnotificatie WHERE positie = %s ORDER BY id
"""


@dataclass(frozen=True)
class Bericht:
    """A message to a citizen or company to which an event led, and how far it is."""

    id: UUID
    kanaal: str
    status: str
    moment: datetime
    uitkomst: str

    @property
    def kanaal_naam(self) -> str:
        """The channel in words."""
        return output.kanaal(self.kanaal)

    @property
    def status_naam(self) -> str:
        """How far it is in words."""
        return output.status(self.status)

    @property
    def staat(self) -> str:
        """The sign that goes with it: done, waiting or stuck."""
        if self.status in (Verzendstatus.GEPLAND, Verzendstatus.VERZONDEN):
            return "wacht"
        return (
            "vast"
            if self.status in (Verzendstatus.MISLUKT, Verzendstatus.ONBEREIKBAAR)
            else ("klaar")
        )


@dataclass(frozen=True)
class Afnemer:
    """Somebody who can be told: how the ledger calls him, and how people do."""

    naam: str
    woorden: str


@dataclass(frozen=True)
class Aflevering:
    """How telling somebody went, in words."""

    id: int
    afnemer: Afnemer
    staat: str
    pogingen: int
    volgende: datetime
    gewijzigd: datetime
    uitkomst: str
    wacht_op: int | None

    @property
    def staat_naam(self) -> str:
        """The state in words."""
        return woorden.STATEN[self.staat]

    @property
    def los_te_maken(self) -> bool:
        """Whether it can be tried again at once: it is stuck, or failed and waits."""
        return self.staat == Delivery.State.VAST or (
            self.staat == Delivery.State.WACHT and self.pogingen > 0
        )


def gebeurtenis(positie: int) -> dict[str, Any] | None:
    """Return an event in words; None when there is none."""
    row = one(_EVENT, (positie,))
    if row is None:
        return None
    found = dict(zip(_EVENT_NAMES, row, strict=True))
    return {
        **found,
        **_named(found),
        "hoofd_soort": woorden.soort(found["register"], found["hoofd_resource"]),
        "deel": found["key"] != found["hoofd_key"],
        "titel": woorden.titel(found["register"]),
        "wie": woorden.wie(found["actor_kind"], found["actor_label"], found["user_label"]),
        "toelichting": woorden.masked(found["toelichting"]),
        "regime": woorden.REGIMES.get(found["regime"], found["regime"]),
    }


def afnemers(positie: int) -> tuple[list[Aflevering], list[Afnemer]]:
    """Return who was told of an event, in order, and whoever can be told again."""
    told, reachable = [], []
    found = rows(_TOLD, (positie,))
    for naam, bekend, *delivery in found:
        who = Afnemer(naam, woorden.afnemer(naam, bekend or ""))
        if delivery[0] is not None:
            number, state, attempts, following, changed, outcome, first = delivery
            shown = woorden.masked(outcome)
            told.append(Aflevering(number, who, state, attempts, following, changed, shown, first))
        if bekend or naam in dispatch.subscribers:
            reachable.append(who)
    there = {each.naam for each in reachable}
    reachable += [
        Afnemer(naam, woorden.afnemer(naam, ""))
        for naam in dispatch.subscribers
        if naam not in there
    ]
    return told, sorted(reachable, key=lambda each: each.woorden)


def berichten(positie: int) -> list[Bericht]:
    """Return the messages to citizens and companies to which an event led."""
    return [Bericht(*row) for row in rows(_BERICHTEN, (positie,))]


def rondom(key: UUID, positie: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the events of a main record before and after one."""
    names = ("positie", "moment", "register", "resource", "actie", "label")
    found = rows(_NEAR, {"key": key, "positie": positie, "most": BESIDE})
    made = [dict(zip(names, row, strict=True)) for row in found]
    made = [{**each, **_named(each)} for each in made]
    return (
        [each for each in made if each["positie"] < positie],
        [each for each in made if each["positie"] > positie],
    )


def bladzijde(event: dict[str, Any], user: Any) -> str:
    """Return the address in beheer of what an event is about; nothing where there is none."""
    pages = list(_pages(event, user))
    if not pages:
        return ""
    parts = (f'EXISTS (SELECT FROM "{table}" WHERE id = %s)' for _, table, _ in pages)
    there = one(f"SELECT {', '.join(parts)}", [key for _, _, key in pages])
    return next((address for (address, _, _), yes in zip(pages, there, strict=True) if yes), "")


def _pages(event: dict[str, Any], user: Any) -> Iterator[tuple[str, str, UUID]]:
    """Yield the pages that there may be: address, table and key; of the thing itself first."""
    about = {event["key"]: event["resource"], event["hoofd_key"]: event["hoofd_resource"]}
    for key, name in about.items():
        resource = resource_named(event["register"], name)
        if resource is None or not admin.site.is_registered(resource.record):
            continue
        meta = resource.record._meta
        if user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
            page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[key])
            yield page, resource.table, key


def _named(row: dict[str, Any]) -> dict[str, str]:
    return {
        "soort": woorden.soort(row["register"], row["resource"]),
        "gedaan": woorden.actie(row["actie"]),
    }
