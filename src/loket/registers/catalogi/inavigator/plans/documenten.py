"""Informatieobjecttypen, shared by all zaaktypen, and how each zaaktype uses them."""

from collections.abc import Iterable

from loket.registers.catalogi.inavigator.model import Documenttype, Proces
from loket.registers.catalogi.inavigator.plans import confidentiality
from loket.registers.catalogi.inavigator.plans.draft import Draft, cut
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import (
    INFORMATIEOBJECTTYPE,
    STATUSTYPE,
    ZAAKTYPE,
    ZAAKTYPE_INFORMATIEOBJECTTYPE,
    Ref,
)
from loket.registers.catalogi.inavigator.plans.terms import RICHTINGEN, code, words

MAX_VOLGNUMMER = 999
HERKOMST = "i-Navigator"
USUAL = (("indossier", "Ja"), ("procestrigger", "Nee"), ("publicatie-indicatie", "Nee"))
Use = tuple[Proces, Documenttype]


def plan_informatieobjecttypen(outline: Outline, catalogus: Ref) -> None:
    """Plan one informatieobjecttype for every document name in the export."""
    uses: dict[str, list[Use]] = {}
    for proces in outline.processen:
        outline.skip_unused(INFORMATIEOBJECTTYPE, proces, proces.documenttypen)
        for document in outline.in_use(proces.documenttypen):
            name = outline.name(INFORMATIEOBJECTTYPE, proces, document)
            uses.setdefault(name, []).append((proces, document))
    for name, used in uses.items():
        outline.add(_informatieobjecttype(outline, catalogus, name, used))


def _informatieobjecttype(outline: Outline, catalogus: Ref, name: str, used: list[Use]) -> Draft:
    documenten = [document for _, document in used]
    first = documenten[0]
    draft = Draft(INFORMATIEOBJECTTYPE, name, first.line)
    draft.body["catalogus"] = catalogus
    draft.named("omschrijving", name, first.naam)
    confidentiality.set_document(
        draft,
        (document.vertrouwelijkheid for document in documenten),
        (proces for proces, _ in used),
    )
    draft.body["beginGeldigheid"] = outline.begin(
        *(document.actueel_van or proces.actueel_van for proces, document in used)
    ).isoformat()
    draft.text("informatieobjectcategorie", _categorie(draft, documenten), 80, default="Onbepaald")
    draft.body["trefwoord"] = [
        draft.fit("trefwoord", word, 30) for word in _shared(d.trefwoorden for d in documenten)
    ]
    if first.naam_model:
        draft.body["omschrijvingGeneriek"] = _generiek(first)
    for document in documenten:
        draft.no_place(document, usual=USUAL)
        if document.toelichting:
            draft.remark(
                f"De standaard heeft geen plaats voor toelichting: '{document.toelichting}'."
            )
    return draft


def _shared(lists: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for text in lists for word in words(text)))


def _categorie(draft: Draft, documenten: list[Documenttype]) -> str:
    soorten = [d.soort.naam for d in documenten if d.soort is not None and d.soort.is_bepaald]
    names = list(dict.fromkeys(soorten))
    if len(names) > 1:
        draft.remark(
            f"De processen noemen verschillende soorten: {', '.join(names)}; de eerste telt."
        )
    return names[0] if names else ""


def _generiek(document: Documenttype) -> dict[str, str]:
    prefix = "InformatieobjecttypeOmschrijvingGeneriek"
    soort = document.soort.naam if document.soort is not None else ""
    uitleg = document.toelichting or (document.soort.toelichting if document.soort else "")
    return {
        "informatieobjecttypeOmschrijvingGeneriek": cut(document.naam_model, 80),
        f"definitie{prefix}": cut(uitleg or document.naam_model, 255),
        f"herkomst{prefix}": HERKOMST,
        f"hierarchie{prefix}": cut(soort or document.naam_model, 80),
    }


def plan_gebruik(outline: Outline, proces: Proces) -> None:
    """Plan which documents a zaaktype has, in which direction, and with which status."""
    uses = [
        (document, richting)
        for document in outline.in_use(proces.documenttypen)
        for richting in RICHTINGEN.get(code(document.richting), ("intern",))
    ]
    numbers = _volgnummers(uses)
    for (document, richting), number in zip(uses, numbers, strict=True):
        outline.add(_gebruik(outline, proces, document, richting, number))


def _gebruik(
    outline: Outline, proces: Proces, document: Documenttype, richting: str, number: int
) -> Draft:
    name = outline.name(INFORMATIEOBJECTTYPE, proces, document)
    key = f"{proces.id}/{name}/{richting}"
    draft = Draft(ZAAKTYPE_INFORMATIEOBJECTTYPE, key, document.line)
    draft.body |= {
        "zaaktype": Ref(ZAAKTYPE, proces.id),
        "informatieobjecttype": name,
        "volgnummer": number,
        "richting": richting,
    }
    _explain_richting(draft, document)
    draft.renumbered(document.volgnummer, number)
    statustypen = outline.related(proces, "statustype-documenttype", document, proces.statustypen)
    names = [outline.name(STATUSTYPE, proces, statustype) for statustype in statustypen]
    draft.body["statustype"] = Ref(STATUSTYPE, f"{proces.id}/{names[0]}") if names else None
    if len(names) > 1:
        draft.remark(f"Ook verplicht bij: {', '.join(names[1:])}; de standaard kent er een.")
    return draft


def _explain_richting(draft: Draft, document: Documenttype) -> None:
    known = RICHTINGEN.get(code(document.richting))
    if known is None:
        said = document.richting or "niets"
        draft.remark(f"richting: de export zegt '{said}'; ingevuld met 'intern'.")
    elif len(known) > 1:
        draft.remark(f"'{document.richting}' is in de standaard een relatie voor elke richting.")


def _volgnummers(uses: list[tuple[Documenttype, str]]) -> list[int]:
    """The numbers of the export, where they are free and fit; else the next free number."""
    said = {d.volgnummer for d, _ in uses if d.volgnummer and d.volgnummer <= MAX_VOLGNUMMER}
    free = (number for number in range(1, len(uses) + len(said) + 1) if number not in said)
    taken: set[int] = set()
    numbers = []
    for document, _ in uses:
        number = document.volgnummer
        if number not in said or number in taken or number is None:
            number = next(free)
        taken.add(number)
        numbers.append(number)
    return numbers
