"""Roltypen with the generic role that each is."""

from loket.registers.catalogi.inavigator.model import Proces, Roltype
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import ROLTYPE, ZAAKTYPE, Ref
from loket.registers.catalogi.inavigator.plans.terms import ROLLEN, code

DEFAULT = "belanghebbende"


def plan_roltypen(outline: Outline, proces: Proces) -> None:
    """Plan the roltypen of a zaaktype."""
    outline.skip_unused(ROLTYPE, proces, proces.roltypen)
    for roltype in outline.in_use(proces.roltypen):
        name = outline.name(ROLTYPE, proces, roltype)
        draft = Draft(ROLTYPE, f"{proces.id}/{name}", roltype.line)
        draft.body["zaaktype"] = Ref(ZAAKTYPE, proces.id)
        draft.named("omschrijving", name, roltype.naam)
        draft.body["omschrijvingGeneriek"] = _generiek(draft, roltype)
        for label, said in (
            ("toelichting", roltype.toelichting),
            ("betrokkenen", roltype.betrokkenen),
        ):
            if said:
                draft.remark(f"De standaard heeft geen plaats voor {label}: '{said}'.")
        draft.no_place(roltype)
        outline.add(draft)


def _generiek(draft: Draft, roltype: Roltype) -> str:
    soort = roltype.soort.naam if roltype.soort is not None else ""
    known = [
        name for name in map(code, (soort, roltype.naam_model, roltype.naam)) if name in ROLLEN
    ]
    if not known:
        draft.remark(f"omschrijvingGeneriek is niet af te leiden; ingevuld met '{DEFAULT}'.")
    return known[0] if known else DEFAULT
