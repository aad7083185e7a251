"""A request to measure, as an application sends it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import jwt

from loket.site.bench.filling import BSN, CLIENT_ID, CLIENT_SECRET, PURPOSE
from loket.site.child import HOST

_ZAKEN = "/zaken/api/v1"
EIO = "/documenten/api/v1/enkelvoudiginformatieobjecten"
_NUMBER = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"


@dataclass(frozen=True)
class Request:
    """What is asked, under the name that the table gives it; `reads`: though it is a POST."""

    name: str
    path: str
    method: str = "GET"
    body: Any = None
    purpose: bool = False
    bar: float = 0.0
    reads: bool = False

    def headers(self) -> dict[str, str]:
        """Return the headers, with a token as the standard describes it."""
        claims = {"iss": CLIENT_ID, "client_id": CLIENT_ID, "iat": int(time.time())}
        token = jwt.encode(claims, CLIENT_SECRET, algorithm="HS256")
        made = {
            "Host": HOST,  # without the port, so that addresses are the same at every server
            "Authorization": f"Bearer {token}",
            "Accept-Crs": "EPSG:4326",
            "Content-Crs": "EPSG:4326",
        }
        if self.purpose:
            made["X-Doelbinding"] = PURPOSE
        if self.body is not None:
            made["Content-Type"] = "application/json"
        return made


def cost(zaak: str, zaaktype: str, body: Any) -> list[Request]:
    """Return the requests whose cost is set beside the bare loop, with the bar for each."""
    deep = "rollen.roltype.zaaktype,status.statustype,zaaktype"
    wide = "zaaktype,status.statustype,rollen"
    within = f"zaaktype={_base()}/catalogi/api/v1/zaaktypen/{zaaktype}&startdatum__gte=2025-03-01"
    return [
        Request("lijst van 100 zaken", f"{_ZAKEN}/zaken", bar=1.5),
        Request("lijst, op BSN", f"{_ZAKEN}/zaken?{_NUMBER}={BSN}", purpose=True, bar=3),
        Request(
            "lijst, op zaaktype en periode",
            f"{_ZAKEN}/zaken?{within}&startdatum__lte=2025-03-31",
            bar=3,
        ),
        Request("lijst van 100, expand", f"{_ZAKEN}/zaken?expand={wide}", bar=3),
        Request("één zaak", f"{_ZAKEN}/zaken/{zaak}", bar=2.5),
        Request("één zaak, expand 3 diep", f"{_ZAKEN}/zaken/{zaak}?expand={deep}", bar=3),
        Request("POST zaak", f"{_ZAKEN}/zaken", "POST", body, bar=2.5),
    ]


def writes(zaak: str, statustype: str, roltype: str) -> list[Request]:
    """Return the writes below a zaak, set beside the bare loop."""
    of = {"zaak": f"{_base()}{_ZAKEN}/zaken/{zaak}"}
    status = {
        **of,
        "statustype": f"{_base()}/catalogi/api/v1/statustypen/{statustype}",
        "datumStatusGezet": "2026-02-01T12:00:00Z",
    }
    rol = {
        **of,
        "roltype": f"{_base()}/catalogi/api/v1/roltypen/{roltype}",
        "betrokkeneType": "medewerker",
        "betrokkeneIdentificatie": {"identificatie": "m123", "achternaam": "Bakker"},
        "roltoelichting": "bench",
    }
    return [
        Request("POST status", f"{_ZAKEN}/statussen", "POST", status, bar=3),
        Request("POST rol", f"{_ZAKEN}/rollen", "POST", rol, bar=3),
    ]


def documents(body: Any, download: str) -> list[Request]:
    """Return what costs a file of 100 kB; the bare loop writes and reads the file as well."""
    return [
        Request("POST document van 100 kB", EIO, "POST", body, bar=3),
        Request("download van 100 kB", download, bar=3),
    ]


def _base() -> str:
    return f"http://{HOST}"


def scale() -> list[Request]:
    """Return the requests that must cost the same however many zaken there are."""
    return [
        Request("lijst, bladzijde 1", f"{_ZAKEN}/zaken"),
        Request("lijst, op identificatie", f"{_ZAKEN}/zaken?identificatie=BENCH-0000010000"),
        Request("lijst, op BSN", f"{_ZAKEN}/zaken?{_NUMBER}={BSN}", purpose=True),
        Request("lijst, bladzijde 190", f"{_ZAKEN}/zaken?page=190"),
    ]
