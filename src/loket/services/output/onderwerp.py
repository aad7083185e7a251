"""What a message is about: the values that a text may hold, and who it concerns.

Everything is read anew when it is needed, so that a message that waited tells how things stand.
A status is the one that was set, though: two on a day are two pieces of news.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from loket.grammar.change import HOUSE
from loket.grammar.urns import HIDDEN
from loket.kernel.clock import AMSTERDAM, today
from loket.ledger.database import one, rows
from loket.registers.output.waarden import Gebeurtenis

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

ZAKEN: Final = f"{HOUSE}/zaken/api/v1/zaken/"
OCHTEND: Final = time(8)
"""From when on the day of its start somebody hears of a taak."""

ZAAK_URN: Final = "urn:nld:loket:zaken:zaak:"


@dataclass(frozen=True)
class Betrokkene:
    """Somebody whom it concerns; his BSN is known by its pseudonym only."""

    urn: str = ""
    nummer: UUID | None = None
    email: str = ""
    telefoon: str = ""
    rol: str = "initiator"

    @property
    def sleutel(self) -> str:
        """What tells him from another."""
        return str(self.nummer or self.urn or self.email or self.telefoon)

    @property
    def is_bedrijf(self) -> bool:
        """Whether it is a company."""
        return self.nummer is None and self.urn.startswith("urn:nld:hr:")

    @property
    def in_portaal(self) -> bool:
        """Whether he can log in and read a message there."""
        return self.nummer is not None or self.is_bedrijf


@dataclass(frozen=True)
class Onderwerp:
    """What a message is about: `pad` is where it is read in the portal.

    `bij` is the URN of the zaak with which a bericht about it belongs.
    """

    waarden: Mapping[str, str]
    betrokkenen: Sequence[Betrokkene]
    hoofd_object: str
    pad: str = ""
    zaak: UUID | None = None
    zaaktype: str = ""
    zaaktype_adres: str = ""
    bij: str = ""
    besloten: bool = False
    """Whether the portal does not show it, so that nothing of it may be told there either."""
    vanaf: Any = None
    """From when it may be told; None for at once."""


def van(soort: Gebeurtenis, key: UUID, main_key: UUID) -> Onderwerp | None:
    """Return what an event is about, as it stands now; None when it is not there any more.

    Of a status `key` is the one that was set; another key leads to the status of now.
    """
    if soort in (Gebeurtenis.TAAK_UITGEZET, Gebeurtenis.TAAK_HERINNERING):
        return _taak(key)
    if soort == Gebeurtenis.BERICHT_GEPLAATST:
        return _bericht(key)
    if soort == Gebeurtenis.VERZOEK_ONTVANGEN:
        return _verzoek(key)
    if soort == Gebeurtenis.BESLUIT_GENOMEN:
        return _besluit(key)
    extra = _document(key) if soort == Gebeurtenis.DOCUMENT_TOEGEVOEGD else {}
    return _zaak(main_key, extra, status=key)


_ZAAK: Final = """
SELECT z.identificatie, z.omschrijving, t.omschrijving, t.identificatie, t.id, z.startdatum,
    z.uiterlijke_einddatum_afdoening, z.vertrouwelijkheidaanduiding > 3,
    (SELECT rt.omschrijving FROM zaken_resultaat r
        JOIN catalogi_resultaattype rt ON rt.id = r.resultaattype_id WHERE r.zaak_id = z.id)
FROM zaken_zaak z JOIN catalogi_zaaktype t ON t.id = z.zaaktype_id WHERE z.id = %s
"""
_STATUS: Final = """
SELECT t.omschrijving, t.statustekst, s.statustoelichting, s.datum_status_gezet
FROM zaken_status s JOIN catalogi_statustype t ON t.id = s.statustype_id
WHERE s.zaak_id = %s ORDER BY s.id = %s DESC, s.datum_status_gezet DESC, s.id DESC LIMIT 1
"""
_ROLLEN: Final = """
SELECT r.betrokkene_type, r.betrokkene_identificatie_nummer,
    r.betrokkene_identificatie->>'kvkNummer', r.betrokkene_identificatie->>'vestigingsNummer',
    r.contactpersoon_rol->>'emailadres', r.contactpersoon_rol->>'telefoonnummer',
    t.omschrijving_generiek
FROM zaken_rol r JOIN catalogi_roltype t ON t.id = r.roltype_id
WHERE r.zaak_id = %s AND t.omschrijving_generiek IN ('initiator', 'mede_initiator')
    AND (r.einde_geldigheid IS NULL OR r.einde_geldigheid >= %s::date)
ORDER BY t.omschrijving_generiek, r.id
"""


def _zaak(
    key: UUID, extra: Mapping[str, str], *, status: UUID | None = None, vanaf: Any = None
) -> Onderwerp | None:
    row = one(_ZAAK, (key,))
    if row is None:
        return None
    nummer, omschrijving, soort, identificatie, zaaktype, start, uiterlijk, besloten, result = row
    waarden = {
        "zaak.nummer": nummer,
        "zaak.omschrijving": omschrijving or soort,
        "zaak.type": soort,
        "zaak.startdatum": dag(start),
        "zaak.uiterste_datum": dag(uiterlijk),
        "zaak.resultaat": result or "",
        **_status(key, status),
        **extra,
    }
    return Onderwerp(
        waarden,
        list(_rollen(key)),
        f"{ZAKEN}{key}",
        f"/mijn-zaken/{key}/",
        zaak=key,
        zaaktype=identificatie,
        zaaktype_adres=f"{HOUSE}/catalogi/api/v1/zaaktypen/{zaaktype}",
        bij="" if besloten else f"{ZAAK_URN}{key}",
        besloten=besloten,
        vanaf=vanaf,
    )


def _status(zaak: UUID, key: UUID | None) -> Mapping[str, str]:
    """Return one status of a zaak in words; that of now where there is none with that key."""
    row = one(_STATUS, (zaak, key))
    if row is None:
        return {}
    naam, tekst, toelichting, moment = row
    return {
        "zaak.status": tekst or naam,
        "zaak.status_naam": naam,
        "zaak.status_uitleg": tekst or toelichting,
        "zaak.status_datum": dag(moment.astimezone(AMSTERDAM).date()),
    }


def _rollen(zaak: UUID) -> Iterator[Betrokkene]:
    for soort, nummer, kvk, vestiging, email, telefoon, rol in rows(_ROLLEN, (zaak, today())):
        urn = HIDDEN if nummer else _company(soort, kvk, vestiging)
        yield Betrokkene(urn, nummer, email or "", telefoon or "", rol)


def _company(soort: str, kvk: str | None, vestiging: str | None) -> str:
    if not kvk or soort not in ("niet_natuurlijk_persoon", "vestiging"):
        return ""
    place = f":vestigingsnummer:{vestiging}" if vestiging else ""
    return f"urn:nld:hr:kvknummer:{kvk}{place}"


_DOCUMENT: Final = """
SELECT coalesce(nullif(r.titel, ''), d.titel) FROM zaken_zaakinformatieobject r
JOIN documenten_enkelvoudiginformatieobject d ON d.id = r.informatieobject_id WHERE r.id = %s
"""
_BESLUIT: Final = """
SELECT b.zaak_id, t.omschrijving, b.datum, b.uiterlijke_reactiedatum,
    coalesce(b.verzenddatum, b.publicatiedatum, b.ingangsdatum)
FROM besluiten_besluit b JOIN catalogi_besluittype t ON t.id = b.besluittype_id WHERE b.id = %s
"""
_TAAK: Final = """
SELECT titel, toelichting, einddatum_handelings_termijn, is_toegewezen_aan,
    is_toegewezen_aan_nummer, status, startdatum, (
        SELECT g.x->>'urn' FROM jsonb_array_elements(is_gerelateerd_aan) WITH ORDINALITY g(x, nr)
        WHERE starts_with(lower(g.x->>'urn'), %s) ORDER BY g.nr LIMIT 1)
FROM taken_externetaak WHERE id = %s
"""
_BERICHT: Final = """
SELECT onderwerp, ontvanger, ontvanger_nummer, publicatiedatum, geopend_op
FROM berichten_bericht WHERE id = %s
"""
_VERZOEK: Final = """
SELECT t.naam, v.geregistreerd_op, v.initiator, v.initiator_nummer, v.mede_initiator,
    v.mede_initiator_nummer
FROM verzoeken_verzoek v JOIN verzoeken_verzoektype t ON t.id = v.verzoek_type_id WHERE v.id = %s
"""


def _document(key: UUID) -> Mapping[str, str]:
    row = one(_DOCUMENT, (key,))
    return {"document.titel": row[0]} if row else {}


def _besluit(key: UUID) -> Onderwerp | None:
    """Return what a besluit is about; one without a zaak concerns nobody that is known here.

    Nothing is told of it before the day on which the portal shows it.
    """
    row = one(_BESLUIT, (key,))
    if row is None or row[0] is None:
        return None
    zaak, soort, datum, reactie, bekend = row
    extra = {
        "besluit.type": soort,
        "besluit.datum": dag(datum),
        "besluit.reactiedatum": dag(reactie),
        "uiterste_datum": dag(reactie),
    }
    return _zaak(zaak, extra, vanaf=datetime.combine(bekend, time(), AMSTERDAM))


def _taak(key: UUID) -> Onderwerp | None:
    """Return what a taak is about, as long as it is to be done."""
    row = one(_TAAK, (ZAAK_URN, key))
    if row is None or row[5] != "open":
        return None
    titel, toelichting, uiterlijk, urn, nummer, _, start, zaak = row
    waarden = {
        "taak.titel": titel,
        "taak.toelichting": toelichting,
        "uiterste_datum": dag(uiterlijk),
    }
    return Onderwerp(
        waarden,
        _personen((urn, nummer)),
        f"{HOUSE}/taken/api/v1/externetaken/{key}",
        f"/mijn-taken/{key}/",
        bij=zaak or "",
        vanaf=datetime.combine(start, OCHTEND, AMSTERDAM),
    )


def _bericht(key: UUID) -> Onderwerp | None:
    """Return what a bericht is about, as long as it was not read."""
    row = one(_BERICHT, (key,))
    if row is None or row[4] is not None:
        return None
    onderwerp, urn, nummer, publicatie, _ = row
    return Onderwerp(
        {"bericht.onderwerp": onderwerp},
        _personen((urn, nummer)),
        f"{HOUSE}/berichten/api/v1/berichten/{key}",
        f"/mijn-berichten/{key}/",
        vanaf=publicatie,
    )


def _verzoek(key: UUID) -> Onderwerp | None:
    row = one(_VERZOEK, (key,))
    if row is None:
        return None
    naam, kwam, urn, nummer, mede_urn, mede_nummer = row
    waarden = {"verzoek.type": naam, "verzoek.datum": dag(kwam.astimezone(AMSTERDAM).date())}
    betrokkenen = _personen((urn, nummer), (mede_urn, mede_nummer))
    return Onderwerp(waarden, betrokkenen, f"{HOUSE}/verzoeken/api/v1/verzoeken/{key}", "/")


def _personen(*named: tuple[str, UUID | None]) -> list[Betrokkene]:
    rollen = ("initiator", "mede_initiator")
    return [
        Betrokkene(urn, nummer, rol=rol)
        for (urn, nummer), rol in zip(named, rollen, strict=False)
        if urn
    ]


_MAANDEN: Final = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def dag(day: date | None) -> str:
    """Write a day as people read it."""
    return f"{day.day} {_MAANDEN[day.month - 1]} {day.year}" if day else ""
