"""Files that come in by a form of the portal: held to their size on the way, and told about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loket.channels.portaal.huisstijl import geldend
from loket.grammar.change import HOUSE
from loket.grammar.files import Infected, Unavailable
from loket.grammar.resource import Call
from loket.grammar.spool import Spool
from loket.kernel.problems import Conflict, Invalid
from loket.services.mijnservices import bestandsoorten, taken_doen

if TYPE_CHECKING:
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from loket.kernel.actor import Actor
    from loket.services.mijnservices.bestandsoorten import Toegelaten

_TEKSTEN = {
    "aantal": gettext_lazy("“%(naam)s” kan er niet bij: hier past maar één bestand. "
                           "Haal het andere eerst weg."),
    "formaat-niet-toegestaan": gettext_lazy(
        "“%(naam)s” kunnen wij niet aannemen. Wij kijken naar wat er in een "
        "bestand zit, niet naar de naam. Dit kan wel: %(soorten)s."),
    "leeg": gettext_lazy("“%(naam)s” is leeg. Kies een ander bestand."),
    "te-groot": gettext_lazy("“%(naam)s” is te groot. Een bestand mag hoogstens %(mb)s MB zijn."),
    "virus": gettext_lazy("“%(naam)s” is geweigerd, want er zit een virus in. "
                          "Kies een ander bestand."),
    "weg": gettext_lazy("“%(naam)s” kunnen wij nu niet aannemen. Dat ligt niet aan u. "
                        "Probeer het later nog eens."),
}  # fmt: skip
_ANDERS = gettext_lazy("“%(naam)s” kunnen wij niet aannemen.")


class Begrensd(FileUploadHandler):
    """Throws away a file of the portal that gets too large, so that none can fill the disk."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand on what comes in, up to the limit."""
        request: Any = self.request
        match = getattr(request, "resolver_match", None)
        if (
            match is not None
            and "portaal" in match.namespaces
            and start + len(raw_data) > toegelaten(request).most
        ):
            request.te_groot = [*getattr(request, "te_groot", ()), str(self.file_name)]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to those that keep it."""
        del file_size


def toegelaten(request: HttpRequest) -> Toegelaten:
    """Return what files the municipality takes."""
    here = geldend(request)
    return bestandsoorten.toegelaten(here.grootste_bestand, here.bestandsoorten)


def neem_aan(request: HttpRequest, actor: Actor, taak: UUID) -> tuple[int, dict[str, list[str]]]:
    """Send the files of a request along with a task: how many, and what is amiss by their field.

    The name of a field is `bestand` or `bestand-` and the key in the form of the task.
    """
    taken = 0
    wrong: dict[str, list[str]] = {}
    found = request.FILES
    for naam in getattr(request, "te_groot", ()):  # known once they were read
        wrong.setdefault("", []).append(_text(request, "te-groot", naam))
    for name in found:
        veld = name.removeprefix("bestand").removeprefix("-")
        for uploaded in found.getlist(name):
            fault = _een(request, actor, taak, veld, uploaded)
            taken += not fault
            if fault:
                wrong.setdefault(veld, []).append(fault)
    return taken, wrong


def _een(
    request: HttpRequest, actor: Actor, taak: UUID, veld: str, uploaded: UploadedFile[Any]
) -> str:
    """Send one file along; return what is amiss with it, or nothing."""
    spool = Spool()
    for chunk in uploaded.chunks():
        spool.write(chunk)
    body = {
        "inhoud": spool,
        "bestandsnaam": uploaded.name,
        "informatieobjecttype": request.POST.get("soort", ""),
    }
    try:
        taken_doen.voeg_toe(actor, taak, body, Call(HOUSE), veld)
    except Infected:
        return _text(request, "virus", uploaded.name)
    except Unavailable:
        return _text(request, "weg", uploaded.name)
    except Conflict as refused:
        return _(refused.detail)
    except Invalid as refused:
        return _text(request, refused.faults[0].code, uploaded.name)
    return ""


def _text(request: HttpRequest, code: str, naam: str | None) -> str:
    taken = toegelaten(request)
    shown = {"naam": naam or _("Het bestand"), "soorten": taken.namen, "mb": taken.mb}
    return str(_TEKSTEN.get(code, _ANDERS)) % shown
