"""The first page: the rules, the templates, how the last week went, and what is wrong."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.urls import reverse

from loket.kernel.clock import AMSTERDAM, today
from loket.ledger.database import rows
from loket.registers.output.waarden import Inhoud, Ontvanger, SoortOntvanger, Verzendstatus
from loket.site import uitgaand
from loket.site.output import woorden
from loket.site.output.deur import page, shown
from loket.site.output.rechten import LEZEN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from django.http import HttpRequest, HttpResponse

WEEK: Final = 7

_REGELS: Final = """
SELECT r.id, r.naam, r.actief, r.gebeurtenis, r.zaaktype, (
        SELECT t.omschrijving FROM catalogi_zaaktype t WHERE t.identificatie = r.zaaktype
        ORDER BY t.begin_geldigheid DESC LIMIT 1),
    r.ontvanger, r.soort_ontvanger, s.id, s.naam,
    ARRAY(SELECT jsonb_array_elements_text(r.kanalen)),
    EXISTS (SELECT FROM output_sjabloonversie v
        WHERE v.sjabloon_id = s.id AND v.stand = 'gepubliceerd')
FROM output_outputregel r JOIN output_sjabloon s ON s.id = r.sjabloon_id
"""
_NAMES: Final = (
    "id", "naam", "actief", "gebeurtenis", "zaaktype", "zaaktype_naam", "ontvanger",
    "soort_ontvanger", "sjabloon", "sjabloon_naam", "kanalen", "gepubliceerd",
)  # fmt: skip
_SJABLONEN: Final = """
SELECT s.id, s.naam, s.omschrijving, s.inhoud, g.versie,
    ARRAY(SELECT t->>'taal' FROM jsonb_array_elements(g.teksten) t),
    (SELECT max(c.versie) FROM output_sjabloonversie c
        WHERE c.sjabloon_id = s.id AND c.stand = 'concept')
FROM output_sjabloon s LEFT JOIN output_sjabloonversie g
    ON g.sjabloon_id = s.id AND g.stand = 'gepubliceerd'
ORDER BY s.naam
"""
_COUNTS: Final = """
SELECT status, count(*) FROM output_klantnotificatie WHERE id >= %s GROUP BY status
"""


@page(*LEZEN)
def overzicht(request: HttpRequest) -> HttpResponse:
    """Show what there is, how it went, and what is wrong."""
    since = today() - timedelta(days=WEEK)
    counted = dict(rows(_COUNTS, (first_key(since),)))
    regels = regels_van()
    return shown(
        request,
        "overzicht",
        "Output",
        gebreken=list(gebreken(regels, uitgaand.ingericht())),
        regels=regels,
        sjablonen=[_sjabloon(row) for row in rows(_SJABLONEN)],
        aantallen=[(each.value, each.label, counted.get(each.value, 0)) for each in Verzendstatus],
        sinds=since,
    )


def regels_van(sjabloon: UUID | None = None) -> list[dict[str, Any]]:
    """Return the rules in words: all, or those of one template."""
    where = "WHERE s.id = %s " if sjabloon else ""
    order = "ORDER BY r.gebeurtenis, r.zaaktype, r.naam"
    found = rows(f"{_REGELS}{where}{order}", (sjabloon,) if sjabloon else ())
    return [_regel(dict(zip(_NAMES, row, strict=True))) for row in found]


def _regel(regel: dict[str, Any]) -> dict[str, Any]:
    soort = SoortOntvanger(regel["soort_ontvanger"])
    return {
        **regel,
        "wat": woorden.gebeurtenis(regel["gebeurtenis"]),
        "wie": woorden.WIE[Ontvanger(regel["ontvanger"])],
        "voor": "" if soort is SoortOntvanger.ALLEN else str(soort.label),
        "waarlangs": ", dan ".join(woorden.kanaal(each) for each in regel["kanalen"]),
    }


def _sjabloon(row: Any) -> dict[str, Any]:
    key, naam, omschrijving, inhoud, versie, talen, concept = row
    return {
        "id": key,
        "naam": naam,
        "omschrijving": omschrijving,
        "soort": "attendering" if inhoud == Inhoud.ATTENDERING else "met inhoud",
        "versie": versie,
        "talen": ", ".join(woorden.taal(each) for each in talen),
        "concept": concept,
    }


def gebreken(
    regels: list[dict[str, Any]], ingericht: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with rules that hold: the rule, what it is, and where it is mended."""
    for regel in regels:
        if not regel["actief"]:
            continue
        at = reverse("output:regel", args=[regel["id"]])
        if not regel["gepubliceerd"]:
            reden = f"Het sjabloon '{regel['sjabloon_naam']}' heeft geen gepubliceerde versie."
            yield regel["naam"], reden, reverse("output:sjabloon", args=[regel["sjabloon"]])
        for kanaal in regel["kanalen"]:
            if kanaal not in ingericht:
                reden = f"De gemeente heeft het kanaal {woorden.kanaal(kanaal)} niet ingericht."
                yield regel["naam"], reden, at
        if regel["zaaktype"] and regel["gebeurtenis"] in woorden.ZONDER_ZAAKTYPE:
            reden = f"'{regel['wat']}' hoort niet bij een zaaktype: de regel geldt nooit."
            yield regel["naam"], reden, at
        elif regel["zaaktype"] and regel["zaaktype_naam"] is None:
            yield regel["naam"], f"Het zaaktype {regel['zaaktype']} bestaat niet.", at


def first_key(day: date) -> UUID:
    """Return the lowest key that a record made on a day can have: keys are in order of time."""
    moment = datetime.combine(day, time(), AMSTERDAM)
    return UUID(int=int(moment.timestamp() * 1000) << 80)
