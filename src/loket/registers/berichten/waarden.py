"""What is expected of whoever gets a bericht or a taak."""

from __future__ import annotations

from django.db import models


class HandelingsPerspectief(models.TextChoices):
    """Wat er van de burger of het bedrijf verwacht wordt."""

    BETALEN = "betalen", "Betalen"
    INCASSO = "incasso", "Incasso"
    INFORMATIE_GEVEN = "informatie_geven", "Informatie geven"
    INFORMATIE_KRIJGEN = "informatie_krijgen", "Informatie krijgen"
    REACTIE_ONTVANGEN = "reactie_ontvangen", "Reactie ontvangen"
    VERNIEUWING_NODIG = "vernieuwing_nodig", "Vernieuwing nodig"
    UITNODIGING_VOOR_AFSPRAAK = "uitnodiging_voor_afspraak", "Uitnodiging voor een afspraak"
