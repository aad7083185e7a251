"""Besluittypen, shared by all zaaktypen."""

from loket.registers.catalogi.inavigator.model import Besluittype, Proces
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import (
    BESLUITTYPE,
    INFORMATIEOBJECTTYPE,
    Ref,
)

Use = tuple[Proces, Besluittype]


def plan_besluittypen(outline: Outline, catalogus: Ref) -> None:
    """Plan one besluittype for every decision name in the export."""
    uses: dict[str, list[Use]] = {}
    for proces in outline.processen:
        outline.skip_unused(BESLUITTYPE, proces, proces.besluittypen)
        for besluittype in outline.in_use(proces.besluittypen):
            name = outline.name(BESLUITTYPE, proces, besluittype)
            uses.setdefault(name, []).append((proces, besluittype))
    for name, used in uses.items():
        outline.add(_besluittype(outline, catalogus, name, used))


def besluittypen_of(outline: Outline, proces: Proces) -> list[str]:
    """The names of the besluittypen of a zaaktype."""
    return [
        outline.name(BESLUITTYPE, proces, besluittype)
        for besluittype in outline.in_use(proces.besluittypen)
    ]


def _besluittype(outline: Outline, catalogus: Ref, name: str, used: list[Use]) -> Draft:
    first = used[0][1]
    draft = Draft(BESLUITTYPE, name, first.line)
    draft.body["catalogus"] = catalogus
    draft.named("omschrijving", name, first.naam)
    draft.text("omschrijvingGeneriek", first.naam_model, 80)
    soort = first.soort.naam if first.soort is not None and first.soort.is_bepaald else ""
    draft.text("besluitcategorie", first.categorie or soort, 40)
    draft.term("reactietermijn", first.reactietermijn)
    draft.body["publicatieIndicatie"] = any(
        besluittype.publicatie_indicatie for _, besluittype in used
    )
    draft.body["publicatietekst"] = first.publicatietekst
    draft.term("publicatietermijn", first.publicatietermijn)
    draft.body["informatieobjecttypen"] = _documenten(outline, used)
    begin = outline.begin(
        *(besluittype.actueel_van or proces.actueel_van for proces, besluittype in used)
    )
    draft.body["beginGeldigheid"] = begin.isoformat()
    draft.note("Opmerking", first.opmerking)
    draft.note_rest(first.overig)
    draft.toelichting(*dict.fromkeys(besluittype.toelichting for _, besluittype in used))
    return draft


def _documenten(outline: Outline, used: list[Use]) -> list[str]:
    names = [
        outline.name(INFORMATIEOBJECTTYPE, proces, document)
        for proces, besluittype in used
        for document in outline.related(
            proces, "besluittype-documenttype", besluittype, proces.documenttypen
        )
    ]
    return list(dict.fromkeys(names))
