"""A template as its recipient will see it: with example values, or those of a real thing.

Nothing is written, and nothing is sent but by who asks for it, to an address that he gives.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from loket.kernel.clock import now
from loket.kernel.values import uuid7
from loket.ledger.database import one
from loket.registers.beheer.current import instellingen
from loket.registers.output.variabelen import PLACE
from loket.registers.output.waarden import Gebeurtenis
from loket.services.output import brief, onderwerp
from loket.services.output.bezorgen import Zending, naar_buiten
from loket.services.output.opmaken import maak_op, maak_op_binnen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from loket.services.output.bezorgen import Wegen
    from loket.services.output.onderwerp import Onderwerp
    from loket.services.output.opmaken import Opgemaakt

WAARDEN: Final[Mapping[str, str]] = {
    "uiterste_datum": "31 december 2026",
    "zaak.nummer": "ZAAK-2026-0000000123",
    "zaak.omschrijving": "Dakkapel aan de voorkant",
    "zaak.type": "Omgevingsvergunning",
    "zaak.status": "Wij bekijken of uw plan mag.",
    "zaak.status_naam": "In behandeling",
    "zaak.status_uitleg": "Wij bekijken of uw plan mag.",
    "zaak.status_datum": "9 november 2026",
    "zaak.resultaat": "Verleend",
    "zaak.startdatum": "2 november 2026",
    "zaak.uiterste_datum": "28 december 2026",
    "besluit.type": "Vergunning",
    "besluit.datum": "19 november 2026",
    "besluit.reactiedatum": "31 december 2026",
    "document.titel": "Bouwtekening",
    "taak.titel": "Stuur een foto van uw huis",
    "taak.toelichting": "Wij willen de voorgevel zien.",
    "verzoek.type": "Dakkapel aanvragen",
    "verzoek.datum": "2 november 2026",
    "bericht.onderwerp": "Uw vraag over de dakkapel",
}
"""What stands in a preview of nothing in particular."""

ENVELOP: Final = ("Naam van de ontvanger", "Straat en huisnummer", "1234 AB  Plaats")
PROEF: Final = "Proef: "

_FOUND: Final = """
(SELECT 'zaak', id FROM zaken_zaak WHERE identificatie = %(nummer)s ORDER BY id DESC LIMIT 1)
UNION ALL SELECT 'zaak', id FROM zaken_zaak WHERE id = %(key)s
UNION ALL SELECT 'taak', id FROM taken_externetaak WHERE id = %(key)s
UNION ALL SELECT 'bericht', id FROM berichten_bericht WHERE id = %(key)s
LIMIT 1
"""
_WITH_IT: Final = """
SELECT (SELECT id FROM besluiten_besluit WHERE zaak_id = %(zaak)s
        ORDER BY datum DESC, id DESC LIMIT 1),
    (SELECT id FROM zaken_zaakinformatieobject WHERE zaak_id = %(zaak)s ORDER BY id DESC LIMIT 1)
"""
_GSM: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE: Final = frozenset("^{}\\[~]|€")
"""Signs of a text message that take the room of two."""


class GeenDrukker(Exception):
    """This machine lacks the libraries with which a letter is made."""


@dataclass(frozen=True)
class Voorbeeld:
    """A text as it will be read, and what stood in it: each variable with its value.

    `portaal` is how who is logged in reads it, `eigen` whether that is a text of its own.
    """

    tekst: Opgemaakt
    portaal: Opgemaakt
    eigen: bool
    waarden: Sequence[tuple[str, str]]
    echt: bool

    @property
    def leeg(self) -> list[str]:
        """The variables of the text that have no value here."""
        return [name for name, value in self.waarden if not value]


def zoek(gevraagd: str) -> Onderwerp | None:
    """Return a zaak by its number, or a zaak, taak or bericht by its address; None for nothing.

    A taak that was done, or a bericht that was read, is nothing to tell any more.
    """
    row = one(_FOUND, {"nummer": gevraagd, "key": _key_in(gevraagd)})
    if row is None:
        return None
    soort, key = row
    if soort == "zaak":
        return _zaak(key)
    kind = Gebeurtenis.TAAK_UITGEZET if soort == "taak" else Gebeurtenis.BERICHT_GEPLAATST
    return onderwerp.van(kind, key, key)


def _key_in(gevraagd: str) -> UUID | None:
    try:
        return UUID(gevraagd.rstrip("/").rpartition("/")[2])
    except ValueError:
        return None


def _zaak(key: UUID) -> Onderwerp | None:
    """Return a zaak, with its latest besluit and document."""
    besluit, document = one(_WITH_IT, {"zaak": key})
    kinds = (
        (Gebeurtenis.STATUS_GEZET, key),
        (Gebeurtenis.DOCUMENT_TOEGEVOEGD, document),
        (Gebeurtenis.BESLUIT_GENOMEN, besluit),
    )
    found = [onderwerp.van(kind, each, key) for kind, each in kinds if each is not None]
    waarden = {name: value for each in found if each for name, value in each.waarden.items()}
    return replace(found[0], waarden=waarden) if found[0] is not None else None


def maak(
    teksten: Sequence[Mapping[str, Any]], taal: str, portaal: str, about: Onderwerp | None = None
) -> Voorbeeld:
    """Make a text up as it will be sent, of a real thing or of nothing in particular."""
    waarden = {
        **(about.waarden if about else WAARDEN),
        "gemeente.naam": instellingen().naam,
        "link": f"{portaal}{about.pad if about else '/mijn-zaken/'}",
    }
    chosen = next(each for each in teksten if each["taal"] == taal)
    whole = "\n".join(str(text) for text in chosen.values() if text)
    besloten = about is not None and about.besloten
    used = dict.fromkeys(PLACE.findall(whole))
    return Voorbeeld(
        maak_op(teksten, taal, waarden),
        maak_op_binnen(teksten, taal, waarden, besloten=besloten),
        bool(chosen.get("tekstPortaal")) and not besloten,
        [(name, waarden.get(name, "")) for name in used],
        about is not None,
    )


def sms_delen(text: str) -> tuple[int, int]:
    """Return how many characters a text message counts, and in how many parts it goes."""
    if set(text) <= _GSM | _GSM_TWICE:
        length, single, each = sum(1 + (sign in _GSM_TWICE) for sign in text), 160, 153
    else:
        length, single, each = len(text.encode("utf-16-be")) // 2, 70, 67
    return length, 1 if length <= single else -(-length // each)


def als_brief(tekst: Opgemaakt) -> bytes:
    """Return a text as the PDF of a letter to nobody in particular; GeenDrukker."""
    try:
        return brief.zet(tekst, ENVELOP, now(), "proef").pdf
    except (ImportError, OSError) as problem:
        raise GeenDrukker(str(problem)) from None


def stuur(tekst: Opgemaakt, kanaal: str, adres: str, wegen: Wegen) -> str:
    """Send a text to an address of who tries it; return how the carrier names it. Onbezorgd."""
    proef = replace(
        tekst,
        onderwerp=f"{PROEF}{tekst.onderwerp}",
        sms=f"{PROEF}{tekst.sms}" if tekst.sms else "",
    )
    return naar_buiten(Zending(kanaal, adres, proef, str(uuid7()), now(), 1, None), wegen)
