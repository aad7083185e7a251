"""From a Procesmodel to plans for the Catalogi register, in an order in which they can be made."""

from loket.registers.catalogi.inavigator.model import Proces, Procesmodel, Verwijzing
from loket.registers.catalogi.inavigator.plans.besluittypen import plan_besluittypen
from loket.registers.catalogi.inavigator.plans.documenten import (
    plan_gebruik,
    plan_informatieobjecttypen,
)
from loket.registers.catalogi.inavigator.plans.draft import Draft, cut
from loket.registers.catalogi.inavigator.plans.eigenschappen import plan_eigenschappen
from loket.registers.catalogi.inavigator.plans.outline import Outline
from loket.registers.catalogi.inavigator.plans.plan import CATALOGUS, ZAAKTYPE, Mapping, Ref
from loket.registers.catalogi.inavigator.plans.resultaattypen import plan_resultaattypen
from loket.registers.catalogi.inavigator.plans.roltypen import plan_roltypen
from loket.registers.catalogi.inavigator.plans.statustypen import plan_statustypen
from loket.registers.catalogi.inavigator.plans.zaaktypen import plan_zaaktype

PLACED_RULES = frozenset(
    {
        "statustype-documenttype",
        "resultaattype-documenttype",
        "besluittype-documenttype",
        "resultaattype-besluittype",
        "statustype-zaakeigenschap",
        "resultaattype-zaakeigenschap",
    }
)
NO_PLACE = {
    "proces-register": "De standaard kent geen registers bij een zaaktype.",
    "proces-domeinobject": "Een zaakobjecttype vraagt de URL van een objecttype.",
    "proces-applicatie": "De standaard kent geen applicaties bij een zaaktype.",
    "proces-product": "Een product of dienst vraagt een URL.",
    "proces-archiefbestand": "De standaard kent geen archiefbestanden bij een zaaktype.",
}


def plan_catalogus(model: Procesmodel, *, domein: str, rsin: str) -> Mapping:
    """What an import of the export would make in the catalogus of a domein and organisation."""
    outline = Outline(model)
    catalogus = Ref(CATALOGUS, f"{domein}/{rsin}")
    outline.add(_catalogus(model, catalogus, domein=domein, rsin=rsin))
    plan_informatieobjecttypen(outline, catalogus)
    plan_besluittypen(outline, catalogus)
    for proces in outline.processen:
        plan_zaaktype(outline, proces, catalogus)
    for proces in outline.processen:
        plan_statustypen(outline, proces)
        plan_eigenschappen(outline, proces)
        plan_resultaattypen(outline, proces)
        plan_roltypen(outline, proces)
        plan_gebruik(outline, proces)
        _skip_rules(outline, proces)
        for pointer in proces.verwijzingen:
            _skip_pointer(outline, proces, pointer)
    _skip_processen(outline)
    remarks = () if model.processen else ("De export bevat geen processen.",)
    return Mapping(tuple(outline.plans), tuple(outline.skipped), remarks)


def _catalogus(model: Procesmodel, catalogus: Ref, *, domein: str, rsin: str) -> Draft:
    draft = Draft(CATALOGUS, catalogus.key, 1)
    draft.body |= {
        "domein": domein,
        "rsin": rsin,
        "contactpersoonBeheerNaam": cut(model.gebruiker or "Onbekend", 40),
        "naam": "Procesmodel uit i-Navigator",
        "versie": cut(model.specificatieversie, 20),
        "begindatumVersie": model.datum.isoformat(),
    }
    return draft


def _skip_rules(outline: Outline, proces: Proces) -> None:
    known = {part.id for part in proces.onderdelen}
    for regel in proces.regels:
        key = f"{proces.id}/{regel.naam}/{regel.van}/{regel.naar}"
        if regel.naam not in PLACED_RULES:
            outline.skip("regel", key, "De standaard kent dit verband niet.", regel.line)
        elif not {regel.van, regel.naar} <= known:
            outline.skip("regel", key, "De regel noemt een onbekend onderdeel.", regel.line)


def _skip_pointer(outline: Outline, proces: Proces, pointer: Verwijzing) -> None:
    key = f"{proces.id}/{pointer.naam or pointer.id}"
    outline.skip(pointer.kind, key, NO_PLACE[pointer.kind], pointer.line)


def _skip_processen(outline: Outline) -> None:
    for proces in outline.unused_processen:
        reason = "Een ander proces in de export heeft hetzelfde id."
        if not proces.actief:
            reason = "Staat in i-Navigator op niet actief."
        outline.skip(ZAAKTYPE, proces.id, reason, proces.line)
