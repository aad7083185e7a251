"""Bringing a catalogus in from a ZIP, through the register's own door: all of it, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE
from loket.grammar.links import Ref
from loket.grammar.resource import Call
from loket.kernel.problems import Invalid, Problem
from loket.ledger.database import atomic, fetch
from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.gereedheid import publication
from loket.registers.catalogi.keuzelijsten import look_up_first
from loket.registers.catalogi.uitwisselen.bestanden import FILES, NAME
from loket.registers.catalogi.uitwisselen.vertalen import MissingReferenceError, Translator

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.registers.catalogi.uitwisselen.archief import Contents, Thing

MADE, SKIPPED, REFUSED, PUBLISHED = "gemaakt", "overgeslagen", "geweigerd", "gepubliceerd"
_CATALOGUS: Final = "Catalogus.json"
_ZAAKTYPE: Final = "ZaakType.json"
_FILE_OF: Final = {"catalogus": _CATALOGUS, "zaaktype": _ZAAKTYPE, "statustype": "StatusType.json"}


@dataclass(frozen=True)
class Line:
    """What became of one thing in the ZIP, and why."""

    kind: str
    key: str
    outcome: str
    reason: str
    place: str


@dataclass(frozen=True)
class Wishes:
    """How to import: into which catalogus, what of types that are there, publishing or not.

    `into` takes the place of the catalogus in the ZIP. `versions` makes a new version of a type
    that exists, from `begin` on where that is given. `publish` publishes what was published.
    """

    into: UUID | None = None
    versions: bool = False
    begin: date | None = None
    publish: bool = False


class ImportRefusedError(Exception):
    """The register refuses something in the ZIP, so nothing of it was made."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(f"{len(lines)} keer geweigerd")
        self.lines = lines


def carry_out(
    contents: Contents,
    actor: Actor,
    wishes: Wishes,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> list[Line]:
    """Make what the ZIP holds and is not there yet, in one transaction; ImportRefusedError.

    `tell` hears how far it is: done, of how many.
    """
    look_up_first(thing.body for things in contents.things.values() for thing in things)
    with atomic():
        run = _Import(contents, actor, wishes)
        for nr, thing in enumerate((t for ts in contents.things.values() for t in ts), start=1):
            run.take(thing)
            tell(nr, contents.count)
        run.finish()
        refused = [line for line in run.lines if line.outcome == REFUSED]
        if refused:
            raise ImportRefusedError(refused)
    return run.lines


class _Import:
    """One import under way: what was made of what, and what was said of it."""

    def __init__(self, contents: Contents, actor: Actor, wishes: Wishes) -> None:
        self.contents, self.actor, self.wishes = contents, actor, wishes
        self.translator = Translator(contents)
        self.call = Call(base=HOUSE, toelichting="ingelezen uit een ZIP")
        self.into = fetch(Catalogus, wishes.into)
        self.records: dict[str, Any] = {}
        self.made: list[tuple[Thing, Any]] = []
        self.later: list[tuple[Thing, Any, list[str]]] = []
        self.new_here: set[tuple[str, UUID, str]] = set()
        self.lines: list[Line] = []
        self.lines += [
            Line("bestand", name, SKIPPED, "geen bestand van een catalogus", "ZIP")
            for name in contents.ignored
        ]

    def take(self, thing: Thing) -> None:
        """Make one thing, or say why not."""
        try:
            if thing.file == _CATALOGUS:
                self._catalogus(thing)
            elif thing.file in NAME:
                self._type(thing)
            else:
                self._part(thing)
        except MissingReferenceError as problem:
            self._say(thing, REFUSED, str(problem))
        except Invalid as problem:
            faults = (f"{fault.name}: {fault.reason}" for fault in problem.faults)
            self._say(thing, REFUSED, "; ".join(faults))
        except Problem as problem:
            self._say(thing, REFUSED, problem.detail)

    def finish(self) -> None:
        """Do what had to wait: name zaaktypen that came later, and publish."""
        for thing, record, names in self.later:
            self._settle(thing, partial(self._patch, record, names))
        if self.wishes.publish:
            for thing, record in self.made:
                if thing.file in NAME and thing.body.get("concept") is False:
                    self._settle(thing, partial(self._publish, thing, record))

    def _settle(self, thing: Thing, what: Callable[[], None]) -> None:
        try:
            what()
        except Invalid as problem:
            faults = "; ".join(f"{fault.name}: {fault.reason}" for fault in problem.faults)
            self._say(thing, REFUSED, faults)

    def _patch(self, record: Any, names: list[str]) -> None:
        resource = FILES[_ZAAKTYPE]
        resource.patch(self.actor, record.pk, {"deelzaaktypen": names}, self.call)

    def _publish(self, thing: Thing, record: Any) -> None:
        call = Call(base=HOUSE, key=record.pk, toelichting=self.call.toelichting)
        publication(FILES[thing.file]).run(self.actor, call)
        self._say(thing, PUBLISHED, "")

    def _say(self, thing: Thing, outcome: str, reason: str) -> None:
        kind = str(FILES[thing.file].record._meta.verbose_name)
        self.lines.append(Line(kind, _called(thing), outcome, reason, thing.place))

    def _catalogus(self, thing: Thing) -> None:
        if self.into is not None:
            if len(self.contents.things[_CATALOGUS]) > 1:
                self._say(thing, REFUSED, "de ZIP heeft meer catalogi, die niet in één passen")
                return
            self.records[thing.url] = self.into
            self._say(thing, SKIPPED, f"de inhoud gaat naar catalogus {self.into.domein}")
            return
        body, remarks = self.translator.body(thing)
        wanted = {"domein": body.get("domein"), "rsin": body.get("rsin")}
        found = Catalogus.objects.filter(**wanted).first()
        if found is None:
            self._make(thing, body, remarks)
        else:
            self.records[thing.url] = found
            self._say(thing, SKIPPED, "bestaat al")

    def _type(self, thing: Thing) -> None:
        catalogus = self._catalogus_of(thing)
        if catalogus is None:
            self._say(thing, REFUSED, "de catalogus ontbreekt of is geweigerd")
            return
        body, remarks = self.translator.body(thing)
        reason = self._why_not(thing, catalogus, body)
        if reason:
            self._say(thing, SKIPPED, reason)
            return
        waiting = self._postponed(thing, catalogus, body)
        record = self._make(thing, body | {"catalogus": catalogus}, remarks)
        if waiting:
            self.later.append((thing, record, waiting))

    def _catalogus_of(self, thing: Thing) -> Any:
        if self.into is not None:
            return self.into
        found = self.translator.referred(thing, "catalogus", _CATALOGUS)
        return found and self.records.get(found.url)

    def _why_not(self, thing: Thing, catalogus: Any, body: dict[str, Any]) -> str:
        """Return why a type is not made, or nothing; begin the new version where one is wished."""
        name = str(body.get(NAME[thing.file], ""))
        mark = (thing.file, catalogus.pk, name)
        record: Any = FILES[thing.file].record
        there = record.objects.filter(catalogus=catalogus, **{NAME[thing.file]: name})
        if not name or mark in self.new_here or not there.exists():
            self.new_here.add(mark)
            return ""
        if not self.wishes.versions:
            return "bestaat al"
        if self.wishes.begin is not None:
            body["beginGeldigheid"] = self.wishes.begin.isoformat()
            body.pop("eindeGeldigheid", None)
            body.pop("versiedatum", None)
        begins = {each.isoformat() for each in there.values_list("begin_geldigheid", flat=True)}
        return "deze versie bestaat al" if str(body.get("beginGeldigheid")) in begins else ""

    def _postponed(self, thing: Thing, catalogus: Any, body: dict[str, Any]) -> list[str]:
        """Leave out deelzaaktypen that the ZIP makes later; return all their names if there are."""
        if thing.file != _ZAAKTYPE:
            return []
        wanted = body["deelzaaktypen"]
        if not isinstance(wanted, list):
            return []
        record: Any = FILES[_ZAAKTYPE].record
        known = set(
            record.objects.filter(catalogus=catalogus, identificatie__in=wanted).values_list(
                "identificatie", flat=True
            )
        )
        body["deelzaaktypen"] = [name for name in wanted if name in known]
        return [] if len(body["deelzaaktypen"]) == len(wanted) else wanted

    def _part(self, thing: Thing) -> None:
        resource = FILES[thing.file]
        body, remarks = self.translator.body(thing)
        for word in resource.record.words.values():
            if isinstance(word, Ref):
                found = self.translator.referred(thing, word.wire, _FILE_OF[word.name])
                if found is not None and found.url not in self.records:
                    self._say(thing, SKIPPED, f"het {word.name} waar dit bij hoort is niet gemaakt")
                    return
                body[word.wire] = found and self.records[found.url]
        self._make(thing, body, remarks)

    def _make(self, thing: Thing, body: dict[str, Any], remarks: list[str]) -> Any:
        made = FILES[thing.file].create(self.actor, body, self.call).record
        self.records[thing.url] = made
        self.made.append((thing, made))
        self._say(thing, MADE, "; ".join(remarks))
        return made


def _called(thing: Thing) -> str:
    """Return what people call a thing, as the ZIP says it."""
    for name in ("domein", "identificatie", "naam", "omschrijving", "relatieOmschrijving"):
        if thing.body.get(name):
            return str(thing.body[name])[:80]
    return str(thing.nr)
