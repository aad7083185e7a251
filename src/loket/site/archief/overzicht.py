"""The first page: what is due, and the lists; and what goes to an archive."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import FileResponse, Http404

from loket.grammar.files import Unavailable
from loket.kernel.problems import Problem
from loket.ledger.database import fetch
from loket.registers.archief.vernietigingslijst import Vernietigingslijst
from loket.registers.archief.waarden import Stand
from loket.registers.catalogi.waarden import Archiefnominatie
from loket.registers.zaken.zaak import Zaak
from loket.services.archivering import aan_de_beurt
from loket.services.archivering.overbrengen import exporteer
from loket.site.archief.deur import page, shown
from loket.site.archief.rechten import LEZEN, OPSTELLEN, mag
from loket.site.archief.tekening import balken, kolommen
from loket.site.beheer import actor_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

LATEST = 25
"""How many lists that were carried out are shown."""


@page(LEZEN)
def overzicht(request: HttpRequest) -> HttpResponseBase:
    """Show what is due, by zaaktype, and every list that is being worked on."""
    groepen = aan_de_beurt.overzicht(actor_of(request))
    weg = [each for each in groepen if each.wordt_vernietigd]
    lijsten = Vernietigingslijst.objects.order_by("-opgesteld_op", "-id")
    return shown(
        request,
        "overzicht",
        "Archief",
        balken=balken(groepen),
        kolommen=kolommen(groepen),
        vernietigen=sum(each.aantal for each in weg),
        op_lijst=sum(each.op_een_lijst for each in weg),
        overbrengen=sum(each.aantal for each in groepen) - sum(each.aantal for each in weg),
        lijsten=list(lijsten.exclude(stand=Stand.UITGEVOERD)),
        gedaan=list(lijsten.filter(stand=Stand.UITGEVOERD)[:LATEST]),
        wachtend=lijsten.filter(stand=Stand.TER_BEOORDELING).count(),
        mag_opstellen=mag(request.user, OPSTELLEN),
        most=aan_de_beurt.MOST,
    )


@page(LEZEN)
def overbrengen(request: HttpRequest) -> HttpResponseBase:
    """Show the zaken that go to an archive."""
    return shown(
        request,
        "overbrengen",
        "Over te brengen zaken",
        zaken=aan_de_beurt.over_te_brengen(actor_of(request)),
        most=aan_de_beurt.MOST,
        mag_meenemen=mag(request.user, OPSTELLEN),
    )


@page(OPSTELLEN)
def mdto(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Give a zaak that is kept for good as a ZIP, which is made on disk and sent from there."""
    zaak = fetch(Zaak, key)
    if zaak is None or zaak.archiefnominatie != Archiefnominatie.BLIJVEND_BEWAREN:
        raise Http404
    made = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - the answer closes it
    try:
        exporteer(actor_of(request), key, made)
    except (Problem, Unavailable, KeyError, OSError) as problem:
        made.close()
        reden = str(getattr(problem, "detail", problem))
        return shown(request, "mislukt", "De ZIP is niet gemaakt", reden=reden, status=409)
    made.seek(0)
    return FileResponse(
        made, as_attachment=True, filename=f"{zaak.identificatie}.zip",
        content_type="application/zip",
    )  # fmt: skip
