"""Publication: from then on a version of a type can be used, and no longer changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from loket.grammar.reading import common, representation_sql
from loket.grammar.resource import Command
from loket.grammar.writing import Change, adjust, demand_fresh, held
from loket.kernel.clock import today
from loket.kernel.problems import Fault, Invalid, NotFound
from loket.ledger.database import ExclusionViolation, atomic, fetch, one, rows
from loket.registers.catalogi.besluittype import besluittypen
from loket.registers.catalogi.informatieobjecttype import informatieobjecttypen
from loket.registers.catalogi.register import CATALOGI
from loket.registers.catalogi.versie import (
    geldt_niet_tegelijk_met_een_andere_versie,
    other_versions,
)
from loket.registers.catalogi.zaaktype import zaaktypen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

_UNPUBLISHED = (
    "SELECT DISTINCT g.naam FROM ({named}) g(naam) WHERE NOT EXISTS (SELECT FROM {table} t "
    "WHERE t.catalogus_id = %(catalogus)s AND t.omschrijving = g.naam AND NOT t.concept) "
    "ORDER BY g.naam"
)


@dataclass(frozen=True, eq=False)
class Publication:
    """How one kind of type is published; `names` selects, per table, those that it relies on."""

    resource: Resource
    names: Mapping[str, str]

    def __call__(self, actor: Actor, call: Call) -> bytes:
        """Publish the version in the path, once; return it as it then stands."""
        if call.key is None:
            raise NotFound
        try:
            with atomic():
                demand_fresh(actor)
                change = Change(self.resource, actor, "partial_update", call)
                versie = change.record = held(self.resource, call.key, actor)
                if versie.concept:
                    self._publish(versie, change)
                params = common(actor, call.base, today(), call.trace)
                row = one(representation_sql(self.resource), {**params, "key": versie.pk})
        except ExclusionViolation:  # another version was published at the same time
            overlap = geldt_niet_tegelijk_met_een_andere_versie
            raise Invalid([Fault(overlap.on, overlap.code, overlap.reason)]) from None
        return bytes(row[0])

    def _publish(self, versie: Any, change: Change) -> None:
        faults = self._on_concepts(versie)
        if faults:
            raise Invalid(faults)
        _close_previous(versie, change)
        versie.concept = False
        faults = geldt_niet_tegelijk_met_een_andere_versie.faults(versie, change)
        versie.concept = True
        if faults:
            raise Invalid(faults)
        adjust(self.resource, versie, change, concept=False)

    def _on_concepts(self, versie: Any) -> list[Fault]:
        return [
            Fault("nonFieldErrors", "concept-relation", f"'{name}' is nog niet gepubliceerd.")
            for table, named in self.names.items()
            for (name,) in rows(
                _UNPUBLISHED.format(named=named, table=table),
                {"key": versie.pk, "catalogus": versie.catalogus_id},
            )
        ]


def _close_previous(versie: Any, change: Change) -> None:
    """Let the version that is valid until now end on the day before this one begins."""
    previous = other_versions(versie).filter(
        einde_geldigheid=None, begin_geldigheid__lt=versie.begin_geldigheid
    )
    for each in previous:
        vorige = fetch(type(versie), each.pk, lock=True)
        eve = versie.begin_geldigheid - timedelta(days=1)
        adjust(change.resource, vorige, change, einde_geldigheid=eve)


_PUBLICATIONS = (
    Publication(
        zaaktypen,
        {
            "catalogi_besluittype": "SELECT unnest(z.besluittypen) FROM catalogi_zaaktype z "
            "WHERE z.id = %(key)s",
            "catalogi_informatieobjecttype": "SELECT g.informatieobjecttype "
            "FROM catalogi_zaaktypeinformatieobjecttype g WHERE g.zaaktype_id = %(key)s",
        },
    ),
    Publication(
        besluittypen,
        {
            "catalogi_informatieobjecttype": "SELECT unnest(b.informatieobjecttypen) "
            "FROM catalogi_besluittype b WHERE b.id = %(key)s",
        },
    ),
    Publication(informatieobjecttypen, {}),
)

publicaties = [
    Command(
        CATALOGI,
        f"{publication.resource.path}/{{uuid}}/publish",
        publication,
        ("catalogi.schrijven",),
        f"Publiceer een van de {publication.resource.path}.",
        response={"$ref": f"#/components/schemas/{publication.resource.record.__name__}"},
        of=publication.resource,
    )
    for publication in _PUBLICATIONS
]
