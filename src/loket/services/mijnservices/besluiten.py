"""The besluiten on one's zaken, with until when one can object."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.filters import Filter
from loket.kernel.clock import today
from loket.registers.besluiten.besluit import besluiten
from loket.services.mijnservices.documenten import VELDEN, DocumentRegel
from loket.services.mijnservices.documenten import regel as document
from loket.services.mijnservices.vragen import gekozen, vraag

if TYPE_CHECKING:
    from uuid import UUID

    from loket.grammar.reading import Query, Tree

_VAN_ZAAK: Final = Filter("zaak", "{row}.zaak_id = {value}", lambda raw, _: raw)


@dataclass(frozen=True)
class BesluitRegel:
    """Een besluit en de documenten erbij; `reageren_tot` is de laatste dag voor bezwaar."""

    nummer: str
    soort: str
    toelichting: str
    datum: date
    ingangsdatum: date
    vervaldatum: date | None
    reageren_tot: date | None
    documenten: tuple[DocumentRegel, ...]

    @property
    def bezwaar_kan(self) -> bool:
        """Zeg of er nog bezwaar gemaakt kan worden."""
        return self.reageren_tot is not None and today() <= self.reageren_tot


@cache
def _kies() -> Tree:
    return gekozen(
        besluiten, "identificatie", "toelichting", "datum", "ingangsdatum", "vervaldatum",
        "uiterlijkeReactiedatum", {"besluittype": ["omschrijving"]},
        {"besluitinformatieobjecten": [{"informatieobject": list(VELDEN)}]},
    )  # fmt: skip


def van_zaak(zaak: UUID, size: int) -> Query:
    """Ask for the besluiten on a zaak, the newest first."""
    return vraag((_VAN_ZAAK, zaak), kies=_kies(), op=("-datum",), size=size)


def regel(shown: dict[str, Any]) -> BesluitRegel:
    """Return a besluit as the page of its zaak shows it."""
    expanded = shown["_expand"]
    found = (each["_expand"]["informatieobject"] for each in expanded["besluitinformatieobjecten"])
    return BesluitRegel(
        nummer=shown["identificatie"],
        soort=expanded["besluittype"]["omschrijving"],
        toelichting=shown["toelichting"],
        datum=date.fromisoformat(shown["datum"]),
        ingangsdatum=date.fromisoformat(shown["ingangsdatum"]),
        vervaldatum=_dag(shown["vervaldatum"]),
        reageren_tot=_dag(shown["uiterlijkeReactiedatum"]),
        documenten=tuple(document(each) for each in found if each),
    )


def _dag(raw: str | None) -> date | None:
    return date.fromisoformat(raw) if raw else None
