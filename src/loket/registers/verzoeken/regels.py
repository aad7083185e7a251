"""What a verzoek must hold, and that it is dealt with once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from loket.grammar.urns import repeated
from loket.kernel.clock import now
from loket.kernel.problems import Conflict, Fault
from loket.registers.verzoeken import schema
from loket.registers.verzoeken.verzoektypeversie import bruikbaar
from loket.registers.verzoeken.waarden import VerwerkStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.change import Change


def vul_in(verzoek: Any, change: Change) -> None:
    """Note when it came, and choose the newest version where none was named."""
    before: Any = change.before
    if before is None:
        verzoek.geregistreerd_op = now()
    if verzoek.versie is None:
        newest = before or bruikbaar(verzoek.verzoek_type_id)
        verzoek.versie = newest.versie if newest else None


def past_bij_zijn_versie(verzoek: Any, change: Change) -> Sequence[Fault]:
    """Hold what is asked to the schema of the version, when either is new."""
    before: Any = change.before
    if before is not None and not {"aanvraag_gegevens", "versie"} & change.given:
        return ()
    known = bruikbaar(verzoek.verzoek_type_id, verzoek.versie)
    if verzoek.versie is None or known is None:
        on = "verzoekType" if verzoek.versie is None else "versie"
        return [Fault(on, "unknown-schema", "Hiervan is geen versie gepubliceerd.")]
    form = verzoek.aanvraag_gegevens
    return list(schema.misfits("aanvraagGegevens", known.aanvraag_gegevens_schema, form))


def bijlagen_eenmaal(verzoek: Any, change: Change) -> Sequence[Fault]:
    """Refuse a document that stands twice among the bijlagen."""
    del change
    return list(repeated("bijlagen", verzoek.bijlagen))


def blijft_verwerkt(verzoek: Any, change: Change) -> Sequence[Fault]:
    """Refuse to take back that a verzoek was dealt with: Conflict."""
    before: Any = change.before
    if before is not None and before.verwerk_status == VerwerkStatus.VERWERKT != (
        verzoek.verwerk_status
    ):
        raise Conflict("Het verzoek is verwerkt; dat kan niet ongedaan gemaakt worden.")
    return ()
