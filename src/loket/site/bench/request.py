"""A request to measure, as an application sends it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import jwt

from loket.site.bench.filling import CLIENT_ID, CLIENT_SECRET, PURPOSE
from loket.site.child import HOST

_ZAKEN = "/zaken/api/v1"


@dataclass(frozen=True)
class Request:
    """What is asked, under the name that the table gives it."""

    name: str
    path: str
    method: str = "GET"
    body: Any = None
    purpose: bool = False
    bar: float = 0.0

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


def cost(zaak: str, body: Any) -> list[Request]:
    """Return the requests whose cost is set beside the bare loop."""
    expand = "rollen.roltype.zaaktype,status.statustype,zaaktype"
    return [
        Request("lijst van 100 zaken", f"{_ZAKEN}/zaken", bar=1.5),
        Request("één zaak", f"{_ZAKEN}/zaken/{zaak}", bar=2.5),
        Request("één zaak, expand 3 diep", f"{_ZAKEN}/zaken/{zaak}?expand={expand}"),
        Request("POST zaak", f"{_ZAKEN}/zaken", "POST", body, bar=2.5),
    ]


def scale(bsn: str) -> list[Request]:
    """Return the requests that must cost the same however many zaken there are."""
    number = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
    return [
        Request("lijst, bladzijde 1", f"{_ZAKEN}/zaken"),
        Request("lijst, op identificatie", f"{_ZAKEN}/zaken?identificatie=BENCH-0000010000"),
        Request("lijst, op BSN", f"{_ZAKEN}/zaken?{number}={bsn}", purpose=True),
        Request("lijst, bladzijde 190", f"{_ZAKEN}/zaken?page=190"),
    ]
