"""Statustypen in an order that ends with the one that closes a zaak."""

from typing import Any

from loket.registers.catalogi.inavigator.model import Check, Proces, Statustype
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import STATUSTYPE, ZAAKTYPE, Ref
from loket.registers.catalogi.inavigator.plans.terms import code

FINAL_PHASE = "afrondingsfase"
FINAL_NAME = "afgehandeld"
MAX_VOLGNUMMER = 9999


def plan_statustypen(outline: Outline, proces: Proces) -> None:
    """Plan the statustypen of a zaaktype."""
    outline.skip_unused(STATUSTYPE, proces, proces.statustypen)
    in_use = outline.in_use(proces.statustypen)
    ordered = sorted(in_use, key=lambda statustype: statustype.volgnummer or MAX_VOLGNUMMER)
    open_ones = [statustype for statustype in ordered if not _closes(statustype)]
    closing = [statustype for statustype in ordered if _closes(statustype)]
    arranged = [*open_ones, *closing]
    for statustype, number in zip(arranged, _volgnummers(arranged, len(closing)), strict=True):
        draft = _statustype(outline, proces, statustype, number)
        if statustype is arranged[-1] and not closing:
            draft.remark(
                "Geen statustype sluit de zaak volgens de export; dit is nu de eindstatus."
            )
        outline.add(draft)


def _closes(statustype: Statustype) -> bool:
    if statustype.soort is not None and statustype.soort.procesfase:
        return code(statustype.soort.procesfase) == FINAL_PHASE
    return code(statustype.naam_model or statustype.naam) == FINAL_NAME


def _volgnummers(arranged: list[Statustype], closing: int) -> list[int]:
    """The numbers of the export; closing statuses that stand too early get the numbers after."""
    said = [statustype.volgnummer or 0 for statustype in arranged]
    rest = said[: len(said) - closing]
    last = max(rest, default=0)
    if closing and said[len(rest)] < last:
        said[len(rest) :] = range(last + 1, last + 1 + closing)
    if said == sorted(set(said)) and (not said or (said[0] > 0 and said[-1] <= MAX_VOLGNUMMER)):
        return said
    return list(range(1, len(arranged) + 1))


def _statustype(outline: Outline, proces: Proces, statustype: Statustype, number: int) -> Draft:
    name = outline.name(STATUSTYPE, proces, statustype)
    draft = Draft(STATUSTYPE, f"{proces.id}/{name}", statustype.line)
    draft.body["zaaktype"] = Ref(ZAAKTYPE, proces.id)
    draft.named("omschrijving", name, statustype.naam)
    draft.text("omschrijvingGeneriek", statustype.naam_model, 80)
    draft.text("statustekst", statustype.bericht, 1000)
    draft.body["volgnummer"] = number
    draft.renumbered(statustype.volgnummer, number, because=_why(statustype))
    draft.body["informeren"] = statustype.zichtbaarheid.lower() == "extern"
    draft.term("doorlooptijd", statustype.doorlooptijd)
    draft.body["checklistitemStatustype"] = [
        _check(draft, check) for check in statustype.checks if check.actief
    ]
    for check in statustype.checks:
        if not check.actief:
            draft.remark(f"Check '{check.naam}' staat op niet actief en is weggelaten.")
    draft.note("Activiteit", statustype.activiteit)
    draft.note("Opmerking", statustype.opmerking)
    draft.note_rest(statustype.overig)
    draft.toelichting(statustype.toelichting, limit=1000)
    return draft


def _why(statustype: Statustype) -> str:
    return ", want deze status sluit de zaak" if _closes(statustype) else ""


def _check(draft: Draft, check: Check) -> dict[str, Any]:
    notes = Draft(STATUSTYPE, draft.key, draft.line)
    item = {
        "itemnaam": notes.fit("itemnaam", check.naam, 30),
        "vraagstelling": notes.fit("vraagstelling", check.vraag, 255),
        "verplicht": check.verplicht,
    }
    notes.toelichting(check.toelichting, limit=1000)
    draft.remarks += notes.remarks
    return {**item, "toelichting": notes.body["toelichting"]}
