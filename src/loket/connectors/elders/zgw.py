"""The zaken of somebody at a plain ZGW register (Zaken API 1.5.1 and later, `zaken/_zoek`).

A BSN goes in the body, never in an address. What is to be seen with a zaak is asked along.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import jwt

from loket.connectors.asking import Access, Question, ask
from loket.connectors.elders.values import Client, Nummers, ZaakElders, day, made, text, zaak

if TYPE_CHECKING:
    from collections.abc import Mapping

_EXPAND: Final = "zaaktype,status,status.statustype,resultaat,resultaat.resultaattype"
_BSN: Final = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
_KVK: Final = "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__kvkNummer"
_VESTIGING: Final = "rol__betrokkeneIdentificatie__vestiging__vestigingsNummer"
_INITIATOR: Final = "rol__omschrijvingGeneriek"
_LEVEL: Final = "maximaleVertrouwelijkheidaanduiding"
_CRS: Final = (("Accept-Crs", "EPSG:4326"), ("Content-Crs", "EPSG:4326"))


def zgw_zaken(access: Access, client: Client, who: Nummers) -> list[ZaakElders]:
    """Return the zaken that somebody asked for there, the more secret apart; BevragenMislukt."""
    with_token = replace(
        access, headers=(*access.headers, *_CRS, ("Authorization", _token(client)))
    )
    body = {**_whose(who), _INITIATOR: "initiator", _LEVEL: "zaakvertrouwelijk", "expand": _EXPAND}
    return made(ask(with_token, Question("zaken/_zoek", body=body)).told, _zaak)


def _whose(who: Nummers) -> Mapping[str, str]:
    if who.bsn:
        return {_BSN: who.bsn}
    return {_VESTIGING: who.vestiging} if who.vestiging else {_KVK: who.kvk}


def _token(client: Client) -> str:
    claims = {
        "iss": client.client_id,
        "client_id": client.client_id,
        "iat": int(time.time()),
        "user_id": "mijnservices",
        "user_representation": "MijnServices",
    }
    return f"Bearer {jwt.encode(claims, client.secret, algorithm='HS256')}"


def _zaak(told: dict[str, Any]) -> ZaakElders:
    expanded = told.get("_expand") or {}
    status = text(expanded, "status", "_expand", "statustype", "omschrijving")
    resultaat = text(expanded, "resultaat", "_expand", "resultaattype", "omschrijving")
    return zaak(
        told,
        zaaknummer=text(told, "identificatie"),
        omschrijving=text(told, "omschrijving") or text(expanded, "zaaktype", "omschrijving"),
        status=status or None,
        afgerond=day(told, "einddatum"),
        resultaat=resultaat or None,
    )
