"""The groups of a verzoek: where it comes from, and what was paid for it."""

from __future__ import annotations

from loket.grammar import field

BRON = field.group(
    "Waar het verzoek vandaan komt.",
    blank_form={"naam": "", "kenmerk": ""},
    optional=True,
    naam=field.text("De naam van het systeem.", 100, optional=True),
    kenmerk=field.text("Hoe het verzoek daar heet.", 255, optional=True),
)

BETALING = field.group(
    "De betaling die bij het verzoek hoort.",
    blank_form={
        "providerKenmerk": "",
        "bedrag": None,
        "voltooid": False,
        "transactieDatum": None,
        "transactieReferentie": "",
    },
    optional=True,
    provider_kenmerk=field.text("Hoe de betaaldienst haar kent.", 100, optional=True),
    bedrag=field.amount("Het bedrag in euro.", optional=True),
    voltooid=field.flag("Of er betaald is.", optional=True, default=False),
    transactie_datum=field.moment("Wanneer er betaald is.", optional=True),
    transactie_referentie=field.text("De referentie.", 100, optional=True),
)
