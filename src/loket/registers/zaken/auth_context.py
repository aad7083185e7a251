"""How somebody proved who he is when he got his rol, an addition of Open Zaak."""

from __future__ import annotations

from typing import Any

from django.db import models

from loket.grammar import field

DIGID = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
HERKENNING = "urn:etoegang:core:assurance-class:"


class DigidNiveau(models.TextChoices):
    """Hoe sterk het bewijs van DigiD is."""

    BASIS = f"{DIGID}PasswordProtectedTransport", "DigiD Basis"
    MIDDEN = f"{DIGID}MobileTwoFactorContract", "DigiD Midden"
    SUBSTANTIEEL = f"{DIGID}Smartcard", "DigiD Substantieel"
    HOOG = f"{DIGID}SmartcardPKI", "DigiD Hoog"


class HerkenningNiveau(models.TextChoices):
    """Hoe sterk het bewijs van eHerkenning is."""

    LOA1 = f"{HERKENNING}loa1", "Niet bestaand"
    LOA2 = f"{HERKENNING}loa2", "Laag"
    LOA2PLUS = f"{HERKENNING}loa2plus", "Laag plus"
    LOA3 = f"{HERKENNING}loa3", "Substantieel"
    LOA4 = f"{HERKENNING}loa4", "Hoog"


def _bron(name: str, value: str, label: str) -> type[models.TextChoices]:
    enumeration: Any = models.TextChoices
    made: type[models.TextChoices] = enumeration(name, [(value.upper(), (value, label))])
    return made


class Nummersoort(models.TextChoices):
    """Met welk nummer een vertegenwoordigde partij bekend is."""

    BSN = "bsn", "BSN"
    KVK = "kvkNummer", "KVK-nummer"


class Hoedanigheid(models.TextChoices):
    """In welke hoedanigheid iemand een ander vertegenwoordigt."""

    BEWINDVOERDER = "bewindvoerder", "Bewindvoerder"
    CURATOR = "curator", "Curator"
    MENTOR = "mentor", "Mentor"


_VIA_DIGID = field.group(
    "Bewijs van DigiD.",
    source=field.choice(_bron("Digid", "digid", "DigiD"), "De bron."),
    level_of_assurance=field.choice(DigidNiveau, "Het betrouwbaarheidsniveau."),
    representee=field.group(
        "Wie vertegenwoordigd wordt.",
        optional=True,
        identifier_type=field.choice(_bron("Bsn", "bsn", "BSN"), "Het soort nummer."),
        identifier=field.bsn("Het burgerservicenummer."),
    ),
    mandate=field.group(
        "De machtiging.",
        optional=True,
        services=field.many(
            field.group("Een dienst.", id=field.prose("De code van de dienst.")), "De diensten."
        ),
    ),
)

_VIA_HERKENNING = field.group(
    "Bewijs van eHerkenning.",
    source=field.choice(_bron("Herkenning", "eherkenning", "eHerkenning"), "De bron."),
    level_of_assurance=field.choice(HerkenningNiveau, "Het betrouwbaarheidsniveau."),
    acting_subject=field.text("Versleutelde identificatie van wie handelde.", 100),
    representee=field.group(
        "Wie vertegenwoordigd wordt.",
        optional=True,
        identifier_type=field.choice(Nummersoort, "Het soort nummer."),
        identifier=field.bsn("Het nummer.", when=("identifierType", "bsn")),
    ),
    mandate=field.group(
        "De machtiging.",
        optional=True,
        role=field.choice(Hoedanigheid, "De hoedanigheid.", optional=True),
        services=field.many(
            field.group(
                "Een dienst.",
                id=field.prose("De code van de dienst."),
                uuid=field.text("De uuid van de dienst.", 36, pattern="[0-9a-fA-F-]{36}"),
            ),
            "De diensten.",
        ),
    ),
)

CONTEXTEN = {
    "natuurlijk_persoon": _VIA_DIGID,
    "niet_natuurlijk_persoon": _VIA_HERKENNING,
    "vestiging": _VIA_HERKENNING,
}

_enumeration: Any = models.TextChoices
Niveau: type[models.TextChoices] = _enumeration(
    "Niveau",
    {each.name: (each.value, each.label) for of in (DigidNiveau, HerkenningNiveau) for each in of},
)
NIVEAUS = (DigidNiveau.values, HerkenningNiveau.values)
"""The levels of each, from weak to strong."""


def hoogstens(level: str) -> list[str]:
    """Return the levels of the same kind of proof that are not above one."""
    for levels in NIVEAUS:
        if level in levels:
            return levels[: levels.index(level) + 1]
    return []
