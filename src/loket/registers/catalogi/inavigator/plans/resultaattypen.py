"""Resultaattypen: what they mean, their class in the Selectielijst, and what to keep how long."""

from loket.registers.catalogi.inavigator.model import Proces, Resultaattype
from loket.registers.catalogi.inavigator.plans import brondatum, selectielijst
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import (
    BESLUITTYPE,
    INFORMATIEOBJECTTYPE,
    RESULTAATTYPE,
    RESULTAATTYPEOMSCHRIJVING,
    SELECTIELIJST_RESULTAAT,
    ZAAKTYPE,
    Ref,
)
from loket.registers.catalogi.inavigator.plans.terms import ARCHIEFNOMINATIES, code
from loket.registers.selectielijst import facts
from loket.registers.selectielijst.facts import Resultaat

FALLBACK = "Afgehandeld"


def plan_resultaattypen(outline: Outline, proces: Proces) -> None:
    """Plan the resultaattypen of a zaaktype."""
    outline.skip_unused(RESULTAATTYPE, proces, proces.resultaattypen)
    for resultaattype in outline.in_use(proces.resultaattypen):
        name = outline.name(RESULTAATTYPE, proces, resultaattype)
        draft = Draft(RESULTAATTYPE, f"{proces.id}/{name}", resultaattype.line)
        draft.body["zaaktype"] = Ref(ZAAKTYPE, proces.id)
        draft.named("omschrijving", name, resultaattype.naam)
        klasse = selectielijst.class_of(draft, resultaattype, proces)
        _set_class(draft, klasse)
        _set_generiek(draft, resultaattype, klasse)
        _set_nominatie(draft, resultaattype, klasse)
        _set_termijn(draft, resultaattype, klasse)
        brondatum.set_brondatum(outline, draft, proces, resultaattype, klasse)
        _set_relations(outline, draft, proces, resultaattype)
        _set_toelichting(draft, resultaattype)
        outline.add(draft)


def _set_class(draft: Draft, klasse: Resultaat | None) -> None:
    if klasse is None:
        draft.missing.append("selectielijstklasse")
    else:
        draft.body["selectielijstklasse"] = Ref(SELECTIELIJST_RESULTAAT, klasse.uuid)
        draft.body["procesobjectaard"] = klasse.procestype.procesobject


def _set_generiek(draft: Draft, resultaattype: Resultaattype, klasse: Resultaat | None) -> None:
    soort = resultaattype.soort.naam if resultaattype.soort is not None else ""
    own = [resultaattype.naam, resultaattype.naam_model, soort]
    found = next(filter(None, map(facts.resultaattypeomschrijving, own)), None)
    if found is None:
        other = facts.resultaattypeomschrijving(klasse.naam) if klasse is not None else None
        found = other or facts.resultaattypeomschrijving(FALLBACK)
        assert found is not None, "the list of generic names holds the fallback"  # noqa: S101
        draft.remark(
            f"resultaattypeomschrijving: '{resultaattype.naam}' staat niet in de generieke lijst; "
            f"ingevuld met '{found.omschrijving}'."
        )
    draft.body["resultaattypeomschrijving"] = Ref(RESULTAATTYPEOMSCHRIJVING, found.uuid)


def _set_nominatie(draft: Draft, resultaattype: Resultaattype, klasse: Resultaat | None) -> None:
    said = ARCHIEFNOMINATIES.get(code(resultaattype.waardering))
    listed = klasse.waardering if klasse is not None else None
    if resultaattype.waardering and said is None:
        draft.remark(f"waardering '{resultaattype.waardering}' is onbekend en is weggelaten.")
    if said is None and listed is not None:
        draft.remark(f"archiefnominatie '{listed}' komt uit de Selectielijst.")
    elif said is None:
        draft.remark("archiefnominatie is niet bekend uit export of Selectielijst.")
    elif listed not in {None, said}:
        draft.remark(f"archiefnominatie is '{said}', maar de Selectielijst zegt '{listed}'.")
    nominatie = said or listed
    if nominatie is not None:
        draft.body["archiefnominatie"] = nominatie


def _set_termijn(draft: Draft, resultaattype: Resultaattype, klasse: Resultaat | None) -> None:
    draft.term("archiefactietermijn", resultaattype.bewaartermijn)
    said = draft.body["archiefactietermijn"]
    agreed = klasse is not None and klasse.waardering == draft.body.get("archiefnominatie")
    listed = klasse.bewaartermijn if klasse is not None and agreed else None
    if said is None and listed is not None:
        draft.body["archiefactietermijn"] = listed
        draft.remark(f"archiefactietermijn {listed} komt uit de Selectielijst.")
    elif listed not in {None, said}:
        draft.remark(f"archiefactietermijn is {said}, maar de Selectielijst zegt {listed}.")


def _set_relations(
    outline: Outline, draft: Draft, proces: Proces, resultaattype: Resultaattype
) -> None:
    documenten = outline.related(
        proces, "resultaattype-documenttype", resultaattype, proces.documenttypen
    )
    besluiten = outline.related(
        proces, "resultaattype-besluittype", resultaattype, proces.besluittypen
    )
    draft.body["informatieobjecttypen"] = list(
        dict.fromkeys(outline.name(INFORMATIEOBJECTTYPE, proces, each) for each in documenten)
    )
    draft.body["besluittypen"] = list(
        dict.fromkeys(outline.name(BESLUITTYPE, proces, each) for each in besluiten)
    )


def _set_toelichting(draft: Draft, resultaattype: Resultaattype) -> None:
    draft.note("Opmerking", resultaattype.opmerking)
    draft.note("Bewaartermijn", resultaattype.toelichting_bewaartermijn)
    if code(resultaattype.bewaartermijn_start) != code(resultaattype.brondatum):
        draft.note("Start bewaartermijn", resultaattype.bewaartermijn_start)
    for grondslag in resultaattype.grondslagen:
        draft.note("Vernietigingsgrondslag", f"{grondslag.naam} {grondslag.toelichting}".strip())
    draft.note("Vernietigingsgrondslag", resultaattype.grondslag_tekst)
    draft.note_rest(resultaattype.overig)
    draft.toelichting(resultaattype.toelichting)
