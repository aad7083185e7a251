"""The first page: all catalogi, and all types in all their versions."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode
from uuid import UUID

from loket.registers.catalogi.catalogus import Catalogus
from loket.registers.catalogi.overzicht import SIZE, Sought, Stand, versions
from loket.registers.catalogi.soorten import TYPEN
from loket.site.typen.deur import NAMES, page, shown
from loket.site.typen.keuzes import catalogus_label

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

STANDEN = [(each.value, each.label) for each in Stand]


@page("view")
def overview(request: HttpRequest) -> HttpResponse:
    """Show the types that are sought."""
    sought = _sought(request)
    number = int(nr) if (nr := request.GET.get("pagina", "1")).isdigit() and len(nr) < 6 else 1
    total, found = versions(sought, max(number, 1))
    catalogi = [
        (str(each.pk), catalogus_label(each))
        for each in Catalogus.objects.order_by("domein", "rsin")
    ]
    kept = {name: str(value) for name, value in request.GET.items() if name != "pagina"}
    return shown(
        request,
        "overzicht",
        "Typen",
        found=[(each, NAMES[each.kind]) for each in found],
        total=total,
        catalogi=catalogi,
        kinds=[(path, path.capitalize()) for path in TYPEN],
        new=[(path, NAMES[path]) for path in TYPEN],
        standen=STANDEN,
        sought=sought,
        chosen=str(sought.catalogus or ""),
        previous=_link(kept, number - 1) if number > 1 else "",
        following=_link(kept, number + 1) if number * SIZE < total else "",
        number=number,
    )


def _link(kept: dict[str, str], number: int) -> str:
    return "?" + urlencode({**kept, "pagina": number})


def _sought(request: HttpRequest) -> Sought:
    """Return what is asked; what makes no sense is not asked."""
    asked = request.GET
    try:
        catalogus = UUID(asked.get("catalogus", ""))
    except ValueError:
        catalogus = None
    kind, stand = asked.get("soort", ""), asked.get("stand", "")
    return Sought(
        words=asked.get("q", "").strip().replace("\x00", "")[:100],
        kind=kind if kind in TYPEN else "",
        catalogus=catalogus,
        stand=stand if stand in {value for value, _ in STANDEN} else "",
    )
