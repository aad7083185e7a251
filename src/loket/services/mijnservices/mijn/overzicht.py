"""What asks attention now, of everything that is one's own, over the MijnServices API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loket.services.mijnservices import overzicht
from loket.services.mijnservices.berichten import BerichtRegel
from loket.services.mijnservices.contactmomenten import ContactRegel
from loket.services.mijnservices.mijn.lezen import offer
from loket.services.mijnservices.mijn.register import MIJNSERVICES
from loket.services.mijnservices.mijn.vormen import AANTAL, ADRES, tonen, vorm
from loket.services.mijnservices.taken import TaakRegel
from loket.services.mijnservices.zaken import ZaakRegel

if TYPE_CHECKING:
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor
    from loket.services.mijnservices.overzicht import Blok

_BLOKKEN: Final = {
    "taken": ("?status=open", TaakRegel),
    "berichten": ("?gelezen=false", BerichtRegel),
    "zaken": ("?status=lopend", ZaakRegel),
    "contactmomenten": ("", ContactRegel),
}
"""What stands in it, by the path of its list: how the whole list is asked for, and its lines."""


def _overzicht(actor: Actor, call: Call) -> Any:
    """The first of what is to be done, unread, running and said, each counted (M35, M40, M44)."""
    found = overzicht.overzicht(actor)
    return {
        path: _blok(f"{call.base}{MIJNSERVICES.root}/{path}", asked, getattr(found, path))
        for path, (asked, _) in _BLOKKEN.items()
    }


def _blok(url: str, asked: str, blok: Blok[Any]) -> dict[str, Any]:
    return {
        "count": blok.aantal,
        "url": f"{url}{asked}",
        "results": [{"url": f"{url}/{each.uuid}", **tonen(each)} for each in blok.regels],
    }


def _blok_vorm(kind: Any) -> dict[str, Any]:
    regel = vorm(kind)
    return {
        "type": "object",
        "required": ["count", "url", "results"],
        "properties": {
            "count": AANTAL,
            "url": {**ADRES, "description": "Waar de hele lijst staat."},
            "results": {
                "type": "array",
                "maxItems": overzicht.SIZE,
                "items": {
                    **regel,
                    "required": ["url", *regel["required"]],
                    "properties": {"url": ADRES, **regel["properties"]},
                },
            },
        },
    }


offer(
    "overzicht", _overzicht, "Toon wat nu aandacht vraagt: van elke lijst de eerste, en hoeveel.",
    {
        "type": "object",
        "required": list(_BLOKKEN),
        "properties": {path: _blok_vorm(kind) for path, (_, kind) in _BLOKKEN.items()},
    },
    name="overzicht_retrieve",
)  # fmt: skip
