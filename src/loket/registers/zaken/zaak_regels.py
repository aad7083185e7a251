"""The rules of a zaak; the standard's number of each (zrc-…) stands with its test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.rule import rule
from loket.kernel.clock import now, today
from loket.kernel.problems import Fault, Forbidden
from loket.registers.documenten.waarden import Status as Documentstatus
from loket.registers.zaken.verwijzingen import is_served
from loket.registers.zaken.waarden import Archiefstatus, Betalingsindicatie

if TYPE_CHECKING:
    from loket.grammar.record import Record
    from loket.grammar.rule import Rule
    from loket.grammar.writing import Change
    from loket.registers.zaken.zaak import Zaak


def vul_aan(zaak: Zaak, change: Change) -> None:
    """Fill in what a client may leave to the house: dates, confidentiality, payment."""
    before = change.before
    if before is None or change.given:
        zaak.laatst_gemuteerd = now()
    zaak.registratiedatum = zaak.registratiedatum or (before and before.registratiedatum) or today()
    if zaak.vertrouwelijkheidaanduiding is None:
        zaak.vertrouwelijkheidaanduiding = zaak.zaaktype.vertrouwelijkheidaanduiding
    if zaak.betalingsindicatie == Betalingsindicatie.NVT and (
        "laatste_betaaldatum" not in change.given
    ):
        zaak.laatste_betaaldatum = None
    _onthoud_opschorting(zaak, before)


def _onthoud_opschorting(zaak: Zaak, before: Any) -> None:
    """Remember that a zaak was suspended once, also when it no longer is."""
    earlier = (before.opschorting if before else None) or {}
    was = bool(earlier.get("indicatie") or earlier.get("eerdereOpschorting"))
    if zaak.opschorting is not None:
        zaak.opschorting = {**zaak.opschorting, "eerdereOpschorting": was}
    elif was:
        zaak.opschorting = {"indicatie": False, "reden": "", "eerdereOpschorting": True}


@rule("zaak-gesloten", verbs=("create", "update", "destroy"))
def is_open_of_geforceerd(record: Record, change: Change) -> bool:
    """De zaak is afgesloten; wijzigen kan alleen met zaken.geforceerd-bijwerken."""
    _, zaak = change.resource.main(record)
    if zaak is record and change.verb == "destroy":
        return True
    if zaak.einddatum is not None and not change.may("zaken.geforceerd-bijwerken"):
        raise Forbidden("De zaak is afgesloten; wijzigen vraagt zaken.geforceerd-bijwerken.")
    return True


def bij_zaaktype(name: str) -> Rule:
    """Make the rule that the type in field `name` belongs to the zaaktype of the zaak."""

    @rule("zaaktype-mismatch")
    def past_bij_zaaktype(record: Any) -> bool:
        """Het opgegeven type hoort niet bij het zaaktype van de zaak."""
        kind = getattr(record, name)
        return kind is None or bool(kind.zaaktype_id == record.zaak.zaaktype_id)

    return past_bij_zaaktype


def bij_zaak(name: str) -> Rule:
    """Make the rule that what field `name` refers to is of the same zaak."""

    @rule("zaak-mismatch", on=name)
    def past_bij_zaak(record: Any) -> bool:
        """Dit hoort bij een andere zaak."""
        other = getattr(record, name)
        return other is None or bool(other.zaak_id == record.zaak_id)

    return past_bij_zaak


def adres_bestaat(name: str) -> Rule:
    """Make the rule that the address in field `name` leads somewhere."""

    @rule("bad-url", on=name)
    def bestaat(record: Any) -> bool:
        """De URL verwijst naar niets dat deze gemeente kent."""
        return is_served(getattr(record, name))

    return bestaat


def dagteken(record: Any, change: Change) -> None:
    """Note when a record was registered."""
    if change.before is None:
        record.registratiedatum = now()


@rule("not-published", on="zaaktype", verbs=("create",))
def zaaktype_is_gepubliceerd(zaak: Zaak) -> bool:
    """Het zaaktype is nog een concept."""
    return not zaak.zaaktype.concept


@rule("self-forbidden", on="hoofdzaak")
def is_niet_eigen_hoofdzaak(zaak: Zaak) -> bool:
    """Een zaak kan geen deelzaak van zichzelf zijn."""
    return bool(zaak.hoofdzaak_id != zaak.pk)


@rule("deelzaak-als-hoofdzaak", on="hoofdzaak")
def hoofdzaak_is_geen_deelzaak(zaak: Zaak) -> bool:
    """De hoofdzaak is zelf een deelzaak."""
    return zaak.hoofdzaak is None or zaak.hoofdzaak.hoofdzaak_id is None


@rule("deelzaak-als-hoofdzaak", on="hoofdzaak", verbs=("update",))
def deelzaak_heeft_geen_deelzaken(zaak: Zaak) -> bool:
    """Deze zaak heeft deelzaken en kan zelf geen deelzaak worden."""
    return zaak.hoofdzaak is None or not zaak.deelzaken.exists()


@rule("betaling-nvt", on="laatsteBetaaldatum")
def betaald_alleen_bij_kosten(zaak: Zaak) -> bool:
    """Zonder kosten (nvt) is er geen laatste betaaldatum."""
    return zaak.betalingsindicatie != Betalingsindicatie.NVT or not zaak.laatste_betaaldatum


@rule("date-in-future", on="laatsteBetaaldatum")
def betaald_in_verleden(zaak: Zaak) -> bool:
    """De laatste betaaldatum ligt in de toekomst."""
    return zaak.laatste_betaaldatum is None or zaak.laatste_betaaldatum <= now()


@rule("invalid-products-services", on="productenOfDiensten")
def producten_bij_zaaktype(zaak: Zaak) -> bool:
    """Een van de producten of diensten hoort niet bij het zaaktype."""
    return set(zaak.producten_of_diensten) <= set(zaak.zaaktype.producten_of_diensten)


@rule("related-besluiten", verbs=("destroy",))
def heeft_geen_besluiten(zaak: Zaak) -> bool:
    """Er zijn nog besluiten bij de zaak."""
    return not zaak.zaakbesluiten.exists()


def gereed_voor_archief(zaak: Zaak, change: Change) -> list[Fault]:
    """Note what lacks for another archiefstatus than the first (zrc-022)."""
    if zaak.archiefstatus == Archiefstatus.NOG_TE_ARCHIVEREN:
        return []
    missing = {
        "archiefnominatie": zaak.archiefnominatie,
        "archiefactiedatum": zaak.archiefactiedatum,
    }
    faults = [
        Fault(name, f"{name}-not-set", "Dit veld is nodig voor deze archiefstatus.")
        for name, value in missing.items()
        if not value
    ]
    if change.before is not None and _documents_at_work(zaak):
        reason = "Niet alle documenten van de zaak hebben de status gearchiveerd."
        faults.append(Fault("nonFieldErrors", "documents-not-archived", reason))
    return faults


def _documents_at_work(zaak: Zaak) -> bool:
    """Tell whether a zaak has a document that is not archived."""
    documents = zaak.zaakinformatieobjecten.exclude(
        informatieobject__status=Documentstatus.GEARCHIVEERD
    )
    return bool(documents.exists())
