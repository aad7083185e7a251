"""How somebody may be reached for a kind of message: one answer, with the reason for it.

What was preferred counts in this order: for this contact, for this zaak, for this zaaktype, for the
partij as a whole; then what the partij said that it can be reached by. A channel that is electronic
needs that the partij said so of this kind of message (Awb 2:8), and an address that works.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from loket.grammar.change import HOUSE, demand_fresh
from loket.grammar.links import localised
from loket.grammar.resource import Command
from loket.kernel.problems import Fault, Invalid, NotFound
from loket.ledger.database import fetch, rows
from loket.registers.klantinteracties.digitaaladres import digitaleadressen
from loket.registers.klantinteracties.partij import Partij
from loket.registers.klantinteracties.register import KLANTINTERACTIES, LEZEN
from loket.registers.klantinteracties.samenvoegopdrachten import checked
from loket.registers.klantinteracties.waarden import Contactkanaal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

Wish = tuple[str, str, Any]
"""At which level, over which channel, and to which address (or None for the default)."""

ABOUT = ("klantcontact", "zaak", "zaaktype")
LEVELS = (*ABOUT, "partij", "bereikbaarheid")
KINDS = {Contactkanaal.EMAIL: "email", Contactkanaal.TELEFOON: "telefoonnummer"}
"""The kind of digital address that a channel takes."""

_WISHES = """
SELECT CASE WHEN klantcontact_id IS NOT NULL THEN 'klantcontact' WHEN zaak <> '' THEN 'zaak'
    WHEN zaaktype <> '' THEN 'zaaktype' ELSE 'partij' END, kanaal, digitaal_adres_id
FROM klantinteracties_contactvoorkeur
WHERE partij_id = %(partij)s
    AND (klantcontact_id IS NULL OR klantcontact_id::text = %(klantcontact)s)
    AND zaak IN ('', %(zaak)s) AND zaaktype IN ('', %(zaaktype)s)
ORDER BY id DESC
"""
_SAID = """
SELECT kanaal FROM klantinteracties_bereikbaarheid WHERE partij_id = %(partij)s
    AND soort_bericht = %(soort)s AND ingetrokken_op IS NULL ORDER BY id DESC
"""
_ADDRESSES = """
SELECT id, soort_digitaal_adres, adres, verificatie_datum IS NOT NULL
FROM klantinteracties_digitaaladres WHERE verstrekt_door_partij_id = %(partij)s
ORDER BY is_standaard_adres DESC, verificatie_datum IS NULL, id
"""


@dataclass(frozen=True)
class Weg:
    """A way to reach somebody: at which level it was wished for, or why it can't be used."""

    niveau: str
    kanaal: str
    adres: tuple[Any, str] | None = None
    """The key of the digital address, and the address itself."""
    reden: str = ""


def wegen(key: UUID | None, asked: Mapping[str, Any]) -> Iterator[Weg]:
    """Yield every way to reach a partij, in order of its wishes, with those that can't be used.

    `asked` holds `soort` (the kind of message) and what it is about: klantcontact, zaak, zaaktype.
    Paper is the last, as the law has it; NotFound without such a partij.
    """
    found: Any = fetch(Partij, key) if key else None
    if found is None:
        raise NotFound
    while found.opgegaan_in is not None:
        found = found.opgegaan_in
    params = {**dict.fromkeys(ABOUT, ""), **asked, "partij": found.pk}
    said = [kanaal for (kanaal,) in rows(_SAID, params)]
    addresses = list(rows(_ADDRESSES, params))
    wishes = sorted(
        [*rows(_WISHES, params), *(("bereikbaarheid", kanaal, None) for kanaal in said)],
        key=lambda wish: LEVELS.index(wish[0]),
    )
    if not found.indicatie_actief:
        yield Weg("partij", "", reden="De partij is niet actief.")
        wishes = []
    for niveau, kanaal, wanted in wishes:
        reason, adres = _possible(found, kanaal, wanted, said, addresses)
        yield Weg(niveau, kanaal, (adres[0], adres[2]) if adres else None, reason)
    if _has_post(found):
        yield Weg("terugval", Contactkanaal.BRIEF.value)


def bereik(actor: Actor, call: Call) -> dict[str, Any]:
    """Return over which channel, and to which address, a partij may be reached; and why."""
    demand_fresh(actor)
    passed: list[dict[str, str]] = []
    for weg in wegen(call.key, _asked(checked(call.body), call)):
        if not weg.reden:
            return _answer(call, weg, passed)
        passed.append({"niveau": weg.niveau, "kanaal": weg.kanaal, "reden": weg.reden})
    return _answer(call, Weg("terugval", "geen"), passed)


def _asked(body: Mapping[str, Any], call: Call) -> dict[str, Any]:
    soort = body.get("soortBericht")
    if not isinstance(soort, str) or not 0 < len(soort) <= 50 or "\x00" in soort:
        raise Invalid([Fault("soortBericht", "required", "Zeg welke soort bericht het is.")])
    asked: dict[str, Any] = {"soort": soort}
    for name in ABOUT:
        given = body.get(name) or ""
        if isinstance(given, dict):
            given = given.get("uuid")
        if not isinstance(given, str) or "\x00" in given:
            raise Invalid([Fault(name, "invalid", "Hier hoort een adres of een uuid.")])
        asked[name] = localised(call.base, given)
    return asked


def _possible(
    partij: Any, kanaal: str, key: Any, said: list[str], addresses: list[Any]
) -> tuple[str, Any]:
    """Return why a channel cannot be used, or nothing and the address."""
    if kanaal == Contactkanaal.BRIEF:
        return ("" if _has_post(partij) else "Er is geen postadres bekend."), None
    if kanaal not in said:
        return "De partij heeft dit kanaal niet opengesteld voor deze soort bericht.", None
    if kanaal == Contactkanaal.PORTAAL:
        return "", None
    fitting = list(_fitting(kanaal, key, addresses))
    if not fitting:
        return "Er is geen adres voor dit kanaal bekend.", None
    verified = next((each for each in fitting if each[3]), None)
    return ("", verified) if verified else ("Het adres is nog niet geverifieerd.", None)


def _fitting(kanaal: str, key: Any, addresses: list[Any]) -> Iterator[Any]:
    kind = KINDS[Contactkanaal(kanaal)]
    return (each for each in addresses if each[1] == kind and key in (None, each[0]))


def _has_post(partij: Any) -> bool:
    return any(
        (form or {}).get(name)
        for form in (partij.correspondentieadres, partij.bezoekadres)
        for name in ("straatnaam", "adresregel1", "nummeraanduidingId")
    )


def _answer(call: Call, weg: Weg, passed: list[dict[str, str]]) -> dict[str, Any]:
    shown = None
    if weg.adres is not None:
        key, adres = weg.adres
        url = f"{call.base or HOUSE}{digitaleadressen.root}/{digitaleadressen.path}/{key}"
        shown = {"uuid": str(key), "url": url, "adres": adres}
    return {
        "kanaal": weg.kanaal, "niveau": weg.niveau, "digitaalAdres": shown, "overgeslagen": passed,
    }  # fmt: skip


_TEXT = {"type": "string"}
Command(
    KLANTINTERACTIES,
    "partijen/{uuid}/bereiken",
    bereik,
    LEZEN,
    "Waarlangs mag de gemeente deze partij bereiken, en waarom?",
    request={
        "type": "object",
        "required": ["soortBericht"],
        "properties": {
            "soortBericht": {**_TEXT, "minLength": 1, "maxLength": 50},
            **{name: {**_TEXT, "description": "Waar het bericht over gaat."} for name in ABOUT},
        },
    },
    response={
        "type": "object",
        "required": ["kanaal", "niveau", "digitaalAdres", "overgeslagen"],
        "properties": {
            "kanaal": {**_TEXT, "enum": [*Contactkanaal.values, "geen"]},
            "niveau": {**_TEXT, "enum": [*LEVELS, "terugval"]},
            "digitaalAdres": {
                "type": "object",
                "nullable": True,
                "required": ["uuid", "url", "adres"],
                "properties": {
                    "uuid": {**_TEXT, "format": "uuid"},
                    "url": {**_TEXT, "format": "uri"},
                    "adres": _TEXT,
                },
            },
            "overgeslagen": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["niveau", "kanaal", "reden"],
                    "properties": {"niveau": _TEXT, "kanaal": _TEXT, "reden": _TEXT},
                },
            },
        },
    },
)
