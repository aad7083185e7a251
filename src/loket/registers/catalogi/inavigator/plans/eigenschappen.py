"""Eigenschappen with the specification of their values."""

from typing import Any

from loket.registers.catalogi.inavigator.model import Proces, Zaakeigenschap
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import EIGENSCHAP, STATUSTYPE, ZAAKTYPE, Ref
from loket.registers.catalogi.inavigator.plans.terms import code

TYPES = {
    "tekst_80": ("tekst", "80"),
    "tekst_255": ("tekst", "255"),
    "tekst_memo": ("tekst", "4000"),
    "tekst": ("tekst", "255"),
    "numeriek": ("getal", "14"),
    "getal": ("getal", "14"),
    "url": ("tekst", "1000"),
    "datum": ("datum", "8"),
    "datum_tijd": ("datum_tijd", "14"),
    "waardelijst": ("tekst", "100"),
}
FIXED = {"datum": "8", "datum_tijd": "14"}
MANY = frozenset({"n", "meervoudig", "onbeperkt", "ja"})


def plan_eigenschappen(outline: Outline, proces: Proces) -> None:
    """Plan the eigenschappen of a zaaktype."""
    outline.skip_unused(EIGENSCHAP, proces, proces.zaakeigenschappen)
    for eigenschap in outline.in_use(proces.zaakeigenschappen):
        name = outline.name(EIGENSCHAP, proces, eigenschap)
        draft = Draft(EIGENSCHAP, f"{proces.id}/{name}", eigenschap.line)
        draft.body["zaaktype"] = Ref(ZAAKTYPE, proces.id)
        draft.named("naam", name, eigenschap.naam)
        definitie = eigenschap.definitie or eigenschap.toelichting or eigenschap.naam
        draft.text("definitie", definitie, 255)
        draft.body["specificatie"] = _specificatie(draft, eigenschap)
        draft.body["statustype"] = _statustype(outline, draft, proces, eigenschap)
        draft.note("Opmerking", eigenschap.opmerking)
        draft.note_rest(eigenschap.overig)
        draft.toelichting(eigenschap.toelichting, limit=1000)
        outline.add(draft)


def _specificatie(draft: Draft, eigenschap: Zaakeigenschap) -> dict[str, Any]:
    known = TYPES.get(code(eigenschap.type))
    if known is None:
        said = eigenschap.type or "niets"
        draft.remark(f"formaat: de export zegt '{said}'; ingevuld met 'tekst'.")
    formaat, lengte = known or TYPES["tekst"]
    waarden = [draft.fit("waarde", waarde, 100) for waarde in eigenschap.waarden]
    if waarden:
        lengte = str(max(map(len, waarden)))
    return {
        "groep": draft.fit("groep", eigenschap.groep, 32),
        "formaat": formaat,
        "lengte": FIXED.get(formaat) or _lengte(draft, eigenschap.lengte) or lengte,
        "kardinaliteit": _kardinaliteit(draft, eigenschap.kardinaliteit),
        "waardenverzameling": waarden,
    }


def _lengte(draft: Draft, said: str) -> str:
    if said and not said.replace(",", "", 1).isdigit():
        draft.remark(f"lengte '{said}' is geen getal en is weggelaten.")
        return ""
    return said[:14]


def _kardinaliteit(draft: Draft, said: str) -> str:
    if code(said) in MANY:
        return "N"
    if said.isdigit() and 1 <= int(said[:4]) <= 999:
        return str(int(said))
    if said:
        draft.remark(f"kardinaliteit '{said}' is onbekend; ingevuld met '1'.")
    return "1"


def _statustype(
    outline: Outline, draft: Draft, proces: Proces, eigenschap: Zaakeigenschap
) -> Ref | None:
    related = outline.related(proces, "statustype-zaakeigenschap", eigenschap, proces.statustypen)
    names = [outline.name(STATUSTYPE, proces, statustype) for statustype in related]
    if len(names) > 1:
        draft.remark(f"Ook verplicht bij: {', '.join(names[1:])}; de standaard kent er een.")
    return Ref(STATUSTYPE, f"{proces.id}/{names[0]}") if names else None
