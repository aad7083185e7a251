"""Where the pages of output stand, below beheer."""

from __future__ import annotations

from django.urls import path

from loket.site.output import (
    berichten,
    overzicht,
    proefdraaien,
    regels,
    sjablonen,
    teksten,
    voorbeelden,
)

app_name = "output"
_REGEL = "regels/<uuid:key>/"
_SJABLOON = "sjablonen/<uuid:key>/"
_VERSIE = f"{_SJABLOON}versies/<int:nummer>/"
_BERICHT = "berichten/<uuid:key>/"
urlpatterns = [
    path("", overzicht.overzicht, name="overzicht"),
    path("regels/nieuw/", regels.nieuw, name="regel-nieuw"),
    path(_REGEL, regels.regel, name="regel"),
    path(f"{_REGEL}schakelen/", regels.schakelen, name="regel-schakelen"),
    path(f"{_REGEL}verwijderen/", regels.verwijderen, name="regel-verwijderen"),
    path("sjablonen/nieuw/", sjablonen.nieuw, name="sjabloon-nieuw"),
    path(_SJABLOON, sjablonen.sjabloon, name="sjabloon"),
    path(f"{_SJABLOON}wijzigen/", sjablonen.wijzigen, name="sjabloon-wijzigen"),
    path(f"{_SJABLOON}versies/nieuw/", sjablonen.nieuwe_versie, name="versie-nieuw"),
    path(_VERSIE, sjablonen.versie, name="versie"),
    path(f"{_VERSIE}bewerken/", teksten.bewerken, name="bewerken"),
    path(f"{_VERSIE}publiceren/", sjablonen.publiceren, name="publiceren"),
    path(f"{_VERSIE}verwijderen/", sjablonen.verwijderen, name="versie-verwijderen"),
    path(f"{_VERSIE}voorbeeld/", voorbeelden.voorbeeld, name="voorbeeld"),
    path(f"{_VERSIE}voorbeeld/brief.pdf", voorbeelden.brief, name="brief"),
    path(f"{_VERSIE}proefbericht/", voorbeelden.proefbericht, name="proefbericht"),
    path("proefdraaien/", proefdraaien.proefdraaien, name="proefdraaien"),
    path("berichten/", berichten.berichten, name="berichten"),
    path(_BERICHT, berichten.bericht, name="bericht"),
    path(f"{_BERICHT}<slug:naam>/", berichten.stap, name="bericht-stap"),
]
