"""Zaaktypen: one for every proces in use."""

from loket.registers.catalogi.inavigator.model import Proces
from loket.registers.catalogi.inavigator.plans import confidentiality, selectielijst
from loket.registers.catalogi.inavigator.plans.besluittypen import besluittypen_of
from loket.registers.catalogi.inavigator.plans.draft import Draft
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import (
    SELECTIELIJST_PROCESTYPE,
    ZAAKTYPE,
    Ref,
)
from loket.registers.catalogi.inavigator.plans.terms import words

UNKNOWN = "onbekend"
DEFAULT_DOORLOOPTIJD = "P56D"
MAX_URL = 200
USUAL = (("goedgekeurd", "Nee"),)


def plan_zaaktype(outline: Outline, proces: Proces, catalogus: Ref) -> None:
    """Plan the zaaktype of a proces."""
    draft = Draft(ZAAKTYPE, proces.id, proces.line)
    draft.text("identificatie", proces.id, 50)
    draft.text("omschrijving", proces.kernomschrijving, 80)
    draft.text("omschrijvingGeneriek", proces.model_kernomschrijving, 80)
    confidentiality.set_zaaktype(draft, proces)
    draft.body["doel"] = proces.naam or proces.kernomschrijving
    draft.text("aanleiding", proces.aanleiding, default="Onbekend")
    extern = "extern" in proces.categorie.lower()
    draft.body["indicatieInternOfExtern"] = "extern" if extern else "intern"
    draft.text("handelingInitiator", proces.handeling_initiator, 20, default=UNKNOWN)
    draft.text("onderwerp", proces.onderwerp, 80, default=proces.kernomschrijving)
    draft.text("handelingBehandelaar", proces.handeling_behandelaar, 20, default=UNKNOWN)
    _set_terms(draft, proces)
    draft.body["trefwoorden"] = _words(
        draft, "trefwoord", 30, proces.trefwoorden, proces.thesaurustermen
    )
    draft.body["publicatieIndicatie"] = proces.publicatie_indicatie
    draft.body["publicatietekst"] = proces.publicatietekst
    draft.body["verantwoordingsrelatie"] = _words(
        draft, "verantwoordingsrelatie", 40, proces.verantwoordingsrelatie
    )
    draft.body["productenOfDiensten"] = []
    _set_procestype(draft, proces)
    _set_referentieproces(draft, proces)
    draft.text("verantwoordelijke", proces.proceseigenaar, 50, default=UNKNOWN)
    draft.body["catalogus"] = catalogus
    draft.body["besluittypen"] = besluittypen_of(outline, proces)
    draft.body["deelzaaktypen"] = []
    draft.body["gerelateerdeZaaktypen"] = _related(outline, draft, proces)
    _set_validity(outline, draft, proces)
    _set_toelichting(draft, proces)
    outline.add(draft)


def _set_terms(draft: Draft, proces: Proces) -> None:
    """The legal term is the doorlooptijd and the own term the servicenorm, if there are two."""
    own, legal = proces.afdoeningstermijn, proces.wettelijke_afdoeningstermijn
    draft.term("doorlooptijd", legal or own)
    draft.term("servicenorm", own if legal else None)
    if draft.body["doorlooptijd"] is None:
        draft.body["doorlooptijd"] = DEFAULT_DOORLOOPTIJD
        draft.remark("doorlooptijd staat niet in de export; ingevuld met acht weken (Awb 4:13).")
    draft.body["opschortingEnAanhoudingMogelijk"] = proces.aanhouden_mogelijk
    draft.term(
        "verlengingstermijn", proces.verdagingstermijn or proces.wettelijke_verdagingstermijn
    )
    draft.body["verlengingMogelijk"] = draft.body["verlengingstermijn"] is not None


def _words(draft: Draft, field: str, limit: int, *lists: str) -> list[str]:
    found = dict.fromkeys(word for text in lists for word in words(text))
    return list(dict.fromkeys(draft.fit(field, word, limit) for word in found))


def _set_procestype(draft: Draft, proces: Proces) -> None:
    procestype = selectielijst.procestype_of(proces)
    if procestype is None:
        draft.remark("Geen resultaattype noemt een procestype van de Selectielijst.")
    else:
        draft.body["selectielijstProcestype"] = Ref(SELECTIELIJST_PROCESTYPE, procestype.uuid)


def _set_referentieproces(draft: Draft, proces: Proces) -> None:
    naam = proces.model_kernomschrijving or proces.kernomschrijving
    link = proces.schemalocatie
    fits = link.startswith(("https://", "http://")) and len(link) <= MAX_URL
    if link and not fits:
        draft.note("Schemalocatie", link)
    draft.body["referentieproces"] = {
        "naam": draft.fit("referentieproces", naam, 80),
        "link": link if fits else "",
    }


def _related(outline: Outline, draft: Draft, proces: Proces) -> list[dict[str, str]]:
    known = {other.id for other in outline.processen}
    related = list(dict.fromkeys(pointer.id for pointer in proces.procesrelaties))
    for other in related:
        if other not in known:
            draft.remark(f"Gerelateerd proces {other} staat niet (actief) in deze export.")
    found = [other for other in related if other in known]
    if found:
        draft.remark("De export noemt geen aard van de relaties; ingevuld met 'onderwerp'.")
    return [{"zaaktype": other, "aardRelatie": "onderwerp", "toelichting": ""} for other in found]


def _set_validity(outline: Outline, draft: Draft, proces: Proces) -> None:
    begin, einde = outline.begin(proces.actueel_van), proces.actueel_tot
    if proces.actueel_van is None:
        draft.remark("beginGeldigheid staat niet in de export; ingevuld met de dag van de export.")
    if einde is not None and einde < begin:
        draft.remark(f"eindeGeldigheid {einde} ligt voor het begin en is weggelaten.")
        einde = None
    draft.body["beginGeldigheid"] = draft.body["versiedatum"] = begin.isoformat()
    draft.body["eindeGeldigheid"] = einde.isoformat() if einde is not None else None


def _set_toelichting(draft: Draft, proces: Proces) -> None:
    draft.note("Toelichting handeling", proces.toelichting_handeling)
    for grondslag in proces.grondslagen:
        draft.note("Vernietigingsgrondslag", f"{grondslag.naam} {grondslag.toelichting}".strip())
    draft.note("Vernietigingsgrondslag", proces.grondslag_tekst)
    draft.note_rest(tuple(kenmerk for kenmerk in proces.overig if kenmerk not in USUAL))
    draft.toelichting(proces.toelichting)
