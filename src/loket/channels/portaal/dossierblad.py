"""The dossier as one page to read and to print, made in pieces; it needs nothing of the site."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from loket.channels.portaal import opmaak
from loket.channels.portaal.mijntaken import bij_soort
from loket.channels.portaal.mijnvoorkeuren import KANALEN
from loket.channels.portaal.taakformulier import Formulier
from loket.kernel import clock
from loket.registers.beheer import current
from loket.services.mijnservices import dossier, meesturen
from loket.services.mijnservices.taken_doen import Werk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from loket.kernel.actor import Actor
    from loket.services.mijnservices.berichten import BerichtDetail
    from loket.services.mijnservices.dossier import Deel
    from loket.services.mijnservices.taken import TaakDetail
    from loket.services.mijnservices.voorkeuren import Voorkeuren

STIJL: Final = (Path(__file__).parent / "style" / "dossier.css").read_text(encoding="utf-8")
STIJL_MAG: Final = f"'sha256-{b64encode(sha256(STIJL.encode()).digest()).decode()}'"
"""By what a content security policy knows the style."""

KOPPEN: Final = {
    "profiel": _("Zo bereiken wij u"),
    "voorkeuren": _("Zo wilt u bericht krijgen"),
    "zaken": _("Zaken"),
    "taken": _("Taken"),
    "berichten": _("Berichten"),
    "contactmomenten": _("Contactmomenten"),
    "sporen": _("Sporen: wie uw gegevens gebruikte"),
    "documenten": _("Documenten"),
}


def blad(actor: Actor, paden: Mapping[UUID, str] | None = None) -> Iterator[bytes]:
    """Yield the page in the language of now; Forbidden for who is not the klant himself.

    `paden` is where beside the page the file of each document is; without it they are on the site.
    """
    return _pieces(actor, dossier.delen(actor), paden)


def _pieces(
    actor: Actor, delen: tuple[Deel, ...], paden: Mapping[UUID, str] | None
) -> Iterator[bytes]:
    always = {"klant": actor, "paden": paden}
    begin = {
        "gemeente": current.instellingen().naam, "dag": clock.now(), "stijl": STIJL,
        "koppen": [(deel.naam, KOPPEN[deel.naam]) for deel in delen],
    }  # fmt: skip
    yield _rendered("begin", always | begin)
    for deel in delen:
        yield _rendered("kop", always | {"deel": deel, "kop": KOPPEN[deel.naam]})
        nothing = True
        for each in deel.waarden:
            nothing = False
            yield _rendered(deel.naam, always | _getoond(actor, deel.naam, each))
        yield _rendered("slot", {"niets": nothing})
    yield _rendered("einde", {})


def _rendered(naam: str, shown: dict[str, Any]) -> bytes:
    return render_to_string(f"portaal/dossier/{naam}.html", shown).encode()


def _getoond(actor: Actor, naam: str, each: Any) -> dict[str, Any]:
    """Return what the template of a part shows of one thing."""
    more: dict[str, Any] = {}
    if naam == "voorkeuren":
        more = _voorkeuren(each)
    elif naam == "taken":
        more = _taak(actor, each)
    elif naam == "berichten":
        more = _bericht(each)
    return {"dit": each, "regel": getattr(each, "regel", None), **more}


def _voorkeuren(held: Voorkeuren) -> dict[str, Any]:
    return {
        "kanalen": _namen(held.kanalen),
        "per_zaaktype": [
            (each.naam, _namen([each.kanaal])) for each in held.per_zaaktype if each.kanaal
        ],
        "toestemmingen": [(each.naam, _namen(each.kanalen)) for each in held.toestemmingen],
        "taal": dict(held.talen).get(held.taal, held.taal),
    }


def _namen(kanalen: Iterable[str]) -> str:
    return ", ".join(str(KANALEN.get(each, each)) for each in kanalen)


def _taak(actor: Actor, taak: TaakDetail) -> dict[str, Any]:
    """Return what was asked and answered, with what was sent along."""
    werk = Werk(taak, meesturen.plek(actor, taak.regel.uuid, taak.regel.zaak))
    asked = Formulier(werk).antwoorden() if werk.definitie else []
    return {"werk": werk, "antwoorden": asked, **bij_soort(werk)}


def _bericht(bericht: BerichtDetail) -> dict[str, Any]:
    return {"inhoud": opmaak.html(bericht.tekst, 4)}
