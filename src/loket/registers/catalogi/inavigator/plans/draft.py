"""A plan in the making: cuts what is too long, keeps the full text, remembers why."""

from typing import Any

from loket.registers.catalogi.inavigator.model import Kenmerken, Onderdeel, Term
from loket.registers.catalogi.inavigator.plans.plan import Plan
from loket.registers.catalogi.inavigator.plans.terms import duration


def cut(text: str, limit: int) -> str:
    """The text, no longer than the standard allows."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


class Draft:
    """Gathers the body of one plan with its remarks and the notes for its toelichting."""

    def __init__(self, kind: str, key: str, line: int) -> None:
        self.kind = kind
        self.key = key
        self.line = line
        self.body: dict[str, Any] = {}
        self.remarks: list[str] = []
        self.missing: list[str] = []
        self.notes: list[str] = []

    def remark(self, text: str) -> None:
        """Say something about this plan to whoever imports."""
        self.remarks.append(text)

    def note(self, label: str, text: str) -> None:
        """Add a line to the toelichting."""
        if text:
            self.notes.append(f"{label}: {text}" if label else text)

    def note_rest(self, kenmerken: Kenmerken) -> None:
        """Add what has no place of its own to the toelichting."""
        units = dict(kenmerken)
        for name, value in kenmerken:
            if name.removesuffix("-eenheid") == name or name.removesuffix("-eenheid") not in units:
                label = name.replace("-", " ").capitalize()
                self.note(label, f"{value} {units.get(f'{name}-eenheid', '')}".strip())

    def text(self, field: str, text: str, limit: int | None = None, *, default: str = "") -> None:
        """Set a text; too long goes in full to the toelichting, absent becomes the default."""
        if not text and default:
            self.remark(f"{field} staat niet in de export; ingevuld met '{default}'.")
        self.body[field] = self.fit(field, text or default, limit)

    def fit(self, field: str, text: str, limit: int | None) -> str:
        """The text within the limit of the field, with the full text in the toelichting."""
        short = text if limit is None else cut(text, limit)
        if short != text:
            self.remark(f"{field} is ingekort tot {limit} tekens; voluit: '{text}'.")
            self.note(f"{field} voluit", text)
        return short

    def named(self, field: str, short: str, full: str) -> None:
        """Set a name that may have been shortened elsewhere."""
        self.body[field] = short
        if short != full:
            self.remark(f"{field} is ingekort tot '{short}'; voluit: '{full}'.")
            self.note(f"{field} voluit", full)

    def term(self, field: str, term: Term | None) -> None:
        """Set a duration; an unknown unit is remarked on and leaves the field empty."""
        value = duration(term)
        self.body[field] = value
        if term is None:
            return
        if value is None:
            said = f"{term.aantal} {term.eenheid or 'zonder eenheid'}"
            self.remark(f"{field}: '{said}' is geen bekende termijn en is weggelaten.")
            self.note(field, said)
        elif term.eenheid.lower() == "werkdag":
            self.remark(f"{field}: {term.aantal} werkdagen is omgerekend naar {value}.")

    def renumbered(self, said: int | None, number: int, *, because: str = "") -> None:
        """Remark on a volgnummer that is not the one of the export."""
        if said is None:
            self.remark(f"volgnummer staat niet in de export; ingevuld met {number}.")
        elif said != number:
            self.remark(f"volgnummer {said} is {number} geworden{because}.")

    def toelichting(self, *texts: str, limit: int | None = None) -> None:
        """Set the toelichting: the texts of the export, then the notes."""
        full = "\n".join(text for text in (*texts, *self.notes) if text)
        if limit is not None and len(full) > limit:
            self.remark(f"toelichting is ingekort tot {limit} tekens; voluit: '{full}'.")
            full = cut(full, limit)
        self.body["toelichting"] = full

    def no_place(self, onderdeel: Onderdeel, *, usual: Kenmerken = ()) -> None:
        """Remark on what the export says and the standard has no field for."""
        said = (
            ("opmerking", onderdeel.opmerking),
            *(kenmerk for kenmerk in onderdeel.overig if kenmerk not in usual),
        )
        for name, value in said:
            if value:
                self.remark(f"De standaard heeft geen plaats voor {name}: '{value}'.")

    def plan(self) -> Plan:
        """The finished plan."""
        return Plan(
            self.kind,
            self.key,
            self.body,
            self.line,
            tuple(dict.fromkeys(self.remarks)),
            tuple(self.missing),
        )
