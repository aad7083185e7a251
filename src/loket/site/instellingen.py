"""The settings of a municipality, for the parts of the house that cannot read a register."""

from __future__ import annotations

from email.utils import formataddr
from typing import TYPE_CHECKING

from django.conf import settings

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.ledger.database import one
from loket.registers.beheer.current import instellingen as current
from loket.registers.beheer.instellingen import instellingen
from loket.registers.klantinteracties import lijsten
from loket.registers.klantinteracties.contactinstellingen import contactinstellingen
from loket.registers.notificaties import kanaal
from loket.services.output import standaard

if TYPE_CHECKING:
    from loket.kernel.tenant import Tenant


def prepare(which: Tenant) -> None:
    """Make the settings of the current municipality, when it has none; once, with an event."""
    first = {instellingen: {"naam": which.title[:80]}, contactinstellingen: {}}
    for resource, body in first.items():
        if one(f'SELECT 1 FROM "{resource.table}"') is None:  # noqa: S608 - the name of a table
            call = Call(base=HOUSE, toelichting="eerste instellingen")
            resource.create(Actor.system("loket"), body, call)
            if resource is contactinstellingen:
                lijsten.vul(Actor.system("loket"))
    kanaal.maak_eigen(Actor.system("loket"))
    standaard.begin(Actor.system("loket"))


def mail_from() -> str:
    """Return the sender of mail: the municipality's, else that of the house."""
    here = current()
    if not here.afzender_email:
        return str(settings.MAIL_FROM)
    return formataddr((here.afzender_naam or here.naam, here.afzender_email))


def portal() -> str:
    """Return the address of the portal in messages: the municipality's, else that of the house."""
    return current().portaal.rstrip("/") or str(settings.PUBLIC_URL)
