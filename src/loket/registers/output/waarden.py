"""The enumerations of output: events, recipients, channels, and the life of a message."""

from __future__ import annotations

from django.db import models


class Gebeurtenis(models.TextChoices):
    """Wat er gebeurde, waarvan de klant moet horen."""

    VERZOEK_ONTVANGEN = "verzoek_ontvangen", "Verzoek ontvangen"
    ZAAK_GESTART = "zaak_gestart", "Zaak gestart"
    STATUS_GEZET = "status_gezet", "Nieuwe status"
    ZAAK_AFGEROND = "zaak_afgerond", "Zaak afgerond"
    BESLUIT_GENOMEN = "besluit_genomen", "Besluit genomen"
    DOCUMENT_TOEGEVOEGD = "document_toegevoegd", "Document toegevoegd"
    TAAK_UITGEZET = "taak_uitgezet", "Taak uitgezet"
    TAAK_HERINNERING = "taak_herinnering", "Herinnering aan een taak"
    BERICHT_GEPLAATST = "bericht_geplaatst", "Bericht geplaatst"


class Ontvanger(models.TextChoices):
    """Wie het bericht krijgt."""

    INITIATOR = "initiator", "Wie het vroeg of aan wie het gericht is"
    ALLE_AANVRAGERS = "alle_aanvragers", "Allen die het vroegen"


class SoortOntvanger(models.TextChoices):
    """Voor wat voor ontvanger een regel geldt."""

    ALLEN = "allen", "Burgers en bedrijven"
    BURGERS = "burgers", "Alleen burgers"
    BEDRIJVEN = "bedrijven", "Alleen bedrijven"


class Inhoud(models.TextChoices):
    """Of een sjabloon inhoud heeft, of alleen zegt dat er nieuws is."""

    ATTENDERING = "attendering", "Attendering: er is nieuws, zonder te zeggen wat"
    BERICHT = "bericht", "Bericht met inhoud"


class Outputkanaal(models.TextChoices):
    """Waarlangs een bericht gaat."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "Sms"
    PORTAAL = "portaal", "Bericht in het portaal"
    BERICHTENBOX = "berichtenbox", "Berichtenbox van MijnOverheid"
    BRIEF = "brief", "Brief"


ZONDER_INHOUD = (Outputkanaal.EMAIL, Outputkanaal.SMS)
"""The channels that only tell that there is news: what goes over them can be read by others."""


class Stand(models.TextChoices):
    """Of een versie van een sjabloon gebruikt wordt."""

    CONCEPT = "concept", "Concept"
    GEPUBLICEERD = "gepubliceerd", "Gepubliceerd"
    VERVALLEN = "vervallen", "Vervallen"


class Verzendstatus(models.TextChoices):
    """Hoe ver het met een bericht aan een klant is."""

    GEPLAND = "gepland", "Gepland"
    VERZONDEN = "verzonden", "Verzonden"
    BEZORGD = "bezorgd", "Bezorgd"
    MISLUKT = "mislukt", "Mislukt"
    ONBEREIKBAAR = "onbereikbaar", "Niemand te bereiken"
    VERVALLEN = "vervallen", "Vervallen"
