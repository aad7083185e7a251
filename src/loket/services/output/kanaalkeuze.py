"""Over which channel somebody hears: his wishes first, then what he gave with the zaak, then paper.

What is electronic needs that he said so of this kind of message (Awb 2:8), or gave the address for
this very zaak. A message with content goes only where nobody else reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loket.registers.klantinteracties.bereiken import wegen
from loket.registers.klantinteracties.waarden import Contactkanaal
from loket.registers.output.waarden import ZONDER_INHOUD, Inhoud, Outputkanaal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from uuid import UUID

    from loket.services.output.onderwerp import Betrokkene, Onderwerp

ANY: Final = tuple(Outputkanaal)
_WISHED: Final = {
    Contactkanaal.EMAIL: Outputkanaal.EMAIL,
    Contactkanaal.TELEFOON: Outputkanaal.SMS,
    Contactkanaal.PORTAAL: Outputkanaal.PORTAAL,
    Contactkanaal.BRIEF: Outputkanaal.BRIEF,
}


@dataclass(frozen=True)
class Keuze:
    """A channel with its address; `reden` says why it can't be used."""

    kanaal: Outputkanaal
    adres: str = ""
    reden: str = ""


def mogelijk(
    wie: Betrokkene,
    partij: UUID | None,
    onderwerp: Onderwerp,
    soort_bericht: str,
    inhoud: str,
    alleen: Sequence[str] = (),
    ingericht: Collection[str] = ANY,
) -> list[Keuze]:
    """Return the channels in the order in which they are to be tried, and those that can't be.

    `alleen` are those of the rule, which decide the order where there are any; `ingericht` those
    that this municipality can send over.
    """
    found = [
        _judged(each, inhoud, ingericht) for each in _ways(wie, partij, onderwerp, soort_bericht)
    ]
    once: dict[Outputkanaal, Keuze] = {}
    for each in found:
        if not each.reden:
            once.setdefault(each.kanaal, each)
    passed = [each for each in found if each.reden and each.kanaal not in once]
    if alleen:
        return [
            *(each for kind in alleen for each in once.values() if each.kanaal == kind),
            *passed,
        ]
    return [*once.values(), *passed]


def _judged(keuze: Keuze, inhoud: str, ingericht: Collection[str]) -> Keuze:
    reden = keuze.reden
    if not reden and keuze.kanaal not in ingericht:
        reden = "De gemeente heeft dit kanaal niet ingericht."
    if not reden and inhoud == Inhoud.BERICHT and keuze.kanaal in ZONDER_INHOUD:
        reden = "Een bericht met inhoud gaat niet langs dit kanaal."
    return Keuze(keuze.kanaal, keuze.adres, reden)


def _ways(
    wie: Betrokkene, partij: UUID | None, onderwerp: Onderwerp, soort: str
) -> Iterator[Keuze]:
    asked = {"soort": soort, "zaaktype": onderwerp.zaaktype_adres}
    asked["zaak"] = onderwerp.hoofd_object if onderwerp.zaak else ""
    known = list(wegen(partij, asked)) if partij else []
    for weg in known:
        if weg.kanaal and weg.niveau != "terugval":
            adres = weg.adres[1] if weg.adres else ""
            yield Keuze(_WISHED[Contactkanaal(weg.kanaal)], adres, weg.reden)
    if wie.email:
        yield Keuze(Outputkanaal.EMAIL, wie.email)
    if wie.in_portaal:
        yield Keuze(Outputkanaal.PORTAAL)
        yield Keuze(Outputkanaal.BERICHTENBOX)
    if any(weg.niveau == "terugval" for weg in known):
        yield Keuze(Outputkanaal.BRIEF)
