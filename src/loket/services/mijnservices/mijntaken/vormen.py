"""The forms of MijnTaken 0.1.0, as published.

An upload by itself is among them, though no task of ours is one: a portal that knows it loses
nothing, and a client that is made from this document knows all that a provider may answer.
"""

from __future__ import annotations

from typing import Any, Final

from loket.services.mijnservices.mijntaken.vraag import STATUSSEN, TAKEN

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_URI: Final[Schema] = {**_TEXT, "format": "uri"}
_WHOLE: Final[Schema] = {"type": "integer"}


def _taal(doc: str) -> Schema:
    return {
        "type": "object",
        "description": f"{doc}, in een of meer talen; het Nederlands is er altijd.",
        "required": ["nl"],
        "properties": {"nl": _TEXT},
        "additionalProperties": _TEXT,
    }


VRAAG: Final[Schema] = {
    "type": "object",
    "required": ["klantId"],
    "properties": {
        "klantId": {
            **_TEXT,
            "description": (
                "Wie de klant is: de URN van een persoon of bedrijf "
                "(`urn:nld:brp:bsn:…`, `urn:nld:hr:kvknummer:…[:vestigingsnummer:…]`), een BSN, of "
                "de uuid van een partij. Voor een BSN is een doelbinding nodig (X-Doelbinding)."
            ),
        },
        "contextId": {
            **_URI,
            "pattern": "^urn:",
            "description": "De URN van iets waar de taak bij hoort, zoals een zaak.",
        },
        "include": {
            "type": "array",
            "items": _TEXT,
            "description": f"Wat er in het antwoord staat; wij kennen `{TAKEN}`.",
            "example": [TAKEN],
        },
        "status": {
            "type": "array",
            "items": {**_TEXT, "enum": list(STATUSSEN)},
            "description": "Hoe ver de taken zijn; weggelaten: alleen wat nog open staat.",
        },
    },
}

_CONTEXT: Final[Schema] = {
    "type": "object",
    "description": "Waar de taak bij hoort.",
    "required": ["urn"],
    "properties": {
        "urn": {**_TEXT, "pattern": "^urn:"},
        "canonicalUrl": {**_URI, "description": "De pagina van de zaak in ons portaal."},
    },
}


def _uitvoering(soort: Schema, *more: str, **fields: Schema) -> Schema:
    fallback = {**_URI, "description": "Waar de taak altijd gedaan kan worden."}
    return {
        "type": "object",
        "required": ["type", "fallbackUrl", *more],
        "properties": {"type": soort, "fallbackUrl": fallback, **fields},
    }


def _soort(name: str) -> Schema:
    return {**_TEXT, "enum": [name]}


_KNOWN: Final = ("upload", "formulier", "betaling")
UITVOERING: Final[Schema] = {
    "oneOf": [
        _uitvoering(
            _soort("upload"), "submitUrl",
            submitUrl=_URI, maxBestanden=_WHOLE, maxBestandsgrootte=_WHOLE,
            toegestaneFormaten={"type": "array", "items": _TEXT},
        ),
        _uitvoering(
            _soort("formulier"), "submitUrl",
            submitUrl={
                **_URI,
                "description": (
                    "De taak zelf (Taken API): een PATCH met details.ontvangenGegevens en de "
                    "status uitgevoerd."
                ),
            },
            schema={"type": "object", "description": "De formulierDefinitie van de taak."},
        ),
        _uitvoering(_soort("betaling")),
        _uitvoering({**_TEXT, "not": {"enum": list(_KNOWN)}}),
    ],
}  # fmt: skip

TAAK_INFO: Final[Schema] = {
    "type": "object",
    "required": ["uuid", "titel", "status"],
    "properties": {
        "uuid": {**_TEXT, "format": "uuid", "readOnly": True},
        "titel": _taal("Wat er gedaan moet worden"),
        "toelichting": _taal("Een toelichting"),
        "status": {
            **_TEXT,
            "description": "Hoe ver het is: open, afgerond, of geannuleerd (niet op tijd gedaan).",
        },
        "deadline": {
            **_TEXT,
            "format": "date-time",
            "description": "Het einde van de laatste dag, in Nederlandse tijd.",
        },
        "context": _CONTEXT,
        "uitvoering": {
            **_uitvoering(_TEXT),
            "description": "Hoe de taak gedaan wordt; alleen bij een taak die open staat.",
        },
    },
}

TAAK: Final[Schema] = {
    **TAAK_INFO,
    "properties": {**TAAK_INFO["properties"], "uitvoering": UITVOERING},
}

CONTEXT: Final[Schema] = {
    "type": "object",
    "properties": {TAKEN: {"type": "array", "items": TAAK_INFO}},
}
