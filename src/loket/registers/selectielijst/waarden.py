"""The enumerations of the Selectielijst, as published."""

from __future__ import annotations

from django.db import models


class Waardering(models.TextChoices):
    """Of een dossier wordt bewaard of vernietigd."""

    BLIJVEND_BEWAREN = "blijvend_bewaren", "Blijvend bewaren"
    VERNIETIGEN = "vernietigen", "Vernietigen"


class Procestermijn(models.TextChoices):
    """Wanneer na het afhandelen van een zaak de bewaartermijn begint."""

    NIHIL = "nihil", "Nihil: de bewaartermijn begint als de zaak is afgehandeld."
    BESTAANSDUUR_PROCESOBJECT = (
        "bestaansduur_procesobject",
        "De bewaartermijn begint als het procesobject niet meer bestaat of niet meer geldt.",
    )
    INGESCHATTE_BESTAANSDUUR_PROCESOBJECT = (
        "ingeschatte_bestaansduur_procesobject",
        "De bewaartermijn begint na de tijd dat het procesobject naar schatting bestaat of geldt.",
    )
    VAST_TE_LEGGEN_DATUM = (
        "vast_te_leggen_datum",
        "De bewaartermijn begint op een dag die tijdens het proces wordt vastgelegd.",
    )
    SAMENGEVOEGD_MET_BEWAARTERMIJN = (
        "samengevoegd_met_bewaartermijn",
        "De procestermijn is al bij de bewaartermijn opgeteld.",
    )
