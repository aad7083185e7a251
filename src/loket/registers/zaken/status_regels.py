"""The rules of a status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loket.grammar.deed import is_new
from loket.grammar.rule import rule
from loket.kernel.clock import AMSTERDAM, now
from loket.kernel.problems import Fault, Forbidden
from loket.registers.catalogi.statustype import StatusType

if TYPE_CHECKING:
    from loket.grammar.writing import Change
    from loket.registers.zaken.status import Status


def is_eindstatus(status: Status) -> bool:
    """Tell whether a status is the last that its zaaktype has; asked once for a status."""
    kind = status.statustype
    if not hasattr(kind, "is_laatste"):
        higher = {"zaaktype": kind.zaaktype_id, "volgnummer__gt": kind.volgnummer}
        kind.is_laatste = not StatusType.objects.filter(**higher).exists()
    return bool(kind.is_laatste)


@rule("status-niet-toegestaan", verbs=("create",))
def mag_gezet_worden(status: Status, change: Change) -> bool:
    """Deze status vraagt een recht dat ontbreekt."""
    zaak = status.zaak
    if zaak.einddatum is not None:
        needed = "geforceerd-bijwerken" if is_eindstatus(status) else "heropenen"
        if not change.may(f"zaken.{needed}"):
            raise Forbidden(f"De zaak is afgesloten; deze status vraagt zaken.{needed}.")
    elif (
        not is_new(zaak)
        and zaak.statussen.exists()
        and not change.may("zaken.statussen.toevoegen", "zaken.heropenen")
    ):
        raise Forbidden("Na de eerste status vraagt elke volgende zaken.statussen.toevoegen.")
    return True


@rule("date-in-future", on="datumStatusGezet")
def is_niet_in_toekomst(status: Status) -> bool:
    """De datum van de status ligt in de toekomst."""
    return bool(status.datum_status_gezet <= now())


@rule("date-before-start", on="datumStatusGezet")
def is_niet_voor_start(status: Status) -> bool:
    """De datum van de status ligt voor de startdatum van de zaak."""
    moment = status.datum_status_gezet
    if moment > now():  # refused already, and perhaps past the end of the calendar
        return True
    return bool(moment.astimezone(AMSTERDAM).date() >= status.zaak.startdatum)


@rule("resultaat-does-not-exist")
def eindstatus_heeft_resultaat(status: Status) -> bool:
    """De zaak heeft nog geen resultaat en kan niet worden afgesloten."""
    return not is_eindstatus(status) or status.zaak.resultaten.exists()


@rule("deelzaken-not-closed")
def deelzaken_zijn_gesloten(status: Status) -> bool:
    """Een deelzaak is nog niet afgesloten; sluit eerst de deelzaken."""
    if not is_eindstatus(status) or is_new(status.zaak):
        return True
    return not status.zaak.deelzaken.filter(einddatum__isnull=True).exists()


@rule("hoofdzaak-closed")
def hoofdzaak_is_open(status: Status) -> bool:
    """De hoofdzaak is afgesloten; heropen eerst de hoofdzaak."""
    zaak = status.zaak
    if zaak.einddatum is None or zaak.hoofdzaak_id is None or is_eindstatus(status):
        return True
    return zaak.hoofdzaak.einddatum is None


def documenten_zijn_klaar(status: Status, _: Change) -> list[Fault]:
    """Note what keeps the documents of a zaak from being closed with it (zrc-007)."""
    if not is_eindstatus(status) or is_new(status.zaak):
        return []
    documents = status.zaak.zaakinformatieobjecten.values_list(
        "informatieobject__indicatie_gebruiksrecht", "informatieobject__lock"
    )
    faults = []
    if any(indicatie is None for indicatie, _ in documents):
        reason = "Van een document is niet bekend of er gebruiksrechten gelden."
        faults.append(Fault("nonFieldErrors", "indicatiegebruiksrecht-unset", reason))
    if any(lock for _, lock in documents):
        reason = "Een document van de zaak is vergrendeld."
        faults.append(Fault("nonFieldErrors", "informatieobject-locked", reason))
    return faults
