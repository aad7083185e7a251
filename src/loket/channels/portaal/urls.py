from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from loket.channels.portaal import (
    aanmelden,
    afmelden,
    huisstijl,
    mijnadressen,
    mijnberichten,
    mijncontactmomenten,
    mijndocumenten,
    mijndossier,
    mijngegevens,
    mijnoverzicht,
    mijnsporen,
    mijntaken,
    mijnvoorkeuren,
    mijnzaken,
    paginas,
    vestiging,
    zaakvraag,
)

app_name = "portaal"
urlpatterns = [
    path("", paginas.start, name="start"),
    path("inloggen/", aanmelden.inloggen, name="inloggen"),
    path("inloggen/terug/", aanmelden.terug, name="terug"),
    path("inloggen/mislukt/", aanmelden.mislukt, name="mislukt"),
    path("inloggen/bevestigen/", aanmelden.bevestigen, name="bevestigen"),
    path("inloggen/bevestigen/opnieuw/", aanmelden.opnieuw, name="opnieuw"),
    path("inloggen/vestiging/", vestiging.kiezen, name="vestiging"),
    path("inloggen/saml/metadata/<slug:naam>/", aanmelden.metadata, name="metadata"),
    path("inloggen/<slug:naam>/", aanmelden.middel, name="middel"),
    path("uitloggen/", afmelden.uitloggen, name="uitloggen"),
    path("uitloggen/overal/", afmelden.overal, name="overal"),
    path("uitgelogd/", afmelden.uitgelogd, name="uitgelogd"),
    path("overzicht/", mijnoverzicht.pagina, name="overzicht"),
    path("zoeken/", mijnoverzicht.zoek, name="zoeken"),
    path("documenten/<uuid:uuid>/", mijndocumenten.bestand, name="document"),
    path("documenten/<uuid:uuid>/lezen/", mijndocumenten.lezen, name="document_lezen"),
    path("documenten/<uuid:uuid>/beeld/", mijndocumenten.beeld, name="document_beeld"),
    path("mijn-zaken/", mijnzaken.overzicht, name="zaken"),
    path("mijn-zaken/<uuid:uuid>/", mijnzaken.detail, name="zaak"),
    path("mijn-zaken/<uuid:uuid>/intrekken/", mijnzaken.intrekken, name="zaak_intrekken"),
    path("mijn-taken/", mijntaken.overzicht, name="taken"),
    path("mijn-taken/<uuid:uuid>/", mijntaken.taak, name="taak"),
    path("mijn-taken/<uuid:uuid>/bestanden/", mijntaken.bestanden, name="taak_bestanden"),
    path("mijn-taken/<uuid:uuid>/klaar/", mijntaken.klaar, name="taak_klaar"),
    path("mijn-zaken/<uuid:uuid>/vraag/", zaakvraag.stellen, name="zaak_vraag"),
    path("mijn-berichten/", mijnberichten.overzicht, name="berichten"),
    path("mijn-berichten/<uuid:uuid>/", mijnberichten.detail, name="bericht"),
    path(
        "mijn-berichten/<uuid:uuid>/ongelezen/", mijnberichten.ongelezen, name="bericht_ongelezen"
    ),
    path("mijn-contactmomenten/", mijncontactmomenten.overzicht, name="contactmomenten"),
    path("mijn-contactmomenten/<uuid:uuid>/", mijncontactmomenten.detail, name="contactmoment"),
    path(
        "mijn-contactmomenten/<uuid:uuid>/klopt-niet/",
        mijncontactmomenten.klopt_niet,
        name="klopt_niet",
    ),
    path("mijn-gegevens/", mijngegevens.overzicht, name="gegevens"),
    path("mijn-gegevens/adres/<slug:pad>/", mijnadressen.nieuw, name="adres_nieuw"),
    path("mijn-gegevens/<uuid:uuid>/wijzigen/", mijnadressen.wijzig, name="adres_wijzigen"),
    path("mijn-gegevens/<uuid:uuid>/code/", mijnadressen.code, name="adres_code"),
    path("mijn-gegevens/<uuid:uuid>/code/opnieuw/", mijnadressen.opnieuw, name="adres_opnieuw"),
    path(
        "mijn-gegevens/<uuid:uuid>/verwijderen/", mijnadressen.verwijder, name="adres_verwijderen"
    ),
    path("mijn-gegevens/<uuid:uuid>/kiezen/", mijnadressen.kies, name="adres_kiezen"),
    path("mijn-gegevens/voorkeuren/", mijnvoorkeuren.pagina, name="voorkeuren"),
    path("mijn-gegevens/downloaden/", mijndossier.downloaden, name="downloaden"),
    path("mijn-sporen/", mijnsporen.overzicht, name="sporen"),
    path("toegankelijkheid/", paginas.toegankelijkheid, name="toegankelijkheid"),
    path("huisstijl.css", huisstijl.stijl, name="stijl"),
    path("huisstijl/logo", huisstijl.logo, name="logo"),
    path("taal/", set_language, name="taal"),
]
