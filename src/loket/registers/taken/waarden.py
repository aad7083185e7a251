"""The enumerations of Taken 0.1.0, and how a task moves from one status to another."""

from __future__ import annotations

from django.db import models


class TaakSoort(models.TextChoices):
    """Wat voor taak het is."""

    BETAALTAAK = "betaaltaak", "Betalen"
    URLTAAK = "urltaak", "Een link volgen"
    FORMULIERTAAK = "formuliertaak", "Een formulier invullen"


class TaakStatus(models.TextChoices):
    """Hoe ver het met de taak is."""

    OPEN = "open", "Open"
    UITGEVOERD = "uitgevoerd", "Uitgevoerd"
    NIET_UITGEVOERD = "niet_uitgevoerd", "Niet uitgevoerd"
    AFGEBROKEN = "afgebroken", "Ingetrokken"
    VERWERKT = "verwerkt", "Verwerkt"


class Valuta(models.TextChoices):
    """De munt waarin betaald wordt."""

    EUR = "EUR", "Euro"


NAAR: dict[str, tuple[str, ...]] = {
    TaakStatus.OPEN: (
        TaakStatus.UITGEVOERD,  # the citizen did it
        TaakStatus.VERWERKT,  # done elsewhere, and dealt with at once
        TaakStatus.AFGEBROKEN,  # the municipality withdrew it
        TaakStatus.NIET_UITGEVOERD,  # the term passed
    ),
    TaakStatus.UITGEVOERD: (
        TaakStatus.VERWERKT,  # the municipality dealt with what came
        TaakStatus.OPEN,  # what came was not enough
    ),
    TaakStatus.NIET_UITGEVOERD: (TaakStatus.OPEN,),  # it is given more time
    TaakStatus.AFGEBROKEN: (),
    TaakStatus.VERWERKT: (),
}
"""Where a task may go from each status."""
