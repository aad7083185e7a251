"""A zaaktype as a picture: its statuses on a line, its outcomes with how long they are kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from loket.registers.catalogi.keuzelijsten import label_at
from loket.registers.catalogi.soorten import DELEN, parts_of
from loket.registers.catalogi.termijnen import in_words
from loket.registers.catalogi.waarden import Archiefnominatie, OmschrijvingGeneriek, Richting

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Final = 20
"""The years that fill a bar; what is kept longer fills it as well."""

_YEARS: Final = {"Y": 1.0, "M": 1 / 12, "W": 7 / 365, "D": 1 / 365}


@dataclass(frozen=True)
class Milestone:
    """A status on the line, with what must be there before it is reached."""

    part: Any
    last: bool
    needs: tuple[str, ...]

    @property
    def term(self) -> str:
        """How long it may take."""
        return in_words(self.part.doorlooptijd)


@dataclass(frozen=True)
class Outcome:
    """A resultaat, with what becomes of the dossier and how long that takes."""

    part: Any
    fate: str
    forever: bool
    term: str
    width: int
    source: str


@dataclass
class Picture:
    """All of a zaaktype that can be looked at."""

    milestones: list[Milestone] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    roles: list[tuple[Any, str]] = field(default_factory=list)
    documents: dict[str, list[Any]] = field(default_factory=dict)
    properties: list[Any] = field(default_factory=list)
    things: list[Any] = field(default_factory=list)


def drawn(zaaktype: Any) -> Picture:
    """Return the picture of a zaaktype."""
    parts = {path: parts_of(resource, zaaktype) for path, resource in DELEN.items()}
    return Picture(
        milestones=_milestones(parts),
        outcomes=[_outcome(each) for each in parts["resultaattypen"]],
        roles=[
            (each, str(OmschrijvingGeneriek(each.omschrijving_generiek).label))
            for each in parts["roltypen"]
        ],
        documents=_documents(parts["zaaktype-informatieobjecttypen"]),
        properties=parts["eigenschappen"],
        things=parts["zaakobjecttypen"],
    )


def _milestones(parts: Mapping[str, list[Any]]) -> list[Milestone]:
    statuses = parts["statustypen"]
    needs: dict[Any, list[str]] = {}
    for path, kind in (
        ("zaaktype-informatieobjecttypen", "document"),
        ("eigenschappen", "gegeven"),
        ("zaakobjecttypen", "object"),
    ):
        for each in parts[path]:
            name = (
                getattr(each, "informatieobjecttype", "")
                or getattr(each, "naam", "")
                or getattr(each, "relatie_omschrijving", "")
            )
            needs.setdefault(each.statustype_id, []).append(f"{kind} {name}")
    return [
        Milestone(each, each is statuses[-1], tuple(needs.get(each.pk, ()))) for each in statuses
    ]


def _outcome(part: Any) -> Outcome:
    forever = part.archiefnominatie == Archiefnominatie.BLIJVEND_BEWAREN
    fates = {"": "nog niet bepaald", "vernietigen": "vernietigen na"}
    fate = "blijvend bewaren, overbrengen na" if forever else fates[part.archiefnominatie]
    years = _years(part.archiefactietermijn)
    width = 100 if forever else min(100, max(1 if years else 0, round(100 * years / LONGEST)))
    return Outcome(
        part,
        fate,
        forever,
        in_words(part.archiefactietermijn),
        width,
        label_at(part.selectielijstklasse) or part.selectielijstklasse,
    )


def _years(text: str | None) -> float:
    pieces = re.findall(r"(\d+)([YMWD])", (text or "").split("T")[0])
    return sum(int(number) * _YEARS[unit] for number, unit in pieces)


def _documents(parts: list[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for value, label in Richting.choices:
        chosen = [each for each in parts if each.richting == value]
        if chosen:
            found[str(label)] = chosen
    return found
