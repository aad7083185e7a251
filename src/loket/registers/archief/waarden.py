"""Where a list and what stands on it can be, and how they get there."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class Stand(models.TextChoices):
    """Hoe ver een vernietigingslijst is."""

    CONCEPT = "concept", "Concept"
    TER_BEOORDELING = "ter_beoordeling", "Ter beoordeling"
    VASTGESTELD = "vastgesteld", "Vastgesteld"
    UITGEVOERD = "uitgevoerd", "Uitgevoerd"


class Regelstand(models.TextChoices):
    """Wat er met een zaak op een lijst gebeurt."""

    VOORGESTELD = "voorgesteld", "Voorgesteld voor vernietiging"
    UITGEZONDERD = "uitgezonderd", "Uitgezonderd"
    TE_VERNIETIGEN = "te_vernietigen", "Te vernietigen"
    VERNIETIGD = "vernietigd", "Vernietigd"
    NIET_VERNIETIGD = "niet_vernietigd", "Niet vernietigd"


@dataclass(frozen=True)
class Stap:
    """A move of a list; `ander`: only by somebody else than who offered it."""

    van: Stand
    naar: Stand
    ander: bool


STAPPEN = {
    # whoever offers the list stands for all that is on it, and is its opsteller from then on
    "aanbieden": Stap(Stand.CONCEPT, Stand.TER_BEOORDELING, ander=False),
    # the second person wants something changed
    "teruggeven": Stap(Stand.TER_BEOORDELING, Stand.CONCEPT, ander=True),
    # the second person agrees: from here on there is no way back
    "vaststellen": Stap(Stand.TER_BEOORDELING, Stand.VASTGESTELD, ander=True),
}
