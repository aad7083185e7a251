"""Samenvoegvoorstel: two partijen that seem to be one, for somebody to judge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.change import Change, demand_fresh
from loket.grammar.record import Record
from loket.grammar.resource import Command, Resource
from loket.grammar.writing import follow
from loket.kernel.problems import Fault
from loket.ledger.database import rows, whole
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES
from loket.registers.klantinteracties.samenvoegen import merge
from loket.registers.klantinteracties.samenvoegopdrachten import SAMENVOEGEN, demand_allowed
from loket.registers.klantinteracties.waarden import Bewijs, VoorstelStatus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

MOST = 1000
"""How many proposals one search adds at most; the next goes on where it ended."""


class Samenvoegvoorstel(Record):
    """Twee partijen die dezelfde lijken; iemand beoordeelt of zij het zijn."""

    blijvende_partij = field.ref(
        Partij, "De PARTIJ die zou blijven: de oudste.", back="voorstellen", once=True
    )
    opgaande_partij = field.ref(
        Partij, "De PARTIJ die erin zou opgaan.", back="voorstellen_tot_opgaan", once=True
    )
    bewijs = field.many(
        field.choice(Bewijs, "Wat erop wijst."), "Wat erop wijst.", optional=True, computed=True
    )
    status = field.choice(VoorstelStatus, "Wat ermee gebeurd is.")
    grond = field.text("Waarom zo besloten is.", 1000, optional=True)

    class Meta:
        verbose_name_plural = "samenvoegvoorstellen"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["blijvende_partij", "opgaande_partij"], name="samenvoegvoorstel_eenmaal"
            ),
        ]


def is_beoordeeld(voorstel: Samenvoegvoorstel, change: Change) -> Sequence[Fault]:
    """Hold a judgement to a ground, and to being the first."""
    before: Any = change.before
    if before is None or voorstel.status == before.status:
        return ()
    if before.status != VoorstelStatus.OPEN:
        return [Fault("status", "invalid", "Dit voorstel is al beoordeeld.")]
    if not voorstel.grond:
        return [Fault("grond", "required", "Zeg waarom zij wel of niet dezelfde zijn.")]
    return ()


def voer_uit(voorstel: Samenvoegvoorstel, change: Change) -> None:
    """Merge the partijen when the proposal is accepted."""
    if voorstel.status != VoorstelStatus.AANVAARD or change.before.status != VoorstelStatus.OPEN:
        return
    stays, goes = voorstel.blijvende_partij, voorstel.opgaande_partij
    demand_allowed(stays, goes, voorstel.bewijs)
    merge(change.actor, change.call, stays, goes, grond=voorstel.grond, bewijs=voorstel.bewijs)


samenvoegvoorstellen = Resource(
    KLANTINTERACTIES,
    "samenvoegvoorstellen",
    Samenvoegvoorstel,
    owned="false",
    verbs=("list", "retrieve", "partial_update"),
    filters=["status"],
    checks=[is_beoordeeld],
    reactions=[voer_uit],
    scopes={"partial_update": SAMENVOEGEN},
)

_ZELFDE = """
WITH regel AS (SELECT soort_partij, bewijs FROM klantinteracties_samenvoegregel),
teken AS (
    SELECT p.id, p.soort_partij, 'email' AS bewijs, lower(a.adres) AS waarde
    FROM klantinteracties_partij p JOIN klantinteracties_digitaaladres a
        ON a.verstrekt_door_partij_id = p.id AND a.soort_digitaal_adres = 'email'
        AND a.verificatie_datum IS NOT NULL
    UNION ALL
    SELECT p.id, p.soort_partij, 'telefoon',
        regexp_replace(a.adres, '^(00|\\+)31|^0', '0')
    FROM klantinteracties_partij p JOIN klantinteracties_digitaaladres a
        ON a.verstrekt_door_partij_id = p.id AND a.soort_digitaal_adres = 'telefoonnummer'
    UNION ALL
    SELECT p.id, p.soort_partij, 'naam_en_adres', lower(concat_ws('|',
        coalesce(p.partij_identificatie->>'volledigeNaam', p.partij_identificatie->>'naam'),
        p.bezoekadres->>'postcode', p.bezoekadres->>'huisnummer',
        p.bezoekadres->>'huisnummertoevoeging'))
    FROM klantinteracties_partij p
    WHERE coalesce(p.bezoekadres->>'postcode', '') <> '' AND coalesce(
        p.partij_identificatie->>'volledigeNaam', p.partij_identificatie->>'naam', '') <> ''
),
gelijk AS (
    SELECT e.id AS blijft, t.id AS gaat, e.bewijs
    FROM teken e JOIN teken t ON t.bewijs = e.bewijs AND t.waarde = e.waarde
        AND t.soort_partij = e.soort_partij AND e.id < t.id
    JOIN regel r ON r.soort_partij = e.soort_partij AND r.bewijs = e.bewijs
)
SELECT g.blijft, g.gaat, array_agg(DISTINCT g.bewijs ORDER BY g.bewijs)
FROM gelijk g
JOIN klantinteracties_partij b ON b.id = g.blijft AND b.opgegaan_in_id IS NULL
JOIN klantinteracties_partij o ON o.id = g.gaat AND o.opgegaan_in_id IS NULL
WHERE NOT EXISTS (SELECT FROM klantinteracties_samenvoegvoorstel v
    WHERE v.blijvende_partij_id = g.blijft AND v.opgaande_partij_id = g.gaat)
GROUP BY 1, 2 ORDER BY 1, 2 LIMIT %s
"""


def stel_op(actor: Actor, call: Call) -> dict[str, int]:
    """Look for partijen that share what the rules let count, and propose each pair once."""
    with whole():
        demand_fresh(actor)
        found = list(rows(_ZELFDE, (MOST,)))
        change = Change(samenvoegvoorstellen, actor, "create", call)
        for stays, goes, bewijs in found:
            follow(
                samenvoegvoorstellen, change, blijvende_partij_id=stays, opgaande_partij_id=goes,
                bewijs=bewijs, status=VoorstelStatus.OPEN.value, grond="",
            )  # fmt: skip
    return {"gemaakt": len(found)}


Command(
    KLANTINTERACTIES,
    "samenvoegvoorstellen-opstellen",
    stel_op,
    SAMENVOEGEN,
    "Zoek partijen die volgens de samenvoegregels dezelfde kunnen zijn.",
    response={
        "type": "object",
        "required": ["gemaakt"],
        "properties": {"gemaakt": {"type": "integer", "minimum": 0}},
    },
    success=201,
)
