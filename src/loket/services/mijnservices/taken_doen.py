"""Mijn taken: doing what is asked, and sending along what is asked for (M40, M41, M42).

A citizen or company does it as the house does what is theirs: only after the task was read as
themselves, so that what is another's is not found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE
from loket.grammar.codec import decode
from loket.kernel.problems import Conflict, Fault, Invalid, NotFound
from loket.ledger.database import atomic, one
from loket.registers.berichten.waarden import HandelingsPerspectief
from loket.registers.documenten.enkelvoudiginformatieobject import enkelvoudiginformatieobjecten
from loket.registers.documenten.registreren import registreer
from loket.registers.taken.externetaak import externetaken
from loket.registers.taken.formulier import fields
from loket.registers.taken.waarden import TaakSoort, TaakStatus
from loket.registers.zaken.zaakinformatieobject import zaakinformatieobjecten
from loket.services.mijnservices import bestandsoorten, meesturen, taken
from loket.services.mijnservices.documenten import regel as document
from loket.services.mijnservices.klant import demand_klant, namens
from loket.services.mijnservices.vragen import SLEUTEL, een, gekozen, vraag

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from loket.grammar.reading import Query
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.documenten import DocumentRegel
    from loket.services.mijnservices.meesturen import Plek
    from loket.services.mijnservices.taken import TaakDetail

Json = dict[str, Any]

_FILE: Final = "file"
_DOCUMENT: Final = "urn:nld:loket:documenten:enkelvoudiginformatieobject:"
_HOLD: Final = "SELECT status FROM taken_externetaak WHERE id = %s FOR NO KEY UPDATE"


@dataclass(frozen=True)
class Werk:
    """Een taak met waar documenten terechtkomen; `plek` is leeg als zij bij geen zaak hoort."""

    taak: TaakDetail
    plek: Plek | None

    @property
    def definitie(self) -> Json:
        """Het formulier, bij een taak die er een heeft."""
        found = self.taak.details.get("formulierDefinitie")
        return found if isinstance(found, dict) else {}

    @property
    def bestandsvelden(self) -> dict[str, Json]:
        """De velden van het formulier waarin bestanden horen, bij hun sleutel."""
        found = fields(self.definitie.get("components"))
        return {each["key"]: each for each in found if each.get("type") == _FILE}

    @property
    def kan_meesturen(self) -> bool:
        """Zeg of er nu documenten bij de taak kunnen."""
        mag = self.taak.regel.open and self.taak.regel.soort != TaakSoort.BETAALTAAK
        return mag and self.plek is not None and self.plek.ontvangt

    @property
    def vraagt_documenten(self) -> bool:
        """Zeg of de taak om informatie vraagt zonder dat een veld er plaats voor heeft."""
        asked = self.taak.perspectief == HandelingsPerspectief.INFORMATIE_GEVEN
        return asked and not self.bestandsvelden and self.taak.regel.soort != TaakSoort.BETAALTAAK

    @property
    def los(self) -> tuple[meesturen.Bijlage, ...]:
        """Wat er is meegestuurd buiten een veld van het formulier."""
        known = self.bestandsvelden
        found = self.plek.bijlagen if self.plek else ()
        return tuple(each for each in found if each.veld not in known)


def werk(actor: Actor, uuid: UUID) -> Werk:
    """Return one task of who asks with what goes along; NotFound. At most two statements."""
    found = taken.detail(actor, uuid)
    return Werk(found, meesturen.plek(actor, uuid, found.regel.zaak))


def is_ingetrokken(actor: Actor, uuid: UUID) -> bool:
    """Tell who asks whether a task of his was withdrawn: he may have had it before him."""
    demand_klant(actor)
    found = een(externetaken.list(actor, _ongeacht_status(uuid)))
    return found is not None and found["status"] == TaakStatus.AFGEBROKEN


def rond_af(actor: Actor, uuid: UUID, gegevens: Json, call: Call) -> TaakDetail:
    """Finish a task with what was filled in; NotFound, Conflict when it is not open, Invalid.

    What stands in a field for files is what was sent along before, whatever `gegevens` says.
    """
    if not isinstance(gegevens, dict):
        raise Invalid([Fault("gegevens", "invalid", "Hier hoort een object.")])
    with atomic():
        _neem(actor, uuid)
        found = werk(actor, uuid)
        if found.taak.regel.soort != TaakSoort.FORMULIERTAAK:
            raise Conflict("Deze taak heeft geen formulier; u kunt haar hier niet afronden.")
        ingevuld = {**gegevens, **dict(_bestanden(found))}
        body = {
            "status": TaakStatus.UITGEVOERD.value,
            "details": {"ontvangenGegevens": ingevuld},
        }
        externetaken.patch(namens(actor), uuid, body, _thuis(call, "gedaan in MijnServices"))
    return taken.detail(actor, uuid)


def voeg_toe(actor: Actor, uuid: UUID, body: Json, call: Call, veld: str = "") -> DocumentRegel:
    """Put a document in the zaak for which the task was issued, at once, final and shown.

    `body` is as the Documenten API takes it: titel, bestandsnaam, inhoud (a spool or base64), and
    the informatieobjecttype where there is a choice; the rest the house says itself. `veld` is the
    field of the form that asked for it. NotFound, Conflict when there is no zaak that takes
    documents or the task is not open, Invalid, Infected, Unavailable.
    """
    found = werk(actor, uuid)
    waar = _ontvangende(found)
    asked = _veld(found, waar, veld)
    made = meesturen.body_van(actor, uuid, waar, body | asked, veld)
    shown = made["enkelvoudiginformatieobject"]
    kinds = bestandsoorten.passend(
        waar.toegelaten.soorten, found.bestandsvelden.get(veld, {}).get("filePattern") or ""
    )
    if shown["formaat"] not in {each.formaat for each in kinds}:
        raise meesturen.weigering(meesturen.FORMAAT, "Dit soort bestand past hier niet.")
    told = replace(_thuis(call, "meegestuurd in MijnServices"), body=made)
    return document(decode(registreer(namens(actor), told))["enkelvoudiginformatieobject"])


def haal_weg(actor: Actor, uuid: UUID, sleutel: UUID, call: Call) -> None:
    """Take away what was sent along with a task that is still open; NotFound, Conflict."""
    with atomic():
        _neem(actor, uuid)
        waar = werk(actor, uuid).plek
        bijlagen = waar.bijlagen if waar else ()
        chosen = next((each for each in bijlagen if each.document.uuid == sleutel), None)
        if chosen is None:
            raise NotFound
        house, told = namens(actor), _thuis(call, "weggehaald in MijnServices")
        try:
            zaakinformatieobjecten.destroy(house, chosen.koppeling, told)
            enkelvoudiginformatieobjecten.destroy(house, sleutel, told)
        except Invalid as held:
            raise Conflict("Dit document is al in behandeling en kan niet meer weg.") from held


def _neem(actor: Actor, uuid: UUID) -> None:
    """Hold a task of who asks against others that would finish it; NotFound, Conflict."""
    if een(externetaken.list(actor, _ongeacht_status(uuid))) is None:
        raise NotFound
    (status,) = one(_HOLD, (uuid,))
    demand_open(status)


def _ongeacht_status(uuid: UUID) -> Query:
    return vraag((SLEUTEL, uuid), kies=gekozen(externetaken, "status"), size=1)


def demand_open(status: str) -> None:
    """Refuse a task that was done, withdrawn or closed in the meantime."""
    if status == TaakStatus.OPEN:
        return
    if status == TaakStatus.AFGEBROKEN:
        raise Conflict("Deze taak is ingetrokken. U hoeft niets meer te doen.")
    if status == TaakStatus.NIET_UITGEVOERD:
        raise Conflict("De laatste dag voor deze taak is voorbij.")
    raise Conflict("Deze taak is al gedaan.")


def _ontvangende(found: Werk) -> Plek:
    demand_open(found.taak.regel.status)
    if found.taak.regel.soort == TaakSoort.BETAALTAAK:
        raise Conflict("Bij deze taak kunt u geen documenten meesturen.")
    if found.plek is None:
        raise Conflict("Deze taak hoort niet bij een zaak van ons. U kunt hier niets meesturen.")
    if not found.plek.open:
        raise Conflict("De zaak is afgerond. U kunt geen documenten meer meesturen.")
    if not found.plek.ontvangt:
        raise Conflict("Bij deze zaak kunt u hier geen documenten meesturen.")
    if len(found.plek.bijlagen) >= meesturen.MOST:
        raise Conflict("U kunt bij deze taak niet nog meer documenten meesturen.")
    return found.plek


def _veld(found: Werk, waar: Plek, veld: str) -> Json:
    """Return what the field of a form says of its files; Invalid when there is no such field."""
    if not veld:
        return {}
    component = found.bestandsvelden.get(veld)
    if component is None:
        raise meesturen.weigering("veld", "Dit veld vraagt niet om bestanden.", "veld")
    if not component.get("multiple") and waar.van_veld(veld):
        raise meesturen.weigering("aantal", "Hier past maar één bestand.")
    kind = component.get("informatieobjecttype")
    return {"informatieobjecttype": kind} if waar.kent(kind) else {}


def _bestanden(found: Werk) -> Iterator[tuple[str, list[Json]]]:
    """Yield for each field for files what was sent along, as form.io writes it."""
    for key in found.bestandsvelden:
        sent = found.plek.van_veld(key) if found.plek else ()
        yield key, [_als_bestand(each.document) for each in sent]


def _als_bestand(sent: DocumentRegel) -> Json:
    return {
        "url": f"{_DOCUMENT}{sent.uuid}",
        "originalName": sent.bestandsnaam,
        "size": sent.omvang,
        "type": sent.formaat,
    }


def _thuis(call: Call, waarom: str) -> Call:
    return replace(call, base=HOUSE, toelichting=call.toelichting or waarom)
