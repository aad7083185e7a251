"""URNs (RFC 8141): names of things in whatever system, and of persons, whose BSN is kept apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.db import models

from loket.grammar.filters import Filter, Otherwise
from loket.grammar.sealing import SIGN
from loket.grammar.shapes import Group, Many, Variant
from loket.grammar.words import Text
from loket.kernel.problems import Fault, InvalidValue
from loket.kernel.values import bsn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from loket.grammar.words import Intake

LONGEST: Final = 255
OF_PERSON: Final = "urn:nld:brp:bsn:"
"""What stands before a BSN in the URN of a person."""

HIDDEN: Final = f"{OF_PERSON}afgeschermd"
"""What is shown of a person to who has no purpose for the BSN, and in every list."""

_CHAR = r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})"
_URN = re.compile(
    rf"urn:[A-Za-z0-9][A-Za-z0-9-]{{0,30}}[A-Za-z0-9]:{_CHAR}(?:{_CHAR}|/)*"
    rf"(?:\?\+{_CHAR}(?:{_CHAR}|[/?])*)?(?:\?={_CHAR}(?:{_CHAR}|[/?])*)?(?:#(?:{_CHAR}|[/?])*)?",
    re.IGNORECASE,
)


def urn(raw: Any) -> str:
    """Return what is a URN; InvalidValue."""
    if not isinstance(raw, str) or len(raw) > LONGEST or not _URN.fullmatch(raw):
        raise InvalidValue("invalid_urn", "Dit is geen geldige URN (RFC 8141).")
    return raw


def is_person(raw: Any) -> bool:
    """Tell whether a URN is that of a person by BSN."""
    return isinstance(raw, str) and raw.lower().startswith(OF_PERSON)


@dataclass(eq=False)
class Urn(Text):
    """A URN of anything but a person: a BSN has no place here."""

    def value(self, raw: Any) -> str:
        """Check the form."""
        text = super().value(raw)
        if is_person(text):
            raise InvalidValue("invalid_urn", "Een burgerservicenummer hoort hier niet.")
        return urn(text) if text else ""

    def schema(self) -> dict[str, Any]:
        """Describe it as a URN."""
        return {"type": "string", "format": "urn", "maxLength": LONGEST}


@dataclass(eq=False)
class PersonUrn(Variant):
    """The URN of a person or organisation; a BSN inside is kept apart, as in a variant."""

    listed: bool = False

    def __post_init__(self) -> None:
        """Know that a BSN may be here."""
        self.numbers = {"": ("urn",)}
        self.outer = {}

    def fields(self) -> dict[str, models.Field[Any, Any]]:
        """Store the text, and the pseudonym of the BSN beside it."""
        return {
            self.name: models.CharField(self.doc, max_length=LONGEST, blank=True, db_index=True),
            self.pseudonym: models.UUIDField(
                "pseudoniem van het BSN", null=True, blank=True, db_index=True
            ),
        }

    def sql(self, row: str) -> str:
        """Show the URN, with the BSN when one record is read by an actor with a purpose."""
        number = f'{row}."{self.pseudonym}"'
        shown = f"bsn.onthul({number}, %(doel_van_een)s::text, %(trace)s::text, %(wie)s::text)"
        return (
            f"CASE WHEN {number} IS NULL OR %(doel_van_een)s::text IS NULL "
            f'THEN {row}."{self.name}" '
            f"ELSE '{OF_PERSON}' || {shown} END"
        )

    def case(self, raw: Any, case: str, path: str, intake: Intake) -> tuple[Any, str]:
        """Check the URN; return it without the BSN, and the BSN."""
        del case
        if raw in (None, "") and self.optional:
            return "", ""
        try:
            if is_person(urn(raw)) and raw != HIDDEN:
                return HIDDEN, bsn(raw[len(OF_PERSON) :])
        except InvalidValue as problem:
            return self._fault(intake, path, problem.code, problem.reason), ""
        return raw, ""

    def kept(self, value: Any, number: str, before: Any) -> bool:
        """Tell whether what is sent is what was shown instead of the BSN that is there."""
        return value == HIDDEN and not number and getattr(before, self.pseudonym, None) is not None

    def unknown(self, value: Any, number: str, before: Any) -> bool:
        """Tell whether what is sent names nobody."""
        return value == HIDDEN and not number and not self.kept(value, number, before)

    def empty(self) -> Any:
        """Nobody."""
        return ""

    def schema(self) -> dict[str, Any]:
        """Describe it as a URN."""
        return {"type": "string", "format": "urn", "maxLength": LONGEST}


def company_sql(column: str) -> str:
    """Return SQL on `{row}`: whether a URN there is of the company that asks, or its vestigingen.

    Who acts for one vestiging has what is of that vestiging alone.
    """
    held = f'{{row}}."{column}"'
    return (
        f"(%(urn)s::text <> '' AND ({held} = %(urn)s::text OR (%(vestiging)s::text = '' "
        f"AND {held} ~>=~ (%(urn)s::text || ':vestigingsnummer:') "
        f"AND {held} ~<~ (%(urn)s::text || ':vestigingsnummer;'))))"
    )


def person_filter(name: str, column: str, doc: str) -> Filter:
    """Return the filter on a URN of a person or organisation; a BSN needs a purpose."""

    def by_bsn(asked: Mapping[str, str], purpose: str | None) -> bool:
        del purpose
        raw = asked.get(name, "")
        return (is_person(raw) and raw != HIDDEN) or raw.startswith(SIGN)

    plain = Filter(
        name, f'{{row}}."{column}" = {{value}}', lambda raw, _: urn(raw),
        {"type": "string", "format": "urn"}, doc,
    )  # fmt: skip
    apart = replace(
        plain,
        sql=f'{{row}}."{column}_nummer" = {{value}}',
        take=lambda raw, _: bsn(raw[len(OF_PERSON) :] if is_person(raw) else raw),
        purposeful=True,
    )
    return replace(plain, otherwise=(Otherwise(by_bsn, apart),))


def related_filter(column: str) -> Filter:
    """Return the filter on the URN of one of the things that a record belongs to."""
    return Filter(
        "isGerelateerdAan",
        f"{{row}}.\"{column}\" @> jsonb_build_array(jsonb_build_object('urn', {{value}}::text))",
        lambda raw, _: urn(raw),
        {"type": "string", "format": "urn"},
        "De URN van iets waar het bij hoort, zoals een zaak.",
    )


def related(**options: Any) -> Many:
    """Return the list of what a record belongs to."""
    one = Group("Iets waar het bij hoort.", words={"urn": Urn("De URN, zoals die van een zaak.")})
    doc = "Waar het bij hoort, zoals een zaak; een persoon hoort hier niet."
    return Many(doc, of=one, optional=True, **options)


def repeated(
    path: str, listed: Sequence[Mapping[str, Any]] | None, name: str = "informatieObject"
) -> Iterator[Fault]:
    """Yield a fault for each entry of a list that names what was named before."""
    seen: set[str] = set()
    for nr, each in enumerate(listed or ()):
        if each[name] in seen:
            yield Fault(f"{path}.{nr}.{name}", "unique", "Dit staat er al bij.")
        seen.add(each[name])


__all__ = [
    "HIDDEN",
    "OF_PERSON",
    "PersonUrn",
    "Urn",
    "person_filter",
    "related",
    "related_filter",
    "repeated",
]
