"""Resultaat: an outcome of processes of one type, whether and how long it is kept."""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.grammar.filters import Filter, key_at
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.registers.selectielijst.procestype import ProcesType
from loket.registers.selectielijst.register import COPY_OF, READ_ONLY, SELECTIELIJST
from loket.registers.selectielijst.waarden import Procestermijn, Waardering

WEERGAVE = " ".join(f"WHEN '{value}' THEN '{label}'" for value, label in Procestermijn.choices)


class Resultaat(Record):
    """Een uitkomst van processen, met wat daaruit volgt voor bewaren en vernietigen."""

    proces_type = field.ref(ProcesType, "Het PROCESTYPE.", cascade=False)
    nummer = field.integer("Het nummer binnen het procestype, of binnen het generieke resultaat.")
    volledig_nummer = field.text("Het nummer met dat van het procestype ervoor.", 20)
    generiek = field.derived(
        "({row}.generiek_resultaat_id IS NULL)",
        {"type": "boolean"},
        "Of het resultaat voor het hele procestype geldt.",
    )
    specifiek = field.derived(
        "({row}.generiek_resultaat_id IS NOT NULL)",
        {"type": "boolean"},
        "Of het resultaat een generiek resultaat nader bepaalt.",
    )
    generiek_resultaat = field.ref(
        "self", "Het generieke resultaat.", cascade=False, optional=True, hidden=True
    )
    naam = field.text("De naam van het resultaat.", 40)
    omschrijving = field.text("Wat het resultaat van andere onderscheidt.", 150, optional=True)
    herkomst = field.text("Waaruit waardering en termijn volgen.", 200)
    waardering = field.choice(
        Waardering, "Bewaren of vernietigen; leeg als het resultaat is vervallen.", optional=True
    )
    procestermijn = field.choice(
        Procestermijn, "Wanneer na het afhandelen de bewaartermijn begint.", optional=True
    )
    procestermijn_weergave = field.derived(
        f"(CASE {{row}}.procestermijn {WEERGAVE} ELSE '' END)",
        {"type": "string"},
        "De procestermijn in woorden.",
    )
    bewaartermijn = field.duration("Hoe lang het dossier wordt bewaard.", optional=True)
    toelichting = field.prose("Toelichting op het resultaat.", optional=True)
    algemeen_bestuur_en_inrichting_organisatie = field.flag(
        "Komt voor bij algemeen bestuur en inrichting van de organisatie."
    )
    bedrijfsvoering_en_personeel = field.flag("Komt voor bij bedrijfsvoering en personeel.")
    publieke_informatie_en_registratie = field.flag(
        "Komt voor bij publieke informatie en registratie."
    )
    burgerzaken = field.flag("Komt voor bij burgerzaken.")
    veiligheid = field.flag("Komt voor bij veiligheid.")
    verkeer_en_vervoer = field.flag("Komt voor bij verkeer en vervoer.")
    economie = field.flag("Komt voor bij economie.")
    onderwijs = field.flag("Komt voor bij onderwijs.")
    sport_cultuur_en_recreatie = field.flag("Komt voor bij sport, cultuur en recreatie.")
    sociaal_domein = field.flag("Komt voor bij het sociaal domein.")
    volksgezonheid_en_milieu = field.flag("Komt voor bij volksgezondheid en milieu.")
    vhrosv = field.flag(
        "Komt voor bij volkshuisvesting, ruimtelijke ordening en stedelijke vernieuwing."
    )
    heffen_belastingen = field.flag("Komt voor bij het heffen van belastingen.")
    alle_taakgebieden = field.flag("Komt voor bij alle taakgebieden.")
    procestermijn_opmerking = field.text("Opmerking bij de procestermijn.", 20, optional=True)


def _procestype(raw: str, base: str) -> Any:
    """Return the key of a procestype, named by our address or by one that ours is a copy of."""
    for copied in COPY_OF:
        if raw.startswith(f"{copied}/"):
            raw = f"{base}{SELECTIELIJST.root}{raw.removeprefix(copied)}"
    return key_at("selectielijst.ProcesType")(raw, base)


PROCESTYPE = Filter(
    "proces_type",
    "{row}.proces_type_id = {value}",
    _procestype,
    {"type": "string", "format": "uri"},
    "Alleen resultaten van dit PROCESTYPE.",
)

resultaten = Resource(
    SELECTIELIJST,
    "resultaten",
    Resultaat,
    public=True,
    verbs=READ_ONLY,
    filters=[PROCESTYPE],
    default_order="id",
    expand=[],
    counted=False,
    with_uuid=False,
)
