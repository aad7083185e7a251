"""Who listens to the ledger in this house."""

from __future__ import annotations

from django.conf import settings

from loket.connectors.notificaties import Caller
from loket.registers.documenten import opruimen
from loket.registers.notificaties import proef
from loket.services.archivering import vernietigen
from loket.services.mijnservices import adreswijziging
from loket.services.notificeren import abonnees, doorgeven
from loket.services.output import plannen, verificatie
from loket.site import instellingen, uitgaand


def connect() -> None:
    """Subscribe every service that acts on events."""
    plannen.connect(uitgaand.ingericht)
    verificatie.subscribe_with(uitgaand.smtp, uitgaand.sms)
    adreswijziging.subscribe_with(uitgaand.smtp)
    vernietigen.connect()
    opruimen.subscribe_to_removals()
    abonnees.connect(instellingen.portal)
    doorgeven.connect(instellingen.portal)


def try_callbacks() -> None:
    """Let the callback of an abonnement be tried before it is taken, unless that is off."""
    caller = Caller()
    proef.bind(lambda url, auth: caller.probe(url, auth) if settings.TEST_CALLBACKS else "")
