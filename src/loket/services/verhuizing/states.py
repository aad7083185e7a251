"""What can become of a record of the source."""

from __future__ import annotations

from django.db import models


class State(models.TextChoices):
    """What can become of a record of the source."""

    OVERGENOMEN = "overgenomen", "overgenomen"
    AANWEZIG = "aanwezig", "was hier al, met dezelfde inhoud"
    GEWEIGERD = "geweigerd", "geweigerd"
    MISLUKT = "mislukt", "niet te lezen bij de bron"
