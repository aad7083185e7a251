"""Where we knowingly differ from a published file, each with its reason; * stands for anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.site.oas_comparison import Gap

_VAN_ZAAKTYPE = "volgt uit het zaaktype; wie het meestuurt, stuurt dezelfde begindatum"
_AFGELEID = "volgt uit de versies van het type; meegestuurd telt het niet mee"
_NLX = "NLX bestaat niet meer; de header wordt genegeerd"
_CRS = "zonder inhoud is er geen coördinatenstelsel; meegestuurd wordt de header genegeerd"
_FEATURE = "een Feature is geen geometrie; ook de gepubliceerde oneOf kent haar niet"
_ELDERS = "staat in een ander register, dat nog niet in dit huis staat of van een ander is"
_GEEN_VORM = "zonder vorm is er null; het gepubliceerde bestand laat het veld dan weg"
_GEEN_GROEP = "zonder gegevensgroep is er geen datum; de referentie-implementatie antwoordt zo"
_GEEN_VERWIJZING = "een verwijzing die ontbreekt is null"
_EERST_EN_LAATST = "voor het eerste en na het laatste is er niets"
_BETROKKENE = (
    "het gepubliceerde bestand noemt de vorm van een persoon bij vergissing "
    "betrokkeneIdentificatie; de tekst en elke aanbieder schrijven objectIdentificatie"
)

DEVIATIONS: dict[str, dict[str, str]] = {
    "autorisaties": {
        "GET /applicaties/consumer response []: ontbreekt": (
            "het antwoord is één applicatie; het gepubliceerde bestand noemt een lijst"
        ),
    },
    "besluiten": {
        "* header X-NLX-Logrecord-ID: ontbreekt": _NLX,
        "GET /besluiten/{}/audittrail* response *wijzigingen.*: kan bij ons null zijn": (
            _EERST_EN_LAATST
        ),
    },
    "catalogi": {
        "* /*typen* request beginObject: ontbreekt": _AFGELEID,
        "* /*typen* request eindeObject: ontbreekt": _AFGELEID,
        "* /eigenschappen* request beginObject: ontbreekt": _AFGELEID,
        "* /eigenschappen* request eindeObject: ontbreekt": _AFGELEID,
        "* request beginGeldigheid: ontbreekt": _VAN_ZAAKTYPE,
        "* request eindeGeldigheid: ontbreekt": _VAN_ZAAKTYPE,
        "* request catalogus: ontbreekt": _VAN_ZAAKTYPE,
        "* /statustypen* request eigenschappen: ontbreekt": (
            "de eigenschap zegt voor welk statustype zij nodig is"
        ),
        "POST /informatieobjecttypen request zaaktypeIdentificaties: ontbreekt": (
            "volgt uit de zaaktypen; de waarden zijn ook in het gepubliceerde bestand readOnly"
        ),
        "POST /besluittypen response informatieobjecttypeOmschrijving: ontbreekt": (
            "heet bij elke andere verrichting informatieobjecttypeOmschrijvingen, zo ook bij ons"
        ),
        "PATCH /resultaattypen/{} request *[]: mag bij ons niet null zijn": (
            "null is geen omschrijving; bij POST en PUT mag het ook daar niet"
        ),
        "* /zaakobjecttypen* response *beginGeldigheid: kan bij ons null zijn": (
            "bij elk ander onderdeel van een zaaktype mag het wel null zijn"
        ),
    },
    "documenten": {
        "* header X-NLX-Logrecord-ID: ontbreekt": _NLX,
        "* response *ondertekening.datum: kan bij ons null zijn": _GEEN_GROEP,
        "* response *integriteit.datum: kan bij ons null zijn": _GEEN_GROEP,
        "GET /enkelvoudiginformatieobjecten/{}/audittrail* response *wijzigingen.*: "
        "kan bij ons null zijn": _EERST_EN_LAATST,
    },
    "zaken": {
        "* header X-NLX-Logrecord-ID: ontbreekt": _NLX,
        "* header Content-Crs: ontbreekt": _CRS,
        "DELETE /zaken/{} header Accept-Crs: ontbreekt": _CRS,
        "*zaakgeometrie*type: kent niet Feature, FeatureCollection": _FEATURE,
        "* response *_expand.betrokkene: ontbreekt": _ELDERS,
        "* response *_expand.communicatiekanaal: ontbreekt": _ELDERS,
        "* response *_expand.object: ontbreekt": _ELDERS,
        "* response *_expand.productenOfDiensten: ontbreekt": _ELDERS,
        "* response *_expand.selectielijstklasse: ontbreekt": _ELDERS,
        "* /rollen* response *betrokkeneIdentificatie: kan bij ons null zijn": _GEEN_VORM,
        "* /zaakobjecten* response *objectIdentificatie*: kan bij ons null zijn": _GEEN_VORM,
        "* response *zaakobjecttype: kan bij ons null zijn": _GEEN_VERWIJZING,
        "* response *gezetdoor: kan bij ons null zijn": _GEEN_VERWIJZING,
        "* /zaakobjecten* betrokkeneIdentificatie: ontbreekt": _BETROKKENE,
        "* /zaakobjecten* results[].betrokkeneIdentificatie: ontbreekt": _BETROKKENE,
        "* response *verlenging.duur: kan bij ons null zijn": (
            "zonder verlenging is er geen duur; de referentie-implementatie antwoordt zo"
        ),
        "GET /zaken/{}/audittrail* response *wijzigingen.*: kan bij ons null zijn": (
            _EERST_EN_LAATST
        ),
    },
}


def split(api: str, gaps: Iterable[Gap]) -> tuple[list[Gap], list[tuple[Gap, str]], list[str]]:
    """Return the gaps without a reason, those with one, and the reasons that no gap needs."""
    known = {_pattern(entry): entry for entry in DEVIATIONS.get(api, {})}
    unexplained, explained, used = [], [], set()
    for gap in gaps:
        found = [entry for pattern, entry in known.items() if pattern.fullmatch(str(gap))]
        if found:
            used |= set(found)
            explained.append((gap, DEVIATIONS[api][found[0]]))
        else:
            unexplained.append(gap)
    return unexplained, explained, [entry for entry in known.values() if entry not in used]


def _pattern(entry: str) -> re.Pattern[str]:
    return re.compile(re.escape(entry).replace(r"\*", ".*"))
