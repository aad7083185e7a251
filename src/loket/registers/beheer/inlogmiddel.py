"""Inlogmiddel: a way in which citizens or companies log in at the portal."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.addresses import is_private
from loket.registers.beheer.register import BEHEER

if TYPE_CHECKING:
    from loket.grammar.change import Change

_NAAM = r"[a-z][a-z0-9-]*"
_TAKEN = frozenset({"bevestigen", "mislukt", "saml", "terug", "vestiging"})
"""Other pages of the portal at the same place."""
_PATH = "een pad van namen met spaties ertussen wijst iets dieper aan"


class Middelsoort(models.TextChoices):
    """Waarmee wordt ingelogd."""

    DIGID = "digid", "DigiD"
    DIGID_MACHTIGEN = "digid_machtigen", "DigiD Machtigen"
    EHERKENNING = "eherkenning", "eHerkenning"
    EIDAS = "eidas", "een Europees inlogmiddel (eIDAS)"


class Inlogprotocol(models.TextChoices):
    """Hoe Loket met de aanbieder praat."""

    OIDC = "oidc", "OpenID Connect"
    SAML = "saml", "SAML 2.0"


class Inlogmiddel(Record):
    """Een manier waarop burgers of bedrijven inloggen in het portaal."""

    naam = field.text(
        "De korte naam, in het adres /inloggen/<naam>/.", 30, pattern=_NAAM, once=True
    )
    soort = field.choice(Middelsoort, "Waarmee wordt ingelogd.")
    protocol = field.choice(Inlogprotocol, "Hoe Loket met de aanbieder praat.")
    titel = field.text("De naam op de knop; leeg: die van de soort.", 60, optional=True)
    actief = field.flag("Of ermee ingelogd kan worden.", optional=True, default=True)
    volgorde = field.integer("De plaats op de inlogpagina.", optional=True, default=0)
    niveau = field.text(
        "Het laagste betrouwbaarheidsniveau, als URI; leeg: dat van de soort.", 200, optional=True
    )
    niveaus = field.many(
        field.text("Een niveau, als URI.", 200),
        "De niveaus van de aanbieder, van laag naar hoog; leeg: die van de soort.",
        optional=True,
    )
    issuer = field.url("OIDC: het adres van de aanbieder; met https.", 500, optional=True)
    client_id = field.text("OIDC: de client-id van de gemeente daar.", 200, optional=True)
    geheim = field.secret("OIDC: het geheim van die client; wordt nooit getoond.", optional=True)
    scope = field.text("OIDC: de scopes; leeg: openid profile.", 200, optional=True)
    claim_niveau = field.text(f"OIDC: de claim met het niveau; {_PATH}.", 300, optional=True)
    claim_naam = field.text("OIDC: de claim met de naam; leeg: name.", 300, optional=True)
    claim_bsn = field.text("OIDC: de claim met het BSN; leeg: bsn.", 300, optional=True)
    claim_kvk = field.text("OIDC: de claim met het KvK-nummer; leeg: kvk.", 300, optional=True)
    claim_vestiging = field.text(
        "OIDC: de claim met het vestigingsnummer; leeg: vestiging.", 300, optional=True
    )
    claim_handelende = field.text(
        "OIDC: de claim met wie voor een ander handelt; leeg: bij bedrijven sub.",
        300, optional=True,
    )  # fmt: skip
    metadata = field.prose("SAML: de metadata van de aanbieder, als XML.", optional=True)
    entity_id = field.text(
        "SAML: onze naam daar; leeg: het adres van onze metadata.", 300, optional=True
    )
    dienst_index = field.text(
        "SAML: de index van de dienst (AttributeConsumingServiceIndex).",
        5, pattern="[0-9]+", optional=True,
    )  # fmt: skip
    certificaat = field.text(
        "SAML: de naam van het certificaat van de gemeente, zoals het huis het bewaart.",
        60, pattern=r"[a-z0-9][a-z0-9-]*", optional=True,
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "inlogmiddelen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["naam"], name="inlogmiddel_naam"),
        ]

    def __str__(self) -> str:
        return str(self.titel or Middelsoort(self.soort).label)


@rule("naam-bezet", on="naam")
def naam_is_vrij(middel: Inlogmiddel) -> bool:
    """Deze naam is van een andere pagina van het portaal."""
    return middel.naam not in _TAKEN


@rule("adres-onveilig", on="issuer")
def issuer_is_veilig(middel: Inlogmiddel) -> bool:
    """Hier hoort een adres met https; http mag alleen op deze machine."""
    return not middel.issuer or is_private(middel.issuer)


@rule("inlogmiddel-onvolledig", on="issuer")
def oidc_is_volledig(middel: Inlogmiddel) -> bool:
    """Bij OpenID Connect horen een issuer, een client-id en een geheim."""
    told = middel.issuer and middel.client_id and middel.geheim
    return middel.protocol != Inlogprotocol.OIDC.value or bool(told)


@rule("inlogmiddel-onvolledig", on="metadata")
def saml_is_volledig(middel: Inlogmiddel) -> bool:
    """Bij SAML hoort metadata van één identity provider, en een certificaat van de gemeente."""
    needed = ("IDPSSODescriptor", "SingleSignOnService", "ArtifactResolutionService", "X509Cert")
    told = middel.certificaat and all(each in middel.metadata for each in needed)
    return middel.protocol != Inlogprotocol.SAML.value or bool(told)


@rule("doctype", on="metadata")
def metadata_heeft_geen_doctype(middel: Inlogmiddel) -> bool:
    """Metadata met een DOCTYPE wordt niet gelezen."""
    return "<!doctype" not in middel.metadata.lower()


@rule("niveau-onbekend", on="niveau")
def niveau_is_er_een(middel: Inlogmiddel) -> bool:
    """Het laagste niveau is geen van de niveaus van de aanbieder."""
    return not (middel.niveaus and middel.niveau) or middel.niveau in middel.niveaus


def schrijf_issuer_zonder_spaties(middel: Inlogmiddel, change: Change) -> None:
    """Take white space off what is pasted; the rest of an issuer is compared letter by letter."""
    del change
    middel.issuer = middel.issuer.strip()
    middel.metadata = middel.metadata.strip()


inlogmiddelen = Resource(
    BEHEER,
    "inlogmiddelen",
    Inlogmiddel,
    filters=["naam", "soort"],
    ordering=["volgorde", "naam"],
    derive=[schrijf_issuer_zonder_spaties],
    rules=[
        naam_is_vrij,
        issuer_is_veilig,
        oidc_is_volledig,
        saml_is_volledig,
        metadata_heeft_geen_doctype,
        niveau_is_er_een,
    ],
    unique={"inlogmiddel_naam": ("naam", "unique")},
)
audit_commands(inlogmiddelen)
