"""How somebody may be reached for a kind of message: one answer, with the reason for it.

What was preferred counts in this order: for this contact, for this zaak, for this zaaktype, for the
partij as a whole; then what the partij said that it can be reached by. A channel that is electronic
needs that the partij said so of this kind of message (Awb 2:8), and an address that works.
"""

from __future__ import annotations

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


def bereik(actor: Actor, call: Call) -> dict[str, Any]:
    """Return over which channel, and to which address, a partij may be reached; and why."""
    demand_fresh(actor)
    asked = _asked(checked(call.body), call)
    found: Any = fetch(Partij, call.key) if call.key else None
    if found is None:
        raise NotFound
    while found.opgegaan_in is not None:
        found = found.opgegaan_in
    asked["partij"] = found.pk
    passed: list[dict[str, str]] = []
    said = [kanaal for (kanaal,) in rows(_SAID, asked)]
    addresses = list(rows(_ADDRESSES, asked))
    wishes = sorted(
        [*rows(_WISHES, asked), *(("bereikbaarheid", kanaal, None) for kanaal in said)],
        key=lambda wish: LEVELS.index(wish[0]),
    )
    if not found.indicatie_actief:
        passed.append({"niveau": "partij", "kanaal": "", "reden": "De partij is niet actief."})
        wishes = []
    for niveau, kanaal, key in wishes:
        reason, adres = _possible(found, kanaal, key, said, addresses)
        if not reason:
            return _answer(call, kanaal, niveau, adres, passed)
        passed.append({"niveau": niveau, "kanaal": kanaal, "reden": reason})
    post = "" if _has_post(found) else "geen"
    return _answer(call, post or Contactkanaal.BRIEF.value, "terugval", None, passed)


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


def _answer(
    call: Call, kanaal: str, niveau: str, adres: Any, passed: list[dict[str, str]]
) -> dict[str, Any]:
    shown = None
    if adres is not None:
        url = f"{call.base or HOUSE}{digitaleadressen.root}/{digitaleadressen.path}/{adres[0]}"
        shown = {"uuid": str(adres[0]), "url": url, "adres": adres[2]}
    return {"kanaal": kanaal, "niveau": niveau, "digitaalAdres": shown, "overgeslagen": passed}


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
