from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from loket.channels.portaal import (
    aanmelden,
    huisstijl,
    mijngegevens,
    mijnsporen,
    mijnzaken,
    paginas,
)

app_name = "portaal"
urlpatterns = [
    path("", paginas.start, name="start"),
    path("inloggen/", aanmelden.inloggen, name="inloggen"),
    path("inloggen/digid/", aanmelden.digid, name="digid"),
    path("inloggen/terug/", aanmelden.terug, name="terug"),
    path("inloggen/mislukt/", aanmelden.mislukt, name="mislukt"),
    path("uitloggen/", aanmelden.uitloggen, name="uitloggen"),
    path("uitgelogd/", aanmelden.uitgelogd, name="uitgelogd"),
    path("mijn-zaken/", mijnzaken.overzicht, name="zaken"),
    path("mijn-zaken/<uuid:uuid>/", mijnzaken.detail, name="zaak"),
    path("mijn-gegevens/", mijngegevens.overzicht, name="gegevens"),
    path("mijn-sporen/", mijnsporen.overzicht, name="sporen"),
    path("toegankelijkheid/", paginas.toegankelijkheid, name="toegankelijkheid"),
    path("huisstijl.css", huisstijl.stijl, name="stijl"),
    path("huisstijl/logo", huisstijl.logo, name="logo"),
    path("taal/", set_language, name="taal"),
]
