"""Which class of the Selectielijst an export means."""

import re
from collections import Counter
from collections.abc import Iterator

from loket.registers.catalogi.inavigator.model import Grondslag, Proces, Resultaattype
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.selectielijst import facts
from loket.registers.selectielijst.facts import Procestype, Resultaat

NUMBER = re.compile(r"\bresultaat\s+(\d{1,2}(?:\.\d{1,2}){1,2})(?!\d)", re.IGNORECASE)
ANCHOR = re.compile(r"#(\d{1,2}(?:_\d{1,2}){1,2})$")
LEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})\s*,")
YEAR = re.compile(r"\b(20\d\d)\b|sl(20\d\d)\b")


def class_of(draft: Draft, resultaattype: Resultaattype, proces: Proces) -> Resultaat | None:
    """The class that a resultaattype names, with a remark where the list disagrees."""
    said = named(resultaattype)
    if said is None:
        draft.remark("De export noemt geen resultaat van de Selectielijst.")
        return None
    number, jaar = said
    found = facts.resultaat(number)
    if found is None or found.vervallen:
        draft.remark(f"Resultaat {number} staat niet (meer) in de Selectielijst {facts.EDITIE}.")
        return None
    if jaar not in {None, facts.EDITIE}:
        draft.remark(f"Resultaat {number} van {jaar} is opgezocht in de lijst van {facts.EDITIE}.")
    procestype = procestype_of(proces)
    if procestype is not None and found.procestype != procestype:
        draft.remark(
            f"Resultaat {number} is van procestype {found.procestype.nummer}, maar het zaaktype "
            f"van {procestype.nummer}; een zaaktype kan er maar een hebben."
        )
        return None
    return found


def procestype_of(proces: Proces) -> Procestype | None:
    """The procestype that most resultaattypen of a proces belong to."""
    found = [_procestype(said) for said in map(named, proces.resultaattypen) if said is not None]
    if not any(found):
        found = [_procestype(said) for said in _numbers(proces.grondslagen, proces.grondslag_tekst)]
    counted = Counter(procestype for procestype in found if procestype is not None)
    return counted.most_common(1)[0][0] if counted else None


def named(resultaattype: Resultaattype) -> tuple[str, int | None] | None:
    """The number that a resultaattype names, and of which year; the latest year counts."""
    found = list(_numbers(resultaattype.grondslagen, resultaattype.grondslag_tekst))
    leading = LEADING.match(resultaattype.toelichting)
    if not found and leading:
        return leading.group(1), None
    return max(found, key=lambda said: said[1] or 0, default=None)


def _numbers(grondslagen: tuple[Grondslag, ...], tekst: str) -> Iterator[tuple[str, int | None]]:
    for grondslag in (*grondslagen, Grondslag(tekst, "", "")):
        text = f"{grondslag.naam} {grondslag.url}"
        number, anchor = NUMBER.search(grondslag.naam), ANCHOR.search(grondslag.url)
        year = YEAR.search(text)
        jaar = int(year.group(1) or year.group(2)) if year else None
        if number:
            yield number.group(1), jaar
        elif anchor:
            yield anchor.group(1).replace("_", "."), jaar


def _procestype(said: tuple[str, int | None]) -> Procestype | None:
    found = facts.resultaat(said[0])
    return found.procestype if found is not None and not found.vervallen else None
