"""What a list of verzoeken is asked by."""

from __future__ import annotations

from uuid import UUID

from loket.grammar.filters import NOWHERE, Along, Filter
from loket.grammar.urns import person_filter, related_filter, urn
from loket.grammar.words import Flag
from loket.registers.verzoeken.verzoektype import URN


def _type_in(raw: str, base: str) -> UUID:
    """Return the key in the URN of a verzoektype; that of anything else names nothing here."""
    del base
    given = urn(raw)
    try:
        return UUID(given.removeprefix(URN)) if given.startswith(URN) else NOWHERE
    except ValueError:
        return NOWHERE


_VOLTOOID, _REFERENTIE = (
    f"{{row}}.\"verzoek_betaling\"->>'{name}'" for name in ("voltooid", "transactieReferentie")
)

FILTERS: list[str | Along | Filter] = [
    Along("uuid", "uuid"),
    "verzoek_type__uuid",
    Filter(
        "verzoekType__urn",
        '{row}."verzoek_type_id" = {value}',
        _type_in,
        {"type": "string", "format": "urn"},
        "De URN van het verzoektype.",
    ),
    "versie",
    "verwerk_status",
    person_filter("initiator", "initiator", "De URN van wie het vraagt."),
    person_filter("medeInitiator", "mede_initiator", "De URN van wie het mede vraagt."),
    related_filter("is_gerelateerd_aan"),
    Filter(
        "verzoekBetaling__voltooid",
        f"coalesce(({_VOLTOOID})::boolean, false) = {{value}}",
        lambda raw, _: Flag("").value(raw),
        {"type": "boolean"},
        "Of er betaald is.",
    ),
    Filter(
        "verzoekBetaling__transactieReferentie",
        f"{_REFERENTIE} = {{value}}",
        lambda raw, _: raw,
        {"type": "string"},
        "De referentie van de betaling.",
    ),
]
