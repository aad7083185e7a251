"""Looking at a version before it goes out: on the screen, as a letter, and as a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from loket.channels.portaal import opmaak
from loket.registers.output.sjabloonversie import NEDERLANDS
from loket.registers.output.waarden import Inhoud, Outputkanaal
from loket.services.output import voorbeeld as proeven
from loket.services.output.bezorgen import Onbezorgd
from loket.site import instellingen, uitgaand
from loket.site.output import woorden
from loket.site.output.deur import done, page, shown, versie_at
from loket.site.output.formulieren import ProefberichtForm
from loket.site.output.rechten import SJABLONEN, SJABLONEN_WIJZIGEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest

    from loket.services.output.voorbeeld import Voorbeeld

BUITEN: Final = (Outputkanaal.EMAIL, Outputkanaal.SMS)
"""What a test can go over."""

_framed: Callable[[Any], Any] = csp_update({"style-src-attr": ["'unsafe-inline'"]})
"""The mail that is shown in a frame, where no script runs, has its style with it."""

NIETS: Final = "Niet gevonden, of er is niets meer over te melden. U ziet voorbeeldwaarden."


@page(SJABLONEN)
@_framed
def voorbeeld(request: HttpRequest, key: UUID, nummer: int) -> HttpResponse:
    """Show a version as mail, bericht in the portal, text message and letter."""
    sjabloon, versie = versie_at(key, nummer)
    taal, over = _asked(request, versie)
    made, found = _made(versie, taal, over)
    lengte, delen = proeven.sms_delen(made.tekst.sms)
    return shown(
        request,
        "voorbeeld",
        f"Voorbeeld: {sjabloon.naam}, versie {nummer}",
        sjabloon=sjabloon,
        versie=versie,
        voorbeeld=made,
        taal=taal,
        over=over,
        melding="" if found else NIETS,
        talen=[(each["taal"], woorden.taal(each["taal"])) for each in versie.teksten],
        waarden=[(f"{{{{ {name} }}}}", value) for name, value in made.waarden],
        sms_lengte=lengte,
        sms_delen=delen,
        in_portaal=opmaak.html(made.portaal.tekst),
        eigen_tekst=made.eigen,
        attendering=sjabloon.inhoud == Inhoud.ATTENDERING,
        vraag=urlencode({"taal": taal, "over": over}),
    )


@page(SJABLONEN)
def brief(request: HttpRequest, key: UUID, nummer: int) -> HttpResponse:
    """Give a version as the PDF of a letter."""
    _, versie = versie_at(key, nummer)
    made, _ = _made(versie, *_asked(request, versie))
    try:
        pdf = proeven.als_brief(made.tekst)
    except proeven.GeenDrukker:
        reden = (
            "Deze machine kan geen brieven maken: de bibliotheek Pango ontbreekt. "
            "Vraag de technisch beheerder haar te installeren."
        )
        back = reverse("output:voorbeeld", args=[key, nummer])
        return shown(request, "mislukt", "Geen brief", reden=reden, back=back, status=409)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="voorbeeld.pdf"'
    return answer


@page(SJABLONEN_WIJZIGEN)
def proefbericht(request: HttpRequest, key: UUID, nummer: int) -> HttpResponse:
    """Send a version to an address that is typed in; it is noted nowhere."""
    sjabloon, versie = versie_at(key, nummer)
    taal, over = _asked(request, versie)
    inhoud = sjabloon.inhoud == Inhoud.BERICHT
    made, _ = _made(versie, taal, "" if inhoud else over)  # content of a real zaak stays inside
    wegen = uitgaand.wegen()
    kanalen = [each for each in BUITEN if each in wegen.ingericht]
    form = ProefberichtForm(kanalen, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        kanaal, adres = form.cleaned_data["kanaal"], form.cleaned_data["adres"]
        try:
            proeven.stuur(made.tekst, kanaal, adres, wegen)
        except Onbezorgd as problem:
            form.add_error(None, f"Het proefbericht is niet verstuurd: {problem.reden}")
        else:
            done(request, f"Het proefbericht is verstuurd naar {adres}.")
            at = reverse("output:voorbeeld", args=[key, nummer])
            return redirect(f"{at}?{urlencode({'taal': taal, 'over': over})}")
    title = f"Proefbericht: {sjabloon.naam}, versie {nummer}"
    return shown(
        request, "proefbericht", title, form=form, sjabloon=sjabloon, versie=versie,
        voorbeeld=made, taal=taal, taal_naam=woorden.taal(taal), over=over, inhoud=inhoud,
        vraag=urlencode({"taal": taal, "over": over}),
    )  # fmt: skip


def _asked(request: HttpRequest, versie: Any) -> tuple[str, str]:
    """Return the language and the thing that are asked; Dutch where there is no such text."""
    talen = {each["taal"] for each in versie.teksten}
    taal = request.GET.get("taal", NEDERLANDS)
    over = request.GET.get("over", "").strip().replace("\x00", "")[:500]
    return taal if taal in talen else NEDERLANDS, over


def _made(versie: Any, taal: str, over: str) -> tuple[Voorbeeld, bool]:
    """Return the text made up, and whether what was asked for was found."""
    about = proeven.zoek(over) if over else None
    made = proeven.maak(versie.teksten, taal, instellingen.portal(), about)
    return made, about is not None or not over
