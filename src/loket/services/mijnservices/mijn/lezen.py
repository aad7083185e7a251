"""What a citizen or company sees of his own over the MijnServices API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from loket.grammar.resource import Command
from loket.kernel.problems import Fault, Invalid, NotFound
from loket.services.mijnservices import (
    berichten,
    contactmomenten,
    documenten,
    federatie,
    profiel,
    sporen,
    taken,
    zaken,
)
from loket.services.mijnservices.klant import demand_klant
from loket.services.mijnservices.mijn.register import LEZEN, MIJNSERVICES
from loket.services.mijnservices.mijn.vormen import lijst, tonen, vorm
from loket.services.mijnservices.vragen import SIZE, Bladzijde

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from uuid import UUID

    from loket.grammar.blobs import Download
    from loket.grammar.resource import Call
    from loket.kernel.actor import Actor

_MOST_PAGES: Final = 1_000_000
_STAND: Final = {"lopend": False, "afgerond": True}
_TAAK: Final = {"open": True, "gedaan": False}
_JA: Final = {"true": True, "false": False}


def _zaken(actor: Actor, call: Call) -> Any:
    """The zaken that run, or ended (M35, M36)."""
    afgerond = _keuze(call, "status", _STAND)
    return _pagina(call, "zaken", zaken.bladzijde(actor, page_of(call), afgerond=afgerond))


def _zaak(actor: Actor, call: Call) -> Any:
    """One zaak with all that belongs to it (M37)."""
    return tonen(zaken.detail(actor, key_of(call)))


def _elders(actor: Actor, call: Call) -> Any:
    """The zaken at other organisations, with which of these did not answer."""
    del call
    return {"organisaties": tonen(federatie.elders(actor))}


def _contacten_van_zaak(actor: Actor, call: Call) -> Any:
    """The contactmomenten about one zaak (M49); NotFound when the zaak is not his."""
    uuid = key_of(call)
    _, found = contactmomenten.bij_zaak(actor, uuid, page_of(call))
    return _pagina(call, f"zaken/{uuid}/contactmomenten", found)


def _inhoud(actor: Actor, call: Call) -> Download:
    """The file of a document."""
    return documenten.inhoud(actor, key_of(call))


def _taken(actor: Actor, call: Call) -> Any:
    """The tasks that are to be done, or were (M40)."""
    te_doen = _keuze(call, "status", _TAAK)
    found = taken.overzicht(actor)
    shown = found.gedaan if te_doen is False else found.open
    return {"count": len(shown), "next": None, "previous": None, "results": tonen(shown)}


def _taak(actor: Actor, call: Call) -> Any:
    """One task, with what is needed to do it."""
    return tonen(taken.detail(actor, key_of(call)))


def _berichten(actor: Actor, call: Call) -> Any:
    """The berichten, read and unread (M44)."""
    gelezen = _keuze(call, "gelezen", _JA)
    found = berichten.overzicht(actor, page_of(call), gelezen=gelezen)
    return _pagina(call, "berichten", found)


def _bericht(actor: Actor, call: Call) -> Any:
    """One bericht with its attachments (M45); looking at it does not make it read."""
    return tonen(berichten.detail(actor, key_of(call)))


def _contacten(actor: Actor, call: Call) -> Any:
    """All contactmomenten, whoever sought the contact (M47)."""
    found = contactmomenten.overzicht(actor, page_of(call))
    return _pagina(call, "contactmomenten", found)


def _contact(actor: Actor, call: Call) -> Any:
    """One contactmoment, with what was said of it before."""
    return tonen(contactmomenten.detail(actor, key_of(call)))


def _profiel(actor: Actor, call: Call) -> Any:
    """What the municipality knows to reach somebody (M51); NotFound when it knows nothing."""
    del call
    demand_klant(actor)
    found = profiel.profiel(actor)
    if found is None:
        raise NotFound
    return tonen(found)


def _sporen(actor: Actor, call: Call) -> Any:
    """Who used the number of a citizen, when and what for."""
    nummer = page_of(call)
    found = sporen.bladzijde(actor, nummer)
    following = link_to(call, "sporen", nummer + 1) if found.volgende else None
    shown = [tonen(each) for each in found.sporen]
    return {"next": following, "results": shown}


def key_of(call: Call) -> UUID:
    """Return the key in the path; NotFound when it is none."""
    if call.key is None:
        raise NotFound
    return call.key


def page_of(call: Call) -> int:
    """Return the number of the page that is asked for; Invalid when it is none."""
    raw = (call.query.get("page") or ["1"])[-1]
    if not (raw.isascii() and raw.isdigit() and 0 < int(raw[:7]) <= _MOST_PAGES):
        raise Invalid([Fault("page", "invalid", "Hier hoort het nummer van een pagina.")])
    return int(raw)


def _keuze(call: Call, name: str, keuzes: Mapping[str, bool]) -> bool | None:
    given = call.query.get(name)
    if not given:
        return None
    if given[-1] not in keuzes:
        raise Invalid([Fault(name, "invalid_choice", f"Kies uit {', '.join(keuzes)}.")])
    return keuzes[given[-1]]


def _pagina(call: Call, path: str, found: Bladzijde[Any]) -> dict[str, Any]:
    nummer = found.nummer
    return {
        "count": found.aantal,
        "next": link_to(call, path, nummer + 1) if nummer * SIZE < found.aantal else None,
        "previous": link_to(call, path, nummer - 1) if nummer > 1 else None,
        "results": tonen(found.regels),
    }


def link_to(call: Call, path: str, nummer: int) -> str:
    """Return the address of another page of what is asked for."""
    asked = {name: values[-1] for name, values in call.query.items() if name != "page"}
    query = urlencode({**asked, "page": nummer})
    return f"{call.base}{MIJNSERVICES.root}/{path}?{query}"


def offer(
    path: str, run: Callable[..., Any], summary: str, response: Mapping[str, Any],
    query: Sequence[str] = (), name: str = "", produces: str = "application/json",
) -> None:  # fmt: skip
    """Offer something to read."""
    Command(
        MIJNSERVICES, path, run, LEZEN, summary, method="GET", query=query, response=response,
        fresh=True, name=name, produces=produces,
    )  # fmt: skip


_SPOREN: Final = {
    "type": "object",
    "required": ["next", "results"],
    "properties": {
        "next": {"type": "string", "format": "uri", "nullable": True},
        "results": {"type": "array", "items": vorm(sporen.Spoor)},
    },
}
_ELDERS: Final = {
    "type": "object",
    "required": ["organisaties"],
    "properties": {"organisaties": {"type": "array", "items": vorm(federatie.Organisatie)}},
}
_FILE: Final = {"type": "string", "format": "binary"}

offer("zaken", _zaken, "Toon de zaken, lopend of afgerond.", lijst(zaken.ZaakRegel),
      ("page", "status"), "zaken_list")  # fmt: skip
offer("zaken/{uuid}", _zaak, "Toon één zaak, met al wat erbij hoort.", vorm(zaken.ZaakDetail),
      name="zaken_retrieve")  # fmt: skip
offer("elders/zaken", _elders, "Toon de zaken bij andere organisaties, en wie niet antwoordde.",
      _ELDERS, name="elders_zaken_list")  # fmt: skip
offer("zaken/{uuid}/contactmomenten", _contacten_van_zaak,
      "Toon de contactmomenten over één zaak.", lijst(contactmomenten.ContactRegel), ("page",),
      "zaken_contactmomenten_list")  # fmt: skip
offer("documenten/{uuid}/inhoud", _inhoud, "Download een document.", _FILE,
      name="documenten_inhoud", produces="application/octet-stream")  # fmt: skip
offer("taken", _taken, "Toon de taken die te doen zijn, of gedaan.", lijst(taken.TaakRegel),
      ("status",), "taken_list")  # fmt: skip
offer("taken/{uuid}", _taak, "Toon één taak, met wat nodig is om haar te doen.",
      vorm(taken.TaakDetail), name="taken_retrieve")  # fmt: skip
offer("berichten", _berichten, "Toon de berichten, gelezen en ongelezen.",
      lijst(berichten.BerichtRegel), ("page", "gelezen"), "berichten_list")  # fmt: skip
offer("berichten/{uuid}", _bericht, "Toon één bericht; het wordt daardoor niet gelezen.",
      vorm(berichten.BerichtDetail), name="berichten_retrieve")  # fmt: skip
offer("contactmomenten", _contacten, "Toon alle contactmomenten.",
      lijst(contactmomenten.ContactRegel), ("page",), "contactmomenten_list")  # fmt: skip
offer("contactmomenten/{uuid}", _contact, "Toon één contactmoment.",
      vorm(contactmomenten.ContactDetail), name="contactmomenten_retrieve")  # fmt: skip
offer("profiel", _profiel, "Toon hoe de gemeente iemand kent en kan bereiken.",
      vorm(profiel.Profiel), name="profiel_retrieve")  # fmt: skip
offer("sporen", _sporen, "Toon wie het BSN gebruikte, wanneer en waarvoor.", _SPOREN,
      ("page",), "sporen_list")  # fmt: skip
