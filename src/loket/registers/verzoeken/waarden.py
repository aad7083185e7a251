"""The enumerations of Verzoeken 0.1.0, and how a verzoek and a version of a type move on."""

from __future__ import annotations

from django.db import models


class VerwerkStatus(models.TextChoices):
    """Of het verzoek al verwerkt is."""

    GEREGISTREERD = "geregistreerd", "Geregistreerd"
    VERWERKT = "verwerkt", "Verwerkt"


class VersieStatus(models.TextChoices):
    """Of een versie van een verzoektype gebruikt kan worden."""

    PUBLISHED = "published", "Gepubliceerd"
    DRAFT = "draft", "Concept"
    DEPRECATED = "deprecated", "Vervallen"


NAAR: dict[str, tuple[str, ...]] = {
    VersieStatus.DRAFT: (VersieStatus.PUBLISHED, VersieStatus.DEPRECATED),
    VersieStatus.PUBLISHED: (VersieStatus.DEPRECATED,),
    VersieStatus.DEPRECATED: (),
}
"""Where a version may go from each status; what is published does not become a draft again."""
