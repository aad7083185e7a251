"""What a functioneel beheerder should look at next, counted in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from loket.ledger.database import one

if TYPE_CHECKING:
    from collections.abc import Iterator

_SQL = """
SELECT
    (SELECT count(*) FROM ledger_delivery WHERE state = 'vast'),
    (SELECT count(*) FROM ledger_delivery WHERE state = 'wacht' AND attempts > 0),
    (SELECT count(*) FROM beheer_client c WHERE NOT EXISTS (
        SELECT FROM autorisaties_applicatie a WHERE a.client_ids @> to_jsonb(c.client_id::text))),
    (SELECT count(DISTINCT (catalogus_id, identificatie)) FROM catalogi_zaaktype t
        WHERE NOT EXISTS (SELECT FROM catalogi_zaaktype p WHERE p.catalogus_id = t.catalogus_id
        AND p.identificatie = t.identificatie AND NOT p.concept)),
    (SELECT count(*) FROM beheer_instellingen WHERE rsin = ''),
    (SELECT count(*) FROM beheer_instellingen WHERE afzender_email = ''),
    (SELECT count(*) FROM klantinteracties_internetaak
        WHERE status = 'te_verwerken' AND uiterste_datum < current_date),
    (SELECT count(*) FROM klantinteracties_samenvoegvoorstel WHERE status = 'open')
"""


@dataclass(frozen=True)
class Punt:
    """Iets dat aandacht vraagt: wat, waarom, en waar het te verhelpen is."""

    wat: str
    uitleg: str
    adres: str


def points() -> list[Punt]:
    """Return what there is to do, the most pressing first."""
    stuck, delayed, bare, unpublished, nameless, senderless, overdue, pairs = one(_SQL)
    events, settings = reverse("gebeurtenissen:lijst"), _list("beheer_instellingen")
    counted = (
        (stuck, "vastgelopen aflevering", "vastgelopen afleveringen",
         "Lees waarom, en probeer opnieuw.", f"{events}?staat=vast"),
        (delayed, "aflevering die nog niet lukte", "afleveringen die nog niet lukten",
         "Het huis probeert het vanzelf opnieuw.", f"{events}?staat=wacht"),
        (bare, "client zonder applicatie", "clients zonder applicatie",
         "Die mogen niets, tot een applicatie hun rechten geeft.",
         f"{_list('beheer_client')}?applicatie=zonder"),
        (unpublished, "zaaktype zonder gepubliceerde versie",
         "zaaktypen zonder gepubliceerde versie",
         "Daarvan kunnen nog geen zaken worden gemaakt.", _list("catalogi_zaaktype")),
        (overdue, "interne taak over de norm", "interne taken over de norm",
         "Iemand wacht op antwoord dat is beloofd.",
         f"{_list('klantinteracties_internetaak')}?status__exact=te_verwerken&o=1"),
        (pairs, "voorstel om samen te voegen", "voorstellen om samen te voegen",
         "Beoordeel of twee partijen dezelfde zijn.",
         f"{_list('klantinteracties_samenvoegvoorstel')}?status__exact=open"),
    )  # fmt: skip
    made = list(_counted(counted))
    if nameless:
        made.append(Punt("Het RSIN van de gemeente", "is nog niet ingevuld.", settings))
    if senderless:
        made.append(Punt("De afzender van e-mail", "is nog die van het huis.", settings))
    return made


def _counted(lines: tuple[tuple[int, str, str, str, str], ...]) -> Iterator[Punt]:
    for number, singular, plural, why, where in lines:
        if number:
            yield Punt(f"{number} {singular if number == 1 else plural}", why, where)


def _list(name: str) -> str:
    return reverse(f"admin:{name}_changelist")
