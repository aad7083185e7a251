"""What a citizen or company writes is a klantcontact, with an interne taak for who answers it (K1).

It is recorded once: who clicks twice finds what he sent. And it has an end: who writes all day long
is told to call.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.together import Together, together
from loket.kernel.problems import Conflict
from loket.ledger.database import one
from loket.registers.klantinteracties.actor import actoren
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.internetaak import internetaken
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.onderwerpobject import onderwerpobjecten
from loket.registers.klantinteracties.waarden import InterneTaakStatus, SoortActor, Zekerheid
from loket.services.mijnservices import partij
from loket.services.mijnservices.klant import namens
from loket.services.mijnservices.opvolging import KANAAL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loket.grammar.resource import Call, Resource
    from loket.kernel.actor import Actor

Json = dict[str, Any]

PER_DAG: Final = 20
"""How many times a day somebody may write."""

TEAM: Final = {"objectId": "klantportaal", "codeObjecttype": "team",
               "codeRegister": "loket", "codeSoortObjectId": "code"}  # fmt: skip
_ZEKER: Final = {
    "low": Zekerheid.LAAG,
    "substantial": Zekerheid.SUBSTANTIEEL,
    "high": Zekerheid.HOOG,
}
_WIE: Final = """
SELECT a.id FROM klantinteracties_actor a WHERE a.indicatie_actief
    AND (a.actoridentificator->>'objectId' = %(team)s
        OR a.actoridentificator->>'objectId' IN (
            SELECT r.betrokkene_identificatie->>'identificatie' FROM zaken_rol r
            JOIN catalogi_roltype t ON t.id = r.roltype_id
            WHERE r.zaak_id = ANY(%(zaken)s::uuid[])
                AND r.betrokkene_type IN ('medewerker', 'organisatorische_eenheid')
                AND t.omschrijving_generiek = 'behandelaar'
                AND coalesce(r.einde_geldigheid, 'infinity')
                    >= (now() AT TIME ZONE 'Europe/Amsterdam')::date))
ORDER BY a.actoridentificator->>'objectId' = %(team)s, a.id LIMIT 1
"""
_GESCHREVEN: Final = """
SELECT count(*), (array_agg(CASE WHEN k.onderwerp = %(onderwerp)s AND k.inhoud = %(inhoud)s
        AND k.plaatsgevonden_op > clock_timestamp() - interval '1 minute' THEN k.id::text END
    ORDER BY k.plaatsgevonden_op DESC, k.id DESC))[1]
FROM klantinteracties_klantcontact k JOIN klantinteracties_betrokkene b
    ON b.had_klantcontact_id = k.id AND b.initiator AND b.was_partij_id = %(partij)s
WHERE k.kanaal = %(kanaal)s AND k.plaatsgevonden_op > clock_timestamp() - interval '1 day'
"""
_UITERLIJK: Final = """
SELECT max(uiterste_datum) FROM klantinteracties_internetaak
WHERE aanleidinggevend_klantcontact_id = %s
"""


@dataclass(frozen=True)
class Geschreven:
    """What somebody writes: under which subject, about what, and what an employee does with it."""

    onderwerp: str
    tekst: str
    handeling: str
    over: Sequence[Json]
    zaken: Sequence[UUID] = ()


@dataclass(frozen=True)
class Ontvangen:
    """Het contactmoment dat het werd, en wanneer er uiterlijk antwoord is."""

    contact: UUID
    uiterlijk: date | None


def ding(soort: str, key: UUID) -> Json:
    """Return the body of an onderwerpobject: something of this house that a contact is about."""
    return {
        "onderwerpobjectidentificator": {
            "objectId": str(key),
            "codeObjecttype": soort,
            "codeRegister": "loket",
            "codeSoortObjectId": "uuid",
        }
    }


def leg_vast(actor: Actor, what: Geschreven, call: Call) -> Ontvangen:
    """Record what somebody wrote, in one transaction; Conflict when he wrote too often today."""
    (kanaal,) = one(KANAAL)
    parts = _parts(what, kanaal, _zekerheid(actor))
    with together(namens(actor), call, parts) as doors:
        wie = partij.word_bekend(actor, call)
        earlier = _eerder(what, kanaal, wie)
        contact = earlier or _contact(doors, parts, what, wie)
    return ontvangen(contact)


def _zekerheid(actor: Actor) -> str:
    """Return how sure it is who wrote, by how he logged in (K18)."""
    return _ZEKER.get((actor.loa or "").rpartition("/")[2], Zekerheid.BEKEND).value


def ontvangen(contact: UUID) -> Ontvangen:
    """Return what a contact of one's own became."""
    (uiterlijk,) = one(_UITERLIJK, (contact,))
    return Ontvangen(contact, uiterlijk)


def _parts(what: Geschreven, kanaal: str, zekerheid: str) -> list[tuple[str, Resource, Any]]:
    contact = {
        "kanaal": kanaal,
        "onderwerp": what.onderwerp,
        "inhoud": what.tekst,
        "indicatieContactGelukt": True,
        "taal": "nld",
        "vertrouwelijk": False,
    }
    betrokkene = {"rol": "klant", "initiator": True, "zekerheid": zekerheid}
    taak = {
        "gevraagdeHandeling": what.handeling,
        "toelichting": what.onderwerp,
        "status": InterneTaakStatus.TE_VERWERKEN.value,
    }
    over = [(f"over.{nr}", onderwerpobjecten, each) for nr, each in enumerate(what.over)]
    return [
        ("contact", klantcontacten, contact),
        ("betrokkene", betrokkenen, betrokkene),
        *over,
        ("taak", internetaken, taak),
    ]


def _eerder(what: Geschreven, kanaal: str, wie: UUID) -> UUID | None:
    """Return what this very text became a moment ago, if it was the last that he wrote.

    Conflict when there was enough today.
    """
    asked = {"onderwerp": what.onderwerp, "inhoud": what.tekst, "partij": wie, "kanaal": kanaal}
    count, same = one(_GESCHREVEN, asked)
    if same is None and count >= PER_DAG:
        raise Conflict("U stuurde ons vandaag al veel berichten. Bel ons als het niet kan wachten.")
    return UUID(same) if same else None


def _contact(
    doors: Together, parts: list[tuple[str, Resource, Any]], what: Geschreven, wie: UUID
) -> UUID:
    contact = doors.create("contact", klantcontacten)
    doors.create("betrokkene", betrokkenen, hadKlantcontact=contact, wasPartij={"uuid": str(wie)})
    for path, resource, _ in parts:
        if resource is onderwerpobjecten:
            doors.create(path, resource, klantcontact=contact)
    doer = [{"uuid": str(_behandelaar(doors, what))}]
    doors.create(
        "taak", internetaken, aanleidinggevendKlantcontact=contact, toegewezenAanActoren=doer
    )
    doors.stop()
    key: UUID = contact.pk
    return key


def _behandelaar(doors: Together, what: Geschreven) -> UUID:
    """Return who handles the zaak, if he is known as an actor; else the team, made when needed."""
    row = one(_WIE, {"team": TEAM["objectId"], "zaken": list(what.zaken)})
    if row is not None:
        found: UUID = row[0]
        return found
    body = {
        "naam": "Vragen en reacties uit het klantportaal",
        "soortActor": SoortActor.ORGANISATORISCHE_EENHEID.value,
        "indicatieActief": True,
        "actoridentificator": TEAM,
    }
    made: UUID = actoren.create(doors.actor, body, doors.call).record.pk
    return made
