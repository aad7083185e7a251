"""What a move came to: counts and checksums by resource, and everything that deserves a look."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from loket.services.verhuizing import journal, ours
from loket.services.verhuizing.admission import MADE, UPDATED
from loket.services.verhuizing.likeness import combined, digest, likeness
from loket.services.verhuizing.plan import named
from loket.services.verhuizing.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Resource
    from loket.services.verhuizing.moving import Move

RARE = ("nieuw", "bijgewerkt", "was er al", "geweigerd", "mislukt", "gewijzigd")
"""What a table tells only when there is some of it."""

SHOWN = 20
"""How many addresses of a kind a report names."""


@dataclass(frozen=True)
class Row:
    """One resource: how many the source has, what became of them, and both checksums.

    `bron` is what the source itself counts; None where it does not count the whole.
    """

    resource: str
    bron: int | None
    overgenomen: int
    nieuw: int
    bijgewerkt: int
    aanwezig: int
    geweigerd: int
    mislukt: int
    gewijzigd: int
    controlegetal_bron: str
    controlegetal_hier: str
    anders: int

    @property
    def gelijk(self) -> bool:
        """Whether what is here is what was at the source, as far as it was taken over."""
        return self.controlegetal_bron == self.controlegetal_hier

    @property
    def compleet(self) -> bool:
        """Whether everything that the source counts is here."""
        here = self.overgenomen + self.aanwezig
        return not (self.geweigerd or self.mislukt) and self.bron in (None, here)


@dataclass
class Report:
    """The rows, and what deserves a look."""

    rows: list[Row]
    niet_overgenomen_velden: dict[str, int] = field(default_factory=dict)
    ontbreekt_bij_bron: list[str] = field(default_factory=list)
    gewijzigd: list[str] = field(default_factory=list)
    verdwenen: list[str] = field(default_factory=list)
    anders: list[str] = field(default_factory=list)
    zonder_bsn: int = 0

    @property
    def goed(self) -> bool:
        """Whether all that the source has is here, and the same."""
        return all(row.gelijk and row.compleet and not row.gewijzigd for row in self.rows)

    def lines(self) -> list[dict[str, Any]]:
        """Return the rows for a table, without the columns that have nothing to tell."""
        lines = [
            {
                "resource": row.resource,
                "bron": row.bron,
                "overgenomen": row.overgenomen,
                "nieuw": row.nieuw,
                "bijgewerkt": row.bijgewerkt,
                "was er al": row.aanwezig,
                "geweigerd": row.geweigerd,
                "mislukt": row.mislukt,
                "gewijzigd": row.gewijzigd,
                "controlegetal": row.controlegetal_hier[:12],
                "gelijk": "ja" if row.gelijk else f"nee ({row.anders})",
            }
            for row in self.rows
        ]
        quiet = {name for name in RARE if not any(line[name] for line in lines)}
        return [{k: v for k, v in line.items() if k not in quiet} for line in lines]

    def whole(self) -> dict[str, Any]:
        """Return everything, as JSON can hold it."""
        rows = [
            {**asdict(row), "gelijk": row.gelijk, "compleet": row.compleet} for row in self.rows
        ]
        return {**asdict(self), "rows": rows, "goed": self.goed, "opmerkingen": list(remarks())}


def remarks() -> Iterator[dict[str, str]]:
    """Yield what was refused, failed or admitted with a remark, with the reason."""
    for line in journal.remarks():
        yield {
            "resource": line.resource,
            "url": line.url,
            "toestand": line.state,
            "reden": line.reason,
        }


def report(move: Move) -> Report:
    """Count at the source, and compare what the journal says came over with what is here."""
    states = journal.counts()
    made = Report([])
    for api, resource, query in _counted(move):
        counted = move.fetching.count(api, resource, query)
        made.rows.append(_row(move, resource, counted, states, made.anders))
    left = move.admission.left_behind
    made.niet_overgenomen_velden = {
        f"{resource}: {name}": number for (resource, name), number in sorted(left.items())
    }
    made.zonder_bsn = move.admission.without_bsn
    made.ontbreekt_bij_bron = sorted(move.fetching.lacking)
    made.gewijzigd = move.tally.changed
    made.verdwenen = move.tally.gone
    return made


def _counted(move: Move) -> Iterator[tuple[str, Resource, tuple[tuple[str, str], ...]]]:
    """Yield each resource once, though it may be a part of more than one main record."""
    seen: set[str] = set()
    for main in move.mains():
        asked = [(main.api, main.resource, main.query)]
        asked += [(part.api or main.api, part.resource, part.query) for part in main.parts]
        for api, resource, query in asked:
            if api in move.roots and named(resource) not in seen:
                seen.add(named(resource))
                yield api, resource, query


def _row(
    move: Move,
    resource: Resource,
    counted: int | None,
    states: dict[str, dict[str, int]],
    unlike: list[str],
) -> Row:
    name = named(resource)
    run, held = move.tally.by_resource.get(name, {}), states.get(name, {})
    theirs, here, different = _checksums(resource)
    unlike += [f"{name}/{key}" for key in different[:SHOWN]]
    return Row(
        resource=name,
        bron=counted,
        overgenomen=held.get(State.OVERGENOMEN, 0),
        nieuw=run.get(MADE, 0),
        bijgewerkt=run.get(UPDATED, 0),
        aanwezig=held.get(State.AANWEZIG, 0),
        geweigerd=held.get(State.GEWEIGERD, 0),
        mislukt=held.get(State.MISLUKT, 0),
        gewijzigd=run.get("changed", 0),
        controlegetal_bron=theirs,
        controlegetal_hier=here,
        anders=len(different),
    )


def _checksums(resource: Resource) -> tuple[str, str, list[str]]:
    """Return the source's checksum, ours, and the keys of what differs."""
    theirs: list[str] = []
    here: list[str] = []
    different: list[str] = []
    for lines in journal.taken(named(resource)):
        shown = ours.shown(resource, [key for key, _ in lines])
        for key, checksum in lines:
            found = shown.get(key)
            own = digest(likeness(resource, found)) if found is not None else "ontbreekt"
            theirs.append(f"{key} {checksum}")
            here.append(f"{key} {own}")
            if own != checksum:
                different.append(str(key))
    return combined(theirs), combined(here), different
