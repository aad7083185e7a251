"""From which day the archiefactietermijn runs, within the rules of the standard."""

import re
from collections.abc import Callable
from typing import Any

from loket.registers.catalogi.inavigator.model import Proces, Resultaattype
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import EIGENSCHAP
from loket.registers.catalogi.inavigator.plans.terms import AFLEIDINGSWIJZEN, code
from loket.registers.selectielijst.facts import Resultaat

EMPTY = {"datumkenmerk": "", "objecttype": "", "registratie": "", "procestermijn": None}
OTHER_DATE = re.compile(
    r"ander datumkenmerk:?\s*(?P<kenmerk>[^'\"]*?)\s+in\s+(?:de\s+)?registratie\s+"
    r"['\"‘“](?P<registratie>[^'\"’”]+)['\"’”]",
    re.IGNORECASE,
)
BESLUIT = frozenset({"ingangsdatum_besluit", "vervaldatum_besluit"})
OWN_WAY = {"nihil": "afgehandeld", "ingeschatte_bestaansduur_procesobject": "termijn"}


def set_brondatum(
    outline: Outline,
    draft: Draft,
    proces: Proces,
    resultaattype: Resultaattype,
    klasse: Resultaat | None,
) -> None:
    """Set brondatumArchiefprocedure; where the export says too little it stays empty."""
    wijze = _afleidingswijze(draft, resultaattype, klasse)
    parts: dict[str, Any] | None = None
    if wijze is not None:
        fill = FILLERS.get(wijze, _nothing_more)
        parts = fill(outline, draft, proces, resultaattype)
    if parts is None:
        draft.remark("brondatumArchiefprocedure is leeg: vul haar in voor publicatie.")
        draft.body["brondatumArchiefprocedure"] = None
        return
    draft.body["brondatumArchiefprocedure"] = {"afleidingswijze": wijze, **EMPTY, **parts}
    if wijze in BESLUIT and not outline.in_use(proces.besluittypen):
        draft.remark(f"afleidingswijze '{wijze}', maar het zaaktype heeft geen besluittypen.")


def _afleidingswijze(
    draft: Draft, resultaattype: Resultaattype, klasse: Resultaat | None
) -> str | None:
    said = code(resultaattype.brondatum or resultaattype.bewaartermijn_start)
    procestermijn = klasse.procestermijn if klasse is not None else ""
    wijze = said if said in AFLEIDINGSWIJZEN else None
    if said and wijze is None:
        draft.remark(f"Start bewaartermijn '{said}' is geen afleidingswijze van de standaard.")
    if not procestermijn:
        return wijze
    return _within_rule(draft, wijze, procestermijn)


def _within_rule(draft: Draft, wijze: str | None, procestermijn: str) -> str | None:
    """Rule ztc-003: two procestermijnen have a way of their own, which no other may use."""
    own = OWN_WAY.get(procestermijn)
    if own is None and wijze in OWN_WAY.values():
        draft.remark(f"afleidingswijze '{wijze}' mag niet bij procestermijn '{procestermijn}'.")
        return None
    if own is not None and wijze != own:
        draft.remark(
            f"afleidingswijze is '{own}', want de procestermijn in de Selectielijst is "
            f"'{procestermijn}'; de export zegt '{wijze or 'niets'}'."
        )
    return own or wijze


def _nothing_more(*_: object) -> dict[str, Any]:
    return {}


def _eigenschap(
    outline: Outline, draft: Draft, proces: Proces, resultaattype: Resultaattype
) -> dict[str, Any] | None:
    related = outline.related(
        proces, "resultaattype-zaakeigenschap", resultaattype, proces.zaakeigenschappen
    )
    texts = f"{resultaattype.toelichting} {resultaattype.toelichting_bewaartermijn}".casefold()
    mentioned = [
        eigenschap
        for eigenschap in outline.in_use(proces.zaakeigenschappen)
        if eigenschap.naam.casefold() in texts
    ]
    for eigenschap in (*related, *mentioned):
        return {"datumkenmerk": outline.name(EIGENSCHAP, proces, eigenschap)}
    draft.remark("afleidingswijze 'eigenschap', maar de export zegt niet welke eigenschap.")
    return None


def _ander_datumkenmerk(
    _: Outline, draft: Draft, proces: Proces, resultaattype: Resultaattype
) -> dict[str, Any] | None:
    texts = (
        resultaattype.toelichting,
        resultaattype.toelichting_bewaartermijn,
        proces.toelichting_handeling,
    )
    found = next(filter(None, map(OTHER_DATE.search, texts)), None)
    if found is None:
        draft.remark("afleidingswijze 'ander_datumkenmerk', maar de export noemt geen registratie.")
        return None
    draft.remark("objecttype staat niet in de export; ingevuld met 'overige'.")
    kenmerk = resultaattype.opmerking or found["kenmerk"] or resultaattype.brondatum
    return {
        "datumkenmerk": draft.fit("datumkenmerk", kenmerk, 80),
        "registratie": draft.fit("registratie", found["registratie"], 80),
        "objecttype": "overige",
    }


def _not_said(
    _: Outline, draft: Draft, __: Proces, resultaattype: Resultaattype
) -> dict[str, Any] | None:
    wijze = resultaattype.brondatum or "termijn"
    draft.remark(f"afleidingswijze '{wijze}' vraagt gegevens die de export mist.")
    return None


Filler = Callable[[Outline, Draft, Proces, Resultaattype], dict[str, Any] | None]
FILLERS: dict[str, Filler] = {
    "eigenschap": _eigenschap,
    "ander_datumkenmerk": _ander_datumkenmerk,
    "zaakobject": _not_said,
    "termijn": _not_said,
}
