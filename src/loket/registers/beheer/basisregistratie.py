"""Basisregistratie: where the municipality asks about persons and companies, and as whom."""

from __future__ import annotations

import re
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

_HEADER = r"[A-Za-z0-9-]{1,100}"
_LINE = rf"{_HEADER}: [\x20-\x7e]{{1,300}}"
_PARAMETER = r"[A-Za-z0-9_.-]{1,100}=[\x20-\x7e]{1,300}"
_TAKEN = frozenset(
    {
        *("accept", "accept-encoding", "authorization", "connection", "content-length"),
        *("content-type", "cookie", "host", "te", "transfer-encoding", "upgrade"),
    }
)
"""Headers that the connection itself needs."""


class Basis(models.TextChoices):
    """De registraties waar Loket gegevens opvraagt."""

    BRP = "brp", "Basisregistratie Personen"
    KVK = "kvk", "Handelsregister (KVK)"


class Basisregistratie(Record):
    """Een basisregistratie waar de gemeente gegevens opvraagt."""

    soort = field.choice(Basis, "Welke registratie het is.", once=True)
    doelbinding = field.text(
        "De verwerkingsactiviteit waarvoor zo gevraagd wordt; leeg: alle andere.",
        500, optional=True,
    )  # fmt: skip
    api_root = field.url(
        "Het basisadres van de aanbieder, zonder /personen of /v1; met https.", 500
    )
    actief = field.flag("Of de registratie bevraagd wordt.", optional=True, default=True)
    sleutel = field.secret("De API-sleutel; wordt nooit getoond.", optional=True)
    sleutel_kop = field.text(
        "De naam van de kop met de API-sleutel; leeg: x-api-key bij de BRP, apikey bij KVK.",
        100, pattern=_HEADER, optional=True,
    )  # fmt: skip
    token_adres = field.url(
        "Waar een token te krijgen is (OAuth 2.0, client credentials); leeg: zonder token.",
        500, optional=True,
    )  # fmt: skip
    client_id = field.text("De client-id van de gemeente daar.", 200, optional=True)
    geheim = field.secret("Het geheim van die client; wordt nooit getoond.", optional=True)
    scope = field.text("De scope van het token; bij de BRP het OIN.", 200, optional=True)
    token_parameters = field.many(
        field.text("Een parameter, als naam=waarde.", 401, pattern=_PARAMETER),
        "Wat de aanbieder verder wil weten om een token te geven.",
        optional=True,
    )
    kopregels = field.many(
        field.text("Een kopregel, als naam: waarde.", 402, pattern=_LINE),
        "Wat de aanbieder bij elke vraag wil weten, zoals x-doelbinding, x-verwerking en "
        "x-origin-oin; {gebruiker} staat voor wie de gegevens ziet.",
        optional=True,
    )
    certificaat = field.text(
        "De naam van het certificaat van de gemeente, zoals het huis het bewaart.",
        60, pattern=r"[a-z0-9][a-z0-9-]*", optional=True,
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "basisregistraties"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["soort", "doelbinding"], name="basisregistratie_doelbinding"
            )
        ]

    def __str__(self) -> str:
        naam = str(Basis(self.soort).label)
        return f"{naam}, {self.doelbinding}" if self.doelbinding else naam


@rule("adres-onveilig", on="apiRoot")
def adres_is_veilig(registratie: Basisregistratie) -> bool:
    """Hier hoort een adres met https; http mag alleen op deze machine."""
    return is_private(registratie.api_root)


@rule("adres-onveilig", on="tokenAdres")
def token_adres_is_veilig(registratie: Basisregistratie) -> bool:
    """Hier hoort een adres met https; http mag alleen op deze machine."""
    return not registratie.token_adres or is_private(registratie.token_adres)


@rule("token-zonder-client", on="clientId")
def token_heeft_client(registratie: Basisregistratie) -> bool:
    """Een token is alleen te krijgen met een client-id en een geheim."""
    return not registratie.token_adres or bool(registratie.client_id and registratie.geheim)


@rule("kopregel-bezet", on="kopregels")
def kopregels_zijn_vrij(registratie: Basisregistratie) -> bool:
    """Deze kop zet Loket zelf; kies een andere, of gebruik de velden voor sleutel en token."""
    names = {line.partition(":")[0].lower() for line in registratie.kopregels}
    return not names & _TAKEN


@rule("kopregel-onbekend", on="kopregels")
def kopregels_zijn_in_te_vullen(registratie: Basisregistratie) -> bool:
    """Tussen accolades kan alleen {gebruiker} staan."""
    rest = "".join(registratie.kopregels).replace("{gebruiker}", "")
    return not re.search(r"[{}]", rest)


def schrijf_adres_gelijk(registratie: Basisregistratie, change: Change) -> None:
    """Write the address without a slash at its end: a path comes after it."""
    del change
    registratie.api_root = registratie.api_root.rstrip("/")


basisregistraties = Resource(
    BEHEER,
    "basisregistraties",
    Basisregistratie,
    filters=["soort", "doelbinding"],
    ordering=["soort", "doelbinding"],
    derive=[schrijf_adres_gelijk],
    rules=[
        adres_is_veilig,
        token_adres_is_veilig,
        token_heeft_client,
        kopregels_zijn_vrij,
        kopregels_zijn_in_te_vullen,
    ],
    unique={"basisregistratie_doelbinding": ("doelbinding", "unique")},
)
audit_commands(basisregistraties)
