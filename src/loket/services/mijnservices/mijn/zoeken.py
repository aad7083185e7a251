"""Searching in all that is one's own, over the MijnServices API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from loket.kernel.problems import Fault, Invalid
from loket.services.mijnservices import zoeken
from loket.services.mijnservices.mijn.lezen import link_to, offer, page_of
from loket.services.mijnservices.mijn.register import MIJNSERVICES
from loket.services.mijnservices.mijn.vormen import AANTAL, ADRES, lijst, tonen, vorm
from loket.services.mijnservices.zoeken import KORTST, LANGST, PAGE, Groep, Soort, Treffer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.treffers import Stuk

_ADRESSEN: Final = {
    Soort.ZAKEN: "zaken/{}",
    Soort.BESLUITEN: "zaken/{}",
    Soort.TAKEN: "taken/{}",
    Soort.BERICHTEN: "berichten/{}",
    Soort.DOCUMENTEN: "documenten/{}/inhoud",
    Soort.CONTACTMOMENTEN: "contactmomenten/{}",
}


@dataclass(frozen=True)
class Gemarkeerd:
    """De titel en het fragment in stukken, die samen de hele tekst zijn."""

    titel: tuple[Stuk, ...]
    fragment: tuple[Stuk, ...]


@dataclass(frozen=True)
class Gevonden:
    """Iets dat gevonden is, met het adres waar het te lezen is en de dag waarop het was.

    `fragment` is de tekst rond het gevonden woord, zonder opmaak; leeg als het woord daar niet
    staat. `gemarkeerd` zegt welke stukken van titel en fragment het gezochte zijn. Een besluit is
    te lezen bij zijn zaak: `uuid` en `url` zijn dan van de zaak.
    """

    url: str
    uuid: UUID
    soort: Soort
    titel: str
    datum: date
    fragment: str
    gemarkeerd: Gemarkeerd


def _zoeken(actor: Actor, call: Call) -> Any:
    """What who asks has with these words, by kind; or all of one kind, in pages (M35, M44)."""
    if faults := list(_faults(call)):
        raise Invalid(faults)
    soort = Soort(call.query["soort"][-1]) if "soort" in call.query else None
    nummer = page_of(call)
    found = zoeken.zoek(actor, call.query["q"][-1], soort, nummer)
    return {
        "count": sum(each.aantal for each in found),
        "groepen": [_groep(call, each, nummer if soort else 0) for each in found],
    }


def _faults(call: Call) -> Iterator[Fault]:
    asked = call.query
    if "q" not in asked:
        yield Fault("q", "required", "Dit veld is vereist.")
    elif not zoeken.woorden(asked["q"][-1]):
        yield Fault("q", "invalid", f"Zoek met minstens {KORTST} en hoogstens {LANGST} tekens.")
    if "soort" in asked and asked["soort"][-1] not in list(Soort):
        yield Fault("soort", "invalid_choice", f"Kies uit {', '.join(Soort)}.")
    if "page" in asked and "soort" not in asked:
        yield Fault("page", "invalid", "Bladeren kan alleen als een soort gekozen is.")


def _groep(call: Call, groep: Groep, nummer: int) -> dict[str, Any]:
    """Return what was found of one kind; `nummer` is the page, 0 when no kind was chosen."""
    root = f"{call.base}{MIJNSERVICES.root}"
    query = urlencode({"q": call.query["q"][-1], "soort": groep.soort})
    more = nummer > 0 and groep.aantal > nummer * PAGE
    return {
        "soort": groep.soort,
        "url": f"{root}/zoeken?{query}",
        "count": groep.aantal,
        "next": link_to(call, "zoeken", nummer + 1) if more else None,
        "previous": link_to(call, "zoeken", nummer - 1) if nummer > 1 else None,
        "results": [tonen(_gevonden(root, groep.soort, each)) for each in groep.treffers],
    }


def _gevonden(root: str, soort: Soort, treffer: Treffer) -> Gevonden:
    return Gevonden(
        url=f"{root}/{_ADRESSEN[soort].format(treffer.uuid)}",
        uuid=treffer.uuid,
        soort=soort,
        titel="".join(each.tekst for each in treffer.titel),
        datum=treffer.datum,
        fragment="".join(each.tekst for each in treffer.fragment),
        gemarkeerd=Gemarkeerd(treffer.titel, treffer.fragment),
    )


def _groep_vorm() -> dict[str, Any]:
    page = lijst(Gevonden)
    alles = {**ADRES, "description": "Waar alles staat dat van deze soort gevonden is."}
    return {
        **page,
        "required": ["soort", "url", *page["required"]],
        "properties": {"soort": vorm(Soort), "url": alles, **page["properties"]},
    }


offer(
    "zoeken", _zoeken,
    f"Zoek in al het eigene met `q`, {KORTST} tot {LANGST} tekens; alleen binnen één `soort` "
    "kan gebladerd worden.",
    {
        "type": "object",
        "required": ["count", "groepen"],
        "properties": {"count": AANTAL, "groepen": {"type": "array", "items": _groep_vorm()}},
    },
    ("q", "soort", "page"),
)  # fmt: skip
