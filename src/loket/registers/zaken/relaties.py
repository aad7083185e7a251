"""The relations of a zaak with other zaken, and with what stands outside the house."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from loket.grammar.links import localised, resource_of
from loket.grammar.rule import rule
from loket.grammar.writing import adjust
from loket.kernel.clock import now
from loket.kernel.problems import Fault
from loket.ledger.database import fetch
from loket.ledger.events import BASE
from loket.registers.zaken.verwijzingen import HOUSE, known, named, place
from loket.registers.zaken.waarden import AardRelatie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loket.grammar.resource import Call
    from loket.grammar.writing import Change
    from loket.kernel.actor import Actor
    from loket.registers.zaken.zaak import Zaak

LISTS = {
    "relevanteAndereZaken": "relevante_andere_zaken",
    "gerelateerdeZaken": "gerelateerde_zaken",
}
KANAAL = ("url", "naam", "omschrijving")


@contextmanager
def kijk_buiten(_: Actor, body: Any, call: Call) -> Iterator[Any]:
    """Look before the transaction at the addresses outside the house that a zaak names."""
    for url in _addresses(body):
        known(localised(call.base, url))
    yield body


def _addresses(body: Any) -> Iterator[str]:
    given = body if isinstance(body, dict) else {}
    lists = [given.get(name) for name in LISTS]
    others = [each for found in lists if isinstance(found, list) for each in found]
    urls = [given.get("communicatiekanaal")]
    urls += [each.get("url") for each in others if isinstance(each, dict)]
    yield from (url for url in urls if isinstance(url, str) and url)


def andere_zaken_bestaan(zaak: Zaak, change: Change) -> list[Fault]:
    """Note each other zaak that names nothing, here or in a house we trust (zrc-011)."""
    return [
        Fault(f"{wire}.{nr}.url", "bad-url", "De URL verwijst naar niets dat bekend is.")
        for wire, name in LISTS.items()
        if name in change.given
        for nr, each in enumerate(getattr(zaak, name))
        if named(each["url"]) is None
    ]


def overige_relatie_is_benoemd(zaak: Zaak, change: Change) -> list[Fault]:
    """Note each relation of the kind overig that does not say which."""
    if "relevante_andere_zaken" not in change.given:
        return []
    return [
        Fault(f"relevanteAndereZaken.{nr}.overigeRelatie", "required", "Dit veld is vereist.")
        for nr, each in enumerate(zaak.relevante_andere_zaken)
        if each["aardRelatie"] == AardRelatie.OVERIG and not each["overigeRelatie"]
    ]


def kanaal_is_communicatiekanaal(zaak: Zaak, change: Change) -> list[Fault]:
    """Note a communicatiekanaal that is not there, or is something else (zrc-010)."""
    url = zaak.communicatiekanaal
    if not url or "communicatiekanaal" not in change.given:
        return []
    found = named(url)
    if found is None:
        return [Fault("communicatiekanaal", "bad-url", "De URL verwijst naar niets dat bekend is.")]
    if url.startswith(BASE):
        fits = {*KANAAL} <= {"url", *found[0].by_wire}
    else:
        fits = isinstance(found, dict) and {*KANAAL} <= found.keys()
    if fits:
        return []
    return [Fault("communicatiekanaal", "invalid-resource", "Dit is geen communicatiekanaal.")]


@rule("invalid-deelzaaktype", on="hoofdzaak")
def zaaktype_past_bij_hoofdzaak(zaak: Zaak) -> bool:
    """Het zaaktype staat niet in de deelzaaktypen van het zaaktype van de hoofdzaak."""
    if zaak.hoofdzaak is None:
        return True
    above, kind = zaak.hoofdzaak.zaaktype, zaak.zaaktype
    same = above.catalogus_id == kind.catalogus_id
    return same and kind.identificatie in above.deelzaaktypen


def relateer_over_en_weer(zaak: Zaak, change: Change) -> None:
    """Let a zaak of this house that is newly related know of it, and one that is not forget."""
    before = _related(change.before) if change.before is not None else set()
    now_related = _related(zaak)
    for url in before ^ now_related:
        _tell_other(zaak, url, change, related=url in now_related)


def verbreek_relaties(zaak: Zaak, change: Change) -> None:
    """Let every related zaak forget one that goes."""
    for url in _related(zaak):
        _tell_other(zaak, url, change, related=False)


def _related(zaak: Any) -> set[str]:
    return {each["url"] for each in zaak.gerelateerde_zaken if each["url"].startswith(BASE)}


def _tell_other(zaak: Zaak, url: str, change: Change, *, related: bool) -> None:
    resource, found = resource_of(type(zaak)), place(url)
    other = fetch(type(zaak), found[1], lock=True) if found and found[0] is resource else None
    if other is None or other.pk == zaak.pk:
        return
    mine = resource.address(zaak, HOUSE)
    rest = [each for each in other.gerelateerde_zaken if each["url"] != mine]
    wanted = [*rest, {"url": mine}] if related else rest
    if wanted != other.gerelateerde_zaken:
        adjust(resource, other, change, gerelateerde_zaken=wanted, laatst_gemuteerd=now())
