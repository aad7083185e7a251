"""Where the pages of the record manager stand, below beheer."""

from __future__ import annotations

from django.urls import path, register_converter

from loket.registers.archief.waarden import STAPPEN
from loket.site.archief import lijst, overzicht, stappen


class Stap:
    """One of the moves of a list, in a path."""

    regex = "|".join(STAPPEN)

    def to_python(self, value: str) -> str:
        """Leave it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Leave it as it is."""
        return value


register_converter(Stap, "lijststap")

app_name = "archief"
_LIJST = "lijsten/<uuid:key>/"
_REGEL = f"{_LIJST}regels/<uuid:regel>/"
urlpatterns = [
    path("", overzicht.overzicht, name="overzicht"),
    path("overbrengen/", overzicht.overbrengen, name="overbrengen"),
    path("overbrengen/<uuid:key>/mdto.zip", overzicht.mdto, name="mdto"),
    path("lijsten/nieuw/<uuid:zaaktype>/", lijst.nieuw, name="nieuw"),
    path(_LIJST, lijst.lijst, name="lijst"),
    path(f"{_LIJST}voortgang/", lijst.stand, name="voortgang"),
    path(f"{_LIJST}verklaring/", lijst.verklaring, name="verklaring"),
    path(f"{_LIJST}verwijderen/", lijst.verwijderen, name="verwijderen"),
    path(f"{_LIJST}<lijststap:naam>/", stappen.stap, name="stap"),
    path(f"{_REGEL}uitzonderen/", lijst.uitzonderen, name="uitzonderen"),
    path(f"{_REGEL}voorstellen/", lijst.voorstellen, name="voorstellen"),
]
