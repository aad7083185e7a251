"""Where we knowingly differ from a published file, each with its reason; * stands for anything."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loket.site.oas_comparison import Gap


class Reason(NamedTuple):
    """Why we differ: in a sentence, and at length in a decision (docs/explanation/decisions)."""

    text: str
    adr: int


NULL, FOLLOWS, ERRS, SECRET = 39, 40, 41, 47
"""The decisions: where an answer is null, what follows from elsewhere, where a file errs, and what
is secret."""

_VAN_ZAAKTYPE = Reason(
    "volgt uit het zaaktype; wie het meestuurt, stuurt dezelfde begindatum", FOLLOWS
)
_AFGELEID = Reason("volgt uit de versies van het type; meegestuurd telt het niet mee", FOLLOWS)
_NLX = Reason("NLX bestaat niet meer; de header wordt genegeerd", ERRS)
_CRS = Reason(
    "zonder inhoud is er geen coördinatenstelsel; meegestuurd wordt de header genegeerd", ERRS
)
_FEATURE = Reason("een Feature is geen geometrie; ook de gepubliceerde oneOf kent haar niet", ERRS)
_GEHEIM = Reason("wie mag lezen waar een abonnee zit, mag daar nog niet als wij komen", SECRET)
_ELDERS = Reason(
    "staat in een ander register, dat nog niet in dit huis staat of van een ander is", FOLLOWS
)
_GEEN_VORM = Reason("zonder vorm is er null; het gepubliceerde bestand laat het veld dan weg", NULL)
_GEEN_GROEP = Reason(
    "zonder gegevensgroep is er geen datum; de referentie-implementatie antwoordt zo", NULL
)
_GEEN_VERLENGING = Reason(
    "zonder verlenging is er geen duur; de referentie-implementatie antwoordt zo", NULL
)
_GEEN_VERWIJZING = Reason("een verwijzing die ontbreekt is null", NULL)
_GEEN_BEGIN = Reason("bij elk ander onderdeel van een zaaktype mag het wel null zijn", NULL)
_EERST_EN_LAATST = Reason("voor het eerste en na het laatste is er niets", NULL)
_BETROKKENE = Reason(
    "het gepubliceerde bestand noemt de vorm van een persoon bij vergissing "
    "betrokkeneIdentificatie; de tekst en elke aanbieder schrijven objectIdentificatie",
    ERRS,
)
_EEN_APPLICATIE = Reason(
    "het antwoord is één applicatie; het gepubliceerde bestand noemt een lijst", ERRS
)
_VAN_EIGENSCHAP = Reason("de eigenschap zegt voor welk statustype zij nodig is", FOLLOWS)
_VAN_ZAAKTYPEN = Reason(
    "volgt uit de zaaktypen; de waarden zijn ook in het gepubliceerde bestand readOnly", FOLLOWS
)
_MEERVOUD = Reason(
    "heet bij elke andere verrichting informatieobjecttypeOmschrijvingen, zo ook bij ons", ERRS
)
_GEEN_NULL = Reason("null is geen omschrijving; bij POST en PUT mag het ook daar niet", ERRS)
_ELKE_VORM = Reason("het gepubliceerde bestand eist dit ook, in elke vorm van zijn oneOf", ERRS)
_UIT_HET_PAD = Reason("de uuid geeft het huis; bij een wijziging staat zij in het pad", ERRS)

_NERGENS = Reason("een verzoek hoeft nergens te zijn; een lege geometrie is null", ERRS)

DEVIATIONS: dict[str, dict[str, Reason]] = {
    "autorisaties": {
        "GET /applicaties/consumer response []: ontbreekt": _EEN_APPLICATIE,
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
        "* /statustypen* request eigenschappen: ontbreekt": _VAN_EIGENSCHAP,
        "POST /informatieobjecttypen request zaaktypeIdentificaties: ontbreekt": _VAN_ZAAKTYPEN,
        "POST /besluittypen response informatieobjecttypeOmschrijving: ontbreekt": _MEERVOUD,
        "PATCH /resultaattypen/{} request *[]: mag bij ons niet null zijn": _GEEN_NULL,
        "* /zaakobjecttypen* response *beginGeldigheid: kan bij ons null zijn": _GEEN_BEGIN,
    },
    "documenten": {
        "* header X-NLX-Logrecord-ID: ontbreekt": _NLX,
        "* response *ondertekening.datum: kan bij ons null zijn": _GEEN_GROEP,
        "* response *integriteit.datum: kan bij ons null zijn": _GEEN_GROEP,
        "GET /enkelvoudiginformatieobjecten/{}/audittrail* response *wijzigingen.*: "
        "kan bij ons null zijn": _EERST_EN_LAATST,
    },
    "klantinteracties": {
        "* /actoren* request naam: wij eisen dit": _ELKE_VORM,
        "* /actoren* request soortActor: wij eisen dit": _ELKE_VORM,
        "* response *actorIdentificatie: kan bij ons null zijn": _GEEN_VORM,
        "* /partij-identificatoren* request uuid: ontbreekt": _UIT_HET_PAD,
        "* /partijen* request indicatieActief: wij eisen dit": _ELKE_VORM,
        "* /partijen* request partijIdentificatie.uuid: ontbreekt": _UIT_HET_PAD,
        "* /partijen* request soortPartij: wij eisen dit": _ELKE_VORM,
        "* /partijen* response *partijIdentificatie: kan bij ons null zijn": _GEEN_VORM,
    },
    "notificaties": {
        "* /abonnement* response *auth: ontbreekt": _GEHEIM,
    },
    "taken": {
        "* /externetaken* request *: wij eisen dit": _ELKE_VORM,
    },
    "verzoeken": {
        "* geometrie.type: kent niet Feature, FeatureCollection": _FEATURE,
        "* results[].geometrie.type: kent niet Feature, FeatureCollection": _FEATURE,
        "* response *geometrie: kan bij ons null zijn": _NERGENS,
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
        "* response *verlenging.duur: kan bij ons null zijn": _GEEN_VERLENGING,
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
            explained.append((gap, DEVIATIONS[api][found[0]].text))
        else:
            unexplained.append(gap)
    return unexplained, explained, [entry for entry in known.values() if entry not in used]


def _pattern(entry: str) -> re.Pattern[str]:
    return re.compile(re.escape(entry).replace(r"\*", ".*"))
