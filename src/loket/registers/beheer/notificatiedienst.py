"""Notificatiedienst: a Notificaties API of somebody else, to publish at and to hear from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.addresses import is_loopback, is_private
from loket.registers.beheer.register import BEHEER

if TYPE_CHECKING:
    from loket.grammar.change import Change


class Notificatiedienst(Record):
    """Een Notificaties API van een ander, waar Loket publiceert of waarvan het hoort."""

    naam = field.text("De naam, zoals beheer haar kent.", 100)
    api_root = field.url(
        "Het basisadres, zoals https://notificaties.gemeente.nl/api/v1; met https.", 500
    )
    client_id = field.text("De client-id die Loket daar heeft.", 50)
    geheim = field.secret("Het geheim van die client; wordt nooit getoond.")
    actief = field.flag("Of de dienst in gebruik is.", optional=True, default=True)
    publiceert = field.flag("Of Loket er notificaties heen stuurt.", optional=True, default=True)
    kanalen = field.many(
        field.text("De naam van een kanaal.", 50),
        "De kanalen waarvan notificaties erheen gaan; leeg: alle.",
        optional=True,
    )
    cloudevents = field.flag(
        "Of er ook CloudEvents heen gaan; niet elke dienst neemt die aan.", optional=True
    )
    ondertekend = field.flag(
        "Of Loket ondertekent wat het erheen stuurt (RFC 9421).", optional=True
    )
    ontvangt = field.many(
        field.text("De naam van een kanaal.", 50),
        "De kanalen waarvan Loket daar hoort, na aanmelden.",
        optional=True,
    )
    ontvangt_typen = field.many(
        field.text("Een stuk van het type.", 255),
        "De soorten CloudEvents waarvan Loket daar hoort, na aanmelden.",
        optional=True,
    )
    sleutels = field.url(
        "Het adres van de openbare sleutels (JWKS) waarmee de dienst ondertekent wat zij hier "
        "aflevert; leeg: dat is niet afgesproken.",
        500,
        optional=True,
    )
    abonnement = field.url(
        "Het adres van het abonnement dat Loket daar heeft.", computed=True, optional=True
    )
    callback_geheim = field.secret(
        "Waaraan de dienst te kennen is die hier aflevert.", computed=True, optional=True
    )

    class Meta:
        verbose_name_plural = "notificatiediensten"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["naam"], name="notificatiedienst_naam"),
            models.UniqueConstraint(fields=["api_root"], name="notificatiedienst_api_root"),
        ]

    def __str__(self) -> str:
        return str(self.naam)


@rule("adres-onveilig", on="apiRoot")
def adres_is_veilig(dienst: Notificatiedienst) -> bool:
    """Hier hoort een adres met https, niet dat van Loket zelf; http mag alleen op deze machine."""
    try:
        parts = urlsplit(dienst.api_root)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = parts.scheme == "http" and is_loopback(host)
    bare = not (parts.username or parts.password or parts.query or parts.fragment)
    return bool(host) and bare and (parts.scheme == "https" or plain)


@rule("adres-onveilig", on="sleutels")
def sleutels_zijn_veilig(dienst: Notificatiedienst) -> bool:
    """Hier hoort een adres met https; http mag alleen op deze machine."""
    return not dienst.sleutels or is_private(dienst.sleutels)


@rule("abonnement-actief", on="apiRoot", verbs=("update",))
def abonnement_blijft_bereikbaar(dienst: Notificatiedienst, change: Change) -> bool:
    """Bij dit adres hoort een abonnement; meld dat eerst af (loket notificaties afmelden)."""
    return not dienst.abonnement or dienst.api_root == change.before.api_root


def schrijf_adres_gelijk(dienst: Notificatiedienst, change: Change) -> None:
    """Write the same address in one way, so that there is one record of each."""
    del change
    dienst.api_root = dienst.api_root.rstrip("/")


notificatiediensten = Resource(
    BEHEER,
    "notificatiediensten",
    Notificatiedienst,
    filters=["naam"],
    ordering=["naam"],
    derive=[schrijf_adres_gelijk],
    rules=[adres_is_veilig, sleutels_zijn_veilig, abonnement_blijft_bereikbaar],
    unique={
        "notificatiedienst_naam": ("naam", "unique"),
        "notificatiedienst_api_root": ("apiRoot", "unique"),
    },
)

audit_commands(notificatiediensten)
