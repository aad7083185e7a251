"""Abonnement: who wants to hear of what, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.codec import decode
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.kernel.problems import Fault
from loket.ledger.database import rows
from loket.registers.notificaties import proef
from loket.registers.notificaties.kanaal import kenmerk
from loket.registers.notificaties.register import NOTIFICATIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.change import Change


class Abonnement(Record):
    """Wie waarvan wil horen, en op welk adres."""

    callback_url = field.url("Het adres dat de notificaties krijgt.", 1000)
    auth = field.secret(
        "Wat er in de header Authorization komt te staan; wordt nooit getoond.", 1000
    )
    kanalen = field.many(
        field.group(
            "Een kanaal, met waarop gekozen wordt.",
            naam=field.text("De naam van het kanaal.", 50),
            filters=field.free("Kenmerken met hun waarden; leeg: alles.", optional=True),
        ),
        "De kanalen waarvan de abonnee hoort.",
        optional=True,
    )
    cloudevent_filters = field.many(
        field.group(
            "Een soort CloudEvents.",
            type_substring=field.text("Een stuk van het type.", 255),
        ),
        "De soorten CloudEvents die de abonnee krijgt.",
        optional=True,
    )
    ondertekend = field.flag(
        "Of Loket ondertekent wat het aflevert (RFC 9421); niet in de standaard. Weggelaten blijft "
        "het zoals het was.",
        optional=True,
    )

    class Meta:
        verbose_name_plural = "abonnementen"

    def __str__(self) -> str:
        return str(self.callback_url)


def ondertekenen_blijft(abonnement: Abonnement, change: Change) -> None:
    """Keep what was agreed: who follows the standard does not know that it can be said."""
    if change.before is not None and "ondertekend" not in change.given:
        abonnement.ondertekend = change.before.ondertekend


def vraagt_iets(abonnement: Abonnement, change: Change) -> Sequence[Fault]:
    """Demand that somebody subscribes to something."""
    del change
    if abonnement.kanalen or abonnement.cloudevent_filters:
        return ()
    return [Fault("kanalen", "required", "Kies een kanaal, of een soort CloudEvents.")]


def kanalen_bestaan(abonnement: Abonnement, change: Change) -> Sequence[Fault]:
    """Hold what is chosen to the kanalen that there are, and to their kenmerken."""
    del change
    asked: Any = abonnement.kanalen
    known = {
        naam: {kenmerk(each) for each in decode(filters.encode())}
        for naam, filters in rows(
            "SELECT naam, filters::text FROM notificaties_kanaal WHERE naam = ANY(%s)",
            ([each["naam"] for each in asked],),
        )
    }
    faults = []
    for nr, each in enumerate(asked):
        if each["naam"] not in known:
            faults.append(Fault(f"kanalen.{nr}.naam", "kanaal_naam", "Dit kanaal bestaat niet."))
        elif strange := {kenmerk(name) for name in each["filters"] or {}} - known[each["naam"]]:
            reason = f"Dit kanaal heeft geen kenmerk {', '.join(sorted(strange))}."
            code = "inconsistent-abonnement-filters"
            faults.append(Fault(f"kanalen.{nr}.filters", code, reason))
    return faults


abonnementen = Resource(
    NOTIFICATIES,
    "abonnement",
    Abonnement,
    paged=False,
    around=[proef.doe],
    derive=[ondertekenen_blijft],
    checks=[vraagt_iets, kanalen_bestaan],
)

audit_commands(abonnementen)
