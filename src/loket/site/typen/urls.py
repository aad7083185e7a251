"""Where the pages for types stand, below beheer."""

from __future__ import annotations

from django.urls import path, register_converter

from loket.registers.catalogi.soorten import DELEN, TYPEN
from loket.site.typen import bekijken, bewerken, overzicht, uitwisseling, versies


class Word:
    """One of the words of a list, in a path."""

    regex = ""

    def to_python(self, value: str) -> str:
        """Leave it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Leave it as it is."""
        return value


class Soort(Word):
    """A kind of type."""

    regex = "|".join(TYPEN)


class Deel(Word):
    """A kind of part of a zaaktype."""

    regex = "|".join(DELEN)


register_converter(Soort, "soort")
register_converter(Deel, "deel")

app_name = "typen"
_DEEL = "zaaktypen/<uuid:key>/<deel:deel>/"
_TYPE = "<soort:soort>/<uuid:key>/"
urlpatterns = [
    path("", overzicht.overview, name="overzicht"),
    path("inlezen/", uitwisseling.import_zip, name="inlezen"),
    path("catalogi/nieuw/", bewerken.new_catalogus, name="catalogus-nieuw"),
    path("catalogi/<uuid:key>/", bewerken.edit_catalogus, name="catalogus"),
    path("catalogi/<uuid:key>/zip/", uitwisseling.export_zip, name="meenemen"),
    path("<soort:soort>/nieuw/", bewerken.new_type, name="nieuw"),
    path(_TYPE, bekijken.show_type, name="type"),
    path(f"{_TYPE}wijzigen/", bewerken.edit_type, name="wijzigen"),
    path(f"{_TYPE}kopieren/", versies.copy_type, name="kopieren"),
    path(f"{_TYPE}versie/", versies.next_version, name="versie"),
    path(f"{_TYPE}vergelijken/", versies.compare_versions, name="vergelijken"),
    path(f"{_TYPE}publiceren/", versies.publish, name="publiceren"),
    path(f"{_TYPE}beeindigen/", versies.end_type, name="beeindigen"),
    path(f"{_TYPE}verwijderen/", bewerken.remove_type, name="verwijderen"),
    path(f"{_DEEL}nieuw/", bewerken.edit_part, name="deel-nieuw"),
    path(f"{_DEEL}<uuid:part>/", bewerken.edit_part, name="deel"),
    path(f"{_DEEL}<uuid:part>/verwijderen/", bewerken.remove_part, name="deel-verwijderen"),
]
