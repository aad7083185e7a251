"""Who can take part in a zaak: the five forms of a betrokkene, and how each is found.

Lengths are those of the standard, or those of Open Zaak where it takes more, so that a client of
either can store what it has.
"""

from __future__ import annotations

from typing import Any

from loket.grammar import field
from loket.registers.zaken.adressen import VERBLIJF_BUITENLAND, VERBLIJFSADRES
from loket.registers.zaken.waarden import Geslachtsaanduiding, Rechtsvorm


def natuurlijk_persoon(**options: Any) -> Any:
    """Return the form of a human being."""
    return field.group(
        "Een mens.",
        inp_bsn=field.bsn("Het burgerservicenummer."),
        anp_identificatie=field.text(
            "Nummer dat de gemeente gaf aan iemand die niet is ingeschreven.", 17, optional=True
        ),
        inp_a_nummer=field.text(
            "Het A-nummer in de BRP.",
            10,
            optional=True,
            pattern="[1-9][0-9]{9}",
            wire="inpA_nummer",
        ),
        geslachtsnaam=field.text("De geslachtsnaam, zonder voorvoegsel.", 200, optional=True),
        voorvoegsel_geslachtsnaam=field.text("Het voorvoegsel.", 80, optional=True),
        voorletters=field.text("De voorletters.", 20, optional=True),
        voornamen=field.text("De voornamen.", 200, optional=True),
        geslachtsaanduiding=field.choice(Geslachtsaanduiding, "Het geslacht.", optional=True),
        geboortedatum=field.text(
            "De geboortedatum, ook als die niet volledig is.", 18, optional=True
        ),
        verblijfsadres=VERBLIJFSADRES,
        sub_verblijf_buitenland=VERBLIJF_BUITENLAND,
        **options,
    )


def niet_natuurlijk_persoon(**options: Any) -> Any:
    """Return the form of a legal person or a partnership."""
    return field.group(
        "Een rechtspersoon of samenwerkingsverband.",
        inn_nnp_id=field.text(
            "RSIN of ander nummer van de Kamer van Koophandel.", 9, optional=True
        ),
        ann_identificatie=field.text(
            "Nummer dat de gemeente gaf aan een organisatie die niet is ingeschreven.",
            17,
            optional=True,
        ),
        kvk_nummer=field.text("Het KVK-nummer.", 8, optional=True),
        vestigings_nummer=field.text("Het vestigingsnummer.", 24, optional=True),
        statutaire_naam=field.text("De statutaire naam.", 500, optional=True),
        inn_rechtsvorm=field.choice(Rechtsvorm, "De rechtsvorm.", optional=True),
        bezoekadres=field.text("Het bezoekadres.", 1000, optional=True),
        verblijfsadres=VERBLIJFSADRES,
        sub_verblijf_buitenland=VERBLIJF_BUITENLAND,
        **options,
    )


VESTIGING = field.group(
    "Een vestiging van een onderneming.",
    vestigings_nummer=field.text("Het vestigingsnummer.", 24, optional=True),
    handelsnaam=field.many(field.text("Een handelsnaam.", 625), "De handelsnamen.", optional=True),
    verblijfsadres=VERBLIJFSADRES,
    sub_verblijf_buitenland=VERBLIJF_BUITENLAND,
    kvk_nummer=field.text("Het KVK-nummer.", 8, optional=True),
)

ORGANISATORISCHE_EENHEID = field.group(
    "Een afdeling of ander deel van een organisatie.",
    identificatie=field.text("Identificatie van de eenheid.", 255, optional=True),
    naam=field.text("Naam van de eenheid.", 255, optional=True),
    is_gehuisvest_in=field.text("De vestiging waar de eenheid zit.", 255, optional=True),
)

MEDEWERKER = field.group(
    "Een medewerker van de organisatie die de zaak behandelt.",
    identificatie=field.text("Identificatie van de medewerker.", 254, optional=True),
    achternaam=field.text("De achternaam.", 200, optional=True),
    voorletters=field.text("De voorletters.", 20, optional=True),
    voorvoegsel_achternaam=field.text("Het voorvoegsel.", 10, optional=True),
)

CONTACTPERSOON: Any = field.group(
    "Wie namens de betrokkene te bereiken is.",
    optional=True,
    emailadres=field.email("E-mailadres.", optional=True),
    functie=field.text("Functie.", 50, optional=True),
    telefoonnummer=field.text("Telefoonnummer.", 20, optional=True),
    naam=field.text("Naam.", 200),
)

BETROKKENEN = {
    "natuurlijk_persoon": natuurlijk_persoon(),
    "niet_natuurlijk_persoon": niet_natuurlijk_persoon(),
    "vestiging": VESTIGING,
    "organisatorische_eenheid": ORGANISATORISCHE_EENHEID,
    "medewerker": MEDEWERKER,
}

NUMMERS = (
    ("natuurlijk_persoon", "anpIdentificatie"),
    ("natuurlijk_persoon", "inpA_nummer"),
    ("niet_natuurlijk_persoon", "innNnpId"),
    ("niet_natuurlijk_persoon", "annIdentificatie"),
    ("niet_natuurlijk_persoon", "kvkNummer"),
    ("niet_natuurlijk_persoon", "vestigingsNummer"),
    ("vestiging", "vestigingsNummer"),
    ("vestiging", "kvkNummer"),
    ("organisatorische_eenheid", "identificatie"),
    ("medewerker", "identificatie"),
)
"""The numbers, beside the BSN, by which a betrokkene of a type is found."""
