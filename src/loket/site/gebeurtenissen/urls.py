"""Where the pages of what happened stand, below beheer."""

from __future__ import annotations

from django.urls import path

from loket.site.gebeurtenissen import paginas

app_name = "gebeurtenissen"
_EEN = "<int:positie>/"
urlpatterns = [
    path("", paginas.lijst, name="lijst"),
    path(_EEN, paginas.leven, name="gebeurtenis"),
    path(f"{_EEN}afleveringen/<int:nummer>/opnieuw/", paginas.opnieuw, name="opnieuw"),
    path(f"{_EEN}herhalen/", paginas.herhalen, name="herhalen"),
]
