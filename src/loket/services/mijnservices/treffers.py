"""What was found, as a list of hits shows it: title, a piece of the text, the words marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from loket.kernel.clock import AMSTERDAM
from loket.services.mijnservices import opmaak

ROOM: Final = 80
"""How many signs of a text stand before and after the first hit."""


@dataclass(frozen=True)
class Stuk:
    """Een stuk tekst, dat wel of niet is waar naar gezocht werd."""

    tekst: str
    treft: bool


@dataclass(frozen=True)
class Treffer:
    """Iets dat gevonden is: de titel, een fragment van de tekst, en de dag waarop het was.

    Een besluit staat op de bladzijde van zijn zaak: `uuid` is dan van de zaak.
    """

    uuid: UUID
    titel: tuple[Stuk, ...]
    fragment: tuple[Stuk, ...]
    datum: date


class Merk:
    """Marks the words that were searched, whatever their case."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Know what to mark; the longest first, so that it is not cut by one that is part of it."""
        longest = sorted(words, key=len, reverse=True)
        self._sought = re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)

    def stukken(self, text: str) -> tuple[Stuk, ...]:
        """Return a text in pieces."""
        found, at = [], 0
        for match in self._sought.finditer(text):
            found += [Stuk(text[at : match.start()], treft=False), Stuk(match[0], treft=True)]
            at = match.end()
        return tuple(each for each in (*found, Stuk(text[at:], treft=False)) if each.tekst)

    def fragment(self, *texts: str) -> tuple[Stuk, ...]:
        """Return the piece around the first hit in the first text that has one; or nothing."""
        for text in texts:
            plain = " ".join(text.split())
            match = self._sought.search(plain)
            if match:
                start, end = max(0, match.start() - ROOM), match.end() + ROOM
                before, after = ("…" if start else ""), ("…" if end < len(plain) else "")
                return self.stukken(f"{before}{plain[start:end]}{after}")
        return ()


def zaak(shown: dict[str, Any], merk: Merk) -> Treffer:
    """Return a zaak that was found; it is known by its number as well."""
    kind = shown["_expand"]["zaaktype"]["omschrijving"]
    return Treffer(
        UUID(shown["uuid"]),
        merk.stukken(shown["omschrijving"] or kind),
        merk.fragment(shown["identificatie"], shown["toelichting"], kind),
        date.fromisoformat(shown["registratiedatum"]),
    )


def besluit(shown: dict[str, Any], merk: Merk) -> Treffer:
    """Return a besluit that was found, where it is read: at its zaak."""
    kind = shown["_expand"]["besluittype"]["omschrijving"]
    return Treffer(
        UUID(shown["_expand"]["zaak"]["uuid"]),
        merk.stukken(kind),
        merk.fragment(shown["identificatie"], shown["toelichting"]),
        date.fromisoformat(shown["datum"]),
    )


def taak(shown: dict[str, Any], merk: Merk) -> Treffer:
    """Return a task that was found, with its last day."""
    return Treffer(
        UUID(shown["uuid"]),
        merk.stukken(shown["titel"]),
        merk.fragment(shown["toelichting"]),
        date.fromisoformat(shown["einddatumHandelingsTermijn"]),
    )


def bericht(shown: dict[str, Any], merk: Merk) -> Treffer:
    """Return a bericht that was found, without the signs of its Markdown."""
    return Treffer(
        UUID(shown["uuid"]),
        merk.stukken(shown["onderwerp"]),
        merk.fragment(opmaak.tekst(shown["berichtTekst"])),
        datetime.fromisoformat(shown["publicatiedatum"]).astimezone(AMSTERDAM).date(),
    )


def document(shown: dict[str, Any], merk: Merk) -> Treffer:
    """Return a document that was found."""
    return Treffer(
        UUID(shown["uuid"]),
        merk.stukken(shown["titel"]),
        merk.fragment(shown["beschrijving"]),
        date.fromisoformat(shown["creatiedatum"]),
    )


def contact(shown: dict[str, Any], merk: Merk) -> Treffer:
    """Return a contactmoment that was found."""
    return Treffer(
        UUID(shown["uuid"]),
        merk.stukken(shown["onderwerp"]),
        merk.fragment(shown["inhoud"], shown["reactie"]),
        datetime.fromisoformat(shown["plaatsgevondenOp"]).astimezone(AMSTERDAM).date(),
    )
