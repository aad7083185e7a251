"""Federatiebron: another organisation where a citizen's or company's zaken may be as well."""

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


class Federatiesoort(models.TextChoices):
    """Hoe een andere organisatie zaken laat zien."""

    MIJNSERVICES = "mijnservices", "MijnServices"
    ZGW = "zgw", "Zaken API (ZGW)"


class Federatiebron(Record):
    """Een andere organisatie waarvan het portaal ook de zaken toont."""

    naam = field.text("De naam van de organisatie, zoals burgers die zien.", 100)
    soort = field.choice(Federatiesoort, "Hoe zij haar zaken laat zien.")
    api_root = field.url(
        "Het basisadres van haar MijnServices of Zaken API, zoals "
        "https://gemeente.nl/mijn/api/v1; met https.",
        500,
    )
    client_id = field.text("De client-id van de gemeente daar (alleen ZGW).", 50, optional=True)
    geheim = field.secret("Het geheim van die client; wordt nooit getoond.", optional=True)
    website = field.url("Waar een burger bij haar verder kan kijken.", 500, optional=True)
    tijdslimiet = field.integer(
        "Hoeveel seconden een pagina op haar wacht.", 1, 10, optional=True, default=3
    )
    uitgever = field.url(
        "Van wie de toegangstokens zijn waarmee haar burgers hier kijken; leeg: dat kan niet.",
        500, optional=True,
    )  # fmt: skip
    sleutels = field.url(
        "Het adres van de openbare sleutels (JWKS) bij die tokens.", 500, optional=True
    )
    actief = field.flag("Of de organisatie bevraagd wordt.", optional=True, default=True)

    class Meta:
        verbose_name_plural = "federatiebronnen"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["naam"], name="federatiebron_naam"),
        ]

    def __str__(self) -> str:
        return str(self.naam)


@rule("adres-onveilig", on="apiRoot")
def adres_is_veilig(bron: Federatiebron) -> bool:
    """Hier hoort een adres met https; http mag alleen op deze machine."""
    return is_private(bron.api_root)


@rule("adres-onveilig", on="sleutels")
def sleutels_zijn_veilig(bron: Federatiebron) -> bool:
    """Hier hoort een adres met https; http mag alleen op deze machine."""
    return not bron.sleutels or is_private(bron.sleutels)


@rule("client-ontbreekt", on="clientId")
def zgw_heeft_client(bron: Federatiebron) -> bool:
    """Een Zaken API laat de gemeente alleen binnen met een client-id en een geheim."""
    return bron.soort != Federatiesoort.ZGW or bool(bron.client_id and bron.geheim)


@rule("sleutels-ontbreken", on="sleutels")
def uitgever_heeft_sleutels(bron: Federatiebron) -> bool:
    """Tokens van een uitgever zijn alleen te toetsen met zijn openbare sleutels."""
    return not bron.uitgever or bool(bron.sleutels)


def schrijf_adres_gelijk(bron: Federatiebron, change: Change) -> None:
    """Write the address without a slash at its end: a path comes after it."""
    del change
    bron.api_root = bron.api_root.rstrip("/")


federatiebronnen = Resource(
    BEHEER,
    "federatiebronnen",
    Federatiebron,
    filters=["naam", "soort", "actief"],
    ordering=["naam"],
    derive=[schrijf_adres_gelijk],
    rules=[adres_is_veilig, sleutels_zijn_veilig, zgw_heeft_client, uitgever_heeft_sleutels],
    unique={"federatiebron_naam": ("naam", "unique")},
)
audit_commands(federatiebronnen)
