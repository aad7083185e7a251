"""Enumerations that more than one register shares, as Catalogi publishes them."""

from __future__ import annotations

from django.db import models


class Vertrouwelijkheidaanduiding(models.TextChoices):
    """Vertrouwelijkheidaanduidingen, van openbaar naar zeer geheim."""

    OPENBAAR = "openbaar", "Openbaar"
    BEPERKT_OPENBAAR = "beperkt_openbaar", "Beperkt openbaar"
    INTERN = "intern", "Intern"
    ZAAKVERTROUWELIJK = "zaakvertrouwelijk", "Zaakvertrouwelijk"
    VERTROUWELIJK = "vertrouwelijk", "Vertrouwelijk"
    CONFIDENTIEEL = "confidentieel", "Confidentieel"
    GEHEIM = "geheim", "Geheim"
    ZEER_GEHEIM = "zeer_geheim", "Zeer geheim"
