"""What goes along with a task: documents, in the zaak for which the task was issued (M42).

Of which task a document is, and of which field of its form, stands among its trefwoorden: so a
list on the task can't be lost when several files come in at the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.grammar.change import HOUSE
from loket.grammar.codec import decode
from loket.grammar.spool import Refused, Spool, spooled
from loket.kernel.clock import today
from loket.kernel.problems import Fault, Invalid
from loket.ledger.database import one
from loket.registers.catalogi.informatieobjecttype import informatieobjecttypen
from loket.registers.documenten.waarden import Status
from loket.registers.zaken.zaak import zaken
from loket.services.mijnservices import bestandsnamen, bestandsoorten
from loket.services.mijnservices.documenten import DocumentRegel
from loket.services.mijnservices.documenten import regel as document

if TYPE_CHECKING:
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.bestandsoorten import Toegelaten

TAAK: Final = "urn:nld:loket:taken:externetaak:"
MOST: Final = 50
"""How many documents go along with one task."""
FORMAAT: Final = "formaat-niet-toegestaan"
"""The code of a file of a kind that is not taken."""

_VELD: Final = "veld:"
_WORD: Final = 100
_NEDERLANDS: Final = "dut"

_SQL: Final = """
SELECT z.identificatie, z.bronorganisatie,
    z.einddatum IS NULL AND z.archiefstatus = 'nog_te_archiveren' AS open,
    (SELECT coalesce(json_agg(json_build_object('uuid', i.id, 'omschrijving', i.omschrijving)
            ORDER BY k.volgnummer, i.begin_geldigheid DESC), '[]')
        FROM catalogi_zaaktypeinformatieobjecttype k
        JOIN catalogi_zaaktype t ON t.id = k.zaaktype_id
        JOIN catalogi_informatieobjecttype i ON i.catalogus_id = t.catalogus_id
            AND i.omschrijving = k.informatieobjecttype
        WHERE k.zaaktype_id = z.zaaktype_id AND k.richting = 'inkomend' AND NOT i.concept
            AND i.begin_geldigheid <= %(dag)s::date
            AND (i.einde_geldigheid IS NULL OR i.einde_geldigheid >= %(dag)s::date)),
    (SELECT coalesce(json_agg(json_build_object('koppeling', r.id, 'uuid', d.id,
            'titel', d.titel, 'creatiedatum', d.creatiedatum, 'formaat', d.formaat,
            'bestandsnaam', d.bestandsnaam, 'bestandsomvang', d.bestandsomvang,
            'beschrijving', d.beschrijving, 'ontvangstdatum', d.ontvangstdatum,
            'verzenddatum', d.verzenddatum, 'trefwoorden', d.trefwoorden) ORDER BY d.id), '[]')
        FROM documenten_enkelvoudiginformatieobject d
        JOIN zaken_zaakinformatieobject r ON r.informatieobject_id = d.id AND r.zaak_id = z.id
        WHERE d.trefwoorden @> jsonb_build_array(%(taak)s::text)
            AND d.regime = ANY(%(regimes)s)),
    (SELECT json_build_array(i.grootste_bestand, i.bestandsoorten)
        FROM beheer_instellingen i LIMIT 1)
FROM zaken_zaak z WHERE z.id = %(zaak)s AND z.regime = ANY(%(regimes)s)
"""


@dataclass(frozen=True)
class Documentsoort:
    """Een soort document die bij de zaak binnen kan komen."""

    uuid: UUID
    omschrijving: str


@dataclass(frozen=True)
class Bijlage:
    """Een document dat met een taak is meegestuurd; `veld` is de sleutel in het formulier."""

    document: DocumentRegel
    veld: str
    koppeling: UUID


@dataclass(frozen=True)
class Plek:
    """De zaak waar documenten bij een taak terechtkomen, wat er bij mag en wat er al is."""

    zaak: UUID
    zaaknummer: str
    bronorganisatie: str
    open: bool
    soorten: tuple[Documentsoort, ...]
    bijlagen: tuple[Bijlage, ...]
    toegelaten: Toegelaten

    @property
    def ontvangt(self) -> bool:
        """Zeg of er documenten bij kunnen."""
        return self.open and bool(self.soorten) and bool(self.toegelaten.soorten)

    def kent(self, soort: Any) -> str:
        """Geef de sleutel van een soort document, naar naam of adres; leeg als het er niet is."""
        asked = str(soort or "").rstrip("/")
        for each in self.soorten:
            if asked.casefold() == each.omschrijving.casefold():
                return str(each.uuid)
        last = asked.rpartition("/")[2]
        return last if last in {str(each.uuid) for each in self.soorten} else ""

    def van_veld(self, veld: str) -> tuple[Bijlage, ...]:
        """Geef wat er bij een veld van het formulier is meegestuurd."""
        return tuple(each for each in self.bijlagen if each.veld == veld)


def plek(actor: Actor, taak: UUID, zaak: UUID | None) -> Plek | None:
    """Return where the documents of a task go, in one statement; None without a zaak here.

    It is read for the house: who has to do the task need not be whom the zaak is of.
    """
    if zaak is None:
        return None
    regimes = [each.value for each in actor.regimes]
    asked = {"zaak": zaak, "taak": f"{TAAK}{taak}", "dag": today(), "regimes": regimes}
    row = one(_SQL, asked)
    if row is None:
        return None
    nummer, bron, is_open, soorten, found, gekozen = row
    return Plek(
        zaak, nummer, bron, is_open,
        tuple(_eenmaal(decode(soorten))),
        tuple(map(_bijlage, decode(found))),
        bestandsoorten.toegelaten(*decode(gekozen) if gekozen else ()),
    )  # fmt: skip


def body_van(actor: Actor, taak: UUID, waar: Plek, body: dict[str, Any], veld: str) -> Any:
    """Return the body of what is registered: the document as the house completes it, its link."""
    spool = _bestand(body, waar.toegelaten)
    soort = bestandsoorten.herkend(spool, waar.toegelaten.soorten)
    if soort is None:
        wel = waar.toegelaten.namen
        raise weigering(FORMAAT, f"Dit soort bestand nemen wij niet aan. Dit kan wel: {wel}.")
    naam = bestandsnamen.veilig(str(body.get("bestandsnaam") or ""), soort)
    titel = bestandsnamen.titel(str(body.get("titel") or ""), naam)
    vandaag = today().isoformat()
    return {
        "enkelvoudiginformatieobject": {
            "bronorganisatie": waar.bronorganisatie,
            "creatiedatum": vandaag,
            "ontvangstdatum": vandaag,
            "titel": titel,
            "beschrijving": str(body.get("beschrijving") or "")[:1000].replace("\x00", ""),
            "auteur": (actor.label or actor.kind.value)[:200],
            "taal": _NEDERLANDS,
            "status": Status.DEFINITIEF.value,
            "tonenAanInitiator": True,
            "indicatieGebruiksrecht": False,
            "formaat": soort.formaat,
            "bestandsnaam": naam,
            "bestandsomvang": spool.size,
            "inhoud": spool,
            "informatieobjecttype": _soort(waar, body.get("informatieobjecttype")),
            "trefwoorden": [f"{TAAK}{taak}", *([_veldwoord(veld)] if veld else [])],
        },
        "zaakinformatieobject": {"zaak": f"{HOUSE}{zaken.root}/{zaken.path}/{waar.zaak}"},
    }


def weigering(code: str, reason: str, name: str = "inhoud") -> Invalid:
    """Return the problem of a file that is not taken."""
    return Invalid([Fault(name, code, reason)])


def _bestand(body: dict[str, Any], toegelaten: Toegelaten) -> Spool:
    raw = body.get("inhoud")
    spool = spooled(raw) if isinstance(raw, str) else raw
    if isinstance(spool, Refused):
        raise weigering(spool.code, spool.reason)
    if not isinstance(spool, Spool):
        raise weigering("required", "Dit veld is vereist.")
    if spool.size == 0:
        raise weigering("leeg", "Dit bestand is leeg.")
    if spool.size > toegelaten.most:
        raise weigering("te-groot", f"Een bestand mag hoogstens {toegelaten.mb} MB groot zijn.")
    return spool


def _soort(waar: Plek, given: Any) -> str:
    """Return the type of a document: what was chosen, or the one that there is; Invalid."""
    chosen = waar.kent(given) if given else str(waar.soorten[0].uuid)
    if not chosen:
        reason = "Dit soort document hoort niet bij de zaak."
        raise weigering("soort", reason, "informatieobjecttype")
    return f"{HOUSE}{informatieobjecttypen.root}/{informatieobjecttypen.path}/{chosen}"


def _eenmaal(soorten: list[dict[str, str]]) -> list[Documentsoort]:
    """Return each type once, by its name: the version that began last."""
    found: dict[str, Documentsoort] = {}
    for each in soorten:
        name = each["omschrijving"]
        found.setdefault(name, Documentsoort(UUID(each["uuid"]), name))
    return list(found.values())


def _veldwoord(veld: str) -> str:
    return f"{_VELD}{veld}"[:_WORD]


def _bijlage(shown: dict[str, Any]) -> Bijlage:
    words = shown["trefwoorden"]
    veld = next((each.removeprefix(_VELD) for each in words if each.startswith(_VELD)), "")
    return Bijlage(document(shown), veld, UUID(shown["koppeling"]))


__all__ = ["FORMAAT", "MOST", "Bijlage", "Documentsoort", "Plek", "body_van", "plek", "weigering"]
