"""Client: an id and a secret with which software makes itself known.

What a client may do follows from the applicatie that names it (Autorisaties API). Without one it is
known, and may do nothing.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from loket.grammar import field
from loket.grammar.audittrail import audit_commands
from loket.grammar.record import Record
from loket.grammar.resource import Resource
from loket.grammar.rule import rule
from loket.kernel.clock import now
from loket.registers.beheer.current import instellingen
from loket.registers.beheer.register import BEHEER

if TYPE_CHECKING:
    from loket.grammar.change import Change


class Regimes(models.TextChoices):
    """De wet waaronder gegevens zijn vastgelegd."""

    AVG = "avg", "AVG: alle gewone gegevens"
    WPG = "wpg", "Wpg: politiegegevens van handhaving"


class Client(Record):
    """Een client-id met een geheim, waarmee een applicatie haar tokens tekent."""

    client_id = field.text("De client-id.", 50, once=True)
    geheim = field.secret("Het geheim; wordt nooit getoond.")
    token = field.secret(
        "Een token voor clients die daarmee in plaats van met een JWT komen; wordt nooit getoond.",
        min=32, optional=True,
    )  # fmt: skip
    geheim_gezet_op: Any = field.moment(
        "Wanneer het geheim het laatst is gezet.", computed=True, nullable=True
    )
    doelbindingen = field.many(
        field.text("Een verwerkingsactiviteit.", 500),
        "De verwerkingsactiviteiten waarvoor de client burgerservicenummers mag zien.",
        optional=True,
    )
    regimes = field.many(
        field.choice(Regimes, "Een regime."),
        "Onder welke wet de gegevens vallen die de client mag zien; leeg: alleen de AVG.",
        optional=True,
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["client_id"], name="client_client_id"),
            models.UniqueConstraint(
                fields=["token"], condition=~models.Q(token=""), name="client_token"
            ),
        ]

    def __str__(self) -> str:
        return str(self.client_id)


@rule("doelbinding-onbekend", on="doelbindingen")
def doelbindingen_zijn_toegestaan(client: Client) -> bool:
    """Een van de doelbindingen staat niet in de lijst bij de instellingen van de gemeente."""
    allowed = instellingen().doelbindingen
    return not allowed or set(client.doelbindingen) <= set(allowed)


def bewaar_onleesbaar(client: Client, change: Change) -> None:
    """Keep of a token only what it can be recognised by: who reads the table cannot use it."""
    if "token" in change.given and client.token:
        client.token = digest(client.token)


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return sha256(token.encode()).hexdigest()


def onthoud_wanneer(client: Client, change: Change) -> None:
    """Note when the secret was set: the trail shows that it changed, never to what."""
    if "geheim" in change.given:
        client.geheim_gezet_op = now()


clients = Resource(
    BEHEER,
    "clients",
    Client,
    filters=["client_id"],
    ordering=["client_id"],
    derive=[onthoud_wanneer, bewaar_onleesbaar],
    rules=[doelbindingen_zijn_toegestaan],
    unique={
        "client_client_id": ("clientId", "client-id-bestaat-al"),
        "client_token": ("token", "unique"),
    },
)

audit_commands(clients)
