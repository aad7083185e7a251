"""One enterprise under several numbers: KVK-nummer, RSIN and those of its vestigingen.

By which of them a company may find what belongs to another of its numbers is a rule that the
municipality sets (contactinstellingen).
"""

from __future__ import annotations

from loket.grammar.filters import Filter
from loket.kernel.problems import InvalidValue
from loket.registers.klantinteracties.identificator_regels import SOORTEN
from loket.registers.klantinteracties.waarden import CodeSoortObjectId

VELDEN = {
    CodeSoortObjectId.KVK_NUMMER: "kvkNummers",
    CodeSoortObjectId.RSIN: "rsins",
    CodeSoortObjectId.VESTIGINGSNUMMER: "vestigingsnummers",
}
_LENGTHS = {SOORTEN[soort][2] for soort in VELDEN}
SOORT = "f.partij_identificator->>'codeSoortObjectId'"
NUMMER = "f.partij_identificator->>'objectId'"

FAMILIE = """
WITH mag AS MATERIALIZED (SELECT bool_or(onderneming_ziet_vestigingen) AS omlaag,
        bool_or(vestiging_ziet_onderneming) AS omhoog
    FROM klantinteracties_contactinstellingen),
zelf AS MATERIALIZED (
    SELECT i.*, i.partij_identificator->>'codeSoortObjectId' = 'vestigingsnummer' AS vestiging
    FROM klantinteracties_partijidentificator i
    WHERE i.partij_identificator->>'objectId' = {value}
        AND i.partij_identificator->>'codeSoortObjectId' <> 'bsn'),
bron AS MATERIALIZED (
    SELECT id FROM zelf WHERE NOT vestiging
    UNION ALL
    SELECT zelf.sub_identificator_van_id FROM zelf, mag WHERE zelf.vestiging AND mag.omhoog),
geheel AS MATERIALIZED (
    SELECT k.* FROM bron JOIN klantinteracties_partijidentificator k ON k.id = bron.id
    UNION
    SELECT e.* FROM bron JOIN klantinteracties_partijidentificator k ON k.id = bron.id
    JOIN klantinteracties_partijidentificator e
        ON e.identificeerde_partij_id = k.identificeerde_partij_id
        AND e.partij_identificator->>'codeSoortObjectId' IN ('kvk_nummer', 'rsin'))
SELECT id, identificeerde_partij_id, partij_identificator FROM zelf
UNION
SELECT id, identificeerde_partij_id, partij_identificator FROM geheel
UNION
SELECT v.id, v.identificeerde_partij_id, v.partij_identificator FROM geheel CROSS JOIN mag
JOIN klantinteracties_partijidentificator v ON v.sub_identificator_van_id = geheel.id
WHERE mag.omlaag
"""
"""The numbers that one number leads to, by the rules of the municipality."""


_PARTIJEN = f"SELECT f.identificeerde_partij_id FROM ({FAMILIE}) f"  # noqa: S608 - fixed


def taken(raw: str, _: str = "") -> str:
    """Return a number that an enterprise or vestiging can have; InvalidValue."""
    if not (raw.isascii() and raw.isdigit() and len(raw) in _LENGTHS):
        raise InvalidValue("invalid", "Dit is geen KVK-nummer, RSIN of vestigingsnummer.")
    return raw


def van_onderneming(condition: str) -> Filter:
    """Return the filter on a number of an enterprise; `{gevonden}` selects the keys of partijen."""
    return Filter(
        "onderneming",
        condition.replace("{gevonden}", _PARTIJEN),
        taken,
        {"type": "string", "pattern": "^([0-9]{8,9}|[0-9]{12})$"},
        "Een KVK-nummer, RSIN of vestigingsnummer; wat van de andere nummers van haar "
        "onderneming is, hoort erbij volgens de regel van de gemeente.",
    )
