"""When a closed zaak may be destroyed or must be transferred (zrc-021)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from loket.grammar.writing import adjust
from loket.kernel.clock import now
from loket.ledger.database import fetch
from loket.ledger.events import BASE
from loket.registers.catalogi.waarden import Archiefnominatie
from loket.registers.zaken.brondatum import after, brondatum
from loket.registers.zaken.zaak import Zaak, zaken

if TYPE_CHECKING:
    from datetime import date

    from loket.grammar.writing import Change
    from loket.registers.catalogi.resultaattype import ResultaatType

NOT_DERIVED = "De archiefactiedatum kon niet worden afgeleid; zij is leeg en kan worden gezet."
BY_HAND = {"", "ander_datumkenmerk"}


def archivering(zaak: Zaak, einddatum: date, kind: ResultaatType) -> dict[str, Any]:
    """Return what closing fills in of the archiving fields; what was set by hand stays."""
    found: dict[str, Any] = {}
    nominatie = zaak.archiefnominatie or kind.archiefnominatie or None
    if nominatie and not zaak.archiefnominatie:
        found["archiefnominatie"] = nominatie
    if not kind.archiefactietermijn or _set_by_hand(zaak):
        return found
    start = brondatum(zaak, einddatum, kind.brondatum_archiefprocedure or {})
    moment = after(start, kind.archiefactietermijn)
    found |= {"archiefactiedatum": moment, "afgeleide_archiefactiedatum": moment}
    if moment is not None and nominatie == Archiefnominatie.VERNIETIGEN:
        found["startdatum_bewaartermijn"] = start
    elif zaak.afgeleide_archiefactiedatum is not None:
        found["startdatum_bewaartermijn"] = None
    return found


def _set_by_hand(zaak: Zaak) -> bool:
    """Tell whether the archiefactiedatum is another than the house derived."""
    given = zaak.archiefactiedatum
    return given is not None and given != zaak.afgeleide_archiefactiedatum


def warn_if_open(kind: ResultaatType, found: dict[str, Any], change: Change) -> None:
    """Tell the client when the date that closing should bring could not be told."""
    wijze = (kind.brondatum_archiefprocedure or {}).get("afleidingswijze", "")
    if wijze not in BY_HAND and found.get("archiefactiedatum", "") is None:
        change.warn(NOT_DERIVED)


def herbereken(zaak: Zaak, change: Change) -> None:
    """Derive the archiving of a closed zaak anew, when what it was derived from has changed."""
    if zaak.einddatum is None:
        return
    for resultaat in zaak.resultaten.all():
        found = archivering(zaak, zaak.einddatum, resultaat.resultaattype)
        if any(getattr(zaak, name) != value for name, value in found.items()):
            adjust(zaken, zaak, change, **found, laatst_gemuteerd=now())


def herbereken_na(record: Any, change: Change) -> None:
    """Derive the archiving of a zaak anew, after a change of what is under it."""
    if change.cause is None:  # else the zaak itself is going
        herbereken(record.zaak, change)


def herbereken_bij(zaak: Zaak, change: Change) -> None:
    """Derive anew what was derived from the end of this zaak: of its deelzaken, and of others."""
    address = zaken.address(zaak, BASE.removesuffix("/"))
    named = [{"url": address}]
    waits = (
        Q(hoofdzaak=zaak)
        | Q(relevante_andere_zaken__contains=named)
        | Q(gerelateerde_zaken__contains=named)
    )
    others = Zaak.objects.filter(waits, einddatum__isnull=False).exclude(pk=zaak.pk)
    for key in others.order_by("pk").values_list("pk", flat=True):
        herbereken(fetch(Zaak, key, lock=True), change)
