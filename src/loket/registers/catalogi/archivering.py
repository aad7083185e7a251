"""What is kept of a zaak with an outcome, and for how long: as the Selectielijst says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.kernel.problems import Fault
from loket.registers.catalogi.selectielijst import OMSCHRIJVING, RESULTAAT, looked_up, same
from loket.registers.catalogi.waarden import Afleidingswijze, Archiefnominatie

if TYPE_CHECKING:
    from loket.grammar.writing import Change

BOUND: Final = {
    "nihil": Afleidingswijze.AFGEHANDELD,
    "ingeschatte_bestaansduur_procesobject": Afleidingswijze.TERMIJN,
}
"""The afleidingswijze to which a procestermijn binds, and which is bound to it."""

NEEDED: Final = {
    "datumkenmerk": {"eigenschap", "zaakobject", "ander_datumkenmerk"},
    "objecttype": {"zaakobject", "ander_datumkenmerk"},
    "registratie": {"ander_datumkenmerk"},
    "procestermijn": {"termijn"},
}
"""The parts of the brondatumArchiefprocedure, and when they are needed (ztc-004, 006 to 008)."""

WITHOUT_END: Final = {"afgehandeld", "termijn"}

_RESTS_ON = (
    "selectielijstklasse", "zaaktype_id", "brondatum_archiefprocedure", "archiefnominatie",
    "archiefactietermijn",
)  # fmt: skip


def _changed(resultaattype: Any, change: Change, *names: str) -> bool:
    """Tell whether a resultaattype is new, or differs from before in one of these fields."""
    before = change.before
    return before is None or any(getattr(before, n) != getattr(resultaattype, n) for n in names)


def take_from_selectielijst(resultaattype: Any, change: Change) -> None:
    """Look the references up, and fill in what follows from them (rule ztc-002)."""
    if _changed(resultaattype, change, "resultaattypeomschrijving"):
        url = resultaattype.resultaattypeomschrijving
        found, faults = looked_up(url, OMSCHRIJVING, "resultaattypeomschrijving")
        change.faults += faults
        resultaattype.omschrijving_generiek = found.get("omschrijving", "")
    resultaattype.klasse = {}
    if _changed(resultaattype, change, *_RESTS_ON):
        url = resultaattype.selectielijstklasse
        klasse, faults = looked_up(url, RESULTAAT, "selectielijstklasse")
        change.faults += faults
        resultaattype.klasse = klasse
        _fill_in(resultaattype, klasse)


def _fill_in(resultaattype: Any, klasse: dict[str, Any]) -> None:
    waardering = klasse.get("waardering", "")
    if not resultaattype.archiefnominatie and waardering in Archiefnominatie.values:
        resultaattype.archiefnominatie = waardering
    if resultaattype.archiefactietermijn is None:
        resultaattype.archiefactietermijn = klasse.get("bewaartermijn")


def past_bij_de_selectielijst(resultaattype: Any, _: Change) -> list[Fault]:
    """Note where class, zaaktype and afleidingswijze do not go together (ztc-002, ztc-003)."""
    klasse = resultaattype.klasse
    procestype = resultaattype.zaaktype.selectielijst_procestype
    faults = []
    if klasse and procestype and not same(klasse["procesType"], procestype):
        reason = "De selectielijstklasse hoort bij een ander procestype dan het zaaktype."
        faults.append(Fault("nonFieldErrors", "procestype-mismatch", reason))
    brondatum = resultaattype.brondatum_archiefprocedure
    termijn = klasse.get("procestermijn")
    if brondatum and termijn and not _allows(termijn, brondatum["afleidingswijze"]):
        code = "invalid-afleidingswijze-for-procestermijn"
        reason = (
            f"De afleidingswijze {brondatum['afleidingswijze']} past niet bij de procestermijn "
            f"{termijn} van de selectielijstklasse."
        )
        faults.append(Fault("nonFieldErrors", code, reason))
    return faults


def _allows(termijn: str, wijze: str) -> bool:
    bound = BOUND.get(termijn)
    return wijze == bound if bound else wijze not in BOUND.values()


def brondatum_is_volledig(resultaattype: Any, _: Change) -> list[Fault]:
    """Note what lacks or is too much in the brondatumArchiefprocedure (rules ztc-004 to 008)."""
    brondatum = resultaattype.brondatum_archiefprocedure
    if not brondatum:
        return []
    wijze = brondatum["afleidingswijze"]
    faults = []
    for name, ways in NEEDED.items():
        if wijze in ways and not brondatum[name]:
            faults.append(_fault(name, "required", f"Dit veld is vereist bij {wijze}."))
        elif wijze not in ways and brondatum[name]:
            faults.append(_fault(name, "must-be-empty", f"Dit veld is leeg bij {wijze}."))
    if wijze in WITHOUT_END and brondatum["einddatumBekend"]:
        faults.append(_fault("einddatumBekend", "must-be-empty", f"Dit veld is leeg bij {wijze}."))
    return faults


def _fault(name: str, code: str, reason: str) -> Fault:
    return Fault(f"brondatumArchiefprocedure.{name}", code, reason)
