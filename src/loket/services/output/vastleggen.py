"""Every message that is sent is a klantcontact (M-F1); what reaches nobody is an interne taak."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.change import HOUSE
from loket.grammar.resource import Call
from loket.kernel.actor import Actor
from loket.kernel.problems import Problem
from loket.ledger.database import one, rows
from loket.registers.klantinteracties.actor import actoren
from loket.registers.klantinteracties.betrokkene import betrokkenen
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.internetaak import internetaken
from loket.registers.klantinteracties.klantcontact import klantcontacten
from loket.registers.klantinteracties.onderwerpobject import onderwerpobjecten
from loket.registers.klantinteracties.talen import in_three
from loket.registers.output.waarden import Gebeurtenis, Outputkanaal

if TYPE_CHECKING:
    from loket.services.output.herkomst import Herkomst

log = logging.getLogger(__name__)

_ACTOR: Final = Actor.system("output")
_CALL: Final = Call(base=HOUSE, toelichting="output")

KANALEN: Final = {
    Outputkanaal.EMAIL: "e-mail",
    Outputkanaal.SMS: "sms",
    Outputkanaal.PORTAAL: "klantportaal",
    Outputkanaal.BERICHTENBOX: "berichtenbox",
    Outputkanaal.BRIEF: "brief",
}
"""How the list of kanalen of Klantinteracties calls each."""

TEAM: Final = {"objectId": "output-onbezorgd", "codeObjecttype": "team",
               "codeRegister": "loket", "codeSoortObjectId": "code"}  # fmt: skip
_TEAM_SQL: Final = """
SELECT id FROM klantinteracties_actor
WHERE actoridentificator->>'objectId' = %s AND indicatie_actief ORDER BY id LIMIT 1
"""

_BEWEZEN_SQL: Final = """
SELECT id FROM klantinteracties_digitaaladres WHERE adres = %s
    AND soort_digitaal_adres = 'email' AND verificatie_datum IS NOT NULL ORDER BY id
"""


def _onderwerp(notificatie: Any) -> str:
    """Say it in the past tense, as it stands among what else was said (M48)."""
    wat = str(Gebeurtenis(notificatie.gebeurtenis).label)
    return f"Heeft bericht gekregen: {wat[:1].lower()}{wat[1:]}"


def contact(notificatie: Any, source: Herkomst, *, tekst: str, gelukt: bool | None) -> str:
    """Record the klantcontact of a message; return its address, empty when it was refused.

    A message that was sent stays sent: that a list of the municipality does not know its channel is
    told in the log, and holds up nothing.
    """
    body = {
        "kanaal": KANALEN[Outputkanaal(notificatie.kanaal)],
        "onderwerp": _onderwerp(notificatie),
        "inhoud": f"De gemeente heeft bericht gestuurd: {tekst}"[:1000],
        "indicatieContactGelukt": gelukt,
        "taal": in_three(notificatie.taal),
        "vertrouwelijk": False,
    }
    try:
        made = klantcontacten.create(_ACTOR, body, _CALL).record
        _with_whom_and_about_what(made, notificatie, source)
    except Problem as problem:
        log.warning("no klantcontact of message %s: %s", notificatie.pk, problem.detail)
        return ""
    return klantcontacten.address(made, HOUSE)


def _with_whom_and_about_what(made: Any, notificatie: Any, source: Herkomst) -> None:
    with_whom: dict[str, Any] = {"hadKlantcontact": made, "rol": "klant", "initiator": False}
    if notificatie.partij:
        with_whom["wasPartij"] = UUID(notificatie.partij.rpartition("/")[2])
    betrokkenen.create(_ACTOR, with_whom, _CALL)
    *_, kind, key = source.onderwerp.hoofd_object.split("/")
    about = {
        "objectId": key,
        "codeObjecttype": {"zaken": "zaak", "berichten": "bericht", "verzoeken": "verzoek"}.get(
            kind, "taak"
        ),
        "codeRegister": "loket",
        "codeSoortObjectId": "uuid",
    }
    body = {"klantcontact": made, "onderwerpobjectidentificator": about}
    onderwerpobjecten.create(_ACTOR, body, _CALL)


def uitslag(notificatie: Any, *, gelukt: bool) -> None:
    """Note with the klantcontact of a message whether it reached anybody."""
    key = notificatie.klantcontact.rpartition("/")[2]
    row = one("SELECT 1 FROM klantinteracties_klantcontact WHERE id::text = %s", (key,))
    if row is None:
        return
    body = {"indicatieContactGelukt": gelukt, "wijzigingsgrond": "aanvulling"}
    try:
        klantcontacten.patch(_ACTOR, UUID(key), body, _CALL)
    except Problem as problem:
        log.warning("the contact of message %s stays as it is: %s", notificatie.pk, problem.detail)


def werkt_niet(adres: str) -> None:
    """Take back that an e-mail address works, so that nothing is sent there until it is shown anew.

    Of whomever it is: a mailbox that is not there, is there for nobody.
    """
    for (key,) in rows(_BEWEZEN_SQL, (adres,)):
        try:
            digitaleadressen.patch(_ACTOR, key, {"verificatieDatum": None}, _CALL)
        except Problem as problem:
            log.warning("address %s stays as it is: %s", key, problem.detail)


def voor_een_medewerker(notificatie: Any, source: Herkomst, reden: str) -> str:
    """Leave a message that reached nobody to an employee; return the address of the contact."""
    made = contact(notificatie, source, tekst="niet aangekomen", gelukt=False)
    if not made:
        return ""
    body = {
        "gevraagdeHandeling": "Bereik deze klant op een andere manier",
        "aanleidinggevendKlantcontact": {"uuid": made.rpartition("/")[2]},
        "toegewezenAanActoren": [{"uuid": str(_team())}],
        "toelichting": f"{Gebeurtenis(notificatie.gebeurtenis).label}. {reden}"[:1000],
        "status": "te_verwerken",
    }
    try:
        internetaken.create(_ACTOR, body, _CALL)
    except Problem as problem:
        log.warning("no interne taak of message %s: %s", notificatie.pk, problem.detail)
    return made


def _team() -> UUID:
    """Return the team that deals with what reached nobody, made when it is first needed."""
    row = one(_TEAM_SQL, (TEAM["objectId"],))
    if row is not None:
        return UUID(str(row[0]))
    body = {
        "naam": "Berichten die niet aankwamen",
        "soortActor": "organisatorische_eenheid",
        "indicatieActief": True,
        "actoridentificator": TEAM,
    }
    return UUID(str(actoren.create(_ACTOR, body, _CALL).record.pk))
